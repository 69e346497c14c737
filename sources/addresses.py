"""Which addresses may be fetched, and how a web address is written.

Whoever hands in a URL chooses where this machine connects to. Only public
network addresses are connected to, so that nobody reads the services of the
machine, of its network or of its cloud through an article check.
"""

import ipaddress
import re
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import idna

MAX_URL_LENGTH = 2000
PORTS = {"http": 80, "https": 443}

# The special-purpose registries of IANA (RFC 6890 and its updates), spelled
# out because `is_global` of the standard library changes between releases.
_NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers (CGNAT); metadata service of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # host agent of one cloud, in an otherwise public range
        "169.254.0.0/16",  # link-local; metadata services of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; metadata service of one cloud
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # protocol assignments: Teredo (holds an IPv4 address), ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds an IPv4 address
        "3fff::/20",  # documentation
    )
]
# IPv6 assigns global addresses here only: this leaves out loopback, private,
# link- and site-local, multicast and every translated IPv4 form (NAT64 too).
_GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_RESERVED = "%/:@!$&'()*+,;=~"
_TRACKING = re.compile(
    r"utm_\w+|(fb|g|dc?|ms|tw|tt|y)clid|igshid|[gw]braid|mc_[ce]id|_hs(enc|mi)|ocid|cmpid"
)


class FetchRefused(Exception):
    """The address will not be fetched, now or later; the message says why."""


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Tell whether ``address`` belongs to the public internet.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:8.8.8.8")
    (True, False, False)

    What is no address at all is not public either.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and ip not in _GLOBAL_IPV6:
        return False
    return not any(ip in network for network in _NOT_PUBLIC)


def check_url(url: str) -> str:
    """Return ``url`` as it may be requested: ASCII, host in lower case, no fragment.

    >>> check_url(" HTTPS://Bücher.Example:443/a b#top ")
    'https://xn--bcher-kva.example/a%20b'

    Raise FetchRefused for everything but a plain http or https address of a
    public host. A host name is not looked up here: where it leads is checked
    when the connection is made.
    """
    scheme, host, port, path, query = _parts(url)
    if port not in PORTS.values():
        raise FetchRefused(f"Port {port} is not fetched from, only 80 and 443.")
    if _is_numeric(host):
        if not is_public(host.strip("[]")):
            raise FetchRefused(f"{host} is not a public address.")
    elif "." not in host:
        raise FetchRefused(f"{host!r} is not the full name of a public host.")
    return _joined(scheme, host, port, path, query)


def canonical_url(url: str) -> str:
    """Return the spelling of ``url`` under which a document is stored once.

    Fragment, default port and the parameters that only track readers go.

    >>> canonical_url("http://News.example:80/a?id=7&utm_source=mail&fbclid=x#c2")
    'http://news.example/a?id=7'

    Raise FetchRefused for what is no http or https address.
    """
    scheme, host, port, path, query = _parts(url)
    parameters = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in parameters if not _TRACKING.fullmatch(name.lower())]
    if len(kept) < len(parameters):  # else the author's own spelling stays
        query = urlencode(kept)
    return _joined(scheme, host, port, path, query)


def _parts(url: str) -> tuple[str, str, int, str, str]:
    url = url.strip()
    if len(url) > MAX_URL_LENGTH:
        raise FetchRefused(f"The address is longer than {MAX_URL_LENGTH} characters.")
    if _CONTROL.search(url):
        raise FetchRefused("The address holds control characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchRefused("This is not a valid web address.") from None
    if parts.scheme not in PORTS:
        raise FetchRefused("Only addresses that begin with http:// or https:// can be fetched.")
    if "@" in parts.netloc:
        raise FetchRefused("The address holds a user name or password; remove it and try again.")
    return (
        parts.scheme,
        _host(parts.hostname or "", bracketed="[" in parts.netloc),
        PORTS[parts.scheme] if port is None else port,
        quote(parts.path or "/", safe=_RESERVED),
        quote(parts.query, safe=_RESERVED + "?"),
    )


def _joined(scheme: str, host: str, port: int, path: str, query: str) -> str:
    netloc = host if port == PORTS[scheme] else f"{host}:{port}"
    return urlunsplit((scheme, netloc, path, query, ""))


def _host(host: str, *, bracketed: bool) -> str:
    """Return the one ASCII spelling of a host, or raise FetchRefused."""
    try:
        if bracketed:
            if "%" in host:
                raise FetchRefused("An address with a zone is not public.")
            return f"[{IPv6Address(host)}]"
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode("ascii")
        host = host.lower().removesuffix(".")
        if _is_numeric(host):
            # 127.1, 0x7f.1 and 2130706433 are spellings of 127.0.0.1 to some
            # resolvers; the standard library takes the plain one only.
            return str(IPv4Address(host))
    except (ValueError, idna.IDNAError):
        raise FetchRefused(f"{host[:80]!r} is not a valid host name.") from None
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise FetchRefused(f"{host[:80]!r} is not a valid host name.")
    return host


def _is_numeric(host: str) -> bool:
    return host.startswith("[") or bool(_NUMBER.fullmatch(host.rpartition(".")[2]))
