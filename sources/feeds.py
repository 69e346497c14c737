"""Sitemaps, RSS and Atom: the addresses they name, with titles and dates.

Written by strangers, so ``read_feed_safely`` runs the parsers in a process
with limits. Entities are never resolved and nothing is loaded from outside.
"""

import io
import re
import time
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import dateparser
import feedparser
from lxml import etree
from lxml import html as lxml_html

from sources.addresses import FetchRefused, canonical_url, check_url
from sources.limited import LimitsReached, answer_in_limits, in_limits

SITEMAP, RSS, ATOM = "sitemap", "rss", "atom"
MAX_BYTES = 50_000_000
"""Of an unpacked sitemap, as its protocol says (sitemaps.org)."""
MAX_ENTRIES = 50_000

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex|rss|feed|rdf|html)\b", re.IGNORECASE)
_TWO_DAYS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})")
_EARLIEST = 1990


class NoFeed(ValueError):
    """This is no sitemap and no feed; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that is named, as far as the feed tells of it."""

    url: str
    title: str = ""
    published_at: date | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A sitemap that is part of an index."""

    url: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What stands in a feed, the newest first; ``dropped`` counts entries without an address."""

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    dropped: int = 0


def read_feed_safely(body: bytes, *, url: str) -> FeedRead:
    """Do what ``read_feed`` does, in a process that cannot harm this one."""
    try:
        answer = in_limits("sources.feeds", {"url": url}, body)
    except LimitsReached:
        raise NoFeed("This could not be read within the limits of memory and time.") from None
    if "refused" in answer:
        raise NoFeed(answer["refused"])
    return FeedRead(
        kind=answer["kind"],
        title=answer["title"],
        entries=tuple(
            Entry(
                entry["url"],
                entry["title"],
                date.fromisoformat(entry["published_at"]) if entry["published_at"] else None,
                _moment(entry["changed_at"]),
            )
            for entry in answer["entries"]
        ),
        parts=tuple(Part(part["url"], _moment(part["changed_at"])) for part in answer["parts"]),
        dropped=answer["dropped"],
    )


def _moment(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated) if stated else None


def read_feed(body: bytes, *, url: str) -> FeedRead:
    """Read the feed that came from ``url``, gzipped or not; raise NoFeed."""
    body = _unpacked(body)
    root = _ROOT.search(_in_single_bytes(body[:20_000]))
    kind = root[1].decode().lower() if root else ""
    if kind in {"urlset", "sitemapindex"}:
        return _sitemap(body, url)
    if kind in {"rss", "feed", "rdf"}:
        return _feed(body, url)
    if kind == "html":
        raise NoFeed(_page_instead(body, url))
    raise NoFeed("This is no sitemap, RSS or Atom feed.")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        whole = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error:
        raise NoFeed("This is a broken archive.") from None
    if len(whole) > MAX_BYTES:
        raise NoFeed(f"This unpacks to more than {MAX_BYTES:,} bytes.")
    return whole


