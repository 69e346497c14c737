"""Cards of verdicts on other people's pages, the code that puts them there, and oEmbed."""

import html
import json
import re

import pytest

from claims.models import CorrectionKind
from claims.states import VerdictState
from tests.security.test_headers import inline
from tests.stories import corrected, published, verdict_in, withdraw
from tests.ui.conftest import logged_in

SITE = "https://checks.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.ORGANISATION = "Example Checks"


def card(verdict):
    return f"/c/{verdict.claim.public_id}/embed/"


def page_of(verdict):
    return f"{SITE}/c/{verdict.claim.public_id}/"


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def test_a_card_says_who_found_what_about_whose_words_and_leads_to_the_verdict(world):
    verdict = published()
    text = world.get(card(verdict)).text
    for told in ("Forty boats left the harbour.", "Jo Reed said", ">True<", "Example Checks"):
        assert told in text
    assert f'href="{page_of(verdict)}" target="_blank"' in text
    assert "Corrected" not in text


def test_a_card_says_that_its_verdict_was_corrected(world):
    assert "Corrected" in world.get(card(verdict_in(VerdictState.SUPERSEDED))).text


def test_a_card_says_that_its_verdict_was_withdrawn_and_shows_no_rating(world):
    verdict = corrected(CorrectionKind.KEEPS_RATING, "It was May.")
    withdraw(verdict.pk, verdict.author)
    text = world.get(card(verdict)).text
    assert "this verdict does not stand" in text
    assert "The count was of another harbour." in text
    assert 'class="rating' not in text
    assert "Corrected" not in text


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "discarded"])
def test_there_is_no_card_of_what_is_not_public(world, state):
    assert world.get(card(verdict_in(VerdictState(state)))).status_code == 404


def test_a_card_stands_in_any_frame_with_no_script_and_no_cookie(world, reviewer):
    verdict = published()
    for browser in (world, logged_in(reviewer)):
        answer = browser.get(card(verdict))
        assert policy(answer)["frame-ancestors"] == "*"
        assert policy(answer)["script-src"] == "'none'"
        assert policy(answer)["default-src"] == "'none'"
        assert "X-Frame-Options" not in answer.headers
        assert not answer.cookies
        assert "<script" not in answer.text
        assert inline(answer.text) == []


def test_no_other_public_page_stands_in_a_frame(world):
    verdict = published()
    for address in ("/c/", f"/c/{verdict.claim.public_id}/", "/c/feed.atom", "/oembed"):
        answer = world.get(address)
        assert policy(answer)["frame-ancestors"] == "'none'", address
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_page_offers_the_code_of_its_card_to_copy(world):
    verdict = published()
    text = world.get(f"/c/{verdict.claim.public_id}/").text
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1]
    code = html.unescape(shown)
    assert code.startswith(f'<iframe src="{SITE}{card(verdict)}"')
    assert "<iframe" not in text


@pytest.mark.parametrize("number", [None, 1])
def test_what_does_not_stand_is_not_offered_to_be_shared(world, number):
    verdict = verdict_in(VerdictState.WITHDRAWN if number is None else VerdictState.SUPERSEDED)
    address = f"/c/{verdict.claim.public_id}/" + (f"{number}/" if number else "")
    text = world.get(address).text
    assert "<textarea" not in text
    assert "json+oembed" not in text


def test_the_page_leads_to_its_oembed_which_gives_its_card(world):
    verdict = published()
    text = world.get(f"/c/{verdict.claim.public_id}/").text
    found = re.search(r'type="application/json\+oembed"[^>]* href="([^"]+)"', text)[1]
    assert found.startswith(f"{SITE}/oembed?url=")
    answer = world.get(html.unescape(found).removeprefix(SITE))
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/json"
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert (told["provider_name"], told["provider_url"]) == ("Example Checks", f"{SITE}/c/")
    assert f'src="{SITE}{card(verdict)}"' in told["html"]
    assert told["title"] == "Fact-check: True: Forty boats left the harbour."


