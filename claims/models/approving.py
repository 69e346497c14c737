"""What a second person says of a verdict."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.models import HasPublicId
from factcheck.models.choices import one_of


class ApprovalDecision(models.TextChoices):
    """What the second person decided."""

    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"


class Approval(HasPublicId):
    """A second person's word on exactly one digest of a verdict.

    The database refuses an approver who wrote any revision of it.
    """

    Decision = ApprovalDecision
    verdict = models.ForeignKey("claims.Verdict", models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    decision = models.CharField(max_length=10, choices=Decision)
    digest = models.CharField(max_length=64)
    comment = models.TextField(blank=True, default="")
    own_rating = models.CharField(max_length=20, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("decision", ApprovalDecision, "approval_decision_known"),
            models.CheckConstraint(
                condition=Q(decision=ApprovalDecision.APPROVED) | ~Q(comment=""),
                name="approval_returned_has_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.approver_id}"
