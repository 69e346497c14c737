"""Beginning to correct what is public."""

from django.db import transaction

from claims.actions.review import restore_claim, take_claim
from claims.actions.verdicts import start_verdict
from claims.models import Claim, Correction, Verdict
from claims.states import ClaimState
from factcheck.models import User


@transaction.atomic
def begin_correction(claim_id: int, kind: Correction.Kind, note: str, *, by: User) -> Verdict:
    """Take a claim whose verdict is public in hand, and start the verdict that corrects it.

    Three acts in one transaction, each with its own event: without a note
    that says what is corrected, none of them happens.
    """
    claim = Claim.objects.get(pk=claim_id)
    if claim.state == ClaimState.CLOSED:
        claim = restore_claim(claim_id, by=by)
    if claim.state == ClaimState.OPEN:
        take_claim(claim_id, by=by)
    return start_verdict(claim_id, by=by, correction=(kind, note))
