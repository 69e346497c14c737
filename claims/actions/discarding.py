"""Giving up a draft verdict, and going on with it after all."""

from django.db import transaction

from claims.actions.correcting import take_to_correct
from claims.actions.refusals import Refused, check_in_work
from claims.actions.review import take_in_hand
from claims.actions.verdicts import lock_verdict
from claims.models import Claim, Verdict
from claims.states import ClaimState, IllegalMove, Outcome, VerdictState
from factcheck.models import Event, User


@transaction.atomic
def discard_draft(verdict_id: int, *, by: User) -> Verdict:
    """Give a draft up: its author, whoever has the claim in hand, or an editor may.

    What is written stays and can be brought back until another verdict is begun.
    A correction stays while its claim says something else than the public verdict,
    which closes the claim again.
    """
    verdict = lock_verdict(verdict_id)
    _check_may_discard(verdict, by)
    if verdict.state != VerdictState.DRAFT:
        raise IllegalMove("Only a draft can be discarded; take it back, or have it returned.")
    _check_public_words_stand(verdict.claim)
    verdict.move_to(VerdictState.DISCARDED)
    verdict.save(update_fields=["state"])
    if _is_public(verdict.claim):
        _close_again(verdict.claim, by)
    Event.objects.record("verdict.discarded", verdict, by=by, thread=verdict.claim)
    return verdict


@transaction.atomic
def restore_draft(verdict_id: int, *, by: User) -> Verdict:
    """Bring a discarded draft back, unless another verdict was begun since.

    The claim whose public verdict it corrects is opened again, and in ``by``'s hands.
    """
    verdict = lock_verdict(verdict_id)
    _check_may_discard(verdict, by)
    if verdict.state != VerdictState.DISCARDED:
        raise IllegalMove("Only a discarded draft can be brought back.")
    if verdict.claim.state == ClaimState.CLOSED and _is_public(verdict.claim):
        take_to_correct(verdict.claim, by)
    check_in_work(verdict.claim)
    if verdict.claim.verdicts.counted().filter(number__gte=verdict.number).exists():
        raise IllegalMove("Another verdict on this claim was begun since.")
    verdict.move_to(VerdictState.DRAFT)
    verdict.save(update_fields=["state"])
    Event.objects.record("verdict.restored", verdict, by=by, thread=verdict.claim)
    return verdict


def may_discard(verdict: Verdict, person: User) -> bool:
    """Whether the person may discard a draft, and bring it back."""
    own = person.pk in (verdict.author_id, verdict.claim.reviewer_id)
    return own or person.has_perm("claims.approve_verdict")


def _is_public(claim: Claim) -> bool:
    return claim.verdicts.standing().exists()


def _close_again(claim: Claim, by: User) -> None:
    """Close a claim with its public verdict, which stands as it did before its correction."""
    if claim.state == ClaimState.OPEN:
        take_in_hand(claim, by)
    if claim.state == ClaimState.IN_REVIEW:
        claim.move_to(ClaimState.CLOSED)
        claim.outcome = Outcome.VERDICT
        claim.save(update_fields=["state", "outcome"])


def _check_may_discard(verdict: Verdict, by: User) -> None:
    if not may_discard(verdict, by):
        raise Refused("A draft is its author's, or an editor's, to discard.")


def _check_public_words_stand(claim: Claim) -> None:
    """Raise unless the claim has the words and the claimant of its public verdict, if any."""
    public = claim.verdicts.filter(state=VerdictState.PUBLISHED).first()
    if public is None:
        return
    claimant = claim.claimant.name if claim.claimant else ""
    if (claim.text.split(), claimant) != (public.claim_text.split(), public.claimant):
        raise IllegalMove(
            "Give the claim the words and the claimant of its public verdict again first, "
            "or propose the correction."
        )
