"""Checks by others: a machine suggests, a person says whether they are about the claim.

Not while a verdict is with the approver: it says which checks there are.
"""

from django.db import transaction

from claims.actions.refusals import Overtaken, check_no_verdict_in_approval
from claims.models import CheckLink, Claim
from claims.states import IllegalMove
from factcheck.models import Event, User
from sources.models import PriorCheck


@transaction.atomic
def confirm_check(claim_id: int, prior_id: int, *, by: User) -> CheckLink:
    """Say that a check by others is about the claim; its verdict will name it."""
    link = _decide(claim_id, prior_id, CheckLink.Decision.CONFIRMED, by)
    Event.objects.record(
        "check.confirmed", link, by=by, thread=link.claim, check=link.prior.public_id
    )
    return link


@transaction.atomic
def refuse_check(claim_id: int, prior_id: int, *, by: User) -> CheckLink:
    """Say that a check by others is not about the claim; it is not suggested again."""
    link = _decide(claim_id, prior_id, CheckLink.Decision.REFUSED, by)
    Event.objects.record(
        "check.refused", link, by=by, thread=link.claim, check=link.prior.public_id
    )
    return link


@transaction.atomic
def reconsider_check(claim_id: int, prior_id: int, *, by: User) -> None:
    """Take back what was decided about a check by others."""
    claim = _locked(claim_id)
    link = CheckLink.objects.select_related("prior").filter(claim=claim, prior=prior_id).first()
    if link is None:
        raise IllegalMove("Nobody decided about it yet.")
    CheckLink.objects.filter(pk=link.pk).delete()
    Event.objects.record(
        "check.reconsidered", link, by=by, thread=link.claim, check=link.prior.public_id
    )


def _decide(claim_id: int, prior_id: int, decision: str, by: User) -> CheckLink:
    claim, prior = _locked(claim_id), PriorCheck.objects.get(pk=prior_id)
    if CheckLink.objects.filter(claim=claim, prior=prior).exists():
        raise Overtaken("Somebody decided about it meanwhile; take that back first.")
    return CheckLink.objects.create(claim=claim, prior=prior, decision=decision, decided_by=by)


def _locked(claim_id: int) -> Claim:
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_no_verdict_in_approval(claim)
    return claim
