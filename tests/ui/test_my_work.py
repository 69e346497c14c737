"""What was sent back to somebody, and the counts of what waits for a person above every page."""

import re

import pytest
from django.urls import reverse

from claims.actions.review import release_claim, take_claim
from claims.actions.verdicts import (
    propose_verdict,
    recall_verdict,
    return_verdict,
    save_draft,
)
from claims.states import VerdictState
from factcheck.people import shut_out
from tests.factories import ArticleVersionFactory, ClaimFactory
from tests.stories import claim_with_evidence, finished, seen, verdict_in
from tests.ui.conftest import logged_in, person

MINE = "/desk/mine/"


def returned(reviewer, editor, comment="Say which harbour."):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    return return_verdict(verdict.pk, seen(verdict.pk), comment, by=editor)


def counts(browser):
    html = browser.get(MINE).text
    return [int(number) for number in re.findall(r'class="waits">(\d+)', html)]


def test_what_was_returned_stands_before_other_work_with_its_comment(browser, reviewer, editor):
    other = ClaimFactory(in_review=True, reviewer=reviewer, text="Nine boats sank.")
    ArticleVersionFactory(article=other.article)
    verdict = returned(reviewer, editor)
    html = browser.get(MINE).text
    assert "Returned by Ben:</strong> Say which harbour." in html
    link = html.index(reverse("claims:verdict", args=[verdict.public_id]))
    assert link < html.index(reverse("claims:claim", args=[other.public_id]))
    assert html.count(verdict.claim.text) == 1


def test_proposed_again_it_is_returned_no_more(browser, reviewer, editor):
    verdict = returned(reviewer, editor)
    assert counts(browser) == [1]
    propose_verdict(verdict.pk, by=reviewer)
    assert "Returned by" not in browser.get(MINE).text
    assert counts(browser) == []


def test_a_proposal_that_was_taken_back_is_returned_no_more(browser, reviewer, editor):
    verdict = returned(reviewer, editor)
    page = reverse("claims:verdict", args=[verdict.public_id])
    assert "<strong>Returned by Ben:</strong>" in browser.get(page).text
    propose_verdict(verdict.pk, by=reviewer)
    recall_verdict(verdict.pk, by=reviewer)
    assert "<strong>Returned by Ben:</strong>" not in browser.get(page).text
    assert "Say which harbour." in browser.get(page).text
    assert counts(browser) == []
    propose_verdict(verdict.pk, by=reviewer)
    return_verdict(verdict.pk, seen(verdict.pk), "Once more.", by=editor)
    assert counts(browser) == [1]


def test_it_is_returned_to_whoever_has_the_claim_in_hand_or_to_its_author(
    browser, reviewer, editor
):
    verdict = returned(reviewer, editor)
    other = person("cy", "Reviewers")
    claim = verdict.claim
    release_claim(claim.pk, by=reviewer)
    assert counts(browser) == [1]
    type(claim).objects.filter(pk=claim.pk).update(state="in_review", reviewer=other)
    assert counts(browser) == []
    assert counts(logged_in(other)) == [1]


def test_returning_to_somebody_who_is_shut_out_puts_the_claim_back_and_says_so(
    editors_browser, reviewer
):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    shut_out(reviewer.pk, by=person("mona", "Moderators"))
    page = send_back(editors_browser, verdict)
    assert "the claim is back on the desk for anybody to take: Ada is shut out." in page
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == ("open", None)
    assert "whoever held its claim is shut out" in editors_browser.get(claim_page(claim)).text


def test_returned_it_names_whoever_has_it_in_hand_and_everybody_who_wrote_it(
    editors_browser, reviewer, editor
):
    verdict = returned(reviewer, editor)
    cy = person("cy", "Editors")
    release_claim(verdict.claim_id, by=reviewer)
    take_claim(verdict.claim_id, by=cy)
    draft = finished(verdict.claim, summary="Forty left.")
    save_draft(verdict.pk, draft, by=cy)
    propose_verdict(verdict.pk, by=cy)
    read = editors_browser.get(reverse("claims:verdict", args=[verdict.public_id])).text
    assert "written by Ada and Cy" in read
    assert "<h3>Return to Cy</h3>" in read
    assert "Returned to Cy." in send_back(editors_browser, verdict)


