"""The product's web server with the peer of ``benchmarks.api`` beside it."""

from typing import Any

from benchmarks.api_peer import install
from factcheck import gunicorn
from factcheck.gunicorn import *  # noqa: F403 - the product's own settings


def post_worker_init(worker: Any) -> None:
    """Add the peer, then begin as the product does."""
    install()
    gunicorn.post_worker_init(worker)
