"""Feeds: what was published, corrected and withdrawn last, for whoever follows."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.reading import published as reading
from claims.states import VerdictState
from tests.stories import STEPS, published, verdict_in, withdraw

ATOM = "{http://www.w3.org/2005/Atom}"
ALL = pytest.mark.parametrize("address", ["/c/feed.atom", "/c/feed.rss", "/c/feed.json"])
RSS = pytest.mark.parametrize("address", ["/c/feed.rss", "/c/corrections/feed.rss"])


def entries(world):
    """What all feeds tell, each entry as one of JSON Feed's; they must agree."""
    items = json.loads(world.get("/c/feed.json").content)["items"]
    root = ElementTree.fromstring(world.get("/c/feed.atom").content)
    told = [
        {
            "id": entry.findtext(f"{ATOM}id"),
            "url": entry.find(f"{ATOM}link").get("href"),
            "title": entry.findtext(f"{ATOM}title"),
            "content_html": entry.findtext(f"{ATOM}summary"),
            "date_published": entry.findtext(f"{ATOM}published"),
            "date_modified": entry.findtext(f"{ATOM}updated"),
            "tags": [category.get("term") for category in entry.findall(f"{ATOM}category")],
        }
        for entry in root.findall(f"{ATOM}entry")
    ]
    assert told == items
    root = ElementTree.fromstring(world.get("/c/feed.rss").content)
    told = [
        {
            "id": entry.findtext("guid"),
            "url": entry.findtext("link"),
            "title": entry.findtext("title"),
            "content_html": entry.findtext("description"),
            "date_published": parsedate_to_datetime(entry.findtext("pubDate")),
            "date_modified": entry.findtext(f"{ATOM}updated"),
            "tags": [category.text for category in entry.findall("category")],
        }
        for entry in root.iterfind("channel/item")
    ]
    in_seconds = [
        item
        | {"date_published": datetime.fromisoformat(item["date_published"]).replace(microsecond=0)}
        for item in items
    ]
    assert told == in_seconds
    return items


def test_a_published_verdict_is_an_entry_with_its_page(world, settings):
    settings.SITE_URL = "https://checks.example"
    verdict = published()
    (entry,) = entries(world)
    claim = verdict.claim.public_id
    assert entry["id"] == f"urn:uuid:{claim}"
    assert entry["url"] == f"https://checks.example/c/{claim}/"
    assert entry["title"] == "True: Forty boats left the harbour."
    assert "Jo Reed said" in entry["content_html"]
    assert entry["tags"] == ["True"]
    assert entry["date_published"] == entry["date_modified"]


def test_a_correction_updates_its_entry_and_moves_it_to_the_front(world):
    first = verdict_in(VerdictState.PUBLISHED)
    published("Ships came.")
    before = entries(world)[1]
    for step in STEPS[VerdictState.SUPERSEDED][3:]:
        step(first.pk, first.author)
    after = entries(world)[0]
    assert after["id"] == before["id"]
    assert after["date_published"] == before["date_published"]
    assert after["date_modified"] > before["date_modified"]
    assert "Corrected on" in after["content_html"]
    assert "The count was made in May." in after["content_html"]
    assert len(entries(world)) == 2


def test_a_withdrawal_updates_its_entry_and_tells_no_rating(world):
    verdict = published()
    before = entries(world)[0]
    withdraw(verdict.pk, verdict.author)
    (after,) = entries(world)
    assert after["id"] == before["id"]
    assert after["date_modified"] > before["date_modified"]
    assert after["title"] == "Withdrawn: Forty boats left the harbour."
    assert "The count was of another harbour." in after["content_html"]
    assert after["tags"] == []
    assert "True." not in after["content_html"]


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "discarded"])
def test_what_is_not_public_is_in_no_feed(world, state):
    verdict_in(VerdictState(state))
    assert entries(world) == []


def test_the_newest_changes_are_told_with_two_questions(world, monkeypatch):
    for number in range(3):
        published(f"Boat {number} left.")
    monkeypatch.setattr(reading, "NEWEST", 2)
    with CaptureQueriesContext(connection) as asked:
        feed = json.loads(world.get("/c/feed.json").content)
    assert [item["title"] for item in feed["items"]] == ["True: Boat 2 left.", "True: Boat 1 left."]
    assert len(asked) == 2


@ALL
def test_whoever_has_it_is_told_that_nothing_changed(world, address):
    verdict = published()
    answer = world.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    for condition in (
        {"If-None-Match": answer.headers["ETag"]},
        {"If-Modified-Since": answer.headers["Last-Modified"]},
    ):
        assert world.get(address, headers=condition).status_code == 304
    withdraw(verdict.pk, verdict.author)
    again = world.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 200


@ALL
def test_hostile_words_and_characters_stay_text(world, address):
    hostile = "</summary><script>alert(1)</script> ]]> &amp; \x0b\x1b\ufffe"
    published(hostile, claimant=hostile, summary=hostile)
    (entry,) = entries(world)
    assert "<script>alert(1)</script>" in entry["title"]
    assert "<script" not in entry["content_html"]
    assert "&lt;script&gt;" in entry["content_html"]


class Alternates(HTMLParser):
    """The addresses a page offers instead of itself, by their type, in their order."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "link" and given.get("rel") == "alternate":
            self.found.setdefault(given["type"], []).append(given["href"])


def test_public_pages_name_the_feeds(world, settings):
    settings.SITE_URL = "https://checks.example"
    verdict = published()
    for page in ("/c/", f"/c/{verdict.claim.public_id}/", "/c/corrections/"):
        found = Alternates(world.get(page).text).found
        for kind, name in (
            ("application/atom+xml", "atom"),
            ("application/rss+xml", "rss"),
            ("application/feed+json", "json"),
        ):
            assert found[kind] == [
                f"https://checks.example/c/feed.{name}",
                f"https://checks.example/c/corrections/feed.{name}",
            ]


def test_the_feeds_name_themselves_whatever_host_was_asked(world, settings):
    settings.SITE_URL = "https://checks.example"
    feed = json.loads(world.get("/c/feed.json").content)
    assert feed["feed_url"] == "https://checks.example/c/feed.json"
    assert feed["home_page_url"] == "https://checks.example/c/"
    for address in ("/c/feed.atom", "/c/feed.rss"):
        assert "testserver" not in world.get(address).text


@RSS
def test_an_rss_feed_keeps_the_rules_of_rss(world, settings, address):
    settings.SITE_URL = "https://checks.example"
    withdraw((verdict := published()).pk, verdict.author)
    answer = world.get(address)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.version, len(read.entries)) == (False, "rss20", 1)
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert channel.findtext(name), f"a channel must have a {name}"
    (own,) = channel.findall(f"{ATOM}link")
    assert own.attrib == {"rel": "self", "href": f"https://checks.example{address}"}
    (item,) = channel.findall("item")
    assert item.find("guid").get("isPermaLink") == "false", "an id is no address"
    for date in (channel.findtext("lastBuildDate"), item.findtext("pubDate")):
        assert re.fullmatch(r"[A-Z]\w\w, \d\d [A-Z]\w\w \d{4} \d\d:\d\d:\d\d \+0000", date)