def test_what_is_returned_while_nobody_has_it_waits_on_the_desk(editors_browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    release_claim(claim.pk, by=reviewer)
    assert "the claim is on the desk, where anybody" in send_back(editors_browser, verdict)


def send_back(browser, verdict):
    read = seen(verdict.pk)
    sent = {"comment": "Whose count?", "digest": read.digest, "state": read.state}
    path = reverse("claims:send_back", args=[verdict.public_id])
    return browser.post(path, sent, follow=True).text


def claim_page(claim):
    return reverse("claims:claim", args=[claim.public_id])


def test_what_is_proposed_stands_once_in_my_work(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    verdict_in(VerdictState.PROPOSED, claim)
    html = browser.get(MINE).text
    assert html.count(claim.text) == 1
    assert "Proposed, waiting for a second person" in html
    assert "Put back" not in html


def test_a_claim_in_hand_that_somebody_else_proposed_stays_in_my_work(browser, reviewer, editor):
    claim = claim_with_evidence(reviewer=editor)
    ArticleVersionFactory(article=claim.article)
    verdict_in(VerdictState.PROPOSED, claim)
    type(claim).objects.filter(pk=claim.pk).update(reviewer=reviewer)
    html = browser.get(MINE).text
    assert html.count(claim.text) == 1
    assert "waits for approval" in html


def test_a_returned_draft_in_nobodys_hands_is_taken_where_it_is_read(browser, reviewer, editor):
    verdict = returned(reviewer, editor)
    release_claim(verdict.claim_id, by=reviewer)
    page = reverse("claims:verdict", args=[verdict.public_id])
    take = reverse("claims:take", args=[verdict.claim.public_id])
    html = browser.get(page).text
    assert f'action="{take}"' in html
    assert f'<input type="hidden" name="back" value="{page}">' in html
    assert browser.post(take, {"back": page}).url == page
    assert "Propose verdict" in browser.get(page).text


def test_a_draft_nobody_returned_is_only_in_hand(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    verdict_in(VerdictState.DRAFT, claim)
    assert counts(browser) == []


def test_an_editor_sees_how_many_wait_for_them_and_a_reviewer_does_not(editor, reviewer):
    for _ in range(2):
        verdict_in(VerdictState.PROPOSED)
    own = claim_with_evidence(reviewer=editor)
    ArticleVersionFactory(article=own.article)
    verdict_in(VerdictState.PROPOSED, own)
    assert counts(logged_in(editor)) == [2]
    assert counts(logged_in(reviewer)) == []


def test_a_comment_of_hostile_words_stays_words(browser, reviewer, editor):
    returned(reviewer, editor, comment="<script>alert(1)</script>")
    html = browser.get(MINE).text
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("many", [1, 5])
def test_counting_asks_one_question_and_listing_a_fixed_number(
    many, browser, reviewer, editor, django_assert_max_num_queries
):
    for _ in range(many):
        returned(reviewer, editor)
    with django_assert_max_num_queries(7) as asked:
        browser.get("/desk/approvals/")
    assert sum("COUNT" in query["sql"] for query in asked) == 1
    with django_assert_max_num_queries(15):
        browser.get(MINE)


def test_whose_verdict_was_withdrawn_is_told_until_somebody_takes_the_claim(
    browser, editors_browser, reviewer
):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    verdict_in(VerdictState.WITHDRAWN, claim)
    html = browser.get(MINE).text
    assert "Your verdict was withdrawn:</strong> The count was of another harbour." in html
    assert counts(browser) == [1]
    assert "Your verdict was withdrawn" not in editors_browser.get(MINE).text
    take_claim(claim.pk, by=reviewer)
    assert "Your verdict was withdrawn" not in browser.get(MINE).text
    assert counts(browser) == []
