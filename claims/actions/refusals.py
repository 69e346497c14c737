"""Why an act did not happen, in words for the person who asked."""

from claims.models import Article, Claim
from claims.states import ClaimState, IllegalMove, VerdictState
from factcheck.models import User
from factcheck.refusals import Refused, check_fields
from sources.models import Source

__all__ = [
    "HeldByAnother",
    "Overtaken",
    "Refused",
    "StandsAlready",
    "check_fields",
    "check_held_by",
    "check_in_work",
    "check_no_verdict",
    "check_not_held_by_another",
    "check_not_set_aside",
    "check_stands",
    "check_wording",
    "check_words_may_change",
]

LONGEST_WORDING = 1_000
"""Characters of a claim's wording that a person gives: a statement, not a passage."""


class HeldByAnother(IllegalMove):
    """Somebody else has the claim in hand."""


class Overtaken(IllegalMove):
    """Somebody changed it since the person looked; nobody overwrites what they have not read."""


class StandsAlready(Refused):
    """The article has this ``claim`` already."""

    def __init__(self, message: str, claim: Claim) -> None:
        super().__init__(message)
        self.claim = claim


def check_wording(text: str) -> None:
    """Raise Refused if a wording is too long for one claim."""
    if len(text) > LONGEST_WORDING:
        raise Refused(
            f"A claim's wording has {LONGEST_WORDING:,} characters at most, and this one has "
            f"{len(text):,}. Shorten it to the one thing it says.",
            "text",
        )


def check_stands(source: Source | None) -> None:
    """Raise Refused if a source was retracted, or gives no more evidence. Reads its outlet."""
    if source is not None and source.objections:
        raise Refused(f"It cannot be accepted. {' '.join(source.objections)}")


def check_not_held_by_another(claim: Claim, by: User) -> None:
    """Raise HeldByAnother if the claim is in review by somebody else."""
    holder = claim.reviewer if claim.reviewer_id != by.pk else None
    if claim.state == ClaimState.IN_REVIEW and holder:
        raise HeldByAnother(f"{holder.name} has this claim in hand.")


def check_held_by(claim: Claim, by: User) -> None:
    """Raise unless ``by`` has the claim in hand."""
    check_not_held_by_another(claim, by)
    if claim.state != ClaimState.IN_REVIEW:
        raise IllegalMove("Take the claim first.")


def check_no_verdict(claim: Claim) -> None:
    """Raise if a verdict on the claim is with the approver or public."""
    check_no_verdict_in_approval(claim)
    check_no_public_verdict(claim)


def check_words_may_change(claim: Claim) -> None:
    """Raise if a verdict on the claim is with the approver, or public and not being corrected.

    What a public verdict rests on changes with its correction alone, which says so in public.
    """
    check_no_verdict_in_approval(claim)
    if not claim.verdicts.filter(state=VerdictState.DRAFT).exists():
        check_no_public_verdict(claim)


def check_no_verdict_in_approval(claim: Claim) -> None:
    """Raise if a verdict on the claim is with the approver or ready to publish."""
    if claim.has_verdict_in_approval:
        raise IllegalMove("Its verdict is with the approver; return that first.")


def check_no_public_verdict(claim: Claim) -> None:
    """Raise if a verdict on the claim is public."""
    if claim.verdicts.filter(state=VerdictState.PUBLISHED).exists():
        raise IllegalMove("Its verdict is public; correct or withdraw that.")


def check_not_replaced(claim: Claim) -> None:
    """Raise if other claims stand for it, saying what would bring it back."""
    if claim.was_split:
        raise IllegalMove("Its parts stand for it; undo the split first.")
    if claim.was_merged:
        raise IllegalMove("Another claim stands for it; undo the merging first.")


def check_in_work(claim: Claim) -> None:
    """Raise unless the claim is open or in review, saying what would bring it back."""
    check_not_replaced(claim)
    if claim.state not in (ClaimState.OPEN, ClaimState.IN_REVIEW):
        raise IllegalMove("The claim is closed or dismissed; bring it back first.")


def check_not_set_aside(article: Article) -> None:
    """Raise Refused for an article that nobody shall check."""
    if article.set_aside_at is not None:
        raise Refused("It was set aside; bring it back first.")
