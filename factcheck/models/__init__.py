"""The ground of the house: people, keys, work rows and the history."""

from factcheck.models.event import Actor, Event, EventChain, Reason
from factcheck.models.handover import hand_to_person
from factcheck.models.login import LoginTries
from factcheck.models.public_id import HasPublicId, UUIDv7
from factcheck.models.publisher import ApiKey, Publisher
from factcheck.models.user import User
from factcheck.models.work import (
    Hints,
    LeaseLost,
    Work,
    WorkQuerySet,
    backoff,
    keep_lease,
    rows_of,
)

__all__ = [
    "Actor",
    "ApiKey",
    "Event",
    "EventChain",
    "HasPublicId",
    "Hints",
    "LeaseLost",
    "LoginTries",
    "Publisher",
    "Reason",
    "UUIDv7",
    "User",
    "Work",
    "WorkQuerySet",
    "backoff",
    "hand_to_person",
    "keep_lease",
    "rows_of",
]
