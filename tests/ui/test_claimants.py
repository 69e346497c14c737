"""Correcting who says a claim on its page, and saying it of a claim marked by hand."""

import pytest
from django.urls import reverse

from claims.actions.attributing import Voice, attribute_claim
from claims.kinds import Kind
from claims.models import Claim, PartyKind
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    PartyFactory,
)
from tests.ui.conftest import ALERT, path, person

TOM = {
    "voice": "person",
    "name": "Tom Reid",
    "described_as": "harbour master",
    "via": "the council",
    "direct": "1",
    "kind": "event",
    "attribution": "1",
}


@pytest.fixture
def claim(db):
    version = ArticleVersionFactory(split=True)
    helen = PartyFactory(name="Helen Oduya")
    claim = ClaimFactory(article=version.article, claimant=helen, kind=Kind.EVENT)
    place = AppearanceFactory(version=version, claim=claim)
    AttributionFactory(appearance=place, party=helen, verb="said", via="Helen Oduya")
    return claim


def page_of(browser, claim):
    answer = browser.get(path("claim", claim))
    assert answer.status_code == 200
    return answer.text


def test_the_form_holds_what_is_said_now(browser, claim):
    html = page_of(browser, claim)
    assert 'name="voice" value="unknown" checked' in html
    assert 'name="name" value="Helen Oduya"' in html
    assert 'name="via" value="Helen Oduya"' in html
    assert '<option value="event" selected>' in html


def test_the_page_says_who_changed_the_claimant_and_what_the_splitter_read(browser, claim):
    assert browser.post(path("attribute", claim), TOM).url == path("claim", claim)
    html = page_of(browser, claim)
    assert "Tom Reid</span>, harbour master asserts it, in their own words, via the council" in html
    assert "Claimant changed by Ada." in html
    assert "The splitter read: Helen Oduya, via Helen Oduya · event." in html
    assert "Earlier claimants" in html
    assert "Ada changed the claimant, the claimant&#x27;s title, the go-between and" in html


def test_the_panel_beside_the_article_marks_it_as_a_persons_word(browser, claim):
    browser.post(path("attribute", claim), TOM)
    html = browser.get(path("article", claim.article)).text
    assert "Claimant and kind by Ada" in html
    assert "Tom Reid</span>, harbour master (via the council)" in html


def test_the_day_it_was_said_is_set_and_told(browser, claim):
    browser.post(path("attribute", claim), TOM | {"said_at": "2026-11-16"})
    html = page_of(browser, claim)
    assert "said 16 Nov 2026" in html
    assert 'name="said_at" value="2026-11-16"' in html
    assert "Claimant and the day it was said changed by Ada." in html
    assert "and the day it was said" in html.partition("Ada changed the claimant")[2]
    browser.post(path("attribute", claim), TOM | {"said_at": "", "attribution": "2"})
    assert "day of saying not known" in page_of(browser, claim)


def test_an_opinion_leaves_the_desk(browser, claim):
    browser.post(path("attribute", claim), TOM | {"kind": "opinion"})
    assert "Claimant and kind changed by Ada." in page_of(browser, claim)
    assert claim.text not in browser.get(reverse("claims:desk")).text


def test_who_loses_a_race_sees_both_and_can_send_again(browser, claim):
    bob = person("bob", "Reviewers")
    theirs = {"said_at": None, "attribution": 1, "by": bob}
    attribute_claim(claim.pk, Voice("officials", PartyKind.UNNAMED), Kind.EVENT, **theirs)
    late = browser.post(path("attribute", claim), TOM)
    assert late.status_code == 409
    assert "officials · event" in late.text
    assert ">harbour master</textarea>" in late.text
    assert '<input type="hidden" name="attribution" value="2">' in late.text
    browser.post(path("attribute", claim), TOM | {"attribution": "2"})
    assert Claim.objects.get().claimant.name == "Tom Reid"


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ({"voice": ""}, "Choose who says it"),
        ({"name": " "}, "Type who says it"),
        ({"kind": "rumour"}, "Choose a kind"),
        ({"via": "Tom Reid"}, "their own go-between"),
        ({"said_at": "2999-01-01"}, "is in the future"),
        ({"said_at": "1019-05-04"}, "4 May 1019, is before 1600. Correct the year"),
        ({"said_at": "Monday"}, "Write days as"),
    ],
)
def test_what_was_typed_is_kept_when_something_is_missing(browser, claim, missing, message):
    refused = browser.post(path("attribute", claim), TOM | missing)
    assert refused.status_code == 422
    assert message in refused.text
    form = refused.text.split(">Claimant and kind</summary>")[1].split("</form>")[0]
    assert f"{ALERT}Not changed. " in form
    assert 'value="harbour master"' in form
    assert "<textarea" not in form
    if missing != {"voice": ""}:
        assert 'name="voice" value="person" checked' in form


