"""What people say of checks by others: whether they are about a claim."""

from typing import Any

from django.conf import settings
from django.db import models

from claims.models.claim import Claim
from factcheck.models import HasPublicId
from factcheck.models.choices import one_of
from sources.models import PriorCheck


class CheckDecision(models.TextChoices):
    """What a person made of a check by others."""

    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"


class CheckLinkQuerySet(models.QuerySet["CheckLink"]):
    """Decisions on checks by others, with the checks."""

    def told(self) -> "CheckLinkQuerySet":
        """Those whose fact-checker is not blocked, the newest check first."""
        return (
            self.filter(prior__outlet__blocked=False)
            .select_related("prior__outlet", "decided_by")
            .defer("prior__search", "prior__vector")
            .order_by(models.F("prior__checked_at").desc(nulls_last=True), "pk")
        )

    def confirmed(self) -> "CheckLinkQuerySet":
        """Those that are about the claim."""
        return self.filter(decision=CheckDecision.CONFIRMED)


class CheckLink(HasPublicId):
    """A person's word that a check by others is about a claim, or is not.

    There is no row before a person decides: what is suggested is found anew
    whenever the claim is read. Taken back, the row is gone; the history has it.
    """

    Decision = CheckDecision
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="check_links")
    prior = models.ForeignKey(PriorCheck, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=CheckDecision)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    objects = CheckLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "prior"], name="check_link_once_per_claim_and_check"
            ),
            one_of("decision", CheckDecision, "check_link_decision_known"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.decision} {self.prior_id}"

    def as_published(self) -> dict[str, Any]:
        """What the world reads of the check: JSON, its date as ISO 8601 or None."""
        checked_at = self.prior.checked_at
        return {
            "outlet": self.prior.outlet.name,
            "rating": self.prior.rating,
            "claim": self.prior.claim,
            "title": self.prior.title,
            "url": self.prior.url,
            "checked_at": checked_at.isoformat() if checked_at else None,
        }
