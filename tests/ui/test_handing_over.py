"""Handing a claim over on its page, and finding it in My work."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.handing_over import hand_over_claim, put_back_claim
from claims.actions.review import take_claim
from claims.states import VerdictState
from tests.factories import AppearanceFactory, ArticleVersionFactory, ClaimFactory
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import ALERT, logged_in, path, person

MINE = "/desk/mine/"


@pytest.fixture
def claim(reviewer):
    return take_claim(AppearanceFactory().claim.pk, by=reviewer)


@pytest.fixture
def cy(db):
    return person("cy", "Reviewers")


def page_of(browser, claim):
    return browser.get(path("claim", claim)).text


def form_of(html):
    """The form that hands a claim over; nothing where there is none."""
    found = re.search(r'<form[^>]*/hand-over/">.*?</form>', html, re.DOTALL)
    return found[0] if found else ""


def sent(to, held_by, why=""):
    keys = {"to": str(to.public_id) if to else "", "why": why}
    return keys | {"held_by": str(held_by.public_id) if held_by else ""}


def test_the_holder_hands_a_claim_over_and_the_colleague_finds_it_with_the_reason(
    browser, reviewer, editor, cy, claim
):
    form = form_of(page_of(browser, claim))
    assert f'name="held_by" value="{reviewer.public_id}"' in form
    assert f'<option value="{cy.public_id}">Cy</option>' in form
    assert str(reviewer.public_id) not in form.replace(f'value="{reviewer.public_id}"', "", 1)
    answer = browser.post(path("hand_over", claim), sent(cy, reviewer, "I am <away>."), follow=True)
    assert "Handed to Cy." in answer.text
    assert "Ada handed the claim to Cy: I am &lt;away&gt;." in answer.text
    theirs = logged_in(cy)
    mine = theirs.get(MINE).text
    assert "<h2>Handed over to you</h2>" in mine
    assert "Handed over by Ada:</strong> I am &lt;away&gt;." in mine
    assert mine.count(claim.text) == 1
    assert "waiting: 1 handed over" in mine
    assert "Handed over by Ada:</strong> I am &lt;away&gt;." in page_of(theirs, claim)
    opened = theirs.get(MINE).text
    assert "Handed over to you" not in opened
    assert claim.text in opened
    assert "waiting:" not in opened
    assert "Handed over by Ada" in page_of(theirs, claim)
    theirs.post(path("urgent", claim), {"urgent": "yes"})
    assert "Handed over by Ada" not in page_of(theirs, claim)


def test_others_who_open_it_leave_it_waiting(browser, editors_browser, reviewer, cy, claim):
    hand_over_claim(claim.pk, cy.pk, held_by=reviewer.pk, by=reviewer)
    for other in (browser, editors_browser):
        page_of(other, claim)
    assert "Handed over to you" in logged_in(cy).get(MINE).text


def test_an_editor_takes_a_claim_from_one_and_gives_it_to_another(
    editors_browser, reviewer, cy, claim
):
    form = form_of(page_of(editors_browser, claim))
    assert ">You</option>" in form
    page = editors_browser.post(path("hand_over", claim), sent(cy, reviewer), follow=True).text
    assert "Ben handed the claim from Ada to Cy." in page
    assert "Handed to Cy by you" in page


def test_an_editor_assigns_what_nobody_has_and_a_reviewer_does_not(browser, editors_browser, cy):
    claim = AppearanceFactory().claim
    assert form_of(page_of(browser, claim)) == ""
    answer = browser.post(path("hand_over", claim), sent(cy, None))
    assert "Only an editor assigns" in answer.text
    assert "Assign the claim" in form_of(page_of(editors_browser, claim))
    editors_browser.post(path("hand_over", claim), sent(cy, None))
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == ("in_review", cy)


def test_others_find_no_form_and_take_nothing_out_of_anothers_hands(reviewer, cy, claim):
    theirs = logged_in(cy)
    assert form_of(page_of(theirs, claim)) == ""
    answer = theirs.post(path("hand_over", claim), sent(cy, reviewer))
    assert answer.status_code == 409
    assert "Ada has this claim in hand" in answer.text
    claim.refresh_from_db()
    assert claim.reviewer == reviewer


def test_what_is_missing_is_said_at_the_form_and_nothing_is_lost(browser, reviewer, claim):
    eve = person("eve")
    for to, why in ((None, "Choose whom"), (eve, "Choose a colleague who may log in")):
        answer = browser.post(path("hand_over", claim), sent(to, reviewer, "I am away."))
        assert answer.status_code == 422
        assert f"{ALERT}Not handed over. {why}" in answer.text
        assert ">I am away.</textarea>" in answer.text
    nonsense = {"to": "x", "held_by": "x"}
    assert browser.post(path("hand_over", claim), nonsense).status_code == 422


def test_who_was_slower_reads_in_whose_hands_it_is(editors_browser, reviewer, editor, cy, claim):
    hand_over_claim(claim.pk, cy.pk, held_by=reviewer.pk, by=reviewer)
    answer = editors_browser.post(path("hand_over", claim), sent(editor, reviewer, "Mine."))
    assert answer.status_code == 409
    assert "Cy has this claim in hand by now" in answer.text
    assert f'name="held_by" value="{cy.public_id}"' in answer.text
    assert ">Mine.</textarea>" in answer.text


def test_the_draft_goes_on_in_other_hands_under_its_authors_name(browser, reviewer, cy):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article)
    draft = verdict_in(VerdictState.DRAFT, claim)
    assert "The draft by Ada stays as it is, under that name" in form_of(page_of(browser, claim))
    browser.post(path("hand_over", claim), sent(cy, reviewer))
    theirs = logged_in(cy)
    assert "Propose verdict" in theirs.get(path("verdict", draft)).text
    assert "Propose verdict" not in browser.get(path("verdict", draft)).text
    assert "A verdict is being written by Ada." in page_of(theirs, claim)


@pytest.mark.parametrize("many", [1, 6])
def test_many_claims_handed_over_ask_no_more_questions_than_one(
    many, reviewer, cy, django_assert_num_queries
):
    for _ in range(many):
        claim = ClaimFactory(in_review=True, reviewer=reviewer)
        hand_over_claim(claim.pk, cy.pk, held_by=reviewer.pk, by=reviewer, why="Away.")
    browser = logged_in(cy)
    with django_assert_num_queries(13):
        assert browser.get(MINE).text.count("Handed over by Ada") == many


def test_whoever_lost_a_claim_reads_in_my_work_who_has_it_and_why_until_they_say_seen(
    browser, reviewer, editor, cy, claim
):
    hand_over_claim(claim.pk, cy.pk, held_by=reviewer.pk, by=editor, why="Cy has the <log>.")
    mine = browser.get(MINE).text
    assert "<h2>Taken out of your hands</h2>" in mine
    assert "Handed on to Cy by Ben:</strong> Cy has the &lt;log&gt;." in mine
    assert f'href="{path("claim", claim)}"' in mine
    assert "waiting: 1 taken out of your hands" in mine
    assert "Taken out of your hands" not in logged_in(cy).get(MINE).text
    page_of(logged_in(cy), claim)
    answer = browser.post(path("see_taken_away", claim), {"back": MINE}, follow=True).text
    assert "Marked as seen." in answer
    assert "Taken out of your hands" not in answer
    assert "waiting:" not in answer


def test_who_opens_a_claim_that_was_put_back_has_seen_it(browser, reviewer, claim):
    put_back_claim(claim.pk, by=person("mona", "Moderators"))
    assert "<strong>Put back on the desk by Mona.</strong>" in browser.get(MINE).text
    page_of(logged_in(person("dan", "Reviewers")), claim)
    assert "Taken out of your hands" in browser.get(MINE).text
    page_of(browser, claim)
    assert "Taken out of your hands" not in browser.get(MINE).text


def test_many_claims_taken_away_ask_no_more_than_one(
    browser, reviewer, editor, cy, django_assert_max_num_queries
):
    claim = take_claim(AppearanceFactory().claim.pk, by=reviewer)
    hand_over_claim(claim.pk, cy.pk, held_by=reviewer.pk, by=editor)
    with CaptureQueriesContext(connection) as one:
        browser.get(MINE)
    for _ in range(4):
        more = take_claim(AppearanceFactory().claim.pk, by=reviewer)
        hand_over_claim(more.pk, cy.pk, held_by=reviewer.pk, by=editor)
    with django_assert_max_num_queries(len(one)):
        assert browser.get(MINE).text.count("Handed on to Cy by Ben") == 5
