"""How far the import of a file has come."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from factcheck.models import HasPublicId

SILENT = timedelta(minutes=10)
"""Nothing was stored for so long: a batch takes seconds, so the run has died."""


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports, by how they ended."""

    def interrupted(self) -> Self:
        """Those that were begun, did not come to their end, and go on no more."""
        return self.filter(finished_at__isnull=True, moved_at__lt=Now() - SILENT)


class Import(HasPublicId):
    """One run through a file of rows, known again by its bytes.

    ``rows`` is how many are done, stored or rejected: it moves in the same
    transaction as the documents, so that whoever goes on after a crash does no
    row twice and skips none. ``report_bytes`` is how long the report of the
    rejected ones was then; ``reasons`` is why the first of them were: line and
    reason of each. ``given_up`` is one that a person ended before its end.
    """

    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    rows = models.PositiveBigIntegerField(default=0)
    stored = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    report_bytes = models.PositiveBigIntegerField(default=0)
    reasons = models.JSONField(default=list, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField("last stored", db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    given_up = models.BooleanField(default=False, db_default=False, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(finished_at__isnull=True),
                name="import_one_open_per_file",
            ),
            models.CheckConstraint(
                condition=Q(rows=models.F("stored") + models.F("rejected")),
                name="import_counts_every_row",
            ),
            models.CheckConstraint(
                condition=Q(given_up=False) | Q(finished_at__isnull=False),
                name="import_given_up_has_end",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="import_digest_is_sha256"
            ),
        ]

    @property
    def interrupted(self) -> bool:
        """Whether it goes on no more and did not come to its end."""
        return self.finished_at is None and self.moved_at < timezone.now() - SILENT

    def __str__(self) -> str:
        return f"{self.name}, {self.rows} rows"
