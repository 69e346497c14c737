"""How far the import of a file has come."""

from django.db import models
from django.db.models import Q

from factcheck.models import HasPublicId


class Import(HasPublicId):
    """One run through a file of rows, known again by its bytes.

    ``rows`` is how many are done, stored or rejected: it moves in the same
    transaction as the documents, so that whoever goes on after a crash does no
    row twice and skips none. ``report_bytes`` is how long the report of the
    rejected ones was then; ``reasons`` is why the first of them were: line and
    reason of each.
    """

    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    rows = models.PositiveBigIntegerField(default=0)
    stored = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    report_bytes = models.PositiveBigIntegerField(default=0)
    reasons = models.JSONField(default=list, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

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
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="import_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.rows} rows"
