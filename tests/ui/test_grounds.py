"""What the workspace says of a public verdict when what it cites does not stand any more."""

import pytest
from django.urls import reverse

from claims.actions.evidence import accept_evidence, reconsider_evidence, reject_evidence
from claims.actions.review import restore_claim, take_claim
from claims.models import Verdict
from claims.states import ClaimState
from sources.moderating import block_outlet, examine_source, retract_source
from tests.factories import UserFactory
from tests.stories import published
from tests.ui.conftest import ALERT, logged_in, person


def reject(piece, by):
    reject_evidence(piece.pk, "Another harbour.", by=by)


def take_otherwise(piece, by):
    accept_evidence(piece.pk, "contradicts", by=by)


def reconsider(piece, by):
    reconsider_evidence(piece.pk, by=by)


def retract(piece, by):
    retract_source(piece.source_id, reason="Made up.", by=by)


def block(piece, by):
    block_outlet(piece.source.outlet_id, reason="Sells its pages.", by=by)


HAPPENINGS = [
    (reject, "[1] was rejected"),
    (take_otherwise, "[1] is accepted against the claim now"),
    (reconsider, "[1] is not accepted any more"),
    (retract, "[1] is of a retracted source"),
    (block, "[1] is of a blocked outlet"),
]


@pytest.fixture
def verdict(reviewer):
    """A verdict that stands, whose claim is checked again by the reviewer."""
    return checked_again(published(), reviewer)


def checked_again(verdict, by):
    restore_claim(verdict.claim_id, by=by)
    take_claim(verdict.claim_id, by=by)
    return verdict


def evidence_of(verdict):
    return verdict.citations.get().evidence


def page(name, thing):
    return reverse(f"claims:{name}", args=[thing.public_id])


@pytest.mark.parametrize(("happen", "words"), HAPPENINGS)
def test_everywhere_the_verdict_is_named_one_reads_what_happened(
    happen, words, browser, reviewer, verdict
):
    claim = verdict.claim
    pages = ["/desk/?state=in_review", "/desk/mine/"]
    pages += [page("claim", claim), page("article", claim.article)]
    assert words not in "".join(browser.get(path).text for path in pages)
    happen(evidence_of(verdict), reviewer)
    for path in pages:
        assert words in browser.get(path).text


@pytest.mark.parametrize(("happen", "words"), HAPPENINGS[:3])
def test_the_page_of_the_verdict_names_the_evidence_and_what_was_made_of_it(
    happen, words, browser, reviewer, verdict
):
    assert "judged otherwise" not in browser.get(page("verdict", verdict)).text
    happen(evidence_of(verdict), reviewer)
    html = browser.get(page("verdict", verdict)).text
    told = html.split("Cited evidence is judged otherwise now.</strong> ")[1]
    name = evidence_of(verdict).name
    assert told.startswith(f"[1] {name}{words.removeprefix('[1]')}")


def test_of_what_is_accepted_one_reads_how_much_is_retracted_or_blocked(browser, verdict, reviewer):
    block(evidence_of(verdict), reviewer)
    html = browser.get(page("claim", verdict.claim)).text
    assert "1 accepted, 1 independent origin" in html
    assert "1 of a retracted source or blocked outlet" in html


def test_it_closes_with_that_verdict_only_with_a_word_on_why_it_may_stand(
    browser, verdict, reviewer
):
    claim = verdict.claim
    reject(evidence_of(verdict), reviewer)
    refused = browser.post(page("close", claim), {"outcome": "verdict"})
    assert refused.status_code == 422
    assert f"{ALERT}Not closed. [1] was rejected. Correct or withdraw" in refused.text
    note = "The log says the same."
    browser.post(page("close", claim), {"outcome": "verdict", "note": note})
    claim.refresh_from_db()
    assert claim.state == ClaimState.CLOSED
    assert f"on why it may stand: {note}" in browser.get(page("claim", claim)).text


def test_what_a_moderator_looked_at_is_still_told_and_asks_nobody(browser, verdict, reviewer):
    piece = evidence_of(verdict)
    block(piece, reviewer)
    examine_source(piece.source_id, note="This page is right.", by=UserFactory())
    html = browser.get(page("claim", verdict.claim)).text
    assert "[1] is of a blocked outlet, and was looked at" in html
    browser.post(page("close", verdict.claim), {"outcome": "verdict"})
    verdict.claim.refresh_from_db()
    assert verdict.claim.state == ClaimState.CLOSED


@pytest.mark.parametrize("happen", [reject, take_otherwise])
def test_moderators_are_told_and_led_to_the_verdict(happen, verdict, reviewer):
    office = logged_in(person("mona", "Moderators"))
    list_of_them = "/admin/claims/verdict/?rests_on=rejected&state__exact=published"
    assert verdict.claim_text not in office.get(list_of_them).text
    happen(evidence_of(verdict), reviewer)
    assert "Public verdicts rest on evidence that was rejected" in office.get("/admin/").text
    assert verdict.claim_text in office.get(list_of_them).text
    assert Verdict.objects.standing().resting_on_rejected().get() == verdict


@pytest.mark.parametrize("many", [1, 4])
def test_many_verdicts_cost_the_desk_as_many_queries_as_one(
    many, browser, reviewer, django_assert_num_queries
):
    for number in range(many):
        verdict = checked_again(published(text=f"{number} boats left."), reviewer)
        reject(evidence_of(verdict), reviewer)
    with django_assert_num_queries(17):
        html = browser.get("/desk/mine/").text
    assert html.count("[1] was rejected") == many
