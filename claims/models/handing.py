"""Claims that were handed over or put back, and whether whoever has or had them has looked."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from claims.models.claim import Claim
from claims.states import ClaimState
from factcheck.models import Event, User


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Claims handed over, by who has to look."""

    def waiting_for(self, person: User) -> Self:
        """What a person was handed, still has in hand, and has neither opened nor worked on.

        The oldest first, with ``position``: that of the event which tells by whom and why.
        """
        told = Event.objects.filter(
            object_id=OuterRef("claim__public_id"), verb="claim.handed_over"
        ).order_by("-position")
        worked = Event.objects.filter(
            thread=OuterRef("claim__public_id"), user=person, position__gt=OuterRef("position")
        )
        mine = self.filter(to=person, opened_at__isnull=True)
        held = mine.filter(claim__state=ClaimState.IN_REVIEW, claim__reviewer=person)
        with_event = held.annotate(position=Subquery(told.values("position")[:1]))
        return with_event.exclude(Exists(worked)).order_by("position")


class Handover(models.Model):
    """The last time a claim was handed to somebody; by whom and why, its event tells."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="handover")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="When they first looked at it."
    )

    position: int
    """Only of those from ``waiting_for``."""

    objects = HandoverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["to"], condition=Q(opened_at__isnull=True), name="handover_unopened"
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} to {self.to_id}"


class TakenAwayQuerySet(models.QuerySet["TakenAway"]):
    """Claims that left somebody's hands, by who has to know."""

    def unseen_by(self, person: User) -> Self:
        """What others took out of a person's hands, while they neither saw nor did anything since.

        The oldest first, with ``position``: that of the event which tells by whom and why.
        """
        told = Event.objects.filter(
            object_id=OuterRef("claim__public_id"),
            verb__in=["claim.handed_over", "claim.put_back"],
            data__held_by=str(person.public_id),
        ).order_by("-position")
        worked = Event.objects.filter(
            thread=OuterRef("claim__public_id"), user=person, position__gt=OuterRef("position")
        )
        gone = self.filter(person=person, seen_at__isnull=True).exclude(
            claim__state=ClaimState.IN_REVIEW, claim__reviewer=person
        )
        with_event = gone.annotate(position=Subquery(told.values("position")[:1]))
        return with_event.exclude(Exists(worked)).order_by("position")


class TakenAway(models.Model):
    """The last time somebody else took a claim out of a person's hands; its event tells more."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="taken_away")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When they said so, or looked at the claim."
    )

    position: int
    """Only of those from ``unseen_by``."""

    objects = TakenAwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "person"], name="taken_away_once_per_claim_and_person"
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(seen_at__isnull=True), name="taken_away_unseen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} from {self.person_id}"
