"""Telling in the log who outside was asked, how it answered and how long it took.

Never what was asked: the question holds words of somebody's article.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Call:
    """One call; ``status`` is the answer's, or what went wrong instead."""

    status: int | str = ""


@contextmanager
def told_call(provider: str, host: str) -> Iterator[Call]:
    """Tell of the call that the body makes, whatever becomes of it."""
    call, began = Call(), time.monotonic()
    try:
        yield call
    except Exception as error:
        call.status = type(error).__name__
        raise
    finally:
        ms = round((time.monotonic() - began) * 1000)
        about = {"provider": provider, "host": host, "status": call.status, "ms": ms}
        log.info("asked outside", extra={"about": about})


class ToldTransport(httpx.BaseTransport):
    """Tells of each request of a client that goes through ``inner``."""

    def __init__(self, inner: httpx.BaseTransport, provider: str) -> None:
        self._inner = inner
        self._provider = provider

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass the request on."""
        with told_call(self._provider, request.url.host) as call:
            response = self._inner.handle_request(request)
            call.status = response.status_code
        return response

    def close(self) -> None:
        """Close what is behind."""
        self._inner.close()
