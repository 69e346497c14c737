"""Deciding on a verdict that is another by now than the one that was read."""

import re
from dataclasses import replace
from html import unescape

import pytest

from claims.actions.verdicts import (
    Draft,
    approve_verdict,
    propose_verdict,
    recall_verdict,
    return_verdict,
    save_draft,
)
from claims.models import CorrectionKind
from claims.states import VerdictState
from tests.stories import claim_with_evidence, correction_of, finished, seen, verdict_in
from tests.ui.conftest import path, person


@pytest.fixture
def verdict(reviewer):
    return verdict_in(VerdictState.PROPOSED, claim_with_evidence(reviewer=reviewer))


def approval(page):
    """The hidden fields of the form that approves."""
    form = page.split("<h3>Approve</h3>")[0].rsplit("<form", 1)[1]
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def propose_anew(verdict, reviewer, **columns):
    """Its author takes the proposal back, changes it and proposes it again."""
    recall_verdict(verdict.pk, by=reviewer)
    written = {
        "rating": verdict.rating,
        "summary": verdict.summary,
        "explanation": verdict.explanation,
        "citations": list(verdict.citations.values_list("evidence_id", flat=True)),
    }
    save_draft(verdict.pk, Draft(**written | columns), by=reviewer)
    propose_verdict(verdict.pk, by=reviewer)


def test_who_decides_on_a_correction_reads_what_it_changes(editors_browser, reviewer):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    draft = correction_of(public)
    written = finished(draft.claim, rating="false", explanation="It was 30 boats [1].")
    told = (CorrectionKind.CHANGES_RATING, "It was thirty.")
    save_draft(draft.pk, replace(written, correction=told), by=reviewer)
    propose_verdict(draft.pk, by=reviewer)
    page = editors_browser.get(path("verdict", draft)).text
    beside = page.split('id="corrected-heading"')[1].split("</section>")[0]
    assert 'class="rating rating-true">True</strong> is public' in beside
    assert "<del>True</del>" in beside
    assert "<ins>False</ins>" in beside
    assert "<del> 40</del><ins> 30</ins> boats [1]." in beside
    assert "In one or two sentences" not in beside
    assert "corrected-heading" not in editors_browser.get(path("verdict", public)).text


def test_who_approves_what_changed_reads_what_changed_and_then_approves(
    editors_browser, verdict, reviewer
):
    read = approval(editors_browser.get(path("verdict", verdict)).text)
    propose_anew(verdict, reviewer, rating="false", explanation="It was <b>thirty</b> [1].")

    sent = read | {"comment": "Fine by me.", "own_rating": "mixed"}
    late = editors_browser.post(path("approve", verdict), sent)

    assert late.status_code == 409
    assert "The verdict changed after you read it; read it again." in late.text
    changed = late.text.split("Changed since you read it")[1].split("</section>")[0]
    assert "<h3>Rating</h3>" in changed
    assert "<del>True</del><ins>False</ins>" in changed
    assert "<h3>Explanation</h3>" in changed
    assert "&lt;b&gt;thirty&lt;/b&gt;" in changed
    assert "<h3>Evidence</h3>" not in changed
    assert "Fine by me.</textarea>" in late.text
    assert '<option value="mixed" selected>' in late.text

    again = sent | approval(late.text)
    assert editors_browser.post(path("approve", verdict), again).url == path("verdict", verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.APPROVED
    told = "Ben approved it; their own rating is <strong>Mixed</strong>."
    assert told in editors_browser.get(path("verdict", verdict)).text


def test_a_proposal_taken_back_meanwhile_offers_nothing_that_cannot_work(
    editors_browser, verdict, reviewer
):
    read = approval(editors_browser.get(path("verdict", verdict)).text)
    recall_verdict(verdict.pk, by=reviewer)
    late = editors_browser.post(path("approve", verdict), read | {"comment": "Fine by me."})
    assert late.status_code == 409
    assert "It is draft by now" in late.text
    assert "Fine by me.</textarea>" in late.text
    assert path("approve", verdict) not in late.text
    assert "all the same" not in late.text


def test_who_returns_late_keeps_the_comment(editors_browser, verdict):
    return_verdict(verdict.pk, seen(verdict.pk), "Name the harbour.", by=person("eve", "Editors"))
    read = {"digest": verdict.digest, "state": verdict.state}
    late = editors_browser.post(path("send_back", verdict), read | {"comment": "Which harbour?"})
    assert late.status_code == 409
    assert "Which harbour?</textarea>" in late.text
    assert path("send_back", verdict) not in late.text


def test_who_returns_what_was_approved_meanwhile_reads_that_first(editors_browser, verdict):
    read = {"digest": verdict.digest, "state": verdict.state, "comment": "Which harbour?"}
    approve_verdict(verdict.pk, verdict.digest, by=person("eve", "Editors"))
    late = editors_browser.post(path("send_back", verdict), read)
    assert late.status_code == 409
    assert "It was approved after you read it" in late.text
    assert "Which harbour?</textarea>" in late.text
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.APPROVED

    again = read | {"state": verdict.state}
    assert editors_browser.post(path("send_back", verdict), again).status_code == 302
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.DRAFT


def test_who_returns_what_was_reworded_meanwhile_reads_it_first(editors_browser, verdict):
    read = {"digest": "0" * 64, "state": verdict.state, "comment": "Which harbour?"}
    late = editors_browser.post(path("send_back", verdict), read)
    assert late.status_code == 409
    assert "The verdict changed after you read it" in late.text


def test_returning_without_a_word_asks_for_it_on_the_verdicts_own_page(editors_browser, verdict):
    read = {"digest": verdict.digest, "state": verdict.state}
    asked = editors_browser.post(path("send_back", verdict), read | {"comment": " "})
    assert asked.status_code == 422
    assert "Say what should change." in asked.text
    assert path("approve", verdict) in asked.text


def test_nothing_is_said_to_have_changed_when_nothing_did(editors_browser, verdict):
    read = approval(editors_browser.get(path("verdict", verdict)).text)
    late = editors_browser.post(path("approve", verdict), read | {"own_rating": "nonsense"})
    assert late.status_code == 422
    assert "Changed since you read it" not in late.text