def test_a_name_typed_beside_the_article_itself_is_not_thrown_away(browser, claim):
    own = TOM | {"voice": "article"}
    refused = browser.post(path("attribute", claim), own)
    assert refused.status_code == 422
    assert "You typed who says it and chose the article itself." in refused.text
    assert 'value="Tom Reid"' in refused.text
    as_it_was = own | {"name": "Helen Oduya"}
    assert browser.post(path("attribute", claim), as_it_was).status_code == 302
    claim.refresh_from_db()
    assert claim.claimant is None
    title = own | {"name": "", "attribution": "2", "kind": "quantity"}
    assert browser.post(path("attribute", claim), title).status_code == 422
    assert browser.post(path("attribute", claim), title | {"described_as": "", "via": ""}).url


def test_hostile_names_are_shown_as_text(browser, claim):
    browser.post(path("attribute", claim), TOM | {"name": "<b>Tom</b>", "via": "<i>x</i>"})
    html = page_of(browser, claim)
    assert "<b>Tom" not in html
    assert "<i>x" not in html


# Marked by hand.
def mark(browser, version, **sent):
    words = {"version": "1", "quote": "Forty boats left", "kind": "event"}
    return browser.post(path("mark", version.article), words | sent)


def test_a_claim_marked_by_hand_says_at_once_who_says_it(browser, db):
    version = ArticleVersionFactory(split=True)
    assert 'name="voice" value="unnamed"' in browser.get(path("article", version.article)).text
    mark(browser, version, voice="unnamed", name="officials", described_as="of the port")
    claim = Claim.objects.get()
    assert (claim.claimant.name, claim.attributed_by) == ("officials", claim.added_by)
    html = page_of(browser, claim)
    assert "Officials</span>, of the port asserts it" in html
    assert "changed by" not in html


@pytest.mark.parametrize(
    ("sent", "told"),
    [({}, "Claimant not known"), ({"voice": "article"}, "The article itself")],
)
def test_of_a_marked_claim_nobody_guesses_who_says_it(browser, db, sent, told):
    mark(browser, ArticleVersionFactory(split=True), **sent)
    beneath = page_of(browser, Claim.objects.get()).partition("</h1>")[2]
    assert beneath.split('<p class="meta dotted">')[1].strip().startswith(f"<span>{told}</span>")


def test_a_marked_claim_has_no_score_and_is_listed_before_what_a_machine_found(browser, db):
    version = ArticleVersionFactory(split=True)
    AppearanceFactory(
        version=version,
        claim=ClaimFactory(article=version.article, text="Sure.", check_worthiness=0.99),
    )
    mark(browser, version, text="By hand.")
    html = browser.get(reverse("claims:desk")).text
    assert html.index("By hand.") < html.index("Sure.")
    assert "marked by Ada" in html
    assert "check-worthy 0.00" not in html
    assert "check-worthy" not in page_of(browser, Claim.objects.get(text="By hand."))


def test_marking_a_claim_twice_leads_to_the_one_that_is_there(browser, db):
    version = ArticleVersionFactory(split=True)
    mark(browser, version, text="Forty boats  left Hull.")
    again = mark(browser, version, text="Forty boats left Hull.", voice="person", name="Tom Reid")
    assert again.status_code == 422
    assert "This claim is here already" in again.text
    assert path("claim", Claim.objects.get()) in again.text
    assert 'name="name" value="Tom Reid"' in again.text
    mark(browser, version, text="Boats left Hull.")
    assert Claim.objects.count() == 2


# Limits.
def test_a_wording_of_more_than_a_thousand_characters_is_refused_and_kept(browser, claim):
    long = "boats " * 167
    for answer in (
        browser.post(path("reword", claim), {"text": long, "wording": "1"}),
        mark(browser, claim.appearances.get().version, text=long),
    ):
        assert answer.status_code == 422
        assert "has 1,000 characters at most, and this one has 1,001." in answer.text
        assert long in answer.text
    assert browser.post(path("reword", claim), {"text": "b" * 1000, "wording": "1"}).url == path(
        "claim", claim
    )


def test_no_reason_for_dismissing_is_chosen_beforehand(browser, claim):
    html = page_of(browser, claim)
    assert '<select id="dismissal" name="reason" required><option value="">Choose' in html
    refused = browser.post(path("dismiss", claim), {"reason": "", "note": "Hm."})
    assert refused.status_code == 422
    assert "Choose why it is not checked." in refused.text
