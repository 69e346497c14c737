"""Handing a claim to a colleague: its holder may, and an editor. Putting back what others hold.

Whatever was begun on it stays as it is, a draft with the author it has: whoever
gets the claim goes on writing, and is named beside them from then on.
"""

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.refusals import HeldByAnother, Overtaken, Refused, check_fields, check_in_work
from claims.actions.review import put_down
from claims.models import Claim, Handover, TakenAway
from claims.states import ClaimState, IllegalMove
from factcheck.models import Event, Reason, User
from factcheck.people import colleagues


@transaction.atomic
def hand_over_claim(
    claim_id: int, to_id: int, *, held_by: int | None, by: User, why: str = ""
) -> Claim:
    """Put a claim into the hands of a colleague, who may work here: active, and with a role.

    ``held_by`` is who had it in hand when the person looked, or nobody; raise
    Overtaken if that changed. A claim nobody has is assigned, by an editor.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_in_work(claim)
    holder = holder_of(claim)
    if (holder.pk if holder else None) != held_by:
        now = f"{holder.name} has this claim in hand" if holder else "Nobody has this claim in hand"
        raise Overtaken(f"{now} by now. Read that first.")
    if not may_hand_over(claim, by):
        if holder is None:
            raise Refused("Only an editor assigns a claim that nobody has in hand. Take it first.")
        raise HeldByAnother(f"{holder.name} has this claim in hand; they or an editor hand it on.")
    to = colleagues().filter(pk=to_id).first()
    if to is None:
        raise Refused("Choose a colleague who may log in and has a role.", "to")
    if to == holder:
        raise Refused(f"{to.name} has this claim in hand already.", "to")
    if holder is None and to == by:
        raise Refused("Take the claim to have it in hand yourself.", "to")
    check_fields(Reason(words=why), ["words"] if why else [])
    if claim.state == ClaimState.OPEN:
        claim.move_to(ClaimState.IN_REVIEW)
    claim.reviewer, claim.desk = to, True
    claim.save(update_fields=["state", "reviewer", "desk"])
    Handover.objects.update_or_create(
        claim=claim, defaults={"to": to, "opened_at": Now() if to == by else None}
    )
    if holder is not None:
        _tell_holder(claim, holder, by=by)
    Event.objects.record(
        "claim.handed_over",
        claim,
        by=by,
        why=why,
        held_by=holder.public_id if holder else None,
        to=to.public_id,
    )
    return claim


@transaction.atomic
def put_back_claim(claim_id: int, *, by: User) -> Claim:
    """Put a claim that somebody else holds back on the desk, because they cannot.

    Not one whose verdict waits for others: in nobody's hands it could not be published.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    holder = holder_of(claim)
    if holder is None:
        raise IllegalMove("Nobody has this claim in hand.")
    if claim.has_verdict_in_approval:
        raise IllegalMove("Its verdict is proposed or approved; have it published or returned.")
    put_down(claim)
    _tell_holder(claim, holder, by=by)
    Event.objects.record("claim.put_back", claim, by=by, held_by=holder.public_id)
    return claim


def holder_of(claim: Claim) -> User | None:
    """Who has the claim in hand."""
    return claim.reviewer if claim.state == ClaimState.IN_REVIEW else None


def may_hand_over(claim: Claim, person: User) -> bool:
    """Whether the person may say who has a claim in hand that is open or in review."""
    in_work = claim.state in (ClaimState.OPEN, ClaimState.IN_REVIEW)
    edits = person.has_perm("claims.approve_verdict")
    return in_work and (edits or holder_of(claim) == person)


def open_handed_over(claim: Claim, *, reader: User) -> None:
    """Let a claim that ``reader`` was handed, and looks at, wait for them no longer. No act."""
    handed = Handover.objects.filter(claim=claim, to=reader, opened_at__isnull=True)
    handed.update(opened_at=Now())


def see_taken_away(claim: Claim, *, reader: User) -> None:
    """Let ``reader`` be told no longer that the claim left their hands. No act."""
    TakenAway.objects.filter(claim=claim, person=reader, seen_at__isnull=True).update(seen_at=Now())


def _tell_holder(claim: Claim, holder: User, *, by: User) -> None:
    """Let ``holder`` know in My work that somebody else took the claim out of their hands.

    Part of an act, which records the event that says how.
    """
    if holder != by:
        TakenAway.objects.update_or_create(claim=claim, person=holder, defaults={"seen_at": None})
