"""What search engines, link previews and readers of data find on the public side."""

import json
import re
from html import unescape
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.states import VerdictState
from tests.security.addresses import NOBODYS
from tests.stories import published, verdict_in

SITE = "https://checks.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.ORGANISATION = "Example Checks"


def page_of(verdict):
    return f"/c/{verdict.claim.public_id}/"


def meta(text):
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text)
    return {name: unescape(content) for name, content in found}


# The organisation.
def test_machines_are_led_to_the_page_of_the_organisation(world, settings):
    verdict = published()
    for address, home in (("", f"{SITE}/c/"), ("https://example.org/", "https://example.org/")):
        settings.ORGANISATION_URL = address
        review = world.get(f"{page_of(verdict)}claimreview.json").json()
        assert (review["author"]["url"], review["sdPublisher"]["url"]) == (home, home)
        card = world.get("/oembed", {"url": SITE + page_of(verdict)}).json()
        assert card["provider_url"] == home
        assert world.get("/c/feed.json").json()["authors"][0]["url"] == home
        assert f"<uri>{home}</uri>" in world.get("/c/feed.atom").text


def test_whoever_only_knows_the_site_is_led_to_what_is_published_and_may_log_in(world):
    assert world.get("/").url == "/c/"
    assert 'href="/login/">Workspace' in world.get("/c/").text
    assert world.get("/?page=2").url.startswith("/login/")


def test_a_colleague_whose_session_is_over_is_asked_to_log_in(browser):
    Session.objects.all().delete()
    assert browser.get("/").url.startswith("/login/")


# Previews of links.
def test_a_link_to_a_verdict_is_previewed_with_rating_claim_and_summary(world, settings):
    settings.LOGO_URL = "https://checks.example/logo.png"
    verdict = published()
    told = meta(world.get(page_of(verdict)).text)
    assert told["og:title"] == "True: Forty boats left the harbour."
    assert told["og:description"] == "Forty boats left."
    assert told["og:url"] == f"{SITE}{page_of(verdict)}"
    assert told["og:site_name"] == "Example Checks"
    assert told["og:image"] == "https://checks.example/logo.png"
    assert told["twitter:card"] == "summary"
    assert told["article:published_time"] == verdict.published_at.isoformat()


def test_a_link_to_a_withdrawn_verdict_is_previewed_as_withdrawn(world):
    verdict = verdict_in(VerdictState.WITHDRAWN)
    told = meta(world.get(page_of(verdict)).text)
    assert told["og:title"].startswith("Withdrawn: ")
    assert told["og:description"] == "The count was of another harbour."
    assert told["article:modified_time"] == verdict.withdrawn_at.isoformat()


@pytest.mark.parametrize(("address", "own"), [("/c/", "/c/"), ("/c/?page=x&words=", "/c/")])
def test_the_list_names_its_own_address(world, address, own):
    published()
    text = world.get(address).text
    assert f'<link rel="canonical" href="{SITE}{own}">' in text
    assert meta(text)["og:title"] == "Fact-checks by Example Checks"


def test_times_say_in_which_zone_they_are(world):
    text = world.get(page_of(published())).text
    assert re.search(r"Published <time[^>]*>\d+ \w+ \d{4}, \d\d:\d\d UTC</time>", text)


# The data.
def test_the_claim_review_is_at_a_public_address_that_the_page_names(world):
    verdict = published()
    text = world.get(page_of(verdict)).text
    named = f"{page_of(verdict)}claimreview.json"
    assert f'type="application/ld+json" title="ClaimReview" href="{SITE}{named}"' in text
    answer = world.get(named)
    assert answer.headers["Content-Type"] == "application/ld+json"
    embedded = re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1]
    assert json.loads(answer.content) == json.loads(embedded)
    assert json.loads(answer.content)["itemReviewed"]["author"]["@type"] == "Person"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert world.get(named, headers=known).status_code == 304


@pytest.mark.parametrize(
    ("state", "status"), [("draft", 404), ("approved", 404), ("withdrawn", 410)]
)
def test_what_does_not_stand_has_no_claim_review_which_scripts_of_any_site_learn(
    world, state, status
):
    verdict = verdict_in(VerdictState(state))
    answer = world.get(f"{page_of(verdict)}claimreview.json")
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["error"]
    assert told.get("note") == (verdict.withdrawal_note or None)
    assert ("withdrawn_at" in told) == (state == "withdrawn")


# Ways that lead nowhere.
@pytest.mark.parametrize("address", ["/nowhere/", f"/c/{NOBODYS}/", f"/c/{NOBODYS}/embed/"])
def test_a_stranger_who_finds_nothing_is_led_to_what_was_published(world, address):
    answer = world.get(address)
    assert answer.status_code == 404
    assert re.findall(r'<a[^>]* href="(/[^"]*)"', answer.text) == ["/c/", "/c/"]


def test_a_colleague_who_finds_nothing_is_led_to_the_articles(browser):
    text = browser.get("/nowhere/").text
    assert "Go to the articles" in text
    assert "Read what was checked" not in text


# Crawlers.
def test_crawlers_may_read_what_is_public_and_nothing_else(world):
    answer = world.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("/c/", f"/c/{NOBODYS}/", "/c/feed.atom", "/static/app.css", "/sitemap.xml"):
        assert rules.can_fetch("anybody", SITE + path), path
    for path in ("/", "/login/", "/desk/", f"/claims/{NOBODYS}/", "/admin/", "/api/v1/docs/"):
        assert not rules.can_fetch("anybody", SITE + path), path
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]


def test_the_sitemap_names_what_stands_at_its_public_address(world):
    standing = published()
    corrected = verdict_in(VerdictState.SUPERSEDED)
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    verdict_in(VerdictState.APPROVED)
    answer = world.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ElementTree.fromstring(answer.content).findall(f"{space}url")
    found = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in urls}
    lists = {f"{SITE}/c/", f"{SITE}/c/corrections/"}
    assert found.keys() == {SITE + page_of(standing), SITE + page_of(corrected), *lists}
    assert found[SITE + page_of(standing)] == standing.published_at.isoformat()
    assert found[f"{SITE}/c/"] == withdrawn.withdrawn_at.isoformat()


def test_the_sitemap_asks_a_fixed_number_of_questions(world):
    counts = set()
    for _ in range(2):
        published()
        with CaptureQueriesContext(connection) as asked:
            world.get("/sitemap.xml")
        counts.add(len(asked))
    assert len(counts) == 1
    assert counts.pop() <= 3
