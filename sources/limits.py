"""Connections that end: at a deadline, or after so many bytes."""

import ssl
import time
import zlib
from collections.abc import Iterable
from functools import cache

import httpcore


class TooLarge(Exception):
    """More came than is read."""


class BodyTooLarge(TooLarge):
    """The body is longer than is read, once it is unpacked."""


class Unpackable(Exception):
    """The body is compressed in a way that was not asked for, or badly."""


class BrokenOff(Unpackable):
    """The compressed body ends in the middle."""


class LimitedStream(httpcore.NetworkStream):
    """A connection that ends at the deadline, or after so many bytes received.

    Measured here, below headers and chunks, so that no part of an answer can
    go on for ever. A read that arrives byte by byte renews no time limit.
    """

    def __init__(self, inner: httpcore.NetworkStream, deadline: float, sent_bytes: int) -> None:
        self._inner = inner
        self._deadline = deadline
        self._left = sent_bytes

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive; raise TooLarge past the limit."""
        data = self._inner.read(max_bytes, seconds_to(self._deadline))
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._inner.write(buffer, seconds_to(self._deadline))

    def close(self) -> None:
        """Close what is behind."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on encrypted, under the same limits."""
        seconds = seconds_to(self._deadline)
        inner = self._inner.start_tls(ssl_context, server_hostname, seconds)
        return LimitedStream(inner, self._deadline, self._left)

    def get_extra_info(self, info: str) -> object:
        """What is known of the connection."""
        return self._inner.get_extra_info(info)


class LimitedBackend(httpcore.NetworkBackend):
    """Gives connections that end at the deadline, or after so many bytes received.

    ``connecting`` is for how many seconds a server may keep silent before there is one.
    """

    def __init__(
        self,
        inner: httpcore.NetworkBackend,
        deadline: float,
        sent_bytes: int,
        *,
        connecting: float,
    ) -> None:
        self._inner = inner
        self._deadline = deadline
        self._sent_bytes = sent_bytes
        self._connecting = connecting

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect."""
        seconds = min(self._connecting, seconds_to(self._deadline))
        stream = self._inner.connect_tcp(host, port, seconds, local_address, socket_options)
        return LimitedStream(stream, self._deadline, self._sent_bytes)


@cache
def verifying_tls() -> ssl.SSLContext:
    """The context that checks certificates; 50 ms to build, and safe to share."""
    return httpcore.default_ssl_context()


def seconds_to(deadline: float) -> float:
    """Time left; raise httpcore.ReadTimeout when there is none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout
    return seconds


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body, gunzipped if it says so; raise BodyTooLarge or Unpackable."""
    packed = encoding.strip().lower() in {"gzip", "x-gzip"}
    if not packed and encoding.strip().lower() not in {"", "identity"}:
        raise Unpackable("sent a compression that was not asked for.")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    body = bytearray()
    try:
        for chunk in chunks:
            # Never unpack more than one byte past the limit: 1 MB may hold 1 GB.
            body += unpacker.decompress(chunk, limit - len(body) + 1) if packed else chunk
            if len(body) > limit:
                raise BodyTooLarge
    except zlib.error:
        raise Unpackable("sent compressed data that cannot be read.") from None
    if packed and body and not unpacker.eof:
        raise BrokenOff("broke off in the middle.")
    return bytes(body)
