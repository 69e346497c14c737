"""A web server on this machine that answers with exactly the bytes a test gives it."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import httpcore

PUBLIC = "93.184.215.14"
"""An address of the public internet; no test connects to it."""

Answer = Callable[[str], Iterable[bytes]]
"""Takes the path of a request, yields what is sent back, piece by piece."""


class RoutedHere(httpcore.NetworkBackend):
    """Records where a connection was asked for, then connects to a local port instead."""

    def __init__(self, port: int) -> None:
        self.asked: list[tuple[str, int]] = []
        self.tls_names: list[str | None] = []
        self.requests: list[str] = []
        """Each request as it came, the newest last."""
        self.port = port

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.asked.append((host, port))
        stream = httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout)
        return _TlsTold(stream, self.tls_names) if port == 443 else stream


class _TlsTold(httpcore.NetworkStream):
    """Records for which name TLS would be checked, and goes on without it."""

    def __init__(self, inner: httpcore.NetworkStream, names: list[str | None]) -> None:
        self._inner = inner
        self._names = names

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        assert ssl_context.check_hostname
        assert ssl_context.verify_mode is ssl.CERT_REQUIRED
        self._names.append(server_hostname)
        return self._inner

    def close(self) -> None:
        self._inner.close()


@contextmanager
def serving(answer: Answer) -> Iterator[RoutedHere]:
    """Serve ``answer`` while the block runs; give the backend that leads to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        backend = RoutedHere(server.getsockname()[1])
        thread = threading.Thread(
            target=_serve, args=(server, answer, backend.requests), daemon=True
        )
        thread.start()
        yield backend
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def _serve(server: socket.socket, answer: Answer, requests: list[str]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:  # the server was shut down: the test is over
            return
        threading.Thread(target=_reply, args=(connection, answer, requests), daemon=True).start()


def _reply(connection: socket.socket, answer: Answer, requests: list[str]) -> None:
    with connection:
        request = _request(connection)
        requests.append(request)
        try:
            for piece in answer(request.split(" ")[1]):
                connection.sendall(piece)
        except OSError:
            return  # the client hung up, as it should on what is too long


def _request(connection: socket.socket) -> str:
    """The request with its body, if it says how long that is."""
    request = connection.recv(65536).decode("latin-1")
    length = re.search(r"(?i)\r\ncontent-length: *(\d+)", request)
    while length and len(request.partition("\r\n\r\n")[2]) < int(length[1]):
        request += connection.recv(65536).decode("latin-1")
    return request


def page(
    body: bytes,
    *,
    content_type: str = "text/html; charset=utf-8",
    headers: Sequence[str] = (),
    status: str = "200 OK",
) -> bytes:
    """Return a whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def redirect(location: str, status: int = 302) -> bytes:
    """Return an answer that points elsewhere."""
    return f"HTTP/1.1 {status} Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def refusal(status: int, headers: Sequence[str] = ()) -> bytes:
    """Return an answer without a body."""
    return "\r\n".join([f"HTTP/1.1 {status} No", "Content-Length: 0", *headers, "", ""]).encode()
