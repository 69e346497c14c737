"""The history: what was done, by whom, in an order nobody can rewrite.

Each event carries the SHA-256 of its predecessor's digest and its own
canonical JSON. Edits, deletions and truncation are refused by triggers;
``verify`` finds them if somebody with the database's own powers did it all
the same. Data holds ids, field names, small values and digests, never prose,
so that a redaction of text leaves the chain whole. Why something was done, in
somebody's words, stands beside its event, where it can be redacted.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from factcheck.models.public_id import HasPublicId
from factcheck.models.publisher import ApiKey
from factcheck.models.user import User

Actor = User | ApiKey | str
"""Who acts: a person, a publisher's key, or the name of a component."""

LONGEST_VALUE = 120  # characters of a string in ``data``: an id or a code, not prose
GENESIS = "0" * 64
HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


class EventChain(models.Model):
    """The head of the chain: one row, locked last in each act."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="event_chain_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


class EventQuerySet(models.QuerySet["Event"]):
    """The history, read or written."""

    def about(self, thread: UUID) -> "EventQuerySet":
        """Events that belong to one object's story, oldest first."""
        return self.filter(thread=thread).order_by("position")

    def record(
        self,
        verb: str,
        subject: HasPublicId,
        *,
        by: Actor,
        thread: HasPublicId | None = None,
        why: str = "",
        **data: object,
    ) -> "Event":
        """Append one event; must be the last statement of an act's transaction.

        The chain's head is locked here and stays locked until the commit, so
        whatever comes after it is waited for by everybody else. ``thread`` is
        the object whose story the event belongs to, if not ``subject`` itself.
        ``why`` is the reason that was given in words; it becomes a Reason.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError(
                "An event belongs to an act's transaction."
            )
        head = EventChain.objects.select_for_update(no_key=True).annotate(now=Now()).get(pk=1)
        event = Event(
            position=head.position + 1,
            at=head.now,
            verb=verb,
            user=by if isinstance(by, User) else None,
            api_key=by if isinstance(by, ApiKey) else None,
            component=by if isinstance(by, str) else "",
            object_type=type(subject).__name__.lower(),
            object_id=subject.public_id,
            thread=(thread or subject).public_id,
            data=_small(data),
            previous=head.digest,
        )
        event.digest = event.computed_digest()
        event.save(force_insert=True)
        if why.strip():
            Reason.objects.create(event=event, words=why.strip())
        EventChain.objects.filter(pk=1).update(position=event.position, digest=event.digest)
        return event

    def verify(self, *, since: int = 1) -> Iterator[str]:
        """Yield a sentence for each place where the chain is broken; none if whole.

        Events before ``since`` are not looked at, except for the digest of the last.

        Acts may go on meanwhile: the head is read before the events and after
        them, and must agree with both. Whoever may write anything can also
        write all digests anew, head included; ``differs_from`` finds that.
        """
        before = EventChain.objects.get(pk=1)
        expected, previous = since, GENESIS
        if since > 1:
            earlier = self.filter(position=since - 1).first()
            previous = earlier.digest if earlier else ""
        for event in self.filter(position__gte=since).order_by("position").iterator(2000):
            if event.position != expected:
                yield f"Events {expected} to {event.position - 1} are missing."
                previous = event.previous
            if event.previous != previous:
                yield f"Event {event.position} does not follow the one before it."
            if event.digest != event.computed_digest():
                yield f"Event {event.position} was changed after it was written."
            if event.position == before.position and event.digest != before.digest:
                yield f"Event {event.position} is not the one the head was left at."
            expected, previous = event.position + 1, event.digest
        after = EventChain.objects.get(pk=1)
        if not before.position <= expected - 1 <= after.position:
            yield f"The chain ends at event {expected - 1}; its head says {after.position}."

    def differs_from(self, noted: str) -> str:
        """Say how the history differs from a head noted before; nothing if it only went on.

        ``noted`` is POSITION:DIGEST. In a chain that is whole, an event that
        still has its digest vouches for all before it. Raise ValueError for
        what is no head.
        """
        found = HEAD.fullmatch(noted.strip())
        if found is None:
            raise ValueError("A head is written POSITION:DIGEST.")
        position, digest = int(found[1]), found[2]
        if not position:
            return ""  # noted before the first event
        event = self.filter(position=position).first()
        if event is None:
            return f"Event {position}, which was noted, is gone."
        if event.digest != digest:
            return (
                f"Event {position} is not the one that was noted: "
                "it, or something before it, was written anew."
            )
        return ""


class Event(models.Model):
    """One thing that was done: one actor, one verb, one object."""

    position = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # event_user begins with it
    )
    api_key = models.ForeignKey(ApiKey, models.PROTECT, null=True, blank=True, related_name="+")
    component = models.CharField(max_length=100, blank=True, default="")
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    thread = models.UUIDField()
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["thread", "position"], name="event_thread"),
            models.Index(fields=["object_id", "position"], name="event_object"),
            models.Index(fields=["verb", "position"], name="event_verb"),
            models.Index(fields=["user", "position"], name="event_user"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="event_counts_from_one"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, api_key__isnull=True, component="")
                | Q(user__isnull=True, api_key__isnull=False, component="")
                | Q(user__isnull=True, api_key__isnull=True) & ~Q(component=""),
                name="event_has_one_actor",
            ),
            models.CheckConstraint(
                condition=Q(verb__regex=r"^[a-z_]+\.[a-z_]+$"),
                name="event_verb_is_noun_and_past_tense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.verb}"

    @property
    def actor(self) -> str:
        """The actor's name for people."""
        return self.user.name if self.user else str(self.api_key or self.component)

    def computed_digest(self) -> str:
        """The SHA-256 this event should carry, in hexadecimal."""
        content = json.dumps(
            [
                self.position,
                self.at.isoformat(),
                self.verb,
                self.user_id,
                self.api_key_id,
                self.component,
                self.object_type,
                str(self.object_id),
                str(self.thread),
                self.data,
            ],
            sort_keys=True,
            separators=(",", ":"),
        )
        return sha256((self.previous + content).encode()).hexdigest()


class Reason(models.Model):
    """Why something was done, in the words of whoever did it.

    Each act has its own, so that none is lost when the act is undone or done
    again. Not a part of the chain, which stays whole without it.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="reason", editable=False
    )
    words = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="reason_has_words"),
        ]

    def __str__(self) -> str:
        return self.words[:80]


def _small(data: dict[str, object]) -> dict[str, Any]:
    """Return ``data`` ready for JSON; raise ValueError for anything like prose."""
    small = json.loads(json.dumps(data, default=str))
    for name, value in small.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict | list) or len(str(part)) > LONGEST_VALUE:
                raise ValueError(f"{name}: an event holds ids, codes and digests, not prose.")
    return small
