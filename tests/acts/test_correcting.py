"""A verdict that is withdrawn while it is being corrected."""

from functools import partial

import pytest

from claims.actions.discarding import restore_draft
from claims.actions.publishing import publish_verdict, withdraw_verdict
from claims.actions.refusals import Refused
from claims.actions.review import take_claim
from claims.actions.verdicts import (
    approve_verdict,
    propose_verdict,
    recall_verdict,
    return_verdict,
    start_verdict,
)
from claims.models import Correction, EvidenceKind, Verdict
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.stories import STEPS, approve, correction_of, discard, propose, seen, verdict_in

WITHDRAWN = "The verdict it corrects was withdrawn"


def correction_in(state):
    """A public verdict, and a correction of it that took every step to ``state``."""
    public = verdict_in(VerdictState.PUBLISHED)
    draft = correction_of(public)
    for step in STEPS[state]:
        step(draft.pk, public.author)
    draft.refresh_from_db()
    return public, draft


def withdraw(public):
    withdraw_verdict(public.pk, "It was all wrong.", by=UserFactory())


def is_published_on_its_own(draft):
    """Go the way to the public, and tell whether nothing is corrected by that."""
    for step in (propose, approve):
        step(draft.pk, draft.author)
    published = publish_verdict(draft.pk, by=UserFactory())
    assert published.state == VerdictState.PUBLISHED
    told = Event.objects.latest("position").verb == "verdict.published"
    return told and not Correction.objects.exists()


@pytest.mark.django_db
def test_a_draft_that_corrected_what_was_withdrawn_becomes_a_verdict_of_its_own():
    public, draft = correction_in(VerdictState.DRAFT)
    withdraw(public)
    assert is_published_on_its_own(draft)
    public.refresh_from_db()
    assert public.state == VerdictState.WITHDRAWN


@pytest.mark.django_db
def test_a_proposal_that_corrects_what_was_withdrawn_is_taken_back_and_proposed_again():
    public, proposal = correction_in(VerdictState.PROPOSED)
    withdraw(public)
    with pytest.raises(Refused, match=WITHDRAWN):
        approve_verdict(proposal.pk, proposal.digest, by=UserFactory())
    recall_verdict(proposal.pk, by=public.author)
    assert is_published_on_its_own(proposal)


@pytest.mark.django_db
def test_an_approved_correction_of_what_was_withdrawn_is_returned_and_not_published():
    public, approved = correction_in(VerdictState.APPROVED)
    withdraw(public)
    with pytest.raises(Refused, match=WITHDRAWN):
        publish_verdict(approved.pk, by=UserFactory())
    return_verdict(approved.pk, seen(approved.pk), "The other was withdrawn.", by=UserFactory())
    assert is_published_on_its_own(approved)


@pytest.mark.django_db
def test_a_discarded_correction_is_brought_back_after_the_withdrawal_and_corrects_nothing():
    public, draft = correction_in(VerdictState.DRAFT)
    discard(draft.pk, public.author)
    withdraw(public)
    take_claim(public.claim_id, by=public.author)  # it was closed, and is open now
    restore_draft(draft.pk, by=public.author)
    assert is_published_on_its_own(draft)


@pytest.mark.django_db
def test_what_cannot_be_proposed_yet_keeps_its_note():
    public, draft = correction_in(VerdictState.DRAFT)
    withdraw(public)
    Verdict.objects.filter(pk=draft.pk).update(explanation="")
    with pytest.raises(Refused, match="Explain what the evidence shows"):
        propose_verdict(draft.pk, by=public.author)
    assert Correction.objects.get().successor == draft


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(5))
def test_what_is_withdrawn_meanwhile_is_corrected_before_or_not_at_all(_):
    public, approved = correction_in(VerdictState.APPROVED)
    published, withdrawn = at_once(
        partial(publish_verdict, approved.pk, by=UserFactory()),
        partial(withdraw_verdict, public.pk, "It was all wrong.", by=UserFactory()),
    )
    states = [row.state for row in Verdict.objects.order_by("number")]
    if isinstance(published, Verdict):
        assert isinstance(withdrawn, IllegalMove)
        assert states == ["superseded", "published"]
    else:
        assert WITHDRAWN in str(published)
        assert states == ["withdrawn", "approved"]


@pytest.mark.django_db
def test_a_new_verdict_after_a_withdrawal_corrects_nothing():
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    take_claim(withdrawn.claim_id, by=withdrawn.author)
    verdict = start_verdict(withdrawn.claim_id, by=withdrawn.author)
    assert verdict.number == 2
    assert withdrawn.claim.evidence.get().kind == EvidenceKind.PASSAGE
