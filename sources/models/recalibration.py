"""What reviewers' decisions taught about a stance model's confidence."""

from django.db import models
from django.db.models import F, Q

from factcheck.models import HasPublicId


class Recalibration(HasPublicId):
    """Two lines on the log-odds scale, see sources/stance/recalibration.py.

    The newest one of a model applies to everything it reads from then on.
    ``decisions`` and ``agreed`` count what each line was fitted on.
    """

    model = models.CharField(max_length=100)
    supports_slope = models.FloatField()
    supports_offset = models.FloatField()
    supports_decisions = models.PositiveIntegerField()
    supports_agreed = models.PositiveIntegerField()
    contradicts_slope = models.FloatField()
    contradicts_offset = models.FloatField()
    contradicts_decisions = models.PositiveIntegerField()
    contradicts_agreed = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supports_slope__gt=0, contradicts_slope__gt=0),
                name="recalibration_keeps_order",
            ),
            models.CheckConstraint(
                condition=Q(supports_agreed__lte=F("supports_decisions"))
                & Q(contradicts_agreed__lte=F("contradicts_decisions")),
                name="recalibration_agreed_at_most_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.NAMED} {self.pk}"

    NAMED = "recalibrated"
    """What stands in a judgement's model name between the model and the recalibration's number."""
