"""What every reader of a format returns, and how it says that there is nothing to read."""

import re
from dataclasses import dataclass, field
from datetime import date

HEADLINE, STANDFIRST, BODY = "headline", "standfirst", "body"
FULL_STOP = re.compile(r"[.!?…。！？؟।]\W*$")
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


def may_be_headline(first: str) -> bool:
    """Whether the first line of several may be the headline: short, and no sentence.

    >>> may_be_headline("Forty boats at sea")
    True
    >>> may_be_headline("Forty boats left the harbour.")
    False
    """
    return len(first.split()) <= 25 and not FULL_STOP.search(first)


def one_line(text: str | None) -> str:
    """Return ``text`` with every run of blanks as one.

    >>> one_line(" a\\n  b ")
    'a b'
    """
    return " ".join((text or "").split())
