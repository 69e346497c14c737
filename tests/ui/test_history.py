"""The history of a claim, in sentences: what was done, to what, and why."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from claims.actions.evidence import accept_evidence, reconsider_evidence, reject_evidence
from claims.actions.review import dismiss_claim, release_claim, take_claim
from claims.actions.verdicts import Draft, save_draft, start_verdict
from claims.states import Dismissal, VerdictState
from factcheck.models import Event
from sources.ports import Stance
from tests.factories import AppearanceFactory, EvidenceFactory
from tests.stories import correction_of, verdict_in, withdraw


@pytest.fixture
def claim(reviewer):
    return take_claim(AppearanceFactory().claim.pk, by=reviewer)


def path(name, thing):
    return reverse(f"claims:{name}", args=[thing.public_id])


def page_of(browser, claim):
    return browser.get(path("claim", claim)).text


def test_history_is_told_in_sentences(browser, claim):
    browser.post(path("release", claim))
    browser.post(path("take", claim))
    html = page_of(browser, claim)
    assert "Ada put the claim back." in html
    assert "Ada took the claim." in html


def test_history_says_what_was_done_to_which_piece_and_why(browser, claim, reviewer):
    one, other = (
        EvidenceFactory(claim=claim, passage__snapshot__source__title=title)
        for title in ("Log", "Diary")
    )
    accept_evidence(one.pk, Stance.CONTRADICTS, by=reviewer)
    reject_evidence(other.pk, "Of June.", by=reviewer)
    reconsider_evidence(other.pk, by=reviewer)
    reject_evidence(other.pk, "Of May.", by=reviewer)
    dismiss_claim(claim.pk, Dismissal.NO_PUBLIC_DATA, note="Nobody counted.", by=reviewer)
    html = page_of(browser, claim)
    assert "Ada accepted “Log” against the claim." in html
    assert "Ada rejected “Diary”." in html  # its reason is not kept
    assert "Ada took back a decision on “Diary”." in html
    assert "Ada rejected “Diary”: Of May." in html
    assert "Ada dismissed the claim (no public data): Nobody counted." in html


def test_history_says_why_a_verdict_was_withdrawn_and_that_one_is_corrected(browser):
    public = verdict_in(VerdictState.PUBLISHED)
    correction_of(public)
    withdraw(public.pk, public.author)
    html = page_of(browser, public.claim)
    assert "began to correct the verdict." in html
    assert html.count("started a verdict.") == 1
    assert "withdrew the verdict: The count was of another harbour." in html


def test_a_draft_that_was_saved_again_and_again_is_one_line_of_the_history(
    browser, claim, reviewer, editor
):
    EvidenceFactory(claim=claim, accepted=True)
    draft = start_verdict(claim.pk, by=reviewer)
    for gaps in ("M", "Ma", "May"):
        save_draft(draft.pk, Draft(gaps=gaps), by=reviewer)
    release_claim(claim.pk, by=reviewer)
    take_claim(claim.pk, by=editor)
    for gaps in ("June", "July"):
        save_draft(draft.pk, Draft(gaps=gaps), by=editor)
    release_claim(claim.pk, by=editor)
    take_claim(claim.pk, by=reviewer)
    save_draft(draft.pk, Draft(gaps="May."), by=reviewer)
    history = page_of(browser, claim).split('id="history-heading"')[1]
    saved = re.findall(r"(\w+) changed the draft verdict([^.]*)\.", history)
    assert saved == [("Ada", ", 3 times"), ("Ben", ", 2 times"), ("Ada", "")]
    first, last = Event.objects.filter(verb="verdict.saved", user=editor).order_by("position")
    assert first.at != last.at
    assert date_format(timezone.localtime(last.at), "c") in history
    assert date_format(timezone.localtime(first.at), "c") not in history
