"""No address that is not public is ever connected to, however it is written or reached."""

import itertools
import re
import socket

import httpcore
import pytest

from sources.addresses import FetchRefused, canonical_url, check_url, is_public
from sources.web import Fetcher
from tests.loopback import PUBLIC, page, redirect, serving

FORMS = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:100.64.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "::127.0.0.1",
    "2001:0:0:0:0:0:80ff:fffe",
    "fec0::1",
    "2001:db8::1",
    "168.63.129.16",
    "198.51.100.7",
    "203.0.113.7",
    "3fff::1",
    "5f00::1",
    "fe80::1%eth0",
]


class Nowhere(httpcore.NetworkBackend):
    """Connects to nothing and records that it was asked to."""

    def __init__(self):
        self.asked = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.asked.append(host)
        raise httpcore.ConnectError


@pytest.mark.parametrize("address", FORMS)
def test_a_host_that_leads_to_a_forbidden_address_is_never_connected_to(address):
    backend = Nowhere()
    fetcher = Fetcher(resolver=lambda host, port: [address], backend=backend)
    with pytest.raises(FetchRefused, match="not public"):
        fetcher.fetch("https://news.example/a")
    assert backend.asked == []


@pytest.mark.parametrize("address", FORMS)
def test_a_forbidden_address_in_the_url_is_refused_before_any_lookup(address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(FetchRefused):
        check_url(f"http://{host}/")


def test_public_addresses_are_public():
    assert all(is_public(a) for a in ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "100.128.0.1"])


@pytest.mark.parametrize(
    "host",
    [
        "0x7f.1",
        "0x7f000001",
        "0X7F.0.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "127.0.0.1..",
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127.0.0.0x1",
        "[::ffff:7f00:1]",
        "[::1%25eth0]",
        "[2606:4700::1111%25eth0]",
        "[::1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "ⓛocalhost",
        "intranet",
        "",
        "news..example",
        "-news.example",
        "news.example\\.evil.example",
        "a" * 64 + ".example",
        "exa mple.com",
        "news.example%00.evil.example",
    ],
)
def test_odd_spellings_of_a_host_are_refused_before_any_lookup(host):
    with pytest.raises(FetchRefused):
        check_url(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "gopher://news.example/",
        "javascript:alert(1)",
        "//news.example/a",
        "news.example/a",
        "http:///a",
        "http:news.example",
        "https://news.example:8080/",
        "https://news.example:22/",
        "https://news.example:0/",
        "https://news.example:99999/",
        "https://news.example:x/",
        "https://news.example/a\r\nHost: evil.example",
        "https://news.example/\x00",
        "https://news.example/" + "a" * 5000,
        "http://news.example\\@10.0.0.1/",
    ],
)
def test_anything_but_a_plain_web_address_is_refused(url):
    with pytest.raises(FetchRefused):
        check_url(url)


@pytest.mark.parametrize(
    "url", ["https://anna:Geheim7@news.example/", "https://Geheim7@news.example:x/"]
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url):
    with pytest.raises(FetchRefused) as refused:
        check_url(url)
    assert "Geheim7" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://127.1/", "http://localhost/", "https://news.example:8080/"]
)
def test_what_the_check_refuses_is_not_fetched(url):
    backend = Nowhere()
    with pytest.raises(FetchRefused):
        Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend).fetch(url)
    assert backend.asked == []


def test_a_host_with_one_private_address_among_public_ones_is_refused():
    backend = Nowhere()
    fetcher = Fetcher(resolver=lambda host, port: [PUBLIC, "10.0.0.1"], backend=backend)
    with pytest.raises(FetchRefused):
        fetcher.fetch("http://news.example/")
    assert backend.asked == []


def test_a_name_that_changes_its_address_is_connected_where_it_was_checked():
    answers = itertools.chain([[PUBLIC]], itertools.repeat(["127.0.0.1"]))
    with serving(lambda path: [page(b"hello")]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: next(answers), backend=backend)
        assert fetcher.fetch("http://rebinding.example/").body == b"hello"
        with pytest.raises(FetchRefused):
            fetcher.fetch("http://rebinding.example/")
    assert backend.asked == [(PUBLIC, 80)]


def test_a_redirect_looks_its_host_up_again_even_when_the_name_is_the_same():
    answers = iter([[PUBLIC], ["169.254.169.254"]])
    with serving(lambda path: [redirect("/latest/meta-data")]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: next(answers), backend=backend)
        with pytest.raises(FetchRefused):
            fetcher.fetch("http://rebinding.example/")
    assert backend.asked == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "//169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://news.example:6379/",
        "http://user:word@news.example/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "http://private.example/",
    ],
)
def test_a_redirect_to_a_forbidden_place_is_not_followed(location):
    names = {"news.example": [PUBLIC], "private.example": ["10.1.2.3"]}
    with serving(lambda path: [redirect(location)]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: names[host], backend=backend)
        with pytest.raises(FetchRefused):
            fetcher.fetch("http://news.example/")
    assert backend.asked == [(PUBLIC, 80)]


def test_a_redirect_from_https_to_http_is_not_followed():
    with serving(lambda path: [redirect("http://news.example/b")]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        with pytest.raises(FetchRefused, match="https to http"):
            fetcher.fetch("https://news.example/a")
    assert len(backend.asked) == 1


def test_tls_checks_the_name_of_the_host_while_the_connection_goes_to_its_address():
    with serving(lambda path: [page(b"hello")]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        fetcher.fetch("https://news.example/a")
    assert backend.asked == [(PUBLIC, 443)]
    assert backend.tls_names == ["news.example"]


def test_a_proxy_in_the_environment_is_not_used(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    with serving(lambda path: [page(b"hello")]) as backend:
        Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend).fetch("http://news.example/")
    assert backend.asked == [(PUBLIC, 80)]


def test_a_host_without_an_address_is_a_failure_of_one_clear_line():
    def resolver(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Exception, match=re.escape("No host named nowhere.example was found.")):
        Fetcher(resolver=resolver).fetch("http://nowhere.example/?token=Geheim7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a?utm_source=x&id=7", "https://NEWS.example:443/a?id=7&fbclid=9#c"),
        ("http://news.example", "http://news.example./?gclid=1"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ],
)
def test_two_spellings_of_one_page_have_one_canonical_url(one, other):
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize("url", ["https://news.example/?a=1&a=2&b", "https://news.example/?q=a+b"])
def test_parameters_that_choose_a_page_stay_as_they_are(url):
    assert canonical_url(url) == url