def _in_single_bytes(start: bytes) -> bytes:
    """The beginning as ASCII, to look at tags in, also of UTF-16."""
    return start.replace(b"\0", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start


def _sitemap(body: bytes, url: str) -> FeedRead:
    entries: list[Entry] = []
    parts: list[Part] = []
    dropped = 0
    host = _site(url)
    parser = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in parser:
            name = _local(element)
            if name not in {"url", "sitemap"}:
                continue
            told = {_local(child): (child.text or "").strip() for child in element.iter()}
            location = _address(told.get("loc", ""), url)
            element.clear(keep_tail=False)
            # A sitemap speaks for its own site and no other (sitemaps.org, "Location").
            if not location or _site(location) != host:
                dropped += 1
            elif name == "sitemap":
                parts.append(Part(location, moment_of(told.get("lastmod", ""))))
            else:
                entries.append(_of_sitemap(location, told))
            if len(entries) + len(parts) >= MAX_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        raise NoFeed(f"The sitemap is not XML: {error.msg}") from None
    if not entries and not parts and not dropped:
        raise NoFeed("The sitemap names no address.")
    return FeedRead(SITEMAP, "", _newest_first(entries), tuple(parts), dropped)


def _of_sitemap(location: str, told: dict[str, str]) -> Entry:
    """An address with what Google's extension for news says of it, if it is there."""
    published = moment_of(told.get("publication_date", ""))
    changed = moment_of(told.get("lastmod", ""))
    return Entry(location, told.get("title", "")[:500], _day(published), changed or published)


def _feed(body: bytes, url: str) -> FeedRead:
    # A stream, because feedparser takes a string for an address or a file's name.
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not found.version:
        raise NoFeed("This is no sitemap, RSS or Atom feed.")
    entries, dropped = [], 0
    for item in found.entries[:MAX_ENTRIES]:
        named = item.get("id", "")
        link = item.get("link", "") or (named if named.startswith(("http://", "https://")) else "")
        location = _address(link, found.feed.get("link") or url)
        if not location:
            dropped += 1
            continue
        published = _stated(item, "published") or _stated(item, "created")
        changed = _stated(item, "updated")
        entries.append(
            Entry(
                location, _plain(item.get("title", ""))[:500], _day(published or changed), changed
            )
        )
    kind = ATOM if found.version.startswith("atom") else RSS
    return FeedRead(
        kind, _plain(found.feed.get("title", ""))[:300], _newest_first(entries), (), dropped
    )


def _stated(item: Any, name: str) -> datetime | None:
    """A date of an entry: as feedparser reads it, or as people write dates."""
    # Not feedparser's own get, which gives one date in place of another.
    parsed = dict.get(item, f"{name}_parsed")
    if isinstance(parsed, time.struct_time):
        try:
            return _likely(datetime(*parsed[:6], tzinfo=UTC))
        except ValueError:
            return None
    return moment_of(dict.get(item, name, ""))


def moment_of(stated: str) -> datetime | None:
    """Read a date in any of the forms that are written; None for what may be two days.

    >>> moment_of("2024-02-29T08:15+02:00").isoformat()
    '2024-02-29T06:15:00+00:00'
    >>> moment_of("29 février 2024").date().isoformat()
    '2024-02-29'
    >>> moment_of("4/12/2019"), moment_of("31/12/2019").day, moment_of("yesterday")
    (None, 31, None)
    """
    stated = stated.strip()[:100]
    if not any(character.isdigit() for character in stated):
        return None
    try:
        return _likely(datetime.fromisoformat(stated))
    except ValueError:
        pass
    two = _TWO_DAYS.search(stated)
    if two and max(int(two[1]), int(two[2])) <= 12 and two[1] != two[2]:
        return None
    order = "DMY" if two and int(two[1]) > 12 else "MDY"
    found = dateparser.parse(
        stated, settings={"STRICT_PARSING": True, "DATE_ORDER": order, "TIMEZONE": "UTC"}
    )
    return _likely(found) if found else None


def _likely(moment: datetime) -> datetime | None:
    """In UTC; None for a date no document of the web can have."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        aware = aware.astimezone(UTC)
    except OverflowError:
        return None
    if aware.year < _EARLIEST or aware > datetime.now(UTC) + timedelta(days=1):
        return None
    return aware


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _address(link: str, base: str) -> str:
    """The address as documents are known by it; empty for what is none to fetch."""
    try:
        return canonical_url(check_url(urljoin(base, link.strip()))) if link.strip() else ""
    except (FetchRefused, ValueError):
        return ""


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _newest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    first = datetime.min.replace(tzinfo=UTC)
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(entry.url, entry)

    def when(entry: Entry) -> datetime:
        day = entry.published_at
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else first
        return max(entry.changed_at or first, at)

    return tuple(sorted(once.values(), key=when, reverse=True))


def _local(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _plain(title: str) -> str:
    """A title without the markup that some feeds put in."""
    if "<" not in title and "&" not in title:
        return " ".join(title.split())
    try:
        return " ".join(lxml_html.fromstring(f"<p>{title}</p>").text_content().split())
    except (etree.ParserError, ValueError):
        return ""


def _page_instead(body: bytes, url: str) -> str:
    """Say that this is a web page, and which feed it names, if it names one."""
    try:
        page = lxml_html.document_fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "This is a web page, not a feed."
    for link in page.xpath("//link[@rel='alternate'][@href]"):
        if link.get("type", "") in {"application/rss+xml", "application/atom+xml"}:
            return (
                f"This is a web page. The feed it names is {urljoin(url, link.get('href'))[:300]}"
            )
    return "This is a web page, and it names no feed."


def _answer(body: bytes, about: dict[str, Any]) -> dict[str, Any]:
    try:
        return asdict(read_feed(body, url=about["url"]))
    except NoFeed as error:
        return {"refused": str(error)}


if __name__ == "__main__":
    answer_in_limits(_answer)
