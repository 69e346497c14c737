"""Claims handed over or put back: by whom and why, for whoever has them now or had them."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Claim, Handover, TakenAway
from claims.reading.history import Happening
from claims.states import ClaimState
from factcheck.models import Event, User


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that somebody else took out of a person's hands, and whom it was handed to."""

    claim: Claim
    event: Event
    to: User | None

    @property
    def why(self) -> str:
        """The reason that was given, as long as it is kept."""
        return self.event.reason.words if hasattr(self.event, "reason") else ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A claim that somebody was handed, and the act itself."""

    claim: Claim
    event: Event

    @property
    def why(self) -> str:
        """The reason that was given, as long as it is kept."""
        return self.event.reason.words if hasattr(self.event, "reason") else ""


def handed_to(person: User, most: int) -> list[Handed]:
    """What a person was handed and has not looked at yet, the oldest first. Two queries."""
    waiting = list(Handover.objects.waiting_for(person).select_related("claim")[:most])
    told = Event.objects.select_related("user", "reason").in_bulk(
        [one.position for one in waiting], field_name="position"
    )
    return [Handed(one.claim, told[one.position]) for one in waiting]


def taken_from(person: User, most: int) -> list[Taken]:
    """What others took out of a person's hands unseen, the oldest first. Three queries."""
    gone = list(TakenAway.objects.unseen_by(person).select_related("claim")[:most])
    told = Event.objects.select_related("user", "reason").in_bulk(
        [one.position for one in gone], field_name="position"
    )
    named = {event.data["to"] for event in told.values() if "to" in event.data}
    people = {str(one.public_id): one for one in User.objects.filter(public_id__in=named)}
    events = [(one.claim, told[one.position]) for one in gone]
    return [Taken(claim, event, people.get(event.data.get("to"))) for claim, event in events]


def was_taken_away(person: User, history: Iterable[Happening]) -> bool:
    """Whether somebody else ever took a claim with this history out of a person's hands."""
    key = str(person.public_id)
    return any(
        event.data.get("held_by") == key and event.user_id != person.pk
        for event in (happening.event for happening in history)
    )


def handed_last(claim: Claim, history: Iterable[Happening]) -> Handed | None:
    """How a claim came into the hands it is in, until they do something with it.

    ``history`` is the claim's.
    """
    if claim.state != ClaimState.IN_REVIEW or claim.reviewer is None:
        return None
    last = None
    for happening in history:
        event = happening.event
        if event.verb == "claim.handed_over":
            to_holder = event.data["to"] == str(claim.reviewer.public_id)
            last = Handed(claim, event) if to_holder else None
        elif event.user_id == claim.reviewer_id:
            last = None
    return last


def is_unopened(claim: Claim, person: User) -> bool:
    """Whether a person was handed the claim and has not opened it. Reads its handover."""
    handover = getattr(claim, "handover", None)
    return handover is not None and handover.to_id == person.pk and handover.opened_at is None
