"""The history of a claim, in sentences: what was done, to what, and why."""

import re
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.dateformat import format as date_format

from claims.actions.bringing import Brought, bring_document
from claims.actions.clearing import bring_back_article, set_aside_article
from claims.actions.evidence import (
    accept_evidence,
    reconsider_evidence,
    reject_evidence,
    relate_evidence,
)
from claims.actions.review import (
    close_claim,
    dismiss_claim,
    release_claim,
    restore_claim,
    take_claim,
)
from claims.actions.verdicts import Draft, save_draft, start_verdict
from claims.history import told
from claims.models import Relation
from claims.states import Dismissal, Outcome, VerdictState
from factcheck.models import Event, Reason
from sources.ports import Stance
from tests.factories import AppearanceFactory, EvidenceFactory
from tests.stories import correction_of, verdict_in, withdraw
from tests.ui.conftest import path


@pytest.fixture
def claim(reviewer):
    return take_claim(AppearanceFactory().claim.pk, by=reviewer)


def page_of(browser, claim):
    return browser.get(path("claim", claim)).text


@pytest.mark.parametrize(
    ("read", "words"),
    [(0, "let a search be: the claim was"), (7, "searched for evidence, and discarded it: the")],
)
def test_a_search_that_nobody_wanted_any_more_says_so(read, words):
    data = {"read": read, "discarded": True}
    assert told("search.finished", data).startswith(words)
    assert told("search.finished", data | {"discarded": False}) == "searched for evidence"


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
    assert "Ada rejected “Diary”: Of June." in html
    assert "Ada took back a decision on “Diary”." in html
    assert "Ada rejected “Diary”: Of May." in html
    assert "Ada dismissed the claim (no public data): Nobody counted." in html


def test_what_was_taken_back_keeps_its_reason_in_the_history(browser, claim, reviewer):
    dismiss_claim(claim.pk, Dismissal.VAGUE, note="Which harbour?", by=reviewer)
    restore_claim(claim.pk, by=reviewer)
    take_claim(claim.pk, by=reviewer)
    close_claim(claim.pk, Outcome.CUT, note="Not in the second edition.", by=reviewer)
    restore_claim(claim.pk, by=reviewer)
    set_aside_article(claim.article_id, reason="Spam.", by=reviewer)
    bring_back_article(claim.article_id, by=reviewer)
    html = page_of(browser, claim)
    assert "Ada dismissed the claim (vague): Which harbour?" in html
    assert "Ada closed the claim (cut): Not in the second edition." in html
    assert "Ada set its article aside, and with it dismissed the claim: Spam." in html


def test_a_reason_can_be_erased_and_the_chain_stays_whole(browser, claim, reviewer):
    dismiss_claim(claim.pk, Dismissal.VAGUE, note="Mrs Doe is ill.", by=reviewer)
    restore_claim(claim.pk, by=reviewer)
    Reason.objects.all().delete()
    assert "Ada dismissed the claim (vague)." in page_of(browser, claim)
    assert not list(Event.objects.verify())


def test_the_reasons_that_stood_before_each_act_kept_its_own_are_in_the_history(claim, reviewer):
    one, other = EvidenceFactory.create_batch(2, claim=claim)
    for piece in (one, other):
        reject_evidence(piece.pk, "Of May.", by=reviewer)
    reconsider_evidence(other.pk, by=reviewer)
    relate_evidence(other.pk, Relation.RELAYS_CLAIMANT, "It asks her alone.", by=reviewer)
    dismiss_claim(claim.pk, Dismissal.VAGUE, note="Which harbour?", by=reviewer)
    withdraw((public := verdict_in(VerdictState.PUBLISHED)).pk, public.author)
    standing = set(Reason.objects.exclude(event__object_id=other.public_id, words="Of May."))
    said = {(reason.pk, reason.words) for reason in standing}
    Reason.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("claims.migrations.0039_reasons_that_stand").FILL)
    assert {(reason.pk, reason.words) for reason in Reason.objects.all()} == said


def test_history_says_which_document_was_brought_and_not_read(browser, claim, reviewer):
    for name in ("minutes.txt", "log.txt"):
        brought = bring_document(claim.pk, Brought(file=name.encode(), file_name=name), by=reviewer)
    Event.objects.record("document.failed", brought, by="reader", thread=claim)
    html = page_of(browser, claim)
    assert "Ada brought “minutes.txt”." in html
    assert "Ada brought “log.txt”." in html
    assert "could not read “log.txt”" in html


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
