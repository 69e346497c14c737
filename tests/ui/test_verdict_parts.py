"""Whatever a digest covers is told part by part to whoever decides."""

from datetime import date

import pytest
from django.urls import reverse

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.correcting import begin_correction
from claims.actions.freezing import CITED, FROZEN
from claims.actions.publishing import publish_verdict
from claims.actions.replies import ask_nobody
from claims.actions.verdicts import (
    COLUMNS,
    approve_verdict,
    propose_verdict,
    save_draft,
    start_verdict,
)
from claims.kinds import Kind
from claims.models import Citation, Evidence, Verdict
from claims.reading.verdict_parts import parts
from claims.states import VerdictState
from tests.factories import EvidenceFactory
from tests.stories import (
    CORRECTION,
    claim_with_evidence,
    correction_of,
    finished,
    public_claim,
    verdict_in,
)
from tests.ui.conftest import logged_in, person

TOLD_BY_ANOTHER = {"claim_wording", "rating", "rating_number"}
"""The words of the claim and of the rating tell these."""
NOT_READ = {"language", "waiver_note"}
"""The installation's own language, and what stays inside."""

OTHERWISE = {
    "said_at": date(2026, 5, 4),
    "as_of": date(2026, 5, 4),
    "article_published_at": date(2026, 5, 4),
    "source_published_at": date(2026, 5, 4),
    "claimant_kind": "person",
    "scale": "politifact",
    "waiver": "urgent_harm",
    "source_kind": "law",
    "record_kind": "interview",
    "stance": "contradicts",
    "checked_elsewhere": [
        {"outlet": "Post", "rating": "Wrong", "title": "Boats", "url": "", "checked_at": None}
    ],
    "replies": [
        {
            "asked": "The port",
            "asked_on": "2026-05-04",
            "outcome": "answered",
            "answer": "It was May.",
            "answered_on": "2026-05-05",
        }
    ],
}


@pytest.mark.parametrize("name", sorted({*FROZEN, *COLUMNS} - TOLD_BY_ANOTHER - NOT_READ))
def test_each_part_of_a_verdict_is_told(name):
    verdict = Verdict(claimant="Ann Lee")
    before = parts(verdict, [])
    setattr(verdict, name, OTHERWISE.get(name, "Other words."))
    assert parts(verdict, []) != before


@pytest.mark.parametrize("name", CITED)
def test_each_part_of_a_citation_is_told(name):
    citation = Citation(number=1, stance="supports")
    before = parts(Verdict(), [citation])
    setattr(citation, name, OTHERWISE.get(name, "Other words."))
    assert parts(Verdict(), [citation]) != before


def test_who_decides_on_a_correction_reads_whom_it_names_now_and_what_speaks_against_it(
    editors_browser, reviewer
):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    draft = correction_of(public)
    attribute_claim(
        public.claim_id, Voice("Tom Vale"), Kind.EVENT, said_at=None, attribution=1, by=reviewer
    )
    ask_nobody(public.claim_id, "He died in 1998.", by=reviewer)
    Evidence.objects.update(stance="contradicts")
    written = finished(public.claim, waiver="urgent_harm", correction=CORRECTION)
    save_draft(draft.pk, written, by=reviewer)
    propose_verdict(draft.pk, by=reviewer)
    page = editors_browser.get(reverse("claims:verdict", args=[draft.public_id])).text
    beside = page.split('id="corrected-heading"')[1].split("</section>")[0]
    assert "Nothing of it reads otherwise." not in beside
    assert "<ins>Tom Vale</ins>" in beside
    assert "<del> Supports:</del><ins> Contradicts:</ins>" in beside
    assert "<ins>Waiting would do harm.</ins>" in beside
    assert "What is corrected, in public" not in beside


def test_who_decides_on_a_correction_of_their_own_words_is_told_so(editor, reviewer):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=editor))
    draft = begin_correction(public.claim_id, *CORRECTION, by=reviewer)
    propose_verdict(draft.pk, by=reviewer)
    pages = [
        logged_in(who).get(reverse("claims:verdict", args=[draft.public_id])).text
        for who in (editor, person("eve", "Editors"))
    ]
    told = "You wrote part of an earlier version of this verdict"
    assert [told in page for page in pages] == [True, False]
    assert all("<h3>Approve</h3>" in page for page in pages)


@pytest.mark.parametrize("by_hand", [True, False])
def test_who_brought_all_that_a_verdict_cites_is_told_before_approving_and_so_is_history(
    world, editor, reviewer, by_hand
):
    claim = public_claim(reviewer=reviewer)
    theirs = {"decided_by": editor} | ({"by_hand": True, "added_by": editor} if by_hand else {})
    primary = {} if by_hand else {"passage__snapshot__source__primary": True}
    EvidenceFactory(claim=claim, accepted=True, **theirs, **primary)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    path = reverse("claims:verdict", args=[verdict.public_id])
    told = "You added or accepted all the evidence that it cites:</strong> [1]."
    pages = [logged_in(who).get(path).text for who in (editor, person("eve", "Editors"))]
    assert [told in page for page in pages] == [True, False]
    assert all("<h3>Approve</h3>" in page for page in pages)
    approve_verdict(verdict.pk, verdict.digest, by=editor)
    publish_verdict(verdict.pk, by=editor)
    history = logged_in(reviewer).get(reverse("claims:claim", args=[claim.public_id])).text
    said = "approved the verdict, all of whose evidence they had added or accepted themselves."
    assert said in history
    assert (
        "accepted themselves"
        not in world.get(reverse("claims:public", args=[claim.public_id])).text
    )


def test_evidence_that_somebody_else_accepted_too_is_not_the_approvers_alone(editor, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    other = EvidenceFactory(claim=claim, accepted=True, decided_by=editor)
    first = claim.evidence.accepted().earliest("pk")
    verdict = start_verdict(claim.pk, by=reviewer)
    written = finished(claim, explanation="40 [1][2].", citations=(first.pk, other.pk))
    save_draft(verdict.pk, written, by=reviewer)
    verdict = propose_verdict(verdict.pk, by=reviewer)
    page = logged_in(editor).get(reverse("claims:verdict", args=[verdict.public_id])).text
    assert "You added or accepted all" not in page
    approve_verdict(verdict.pk, verdict.digest, by=editor)
    history = logged_in(reviewer).get(reverse("claims:claim", args=[claim.public_id])).text
    assert "approved the verdict." in history
