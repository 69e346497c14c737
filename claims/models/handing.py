"""Claims that were handed over, and whether whoever has them now has looked."""

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
