"""Copies of cited pages in a public archive."""

from django.db import models
from django.db.models import Q

from factcheck.models import Work, WorkQuerySet
from sources.models.source import Snapshot


class Archiving(Work):
    """A public archive is asked to save the page a snapshot was made of.

    Due until ``archive_url`` is known. ``job`` is the archive's own name of
    the request while it is at it.
    """

    task = "sources.save_to_archive"
    queue = "fetch"
    may_wait = 24 * 3600
    given_up_verb = "archiving.failed"

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="archiving")
    job = models.CharField(max_length=200, blank=True, default="", editable=False)
    archive_url = models.URLField(max_length=2100, blank=True, default="", editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(archive_url="", saved_at__isnull=True)
                | Q(archive_url__regex=r"^https?://", saved_at__isnull=False, due_at__isnull=True),
                name="archiving_saved_has_link",
            ),
        ]

    def __str__(self) -> str:
        return f"Copy of snapshot {self.snapshot_id}"
