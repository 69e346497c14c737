"""What a site asks of programs that come by themselves (RFC 9309)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

NAME = "Factcheck"
LONGEST = 500_000  # characters that are read, as the RFC says


@dataclass(frozen=True, slots=True)
class Robots:
    """The robots.txt of a site; an empty one allows everything."""

    text: str = ""

    def allows(self, url: str) -> bool:
        """Whether we may fetch ``url`` unasked.

        >>> Robots("User-agent: *\\nDisallow: /private").allows("https://a.example/private/1")
        False
        """
        return bool(Protego.parse(self.text[:LONGEST]).can_fetch(url, NAME))


def robots_url(url: str) -> str:
    """Where the robots.txt for ``url`` is.

    >>> robots_url("https://a.example/b/c?d")
    'https://a.example/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
