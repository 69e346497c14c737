"""Fetch a page that a stranger named, without harm to this machine or its network.

Built on httpcore rather than on an httpx client: nothing here keeps cookies,
reads proxy settings, follows a redirect or unpacks a body unless this file
says so.
"""

import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpcore

from sources import sniffing
from sources.addresses import FetchRefused, check_url, is_public
from sources.limits import (
    BodyTooLarge,
    BrokenOff,
    LimitedStream,
    TooLarge,
    Unpackable,
    seconds_to,
    unpacked,
    verifying_tls,
)

__all__ = ["CONTENT_TYPES", "FetchFailed", "FetchRefused", "Fetcher", "Limits", "Page"]

CONTENT_TYPES = frozenset(
    {*sniffing.READ, "application/xhtml+xml", "application/x-pdf", "application/octet-stream"}
)
"""What servers say of documents that are read; what they are, their bytes tell."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)

Resolver = Callable[[str, int], Sequence[str]]
"""Look up a host and port; return network addresses or raise OSError."""


class FetchFailed(Exception):
    """The page did not come; ``retryable`` tells whether it may come later.

    ``status`` is what the server answered with, if it answered.
    """

    def __init__(self, message: str, *, retryable: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.status = status


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, redirects included."""

    seconds: float = 20.0
    sent_bytes: int = 10_000_000
    """Everything a server sends for one request, headers included."""
    body_bytes: int = 10_000_000
    """The body once it is unpacked."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What was found at ``url``, the address after all redirects.

    ``status`` is 200; or 304, with no body, when there is nothing newer than
    what the caller knows.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    content_type: str
    charset: str | None
    """As the header states it, which may be wrong or unknown to Python."""
    body: bytes
    fetched_at: datetime
    sent: tuple[tuple[str, str], ...] = ()
    """The headers as they were sent, also those that came twice; no cookies."""


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the resolver of the operating system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def user_agent(contact: str) -> str:
    """Name the product, and where its owners can be asked about it.

    >>> user_agent("https://checks.example.org/about")
    'Factcheck/0.1 (+https://checks.example.org/about)'
    """
    return f"Factcheck/0.1 (+{contact})" if contact else "Factcheck/0.1"


class Fetcher:
    """Fetches pages from public hosts; made once, safe to share between threads.

    ``contact`` is a URL or mail address at which the owner of a fetched site
    finds the people who run this installation. ``resolver`` and ``backend``
    are how names become addresses and addresses become connections; whatever
    they are, a connection is only asked for to an address that is public.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        limits: Limits | None = None,
        resolver: Resolver = system_resolver,
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._user_agent = user_agent(contact)
        self._limits = limits or Limits()
        self._resolver = resolver
        self._backend = backend or httpcore.SyncBackend()
        self._tls = verifying_tls()

    def fetch(
        self,
        url: str,
        *,
        accept: frozenset[str] = CONTENT_TYPES,
        etag: str = "",
        last_modified: str = "",
    ) -> Page:
        """Return the page at ``url``.

        ``etag`` and ``last_modified`` are what the server said of the copy the
        caller has: then the page may be a 304. ``accept`` names the content
        types that are taken.

        Raise FetchRefused when ``url``, or an address it redirects to, is not
        one to fetch, and FetchFailed when the page does not come whole, in
        time, and as text. The messages are for people and never repeat the
        URL, which may hold a secret.
        """
        deadline = time.monotonic() + self._limits.seconds
        url = check_url(url)
        known = [("If-None-Match", etag), ("If-Modified-Since", last_modified)]
        conditions = [(name, value) for name, value in known if _is_header(value)]
        for _ in range(self._limits.redirects + 1):
            answer = self._request(url, deadline, accept, conditions)
            if isinstance(answer, Page):
                return answer
            url = answer
        raise FetchFailed(f"The address redirects more than {self._limits.redirects} times.")

    def _request(
        self, url: str, deadline: float, accept: frozenset[str], conditions: list[tuple[str, str]]
    ) -> Page | str:
        """Return the page, or the checked address that ``url`` redirects to."""
        host = urlsplit(url).netloc
        guard = PublicBackend(self._backend, self._resolver, deadline, self._limits.sent_bytes)
        headers = [
            ("Host", host),
            ("User-Agent", self._user_agent),
            ("Accept", ", ".join(sorted(accept))),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
            *conditions,
        ]
        with (
            in_plain_words(host),
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=guard) as pool,
            pool.stream("GET", url, headers=headers) as response,
        ):
            sent = tuple(
                (_text(name), _text(value))
                for name, value in response.headers
                if name.lower() != b"set-cookie"
            )
            received = {name.lower(): value for name, value in sent}
            if response.status in _REDIRECTS:
                return _redirected(url, received.get("location", ""))
            if response.status == 304 and conditions:
                return Page(url, 304, received, "", None, b"", datetime.now(UTC), sent)
            return self._page(url, response, received, sent, accept)

    def _page(
        self,
        url: str,
        response: httpcore.Response,
        headers: dict[str, str],
        sent: tuple[tuple[str, str], ...],
        accept: frozenset[str],
    ) -> Page:
        host = urlsplit(url).netloc
        if response.status != 200:
            raise FetchFailed(
                f"{host} answered with status {response.status}.",
                retryable=response.status in _WORTH_ANOTHER_TRY,
                status=response.status,
            )
        stated = headers.get("content-type", "")
        content_type = stated.partition(";")[0].strip().lower()
        if content_type not in accept:
            kinds = ", ".join(sorted(accept))
            raise FetchFailed(f"{host} sent {content_type or 'no content type'}; read are {kinds}.")
        charset = _CHARSET.search(stated)
        return Page(
            url=url,
            status=response.status,
            headers=headers,
            content_type=content_type,
            charset=charset[1] if charset else None,
            body=self._body(host, response.iter_stream(), headers.get("content-encoding", "")),
            fetched_at=datetime.now(UTC),
            sent=sent,
        )

    def _body(self, host: str, chunks: Iterable[bytes], encoding: str) -> bytes:
        limit = self._limits.body_bytes
        try:
            return unpacked(chunks, encoding, limit)
        except BodyTooLarge:
            raise FetchFailed(f"{host} sent more than {limit:,} bytes.") from None
        except BrokenOff:
            raise FetchFailed(f"{host} broke off in the middle.", retryable=True) from None
        except Unpackable as error:
            raise FetchFailed(f"{host} {error}") from None


class PublicBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, to exactly those that were checked.

    The name is looked up once, and the connection goes to an address of that
    answer, not to the name: a name server that changes its answer between
    check and use gains nothing. TLS still verifies the host's name, because
    httpcore takes that from the URL.
    """

    def __init__(
        self, inner: httpcore.NetworkBackend, resolver: Resolver, deadline: float, sent_bytes: int
    ) -> None:
        self._inner = inner
        self._resolver = resolver
        self._deadline = deadline
        self._sent_bytes = sent_bytes

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._look_up(host, port)
        # One private address among public ones is a trick or a mistake, never a public host.
        if not all(is_public(address) for address in addresses):
            raise FetchRefused(f"{host} leads to an address that is not public.")
        failure: Exception = httpcore.ConnectError()
        for address in addresses[:4]:
            seconds = min(5.0, seconds_to(self._deadline))
            try:
                stream = self._inner.connect_tcp(address, port, seconds, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return LimitedStream(stream, self._deadline, self._sent_bytes)
        raise failure

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        # The system's resolver has no time limit of its own and cannot be
        # interrupted; a thread that is left behind ends with its last retry.
        answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolver(host, port))
            except (OSError, ValueError) as error:
                answer.put(error)

        threading.Thread(target=ask, name="name lookup", daemon=True).start()
        try:
            found = answer.get(timeout=seconds_to(self._deadline))
        except queue.Empty:
            raise httpcore.ConnectTimeout from None
        if isinstance(found, Exception) or not found:
            later = isinstance(found, socket.gaierror) and found.errno == socket.EAI_AGAIN
            raise FetchFailed(f"No host named {host} was found.", retryable=later)
        return found


def _redirected(url: str, location: str) -> str:
    host = urlsplit(url).netloc
    if not location:
        raise FetchFailed(f"{host} redirects without saying where to.")
    try:
        target = urljoin(url, location)
    except ValueError:
        raise FetchFailed(f"{host} redirects to no valid address.") from None
    target = check_url(target)
    if url.startswith("https:") and target.startswith("http:"):
        # A snapshot is evidence: its way here must not change to one that can be forged.
        raise FetchRefused(f"{host} redirects from https to http, which is not followed.")
    return target


@contextmanager
def in_plain_words(
    host: str, *, too_large: str = "The page is larger than what is fetched."
) -> Iterator[None]:
    """Turn what httpcore raises into FetchFailed, in words for a person."""
    try:
        yield
    except TooLarge:
        raise FetchFailed(too_large) from None
    except httpcore.TimeoutException:
        raise FetchFailed(f"{host} did not answer in time.", retryable=True) from None
    except httpcore.ConnectError as error:
        if isinstance(error.__context__, ssl.SSLCertVerificationError):
            raise FetchFailed(f"{host} has no valid certificate for its name.") from None
        raise FetchFailed(f"{host} cannot be reached.", retryable=True) from None
    except httpcore.NetworkError:
        raise FetchFailed(f"{host} broke the connection.", retryable=True) from None
    except httpcore.ProtocolError:
        raise FetchFailed(f"{host} does not answer as a web server does.", retryable=True) from None


def _is_header(value: str) -> bool:
    """Whether ``value`` can be sent back in a header: printable, one line, not empty."""
    return bool(value) and value.isascii() and value.isprintable()


def _text(header: bytes) -> str:
    """Decode a header; browsers send and read UTF-8 where the standard says Latin-1."""
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")
