"""Corrections: what a later version of a public verdict changed, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.publishing import Verdict
from factcheck.models import HasPublicId
from factcheck.models.choices import one_of


class CorrectionKind(models.TextChoices):
    """How much a correction matters."""

    CHANGES_RATING = "changes_rating", "Changes the rating"
    KEEPS_RATING = "keeps_rating", "Does not change the rating"
    UPDATE = "update", "Adds what was not known before"


class Correction(HasPublicId):
    """What changed from one published version to the next; always public."""

    Kind = CorrectionKind
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="corrected_by")
    successor = models.OneToOneField(Verdict, models.PROTECT, related_name="correction")
    kind = models.CharField(max_length=16, choices=Kind)
    note = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            one_of("kind", CorrectionKind, "correction_kind_known"),
            models.CheckConstraint(condition=~Q(note=""), name="correction_has_note"),
            models.CheckConstraint(
                condition=~Q(verdict=F("successor")), name="correction_leads_to_another_version"
            ),
        ]

    def __str__(self) -> str:
        return self.note[:80]
