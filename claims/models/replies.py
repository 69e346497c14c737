"""The right of reply: who was asked for an answer before a verdict, and what came of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim, of_claim_and_kin
from claims.models.party import Party
from factcheck.models import HasPublicId
from factcheck.models.choices import one_of


class ReplyOutcome(models.TextChoices):
    """What came of asking somebody for an answer."""

    WAITING = "waiting", "No answer yet"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined to answer"
    SILENT = "silent", "Did not answer"
    NOT_ASKED = "not_asked", "Nobody is asked"


RECORDED = (ReplyOutcome.ANSWERED, ReplyOutcome.DECLINED, ReplyOutcome.SILENT)
"""What can come of asking."""


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    """Requests for an answer, by the claim they are about."""

    def about(self, claim: Claim) -> list["ReplyRequest"]:
        """Those that count for a claim and its present claimant, the oldest first."""
        return [request for request in self.of(claim) if request.counts_for(claim)]

    def of(self, claim: Claim) -> Self:
        """All that were written down, also those that count for nothing; with whom each is for.

        Also of claims that were merged into it, and of the one it was split from.
        """
        return self.filter(of_claim_and_kin(claim)).select_related("claimant").order_by("pk")


class ReplyRequest(HasPublicId):
    """Somebody was asked what they say to a claim, or a reason why nobody is.

    ``answer`` is public once a verdict is: their words, or that reason.
    """

    Outcome = ReplyOutcome
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reply_requests")
    claimant = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom the claim was said to be of when it was written down.",
    )
    asked = models.CharField("who was asked", max_length=200, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField("the last day for an answer")
    outcome = models.CharField(
        max_length=10, choices=ReplyOutcome, default=ReplyOutcome.WAITING, editable=False
    )
    answer = models.TextField("what they answered", blank=True)
    answered_on = models.DateField(null=True, blank=True)
    recorded = models.PositiveSmallIntegerField(default=0, help_text="How often it was recorded.")
    earlier = models.JSONField(
        default=list, blank=True, help_text="What stood there before it was recorded again."
    )
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("outcome", ReplyOutcome, "reply_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReplyOutcome.NOT_ASKED) | ~Q(asked=""),
                name="reply_names_who_was_asked",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[ReplyOutcome.ANSWERED, ReplyOutcome.NOT_ASKED])
                | ~Q(answer=""),
                name="reply_answered_has_words",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("asked_on")), name="reply_due_after_asking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked or 'nobody'}: {self.outcome}"

    def counts_for(self, claim: Claim) -> bool:
        """Whether it holds, and was written down for whoever the claim is said to be of now.

        By name: a party may be there twice, of two kinds. Reads both claimants. Who was asked
        before the claim was said was not asked about it.
        """
        if self.taken_back_at is not None or self.is_before(claim):
            return False
        return _name(self.claimant) == _name(claim.claimant)

    def is_before(self, claim: Claim) -> bool:
        """Whether somebody was asked before the day on which the claim was said."""
        if self.outcome == ReplyOutcome.NOT_ASKED or claim.said_at is None:
            return False
        return self.asked_on < claim.said_at

    @property
    def is_waiting(self) -> bool:
        """Whether nobody wrote down yet what came of it."""
        return self.outcome == ReplyOutcome.WAITING

    @property
    def is_late(self) -> bool:
        """Whether nobody wrote down what came of it, and the day it was asked for has passed.

        It is no answer that there is none: only a person can tell.
        """
        return self.is_waiting and self.due_on < timezone.localdate()

    def as_published(self) -> dict[str, Any]:
        """What the world reads of it: JSON, its dates as ISO 8601 or None."""
        return {
            "asked": self.asked,
            "asked_on": self.asked_on.isoformat(),
            "outcome": str(self.outcome),
            "answer": self.answer,
            "answered_on": self.answered_on.isoformat() if self.answered_on else None,
        }


def _name(claimant: Party | None) -> str:
    return claimant.name.casefold() if claimant else ""
