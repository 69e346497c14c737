"""Sitemaps, RSS and Atom as sites really write them, and as nobody should."""

import gzip
import time
from datetime import date

import pytest

from sources import limited
from sources.feeds import NoFeed, moment_of, read_feed, read_feed_safely

URL = "https://paper.example/feed"


def rss(items: str, head: str = "") -> bytes:
    channel = f"<channel><title>The &amp; Paper</title>{items}</channel>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0">{channel}</rss>'.encode()


def item(link="https://paper.example/1", date_="Wed, 24 Jun 2020 08:00:00 GMT", title="Boats"):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date_}</pubDate></item>"


def test_rss_names_addresses_titles_and_dates_newest_first():
    found = read_feed(
        rss(item() + item("/2?utm_source=rss", "Thu, 25 Jun 2020 08:00:00 +0200")), url=URL
    )
    assert (found.kind, found.title) == ("rss", "The & Paper")
    assert [(entry.url, entry.title, entry.published_at) for entry in found.entries] == [
        ("https://paper.example/2", "Boats", date(2020, 6, 25)),
        ("https://paper.example/1", "Boats", date(2020, 6, 24)),
    ]


ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title type="html">&lt;b&gt;Boats&lt;/b&gt; left</title><id>tag:x</id>
<link rel="self" href="https://paper.example/api/1"/><link rel="alternate" href="https://paper.example/1"/>
<published>2020-06-24T08:00:00Z</published><updated>2020-06-26T08:00:00Z</updated></entry>
<entry><title>No link</title><id>https://paper.example/2</id></entry>
<entry><title>Nowhere</title><id>tag:nowhere</id></entry></feed>"""


def test_atom_prefers_the_page_and_tells_of_changes():
    found = read_feed(ATOM, url=URL)
    first, second = found.entries
    assert found.kind == "atom"
    assert (first.url, first.title) == ("https://paper.example/1", "Boats left")
    assert first.published_at == date(2020, 6, 24)
    assert first.changed_at.isoformat() == "2020-06-26T08:00:00+00:00"
    assert second.url == "https://paper.example/2"
    assert found.dropped == 1


def sitemap(urls: str, root: str = "urlset") -> bytes:
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</{root}>'
    ).encode()


NEWS = (
    "<url><loc>https://paper.example/1</loc><lastmod>2020-06-26</lastmod><news:news>"
    "<news:publication_date>2020-06-24T08:00+02:00</news:publication_date>"
    "<news:title>Boats &amp; quays</news:title></news:news></url>"
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_news_sitemap_gives_titles_and_dates(pack):
    found = read_feed(pack(sitemap(NEWS)), url="https://www.paper.example/sitemap.xml")
    (entry,) = found.entries
    assert (found.kind, entry.title, entry.published_at) == (
        "sitemap",
        "Boats & quays",
        date(2020, 6, 24),
    )
    assert entry.changed_at.date() == date(2020, 6, 26)


def test_an_index_names_its_parts_and_speaks_for_its_own_site_only():
    parts = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>2020-06-26</lastmod></sitemap>"
        for url in ("https://paper.example/a.xml.gz", "https://other.example/b.xml")
    )
    found = read_feed(sitemap(parts, "sitemapindex"), url="https://paper.example/sitemap.xml")
    assert [part.url for part in found.parts] == ["https://paper.example/a.xml.gz"]
    assert found.dropped == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/admin",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://10.0.0.1/",
        "ftp://a.example/",
    ],
)
def test_an_entry_that_leads_inside_is_dropped(link):
    found = read_feed(rss(item(link) + item()), url=URL)
    assert [entry.url for entry in found.entries] == ["https://paper.example/1"]
    assert found.dropped == 1


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Wed, 24 Jun 2020 08:00:00 EST", "2020-06-24"),
        ("Wed, 24 June 2020 8:00 PM", "2020-06-24"),
        ("24 Jun 20 08:00 GMT", "2020-06-24"),
        ("2020-06-24 08:00:00", "2020-06-24"),
        ("2020-06-24T08:00:00+0200", "2020-06-24"),
        ("20200624", "2020-06-24"),
        ("June 24, 2020", "2020-06-24"),
        ("24/06/2020 08:00", "2020-06-24"),
        ("24. Juni 2020", "2020-06-24"),
        ("24 de junio de 2020", "2020-06-24"),
        ("4/12/2019", None),
        ("Mon, 00 Xyz 0000", None),
        ("2919-06-24", None),
        ("0001-01-01T00:00:00Z", None),
        ("99999999999999", None),
        ("", None),
    ],
)
def test_dates_are_read_in_the_forms_they_are_written_in(stated, day):
    (entry,) = read_feed(rss(item(date_=stated)), url=URL).entries
    assert entry.published_at == (date.fromisoformat(day) if day else None)


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    "make",
    [
        lambda head, entity: rss(item(title=f"Boats {entity}"), head),
        lambda head, entity: sitemap(NEWS.replace("quays", entity)).replace(
            b'<?xml version="1.0"?>', b'<?xml version="1.0"?>' + head.encode()
        ),
    ],
)
def test_entities_are_not_resolved(head, make):
    entity = "&j;" if head is BOMB else "&x;"
    begun = time.monotonic()
    try:
        found = read_feed_safely(make(head, entity), url="https://paper.example/sitemap.xml")
    except NoFeed:
        found = None
    assert time.monotonic() - begun < 15
    if found:
        assert "lol" not in found.entries[0].title
        assert "root:" not in found.entries[0].title


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no sitemap"),
        (b"Forty boats.", "no sitemap"),
        (b"\x1f\x8bnot gzip at all", "broken archive"),
        (sitemap(""), "names no address"),
        (b"<urlset", "no sitemap|not XML|names no address"),
        (b"<html><head></head></html>", "names no feed"),
        (
            b'<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>',
            "The feed it names is https://paper.example/rss",
        ),
    ],
)
def test_what_is_no_feed_is_said(body, why):
    with pytest.raises(NoFeed, match=why):
        read_feed_safely(body, url=URL)


def test_a_packed_sitemap_that_unpacks_to_more_than_one_may_be_is_refused():
    with pytest.raises(NoFeed, match="unpacks to more than"):
        read_feed(gzip.compress(b" " * 60_000_000), url=URL)


def test_a_feed_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS", 0.05)
    with pytest.raises(NoFeed, match="limits"):
        read_feed_safely(rss(item()), url=URL)


def test_a_broken_feed_gives_what_can_be_read():
    body = rss(
        item()
        + "<item><title>Broken & bare</title>"
        + "<link>https://paper.example/2</link></item>"
    )[:-20]
    assert len(read_feed_safely(body, url=URL).entries) == 2


def test_what_was_read_in_the_process_apart_is_what_is_read_here():
    assert read_feed_safely(ATOM, url=URL) == read_feed(ATOM, url=URL)
    assert moment_of("2020-06-24").tzinfo is not None
