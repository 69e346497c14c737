"""A process of the web server is ready when it says so, and waits for no body nobody reads."""

import subprocess
import sys

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader

from factcheck.gunicorn import pre_request

BEGUN = """
import gc, sys
import django
django.setup()
from factcheck import gunicorn
assert "claims.api.claims" not in sys.modules
gunicorn.post_worker_init(None)
assert "claims.api.claims" in sys.modules
assert gc.get_freeze_count() > 10_000
assert "spacy" not in sys.modules, "only a worker splits: 300 MB and two seconds of each start"
"""


def test_a_process_has_read_the_code_of_every_page_before_its_first_request():
    begun = subprocess.run(
        [sys.executable, "-c", BEGUN],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert begun.returncode == 0, begun.stderr


@pytest.mark.parametrize(("beyond", "closed"), [(0, False), (1, True)])
def test_a_connection_ends_with_the_request_that_is_too_large(beyond, closed):
    head = f"POST / HTTP/1.1\r\nContent-Length: {settings.MAX_REQUEST_BYTES + beyond}\r\n\r\n"
    request = Request(Config(), IterUnreader([head.encode()]), ("127.0.0.1", 5000))
    pre_request(None, request)
    assert request.should_close() == closed
