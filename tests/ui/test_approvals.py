"""The page of approvals: what waits for a second person, and what for being published."""

import re

import pytest
from django.urls import reverse

from claims.actions.evidence import reject_evidence
from claims.states import VerdictState
from tests.factories import ArticleVersionFactory
from tests.stories import claim_with_evidence, verdict_in


def test_proposals_wait_for_everybody_but_their_author(browser, editors_browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article, split=True)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    link = reverse("claims:verdict", args=[verdict.public_id])
    assert link in editors_browser.get("/desk/approvals/").text
    assert link not in browser.get("/desk/approvals/").text
    assert link in browser.get("/desk/mine/").text


def test_approved_verdicts_wait_to_be_published(editors_browser):
    verdict = verdict_in(VerdictState.APPROVED)
    html = editors_browser.get("/desk/approvals/").text
    assert "ready to publish" in html
    assert reverse("claims:verdict", args=[verdict.public_id]) in html


def test_what_lost_its_ground_after_the_approval_is_not_ready_to_publish(
    browser, editors_browser, reviewer
):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article, split=True)
    verdict_in(VerdictState.APPROVED, claim)
    assert "is approved, ready to publish" in browser.get("/desk/mine/").text
    reject_evidence(claim.evidence.get().pk, "Another harbour.", by=reviewer)
    html = editors_browser.get("/desk/approvals/").text
    assert "ready to publish" not in html
    assert "Accept what [1] cites, or cite something else." in html
    assert "is approved, and something is missing" in browser.get("/desk/mine/").text
    other = verdict_in(VerdictState.PROPOSED)
    approve = reverse("claims:approve", args=[other.public_id])
    said = editors_browser.post(approve, {"digest": other.digest}, follow=True).text
    assert "Approved; it may be published. Next to mend: <a href" in said


def test_what_cannot_be_published_or_approved_says_so_beside_a_button_that_does_nothing(
    editors_browser,
):
    for state, act in ((VerdictState.APPROVED, "Publish"), (VerdictState.PROPOSED, "Approve")):
        verdict = verdict_in(state)
        page = reverse("claims:verdict", args=[verdict.public_id])
        ready = editors_browser.get(page).text
        assert re.search(rf'<button class="primary"[^>]*>{act}', ready)
        assert "<button disabled" not in ready
        reject_evidence(verdict.claim.evidence.get().pk, "Another harbour.", by=verdict.author)
        shut = editors_browser.get(page).text
        assert not re.search(rf'<button class="primary"[^>]*>{act}', shut)
        told = re.search(rf'<button disabled aria-describedby="(\w+)">{act}', shut)[1]
        words = re.search(rf'<p [^>]*id="{told}">.*?</p>', shut, re.DOTALL)[0]
        assert "Accept what [1] cites, or cite something else." in words


@pytest.mark.parametrize("many", [1, 4])
def test_looking_for_what_is_missing_asks_a_fixed_number_of_questions(
    many, editors_browser, django_assert_num_queries
):
    for _ in range(many):
        verdict = verdict_in(VerdictState.APPROVED)
        reject_evidence(verdict.claim.evidence.get().pk, "Another harbour.", by=verdict.author)
    with django_assert_num_queries(9):
        html = editors_browser.get("/desk/approvals/").text
    assert html.count("Accept what [1] cites") == many
