"""Requests to providers: told in the log, paced, and over connections that end.

The log never tells what was asked: the question holds words of somebody's
article.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from sources.limits import LimitedBackend, TooLarge, Unpackable, unpacked, verifying_tls

log = logging.getLogger(__name__)

SECONDS = 6.0
"""For one request to a provider, from the connection to the last byte."""
MOST_BYTES = 8_000_000
"""Of one answer, packed or not: a hundred abstracts have a tenth of that."""


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


class PacedTransport(httpx.BaseTransport):
    """Waits before each request until it is this client's turn; ``turn`` may raise instead."""

    def __init__(self, inner: httpx.BaseTransport, turn: Callable[[], float]) -> None:
        self._inner = inner
        self._turn = turn

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait, then pass the request on."""
        time.sleep(self._turn())
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close what is behind."""
        self._inner.close()


class LimitedTransport(httpx.BaseTransport):
    """Sends each request over a connection of its own and reads all of the answer, or ends.

    A server that drips, or sends without end, costs ``seconds`` and
    MOST_BYTES, headers and a packed body included.
    """

    def __init__(
        self, *, seconds: float = SECONDS, backend: httpcore.NetworkBackend | None = None
    ) -> None:
        self._seconds = seconds
        self._backend = backend or httpcore.SyncBackend()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the whole answer, or raise what httpx raises when there is none."""
        limited = LimitedBackend(
            self._backend, time.monotonic() + self._seconds, MOST_BYTES, connecting=5.0
        )
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=verifying_tls(), network_backend=limited
                ) as pool,
                pool.stream(
                    request.method,
                    str(request.url),
                    headers=request.headers.raw,
                    content=request.read(),
                ) as answer,
            ):
                headers = httpx.Headers(answer.headers)
                encoding = headers.pop("content-encoding", "")
                body = unpacked(answer.iter_stream(), encoding, MOST_BYTES)
                return httpx.Response(answer.status, headers=headers, content=body)
        except httpcore.ConnectError as error:
            raise httpx.ConnectError(str(error), request=request) from None
        except httpcore.TimeoutException:
            raise httpx.ReadTimeout("The deadline passed.", request=request) from None
        except httpcore.NetworkError as error:
            raise httpx.ReadError(str(error), request=request) from None
        except httpcore.ProtocolError as error:
            raise httpx.RemoteProtocolError(str(error), request=request) from None
        except (TooLarge, Unpackable) as error:
            raise httpx.DecodingError(type(error).__name__, request=request) from None
