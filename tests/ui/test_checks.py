"""What a person makes of checks by others, and where those that are about a claim are told."""

from datetime import date

import pytest
from django.urls import reverse

from claims.actions.checks import confirm_check, reconsider_check, refuse_check
from claims.actions.verdicts import return_verdict
from claims.models import CheckLink
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from sources.models import PriorCheck
from tests.factories import (
    AppearanceFactory,
    CheckLinkFactory,
    PriorCheckFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, propose, seen, verdict_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return AppearanceFactory().claim


@pytest.fixture
def prior():
    return PriorCheckFactory(outlet__name="Lund Checks", checked_at=date(2024, 5, 3))


def page_of(claim):
    return reverse("claims:claim", args=[claim.public_id])


def post(browser, claim, prior, act):
    return browser.post(reverse(f"claims:{act}_check", args=[claim.public_id, prior.public_id]))


def test_a_person_confirms_a_check_and_takes_it_back(browser, reviewer, claim, prior):
    answer = post(browser, claim, prior, "confirm")

    assert answer.url == page_of(claim) + "#checks"
    link = CheckLink.objects.get()
    assert (link.claim, link.prior, link.decision) == (claim, prior, "confirmed")
    page = browser.get(page_of(claim)).text
    assert "Lund Checks rated it <strong>“Mostly false”</strong>" in page
    assert f"confirmed by {reviewer.name}" in page
    assert "confirmed that a check by others is about the claim" in page
    assert Event.objects.latest("position").data == {"check": str(prior.public_id)}

    post(browser, claim, prior, "reconsider")
    assert not CheckLink.objects.exists()
    page = browser.get(page_of(claim)).text
    assert "took back a decision on a check by others" in page


def test_a_refused_check_stays_to_be_undone(browser, claim, prior):
    post(browser, claim, prior, "refuse")
    page = browser.get(page_of(claim)).text
    assert "Not about it:" in page
    assert reverse("claims:reconsider_check", args=[claim.public_id, prior.public_id]) in page


def test_of_two_people_the_second_is_told(browser, claim, prior):
    confirm_check(claim.pk, prior.pk, by=UserFactory())
    answer = post(browser, claim, prior, "refuse")
    assert answer.status_code == 409
    assert "meanwhile" in answer.text
    assert CheckLink.objects.get().decision == "confirmed"


def test_what_nobody_decided_cannot_be_taken_back(browser, claim, prior):
    answer = post(browser, claim, prior, "reconsider")
    assert answer.status_code == 409
    assert "Nobody decided about it yet." in answer.text


def test_confirmed_checks_come_first_and_refused_ones_last(browser, claim):
    CheckLinkFactory(claim=claim, decision="refused", prior__title="Another boat")
    CheckLinkFactory(claim=claim, prior__title="The same boats")
    page = browser.get(page_of(claim)).text
    assert page.index("The same boats") < page.index("Another boat")


def test_a_blocked_fact_checker_is_told_of_nowhere(browser, claim):
    CheckLinkFactory(claim=claim, prior__outlet__blocked=True)
    assert 'id="checks"' not in browser.get(page_of(claim)).text


def test_many_checks_cost_as_many_queries_as_one(browser, claim, django_assert_max_num_queries):
    CheckLinkFactory.create_batch(6, claim=claim)
    with django_assert_max_num_queries(20):
        assert browser.get(page_of(claim)).text.count('class="like confirmed"') == 6


def test_a_verdict_keeps_the_confirmed_checks_as_they_read_when_it_was_proposed(world, prior):
    claim = claim_with_evidence()
    confirm_check(claim.pk, prior.pk, by=claim.reviewer)
    refuse_check(claim.pk, PriorCheckFactory(title="Another boat").pk, by=claim.reviewer)
    verdict = verdict_in(VerdictState.PUBLISHED, claim)
    PriorCheck.objects.update(rating="True")

    page = world.get(reverse("claims:public", args=[claim.public_id])).text

    assert verdict.checked_elsewhere == [
        {
            "outlet": "Lund Checks",
            "rating": "Mostly false",
            "claim": "Forty boats left the harbour",
            "title": "Did forty boats leave?",
            "url": prior.url,
            "checked_at": "2024-05-03",
        }
    ]
    assert "Lund Checks: <strong>“Mostly false”</strong>" in page
    assert "3 May 2024" in page
    assert "Another boat" not in page


def test_a_verdict_on_what_nobody_else_checked_has_no_such_part(world):
    verdict = verdict_in(VerdictState.PUBLISHED)
    page = world.get(reverse("claims:public", args=[verdict.claim.public_id])).text
    assert "Checked by others" not in page


def test_what_the_approver_reads_does_not_change_under_them(prior):
    claim = claim_with_evidence()
    verdict = verdict_in(VerdictState.DRAFT, claim)
    unchecked = verdict_in(VerdictState.PROPOSED).digest
    confirm_check(claim.pk, prior.pk, by=claim.reviewer)
    propose(verdict.pk, claim.reviewer)
    verdict.refresh_from_db()
    with_check = verdict.digest
    assert with_check != unchecked

    for act in (confirm_check, refuse_check, reconsider_check):
        with pytest.raises(IllegalMove, match="with the approver"):
            act(claim.pk, prior.pk, by=claim.reviewer)

    return_verdict(verdict.pk, seen(verdict.pk), "Whose count?", by=UserFactory())
    reconsider_check(claim.pk, prior.pk, by=claim.reviewer)
    propose(verdict.pk, claim.reviewer)
    verdict.refresh_from_db()
    assert verdict.checked_elsewhere == []
    assert verdict.digest != with_check


def test_a_check_of_no_claim_is_not_found(browser, prior):
    address = reverse("claims:confirm_check", args=[prior.public_id, prior.public_id])
    assert browser.post(address).status_code == 404


def test_the_editor_of_a_verdict_shows_which_checks_it_will_name(browser, reviewer, prior):
    claim = claim_with_evidence(reviewer=reviewer)
    draft = verdict_in(VerdictState.DRAFT, claim)
    page = reverse("claims:verdict", args=[draft.public_id])
    assert "Checked by others" not in browser.get(page).text
    confirm_check(claim.pk, prior.pk, by=reviewer)
    assert "Lund Checks: <strong>“Mostly false”</strong>" in browser.get(page).text
