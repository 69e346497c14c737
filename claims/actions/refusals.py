"""Why an act did not happen, in words for the person who asked."""

from claims.models import Claim
from claims.states import ClaimState, IllegalMove
from factcheck.models import User


class Refused(ValueError):
    """The act is not possible; the message says what is missing."""


class HeldByAnother(IllegalMove):
    """Somebody else has the claim in hand."""


def check_not_held_by_another(claim: Claim, by: User) -> None:
    """Raise HeldByAnother if the claim is in review by somebody else."""
    if claim.state == ClaimState.IN_REVIEW and claim.reviewer_id != by.pk:
        raise HeldByAnother(f"{claim.reviewer} has this claim in hand.")


def check_held_by(claim: Claim, by: User) -> None:
    """Raise unless ``by`` has the claim in hand."""
    check_not_held_by_another(claim, by)
    if claim.state != ClaimState.IN_REVIEW:
        raise IllegalMove("Take the claim first.")
