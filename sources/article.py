"""What every reader of a format returns, and how it says that there is nothing to read."""

from dataclasses import dataclass, field
from datetime import date

HEADLINE, STANDFIRST, BODY = "headline", "standfirst", "body"
QUOTATION, CAPTION, LINKS = "quotation", "caption", "link_block"


class NothingToRead(ValueError):
    """There is no text to check in what was handed in; the message says what to do."""


@dataclass(slots=True)
class Article:
    """What a document says; ``paragraphs`` are pairs of placement and text, in reading order.

    Title and standfirst may be among them; if not, they come first. What a
    document does not state is empty. ``notes`` are sentences about what was
    handed in and not read.
    """

    extractor: str
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    standfirst: str = ""
    byline: str = ""
    outlet: str = ""
    language: str = ""
    published_at: date | None = None
    canonical_url: str = ""
    notes: tuple[str, ...] = ()


def one_line(text: str | None) -> str:
    """Return ``text`` with every run of blanks as one.

    >>> one_line(" a\\n  b ")
    'a b'
    """
    return " ".join((text or "").split())
