"""Writing verdicts, the second person's word, and what becomes public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.correcting import begin_correction
from claims.actions.evidence import reconsider_evidence
from claims.actions.freezing import CITED, FROZEN
from claims.actions.publishing import publish_verdict, withdraw_verdict
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import release_claim, restore_claim, take_claim
from claims.actions.verdicts import (
    Draft,
    approve_verdict,
    content_digest,
    propose_verdict,
    recall_verdict,
    return_verdict,
    save_draft,
    start_verdict,
)
from claims.models import Approval, Claim, Evidence, Verdict
from claims.states import ClaimState, IllegalMove, Outcome, VerdictState
from factcheck.models import Event
from sources.models import Source
from sources.ports import Stance
from tests.factories import ClaimFactory, EvidenceFactory, PartyFactory, UserFactory
from tests.stories import (
    CORRECTION,
    approve,
    claim_with_evidence,
    correction_of,
    finished,
    propose,
    public_claim,
    seen,
    verdict_in,
)

pytestmark = pytest.mark.django_db


# Drafts.
def test_a_verdict_is_started_by_who_holds_the_claim():
    claim = ClaimFactory(in_review=True)
    with pytest.raises(HeldByAnother):
        start_verdict(claim.pk, by=UserFactory())
    assert start_verdict(claim.pk, by=claim.reviewer).author == claim.reviewer


def test_a_verdict_is_not_started_on_a_claim_nobody_took():
    with pytest.raises(IllegalMove, match="Take the claim first"):
        start_verdict(ClaimFactory().pk, by=UserFactory())


def test_one_verdict_at_a_time_is_in_work():
    verdict = verdict_in(VerdictState.DRAFT)
    with pytest.raises(IllegalMove, match="already in work"):
        start_verdict(verdict.claim_id, by=verdict.author)


def test_of_two_windows_with_one_draft_the_second_reads_first():
    draft = verdict_in(VerdictState.DRAFT)
    save_draft(draft.pk, finished(draft.claim, gaps="May.", seen=draft.digest), by=draft.author)
    with pytest.raises(Overtaken, match="read that first"):
        save_draft(draft.pk, finished(draft.claim, seen=draft.digest), by=draft.author)
    assert Verdict.objects.get().gaps == "May."


def test_who_sends_the_same_words_twice_is_not_overtaken_by_themselves():
    draft = verdict_in(VerdictState.DRAFT)
    typed = finished(draft.claim, gaps="May.", seen=draft.digest)
    save_draft(draft.pk, typed, by=draft.author)  # the answer to this never came
    assert save_draft(draft.pk, typed, by=draft.author).gaps == "May."


def test_who_sends_what_somebody_else_wrote_reads_that_first():
    draft = verdict_in(VerdictState.DRAFT)
    typed = finished(draft.claim, gaps="May.", seen=draft.digest)
    save_draft(draft.pk, typed, by=draft.author)
    other = UserFactory()
    Claim.objects.filter(pk=draft.claim_id).update(reviewer=other)
    with pytest.raises(Overtaken, match="read their version first"):
        save_draft(draft.pk, typed, by=other)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"scale": "stars"}, "no such rating scale"),
        ({"rating": "pants_on_fire"}, "no such rating"),
        ({"waiver": "late_friday"}, "no such reason"),
        ({"summary": "x" * 401}, "Summary: .*400 characters"),
        ({"confidence": "x" * 21}, "Confidence: .*20 characters"),
        ({"explanation": "Boats\0 [1]."}, "Explanation holds characters"),
        ({"citations": (0,)}, "Cite evidence of this claim"),
    ],
)
def test_a_draft_that_cannot_be_stored_is_refused_in_words(columns, message):
    draft = verdict_in(VerdictState.DRAFT)
    with pytest.raises(Refused, match=message):
        save_draft(draft.pk, finished(draft.claim, **columns), by=draft.author)


def test_each_piece_is_cited_once_and_from_this_claim():
    draft = verdict_in(VerdictState.DRAFT)
    mine = draft.claim.evidence.get()
    for citations in [(mine.pk, mine.pk), (mine.pk, EvidenceFactory().pk)]:
        with pytest.raises(Refused, match="each piece once"):
            save_draft(draft.pk, finished(draft.claim, citations=citations), by=draft.author)


def test_a_piece_that_no_machine_has_judged_may_be_cited_in_a_draft():
    draft = verdict_in(VerdictState.DRAFT)
    unread = EvidenceFactory(claim=draft.claim, machine_stance="")
    save_draft(draft.pk, Draft(citations=(unread.pk,)), by=draft.author)
    assert draft.citations.get().stance == Stance.NEUTRAL


@pytest.mark.parametrize("state", [VerdictState.PROPOSED, VerdictState.APPROVED])
def test_what_was_proposed_is_not_edited(state):
    verdict = verdict_in(state)
    with pytest.raises(IllegalMove, match="take it back, first"):
        save_draft(verdict.pk, Draft(), by=verdict.author)


# Proposals.
def test_a_proposal_freezes_what_is_read_of_it():
    claim = claim_with_evidence(claimant=PartyFactory(name="The harbour master"))
    source = claim.evidence.get().source
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    Claim.objects.filter(pk=claim.pk).update(text="Something else.")
    Source.objects.filter(pk=source.pk).update(title="Another title")
    assert (verdict.claim_text, verdict.claimant) == (claim.text, "The harbour master")
    assert (verdict.rating_label, verdict.rating_number) == ("True", 5)
    citation = verdict.citations.get()
    assert (citation.title, citation.url) == (source.title, source.url)
    assert citation.excerpt == "The count was 40 boats. Nobody was hurt."
    assert citation.snapshot.source == source


@pytest.mark.parametrize(
    ("publication", "title", "excerpt"),
    [
        ("full", "The harbour master", "She counted forty."),
        ("described", "The harbour master", ""),
        ("secret", "A source that is not named", ""),
    ],
)
def test_a_citation_shows_no_more_than_its_evidence_allows(publication, title, excerpt):
    claim = public_claim()
    EvidenceFactory(
        claim=claim,
        by_hand=True,
        accepted=True,
        title="The harbour master",
        body="She counted forty.",
        publication=publication,
    )
    citation = verdict_in(VerdictState.PROPOSED, claim).citations.get()
    assert (citation.title, citation.excerpt) == (title, excerpt)


def test_a_secret_source_leaves_no_trace_in_its_citation():
    claim = claim_with_evidence()
    claim.evidence.update(publication="secret")
    citation = verdict_in(VerdictState.PROPOSED, claim).citations.get()
    assert (citation.outlet, citation.url, citation.snapshot) == ("", "", None)


@pytest.mark.parametrize("state", [s for s in VerdictState if s is not VerdictState.DRAFT])
def test_the_digest_of_a_verdict_is_that_of_what_is_stored(state):
    verdict = verdict_in(state)
    assert verdict.digest == content_digest(verdict, list(verdict.citations.all()))


def test_the_digest_changes_with_whatever_a_reader_would_read():
    verdict = verdict_in(VerdictState.PROPOSED)
    citations = list(verdict.citations.all())
    read = ["rating", "summary", "explanation", "gaps", "confidence", "waiver"]
    for name in [*FROZEN, *read]:
        changed = Verdict.objects.get(pk=verdict.pk)
        setattr(changed, name, "another")
        assert content_digest(changed, citations) != verdict.digest, name
    for name in CITED:
        changed = verdict.citations.get()
        setattr(changed, name, "another")
        assert content_digest(verdict, [changed]) != verdict.digest, name


def test_proposing_and_publishing_cost_the_same_however_much_is_cited():
    def queries(count):
        claim = public_claim()
        pieces = [
            EvidenceFactory(
                claim=claim,
                accepted=True,
                passage__snapshot__text=f"By log {number} forty boats were away at noon {number}.",
            )
            for number in range(count)
        ]
        numbers = "".join(f"[{number}]" for number in range(1, count + 1))
        content = finished(claim, explanation=numbers, citations=[piece.pk for piece in pieces])
        verdict = start_verdict(claim.pk, by=claim.reviewer)
        with CaptureQueriesContext(connection) as captured:
            save_draft(verdict.pk, content, by=claim.reviewer)
            propose(verdict.pk, claim.reviewer)
            approve(verdict.pk, claim.reviewer)
            publish_verdict(verdict.pk, by=UserFactory())
        return len(captured)

    assert queries(2) == queries(20)


# The second person.
def test_nobody_decides_on_what_they_wrote():
    verdict = verdict_in(VerdictState.PROPOSED)
    with pytest.raises(Refused, match="You wrote part of this verdict"):
        approve_verdict(verdict.pk, verdict.digest, by=verdict.author)
    with pytest.raises(Refused, match="You wrote part of this verdict"):
        return_verdict(verdict.pk, seen(verdict.pk), "No.", by=verdict.author)
    assert not Approval.objects.exists()


def test_whoever_saved_it_once_is_an_author():
    draft = verdict_in(VerdictState.DRAFT)
    second = UserFactory()
    release_claim(draft.claim_id, by=draft.author)
    take_claim(draft.claim_id, by=second)
    save_draft(draft.pk, finished(draft.claim, gaps="May."), by=second)
    propose_verdict(draft.pk, by=second)
    draft.refresh_from_db()
    for author in (draft.author, second):
        with pytest.raises(Refused, match="You wrote part"):
            approve_verdict(draft.pk, draft.digest, by=author)


def test_an_approval_is_of_what_was_read():
    verdict = verdict_in(VerdictState.PROPOSED)
    read = verdict.digest
    return_verdict(verdict.pk, seen(verdict.pk), "Whose count?", by=UserFactory())
    save_draft(verdict.pk, finished(verdict.claim, gaps="May."), by=verdict.author)
    propose(verdict.pk, verdict.author)
    with pytest.raises(Overtaken, match="read it again"):
        approve_verdict(verdict.pk, read, by=UserFactory())


def test_an_approval_does_not_outlive_a_return():
    verdict, approver = verdict_in(VerdictState.PROPOSED), UserFactory()
    approve_verdict(verdict.pk, verdict.digest, by=approver)
    return_verdict(verdict.pk, seen(verdict.pk), "Whose count?", by=approver)
    propose(verdict.pk, verdict.author)
    with pytest.raises(IllegalMove):
        publish_verdict(verdict.pk, by=approver)
    approve_verdict(verdict.pk, verdict.digest, by=approver)  # unchanged, and read once more
    assert publish_verdict(verdict.pk, by=approver).state == VerdictState.PUBLISHED


def test_a_return_says_what_should_change():
    verdict = verdict_in(VerdictState.PROPOSED)
    with pytest.raises(Refused, match="Say what should change"):
        return_verdict(verdict.pk, seen(verdict.pk), " ", by=UserFactory())


def test_a_second_opinion_uses_the_words_of_the_scale():
    verdict = verdict_in(VerdictState.PROPOSED)
    with pytest.raises(Refused, match="no such rating"):
        approve_verdict(verdict.pk, verdict.digest, by=UserFactory(), own_rating="so_so")
    approve_verdict(verdict.pk, verdict.digest, by=UserFactory(), own_rating="mixed")
    assert Approval.objects.get().own_rating == "mixed"


def test_proposals_wait_for_those_who_wrote_none_of_them():
    verdict = verdict_in(VerdictState.PROPOSED)
    assert not Verdict.objects.waiting_for_approval(by=verdict.author).exists()
    assert Verdict.objects.waiting_for_approval(by=UserFactory()).get() == verdict


# Publishing.
def test_publishing_closes_the_claim_with_its_verdict():
    verdict = verdict_in(VerdictState.PUBLISHED)
    assert (verdict.claim.state, verdict.claim.outcome) == (ClaimState.CLOSED, Outcome.VERDICT)
    assert verdict.published_at is not None
    assert Verdict.objects.public().get() == verdict


def test_evidence_that_was_taken_back_is_not_published():
    verdict = verdict_in(VerdictState.APPROVED)
    reconsider_evidence(Evidence.objects.get().pk, by=verdict.author)
    with pytest.raises(Refused, match=r"Accept what \[1\] cites"):
        publish_verdict(verdict.pk, by=UserFactory())


def test_a_verdict_on_a_claim_nobody_holds_is_not_published():
    verdict = verdict_in(VerdictState.APPROVED)
    release_claim(verdict.claim_id, by=verdict.author)
    with pytest.raises(IllegalMove, match="take it first"):
        publish_verdict(verdict.pk, by=UserFactory())


def test_an_author_takes_a_proposal_back_and_goes_on_writing():
    verdict = verdict_in(VerdictState.PROPOSED)
    recall_verdict(verdict.pk, by=verdict.author)
    save_draft(verdict.pk, finished(verdict.claim, rating="mostly_true"), by=verdict.author)
    assert propose_verdict(verdict.pk, by=verdict.author).rating_label == "Mostly true"


def test_nobody_else_takes_a_proposal_back():
    verdict = verdict_in(VerdictState.PROPOSED)
    with pytest.raises(HeldByAnother):
        recall_verdict(verdict.pk, by=UserFactory())


def test_what_a_second_person_approved_is_not_taken_back():
    verdict = verdict_in(VerdictState.APPROVED)
    with pytest.raises(IllegalMove, match="nobody has decided on"):
        recall_verdict(verdict.pk, by=verdict.author)


# Correcting and withdrawing.
def test_a_correction_begins_as_what_is_public():
    public = verdict_in(VerdictState.PUBLISHED)
    draft = correction_of(public)
    assert (draft.number, draft.rating, draft.explanation) == (2, "true", public.explanation)
    assert draft.citations.get().evidence == public.citations.get().evidence
    assert draft.correction.note == "The count was made in May."


def test_what_is_public_stays_so_while_its_correction_is_in_work():
    public = verdict_in(VerdictState.PUBLISHED)
    successor = correction_of(public)
    for step in (propose, approve):
        step(successor.pk, public.author)
        assert Verdict.objects.public().get() == public
    publish_verdict(successor.pk, by=UserFactory())
    public.refresh_from_db()
    assert public.state == VerdictState.SUPERSEDED
    assert Event.objects.latest("position").verb == "verdict.corrected"


def test_whoever_begins_a_correction_takes_the_claim_in_hand():
    public, other = verdict_in(VerdictState.PUBLISHED), UserFactory()
    draft = begin_correction(public.claim_id, *CORRECTION, by=other)
    claim = Claim.objects.get()
    assert (claim.state, claim.reviewer, claim.outcome) == (ClaimState.IN_REVIEW, other, "")
    assert (draft.author, draft.number) == (other, 2)
    with pytest.raises(HeldByAnother):
        begin_correction(public.claim_id, *CORRECTION, by=public.author)


def test_a_correction_that_says_nothing_leaves_the_claim_closed():
    public = verdict_in(VerdictState.PUBLISHED)
    with pytest.raises(Refused, match="say what the correction corrects"):
        begin_correction(public.claim_id, CORRECTION[0], " ", by=public.author)
    assert Claim.objects.get().state == ClaimState.CLOSED


@pytest.mark.parametrize("correction", [None, (CORRECTION[0], " ")])
def test_a_public_verdict_is_not_replaced_without_a_note(correction):
    public = verdict_in(VerdictState.PUBLISHED)
    restore_claim(public.claim_id, by=public.author)
    take_claim(public.claim_id, by=public.author)
    with pytest.raises(Refused, match="say what the correction corrects"):
        start_verdict(public.claim_id, by=public.author, correction=correction)


def test_there_is_no_correction_of_what_was_never_public():
    claim = ClaimFactory(in_review=True)
    with pytest.raises(IllegalMove, match="no public verdict"):
        start_verdict(claim.pk, by=claim.reviewer, correction=CORRECTION)


def test_a_withdrawal_says_why_and_opens_the_claim():
    public = verdict_in(VerdictState.PUBLISHED)
    with pytest.raises(Refused, match="Say in public why"):
        withdraw_verdict(public.pk, " ", by=UserFactory())
    withdraw_verdict(public.pk, "Wrong harbour.", by=UserFactory())
    claim = Claim.objects.waiting().get()
    assert (claim.outcome, claim.reviewer) == ("", None)


def test_a_withdrawal_leaves_a_reopened_claim_in_its_reviewers_hands():
    public = verdict_in(VerdictState.PUBLISHED)
    draft = correction_of(public)
    withdraw_verdict(public.pk, "Wrong harbour.", by=UserFactory())
    claim = Claim.objects.get()
    assert (claim.state, claim.reviewer) == (ClaimState.IN_REVIEW, public.author)
    assert claim.verdicts.in_work().get() == draft
