"""Documents as people bring them: rows of a file, files and addresses.

Whatever is wrong with one of them is said in one line, and the others go on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models import TextChoices

from sources.addresses import canonical_url
from sources.calls import told_call
from sources.extract import MAX_BYTES, MAX_CHARACTERS, NothingToRead, extract_safely
from sources.models import Access, OutletKind, SourceKind
from sources.sniffing import stated_by
from sources.storing import Document
from sources.tables import Row
from sources.warc import resource_record, response_record
from sources.web import Fetcher, FetchFailed, FetchRefused, Page

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
NO_TEXT = re.compile("[\0\ud800-\udfff]")
LETTERS = re.compile(r"[^\W\d_]{3}")
HEADING_WORDS = 25
OLDEST = date(1600, 1, 1)
"""Before the first newspaper."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that is not a document, where it stands, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Undated:
    """The document that comes next has a date that cannot be read, and is kept without it."""

    where: str
    stated: str


def from_row(row: Row, where: str) -> Iterator[Document | Rejected | Undated]:
    """The document in one row of a file.

    Fields: ``text`` must be there, and ``outlet`` or ``url``; ``title``,
    ``published_at`` (ISO), ``kind`` (of the outlet), ``language``,
    ``source_kind`` and ``access`` may.
    """
    if row.why:
        yield Rejected(where, row.why)
        return
    try:
        document = _document(row.values)
    except (ValueError, FetchRefused) as error:
        yield Rejected(where, str(error))
        return
    if row.values.get("published_at") and document.published_at is None:
        yield Undated(where, _words(row.values, "published_at")[:40])
    yield document


def _document(row: dict[str, object]) -> Document:
    text = _words(row, "text")
    if not text.strip():
        raise ValueError("text is empty")
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"text is longer than {MAX_CHARACTERS:,} characters")
    url = _words(row, "url")
    url = canonical_url(url) if url else ""
    outlet = _words(row, "outlet") or (urlsplit(url).hostname or "")
    if not outlet:
        raise ValueError("outlet is missing")
    return Document(
        title=_words(row, "title") or text.strip().split("\n", maxsplit=1)[0][:200],
        text=text,
        outlet=outlet[:200],
        url=url,
        outlet_kind=_choice(row, "kind", OutletKind, OutletKind.OTHER),
        kind=_choice(row, "source_kind", SourceKind, SourceKind.ARTICLE),
        access=_choice(row, "access", Access, Access.OPEN),
        language=_language(row),
        published_at=_day(_words(row, "published_at")),
    )


def _day(stated: str) -> date | None:
    """Return the day; None for "4/12/19", which is two days, and for what is no day."""
    try:
        day = date.fromisoformat(stated[:10])
    except ValueError:
        return None
    if is_to_come(day):
        raise ValueError(f"published_at is {day}, which is in the future")
    return day


def is_too_old(day: date) -> bool:
    """Whether nothing we could be told of was published or said then: the year is a slip."""
    return day < OLDEST


def is_to_come(day: date) -> bool:
    """Whether it is that day nowhere on earth yet."""
    return day > datetime.now(UTC).date() + timedelta(days=1)


def _words(row: dict[str, object], name: str) -> str:
    value = row.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    if NO_TEXT.search(value):
        raise ValueError(f"{name} holds characters that are not text")
    return value


def _language(row: dict[str, object]) -> str:
    code = _words(row, "language") or "en"
    if not LANGUAGE.fullmatch(code):
        raise ValueError(f"language is {code[:20]!r}, not a code such as 'en' or 'pt-BR'")
    return code


def _choice(row: dict[str, object], name: str, allowed: type[TextChoices], default: str) -> str:
    value = _words(row, name) or default
    if value not in _values(allowed):
        raise ValueError(f"{name} is {value!r}, not one of {', '.join(allowed.values)}")
    return value


@cache
def _values(allowed: type[TextChoices]) -> frozenset[str]:
    return frozenset(allowed.values)


def from_file(path: Path) -> Document | Rejected:
    """Read one document from a file; what it is, its bytes tell."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)  # one more is too much, and is said
        return handed_in(body, content_type=stated_by(path.name), name=path.name)
    except OSError as error:
        return Rejected(str(path), error.strerror or str(error))
    except NothingToRead as error:
        return Rejected(str(path), str(error))


def from_url(url: str, fetcher: Fetcher) -> Document | Rejected:
    """Fetch one document from a public address."""
    try:
        return fetched(url, fetcher)
    except (FetchRefused, FetchFailed, NothingToRead) as error:
        return Rejected(url, str(error))


def handed_in(body: bytes, *, content_type: str, name: str, outlet: str = "") -> Document:
    """The document in a file called ``name``; an ``outlet`` given is believed before its own.

    Raise NothingToRead when there is none in it.
    """
    read = extract_safely(body, content_type=content_type)
    return Document(
        title=read.title or _heading(read.text) or Path(name).stem,
        text=read.text,
        outlet=(outlet or read.outlet)[:200],
        language=read.language or "en",
        published_at=read.published_at,
        record=resource_record(
            f"urn:sha256:{sha256(body).hexdigest()}",
            content_type=read.content_type,
            body=body,
            at=datetime.now(UTC),
        ),
        content_type=read.content_type,
        extractor=read.extractor,
    )


def _heading(text: str) -> str:
    """The line above a text that is no sentence; empty when there is none.

    >>> _heading("Minutes of 4 May\\n\\nThe council met at noon."), _heading("It met at noon.")
    ('Minutes of 4 May', '')
    """
    first, _, rest = text.strip().partition("\n\n")
    line = " ".join(first.split())
    short = len(line.split()) <= HEADING_WORDS and LETTERS.search(line)
    return line if rest.strip() and short and line[-1] not in ".!?:;," else ""


def fetched(url: str, fetcher: Fetcher) -> Document:
    """The document at a public address, known by the address its own host gives it.

    Raise FetchRefused, FetchFailed or NothingToRead.
    """
    with told_call("web", urlsplit(url).hostname or "") as call:
        page = fetcher.fetch(url)
        call.status = page.status
    return document_of(page)


def document_of(page: Page) -> Document:
    """The document on a page that was fetched; raise NothingToRead."""
    read = extract_safely(
        page.body, content_type=page.content_type, charset=page.charset, url=page.url
    )
    return Document(
        title=read.title or page.url,
        text=read.text,
        outlet=(read.outlet or urlsplit(page.url).hostname or "")[:200],
        url=canonical_url(read.canonical_url or page.url),
        language=read.language or "en",
        published_at=read.published_at,
        fetched_at=page.fetched_at,
        record=response_record(
            page.url,
            status=page.status,
            headers=page.sent,
            body=page.body,
            at=page.fetched_at,
        ),
        content_type=read.content_type,
        headers=page.headers,
        extractor=read.extractor,
        proposed_access=read.access,
        access_reason=read.access_reason,
    )
