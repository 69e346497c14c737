"""Send a message to a server that somebody named, and read no more of its answer than matters."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore

from sources.addresses import check_url
from sources.limits import TooLarge, verifying_tls
from sources.web import PublicBackend, Resolver, in_plain_words, system_resolver, user_agent

SECONDS = 15.0
"""From the question for its address to the last byte that is read."""
SENT_BYTES = 256_000
"""Everything the server may send, headers included."""
SAID_BYTES = 1_000
SAID = 200  # characters


@dataclass(frozen=True, slots=True)
class Posted:
    """What a server answered with; ``said`` is how its words begin, unless it took the message."""

    status: int
    said: str

    @property
    def taken(self) -> bool:
        """Whether it took the message."""
        return 200 <= self.status < 300


class Poster:
    """Sends to public hosts only; made once, safe to share between threads.

    ``resolver`` and ``backend`` are as a Fetcher has them: whatever they are,
    a connection is only asked for to an address that is public.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        seconds: float = SECONDS,
        resolver: Resolver = system_resolver,
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._user_agent = user_agent(contact)
        self._seconds = seconds
        self._resolver = resolver
        self._backend = backend or httpcore.SyncBackend()
        self._tls = verifying_tls()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Send ``body`` to ``url``, and return the answer whatever it is; no redirect is followed.

        Raise FetchRefused when ``url`` is none to connect to, and FetchFailed
        when no answer comes in time. The messages never repeat the URL, which
        may hold a secret.
        """
        deadline = time.monotonic() + self._seconds
        url = check_url(url)
        host = urlsplit(url).netloc
        guard = PublicBackend(self._backend, self._resolver, deadline, SENT_BYTES)
        sent = [
            ("Host", host),
            ("User-Agent", self._user_agent),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
            ("Content-Length", str(len(body))),
            *headers.items(),
        ]
        with (
            in_plain_words(host, too_large=f"{host} sent more than is read."),
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=guard) as pool,
            pool.stream("POST", url, headers=sent, content=body) as response,
        ):
            posted = Posted(response.status, "")
            return posted if posted.taken else Posted(response.status, _said(response))


def _said(response: httpcore.Response) -> str:
    """How the answer begins, on one line; nothing if that does not come whole or in time."""
    read = b""
    try:
        for chunk in response.iter_stream():
            read += chunk
            if len(read) >= SAID_BYTES:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, TooLarge):
        pass  # the status is what counts, and that has come
    words = read[:SAID_BYTES].decode(errors="replace")
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split())[:SAID]
