"""A fetch ends: in time, within its size, and with one line that a person understands."""

import gzip
import itertools
import time
import tracemalloc
import zlib

import httpcore
import pytest

from sources.web import Fetcher, FetchFailed, Limits
from tests.loopback import PUBLIC, page, redirect, serving


def fetcher_to(backend, **limits):
    return Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend, limits=Limits(**limits))


def failure(answer, **limits):
    """Fetch from a server that gives ``answer``; return how that failed."""
    with serving(answer) as backend, pytest.raises(FetchFailed) as failed:
        fetcher_to(backend, **limits).fetch("http://news.example/?token=Geheim7")
    message = str(failed.value)
    assert "Geheim7" not in message
    assert "\n" not in message
    return failed.value


def test_a_page_comes_with_its_type_its_charset_and_its_last_address():
    def answer(path):
        return [redirect("/b") if path == "/a" else page("é".encode("latin-1"), content_type=kind)]

    kind = 'text/HTML; Charset="ISO-8859-1"'
    with serving(answer) as backend:
        found = fetcher_to(backend).fetch("http://news.example/a")
    assert (found.url, found.status, found.body) == ("http://news.example/b", 200, b"\xe9")
    assert (found.content_type, found.charset) == ("text/html", "ISO-8859-1")
    assert found.fetched_at.tzinfo is not None


def test_a_compressed_page_is_unpacked():
    packed = gzip.compress(b"hello " * 1000)
    with serving(lambda path: [page(packed, headers=["Content-Encoding: gzip"])]) as backend:
        assert fetcher_to(backend).fetch("http://news.example/").body == b"hello " * 1000


def test_the_request_names_the_product_and_whom_to_ask_and_carries_no_cookie_back():
    seen = []

    class Listening(httpcore.SyncBackend):
        def connect_tcp(self, *args, **kwargs):
            stream = backend.connect_tcp(*args, **kwargs)
            write = stream.write
            stream.write = lambda data, timeout=None: (seen.append(data), write(data, timeout))
            return stream

    answers = iter([redirect("/b").replace(b"\r\n", b"\r\nSet-Cookie: a=1\r\n", 1), page(b"hello")])
    with serving(lambda path: [next(answers)]) as backend:
        fetcher = Fetcher(
            contact="https://desk.example/about",
            resolver=lambda host, port: [PUBLIC],
            backend=Listening(),
        )
        fetcher.fetch("http://news.example/a")
    sent = b"".join(seen).lower()
    assert b"user-agent: factcheck/0.1 (+https://desk.example/about)" in sent
    assert b"host: news.example\r\n" in sent
    assert b"cookie" not in sent


def test_a_page_larger_than_the_limit_is_cut_off():
    endless = itertools.chain(
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"], itertools.repeat(b"x" * 10_000)
    )
    assert "larger" in str(failure(lambda path: endless, sent_bytes=100_000))


def test_a_small_body_that_unpacks_to_a_huge_one_is_stopped_without_unpacking_it():
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    bomb = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()
    answer = page(bomb, headers=["Content-Encoding: gzip"])
    tracemalloc.start()
    try:
        failed = failure(lambda path: [answer], body_bytes=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "more than 1,000,000 bytes" in str(failed)
    assert peak < 10_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "compress"])
def test_a_compression_that_was_not_asked_for_is_not_unpacked(encoding):
    answer = page(b"anything", headers=[f"Content-Encoding: {encoding}"])
    assert "compression" in str(failure(lambda path: [answer]))


def test_a_broken_compression_is_a_failure():
    answer = page(b"no gzip at all", headers=["Content-Encoding: gzip"])
    assert "cannot be read" in str(failure(lambda path: [answer]))


def test_a_compressed_page_that_breaks_off_is_not_taken_for_whole():
    answer = page(gzip.compress(b"hello " * 1000)[:-12], headers=["Content-Encoding: gzip"])
    assert failure(lambda path: [answer]).retryable


def test_a_page_that_breaks_off_is_not_taken_for_whole():
    answer = page(b"hello").replace(b"Content-Length: 5", b"Content-Length: 500")
    assert failure(lambda path: [answer]).retryable


def trickle(*pieces):
    yield from pieces
    while True:
        time.sleep(0.02)
        yield b"x"


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"",
    ],
    ids=["body", "headers", "status line"],
)
def test_a_server_that_sends_a_byte_now_and_then_is_cut_off_in_time(start):
    began = time.monotonic()
    failed = failure(lambda path: trickle(start), seconds=0.4)
    assert failed.retryable
    assert "in time" in str(failed)
    assert time.monotonic() - began < 5


def test_a_chain_of_slow_redirects_shares_one_time_limit():
    def answer(path):
        time.sleep(0.15)
        yield redirect("/again")

    assert "in time" in str(failure(answer, seconds=0.4))


def test_a_slow_name_server_counts_against_the_time_limit():
    fetcher = Fetcher(resolver=lambda host, port: time.sleep(3), limits=Limits(seconds=0.2))
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="in time"):
        fetcher.fetch("http://news.example/")
    assert time.monotonic() - began < 2


def test_six_redirects_are_too_many_and_five_are_not():
    def answer(path):
        left = int(path[1:])
        return [redirect(f"/{left - 1}") if left else page(b"hello")]

    with serving(answer) as backend:
        assert fetcher_to(backend).fetch("http://news.example/5").body == b"hello"
        with pytest.raises(FetchFailed, match="more than 5 times"):
            fetcher_to(backend).fetch("http://news.example/6")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
        b"",
    ],
    ids=["many headers", "long header", "no web server", "to nowhere", "to nonsense", "nothing"],
)
def test_nonsense_instead_of_a_page_is_a_failure(answer):
    failure(lambda path: [answer])


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "", "text/html2"])
def test_what_is_no_text_is_not_taken(kind):
    assert "text/html" in str(failure(lambda path: [page(b"hello", content_type=kind)]))


@pytest.mark.parametrize(
    ("status", "retryable"), [(404, False), (403, False), (410, False), (503, True), (429, True)]
)
def test_an_error_of_the_server_says_its_status_and_whether_to_try_again(status, retryable):
    answer = page(b"sorry").replace(b"200 OK", f"{status} No".encode())
    failed = failure(lambda path: [answer])
    assert str(status) in str(failed)
    assert failed.retryable is retryable


def test_a_host_that_refuses_connections_may_be_tried_again():
    with serving(lambda path: []) as backend:
        pass
    with pytest.raises(FetchFailed, match="cannot be reached") as failed:
        fetcher_to(backend).fetch("http://news.example/")
    assert failed.value.retryable
