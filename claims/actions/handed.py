"""What somebody hands in, and why it is not taken in."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from claims.actions.days import today_somewhere
from claims.actions.refusals import Refused, check_not_set_aside
from claims.models import Article, Purpose, Visibility
from claims.models.intake import is_over
from factcheck.models import User
from sources.decoding import NONCHARACTERS

EARLIEST = date(1900, 1, 1)
"""The first day an article may be of: an earlier one is a slip."""
FARTHEST = timedelta(days=3653)
"""How far away a deadline may be: a later one is a slip."""
ONE_LINE = ("url", "file_name", "content_type", "title", "outlet", "external_id")
LINES = ("text", "reason")

_NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff" + NONCHARACTERS + "]"
)
_BREAK = re.compile(r"[\t\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody hands in: exactly one of ``url``, ``text`` and ``file``.

    Dates and names given here are believed before those found in the text.
    """

    url: str = ""
    text: str = ""
    file: bytes | None = None
    file_name: str = ""
    content_type: str = ""
    title: str = ""
    outlet: str = ""
    published_at: date | None = None
    purpose: str = Purpose.FACT_CHECK
    visibility: str = Visibility.CONFIDENTIAL
    reason: str = ""
    deadline: datetime | None = None
    external_id: str = ""


def check_may_follow(article: Article, visibility: str, by: User) -> None:
    """Raise Refused unless ``by`` may say that a text is the next version of an article.

    Whoever handed the article in may, and an editor of a public one; never for a publisher's
    own, and never so that confidential words become public, or public ones confidential.
    """
    check_not_set_aside(article)
    if article.publisher_id is not None:
        raise Refused("A publisher's article gets its versions from that publisher.", "follows")
    edits = article.visibility == Visibility.PUBLIC and by.has_perm("claims.approve_verdict")
    if article.owner_id != by.pk and not edits:
        raise Refused(
            "Whoever handed the article in, or an editor if it is public, says what its next "
            "version is.",
            "follows",
        )
    if article.visibility != visibility:
        known = Visibility(article.visibility).label.lower()
        raise Refused(f"The article is {known}, and so is its next version.", "visibility")


def check_handed(handed: Handed, *, by_program: bool) -> None:
    """Raise Refused when nothing, or more than one thing, or too much is given.

    ``by_program`` says that it came through the API, which takes no file.
    """
    _check_one_thing(handed, by_program=by_program)
    _check_characters(handed)
    _check_size(handed)
    _check_address(handed)
    _check_times(handed)


def _check_one_thing(handed: Handed, *, by_program: bool) -> None:
    given = [bool(handed.url.strip()), bool(handed.text.strip()), handed.file is not None]
    if sum(given) == 1:
        return
    if by_program:
        raise Refused("Give a `url` or a `text`: exactly one of them.")
    raise Refused("Give a text, an address or a file: exactly one of them.", "text")


def _check_characters(handed: Handed) -> None:
    """Raise Refused for what no reader sees and no page prints, for its place would not be sure."""
    for name in (*ONE_LINE, *LINES):
        value, label = getattr(handed, name), name.replace("_", " ").capitalize()
        if found := _NO_TEXT.search(value):
            raise Refused(
                f"{label} holds characters that are not text, such as U+{ord(found[0]):04X}. "
                "Remove them.",
                name,
            )
        if name in ONE_LINE and _BREAK.search(value):
            raise Refused(f"{label} is one line, without line breaks and tabs.", name)


def _check_size(handed: Handed) -> None:
    if len(handed.text) > settings.MAX_ARTICLE_CHARACTERS:
        raise Refused(
            f"The text is longer than {settings.MAX_ARTICLE_CHARACTERS:,} characters; split it.",
            "text",
        )
    if handed.file == b"":
        raise Refused("The file is empty.", "file")
    if handed.file is not None and len(handed.file) > settings.MAX_UPLOAD_BYTES:
        raise Refused(f"The file is larger than {settings.MAX_UPLOAD_BYTES:,} bytes.", "file")


def _check_address(handed: Handed) -> None:
    url = handed.url.strip()
    if not url:
        return
    if handed.visibility == Visibility.CONFIDENTIAL:
        raise Refused(
            "Fetching an address tells its server that somebody checks it. "
            "Paste the text to keep it confidential, or make the submission public.",
            "visibility",
        )
    if not url.lower().startswith(("http://", "https://")):
        raise Refused("The address must begin with http:// or https://.", "url")
    try:
        host = urlsplit(url).netloc
    except ValueError:
        raise Refused("Url: this is not a valid URL.", "url") from None
    if "@" in host:
        raise Refused(
            "The address holds a user name or password, which others would see; remove it.", "url"
        )


def _check_times(handed: Handed) -> None:
    day = handed.published_at
    if day and day < EARLIEST:
        raise Refused(
            "The publication date is before 1900. Correct it, or leave it out.", "published_at"
        )
    if day and day > today_somewhere():
        raise Refused(
            f"The publication date, {day.day} {day:%B %Y}, is in the future. "
            "Leave it empty for what is not published yet.",
            "published_at",
        )
    check_deadline(handed.deadline)


def check_deadline(deadline: datetime | None) -> None:
    """Raise Refused for a time by which nothing can be needed."""
    if is_over(deadline):
        raise Refused(
            "The deadline is over. Give a time that is still to come, or none.", "deadline"
        )
    if deadline and deadline > timezone.now() + FARTHEST:
        raise Refused(
            "The deadline is more than ten years away. Correct it, or give none.", "deadline"
        )