def test_oembed_keeps_within_the_room_there_is(world):
    verdict = published()
    asked = {"url": page_of(verdict), "maxwidth": "300", "maxheight": "5000"}
    told = json.loads(world.get("/oembed", asked).content)
    assert (told["width"], told["height"]) == (300, 400)
    assert 'width="300" height="400"' in told["html"]


def test_oembed_of_a_withdrawn_verdict_says_so(world):
    verdict = published()
    withdraw(verdict.pk, verdict.author)
    told = json.loads(world.get("/oembed", {"url": page_of(verdict)}).content)
    assert "Withdrawn" in told["title"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/c/1/"}, 404),
        ({"url": f"{SITE}.evil.example/c/"}, 404),
        ({"url": f"{SITE}/c/"}, 404),
        ({"url": f"{SITE}/desk/"}, 404),
        ({"url": f"{SITE}/c/01a202e0-4465-7077-b321-069f37f4e93b/"}, 404),
        ({"url": f"{SITE}//[/"}, 404),
        ({"url": f"{SITE}/\0"}, 404),
        ({"maxwidth": "wide"}, 400),
        ({"maxwidth": "0"}, 400),
        ({"maxheight": "9" * 5000}, 400),
        ({"format": "xml"}, 501),
    ],
)
def test_oembed_answers_for_verdicts_of_this_site_alone(world, asked, status):
    answer = world.get("/oembed", asked)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["error"]


def test_oembed_knows_the_address_of_a_page_without_its_last_slash(world):
    address = page_of(published()).removesuffix("/")
    assert world.get("/oembed", {"url": address}).status_code == 200


def test_scripts_of_any_site_read_what_is_public_data_and_no_page(world):
    verdict = published()
    data = (
        "/c/feed.json",
        "/c/feed.atom",
        "/c/feed.rss",
        f"/c/{verdict.claim.public_id}/claimreview.json",
    )
    data += ("/c/claimreview.json", "/c/verdicts.csv", "/c/verdicts.ndjson")
    data += tuple(f"/c/corrections/feed.{name}" for name in ("json", "atom", "rss"))
    for address in (*data, "/oembed", f"/oembed?url={page_of(verdict)}"):
        assert world.get(address).headers["Access-Control-Allow-Origin"] == "*", address
    for address in ("/c/", f"/c/{verdict.claim.public_id}/", "/login/", "/api/v1/verdicts"):
        assert "Access-Control-Allow-Origin" not in world.get(address).headers, address


def test_what_anybody_may_keep_depends_on_no_cookie(world, reviewer):
    verdict = published()
    kept = [
        "/c/",
        "/c/corrections/",
        "/c/corrections/feed.atom",
        "/c/feed.json",
        "/c/feed.atom",
        "/c/feed.rss",
        "/c/claimreview.json",
        "/c/verdicts.csv",
        "/c/verdicts.ndjson",
        "/sitemap.xml",
        "/robots.txt",
        card(verdict),
    ]
    kept += [f"/c/{verdict.claim.public_id}/claimreview.json", f"/oembed?url={page_of(verdict)}"]
    for browser in (world, logged_in(reviewer)):
        for address in kept:
            headers = browser.get(address).headers
            assert "public" in headers["Cache-Control"], address
            assert "Vary" not in headers, address


def test_hostile_words_stay_words_in_card_and_code(world):
    hostile = "\"'></iframe></textarea><script>alert(1)</script>"
    verdict = published(hostile, claimant=hostile, summary=hostile)
    told = json.loads(world.get("/oembed", {"url": page_of(verdict)}).content)
    assert told["html"].count("<") == 2
    for address in (card(verdict), f"/c/{verdict.claim.public_id}/"):
        text = world.get(address).text
        assert "<script>alert" not in text
        assert "</iframe>" not in text


def test_whoever_keeps_a_card_is_told_that_nothing_changed(world):
    verdict = published()
    answer = world.get(card(verdict))
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert world.get(card(verdict), headers=known).status_code == 304
    withdraw(verdict.pk, verdict.author)
    assert world.get(card(verdict), headers=known).status_code == 200
