"""Beginning to correct what is public."""

from django.db import transaction

from claims.actions.refusals import check_not_held_by_another
from claims.actions.review import reopen, take_in_hand
from claims.actions.verdicts import start_verdict
from claims.models import Claim, CorrectionKind, Verdict
from claims.states import ClaimState
from factcheck.models import User


@transaction.atomic
def begin_correction(claim_id: int, kind: CorrectionKind, note: str, *, by: User) -> Verdict:
    """Take a claim whose verdict is public in hand, and start the verdict that corrects it.

    Without a note that says what is corrected, the claim stays closed.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    take_to_correct(claim, by)
    return start_verdict(claim_id, by=by, correction=(kind, note))


def take_to_correct(claim: Claim, by: User) -> None:
    """Let ``by`` have a locked claim in hand, closed as it may be; part of an act."""
    check_not_held_by_another(claim, by)
    if claim.state == ClaimState.CLOSED:
        reopen(claim)
    if claim.state == ClaimState.OPEN:
        take_in_hand(claim, by)
