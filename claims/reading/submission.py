"""What a publisher follows: its submissions, and how far each one is."""

import math
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Submission
from claims.reading.changes import Changes, changes_in
from claims.states import SubmissionState, VersionState
from factcheck.models import Publisher

SOONEST = 2  # seconds
LATEST = 60
"""Between questions of whoever follows a submission that is still worked on."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One submission, and what became of its claims once they are there."""

    submission: Submission
    changes: Changes | None


def submissions_of(publisher: Publisher) -> QuerySet[Submission]:
    """A publisher's submissions with their versions, without the texts."""
    return (
        Submission.objects.owned_by_publisher(publisher)
        .select_related("version__article")
        .defer("text", "file", "version__text", "version__blocks", "version__dropped")
    )


def followed(publisher: Publisher, submission_id: UUID) -> Followed | None:
    """One submission of the publisher's; None if it has no such one. Three queries."""
    submission = submissions_of(publisher).filter(public_id=submission_id).first()
    if submission is None:
        return None
    version = submission.version
    is_split = version is not None and version.state == VersionState.SPLIT
    return Followed(submission, changes_in(version) if version and is_split else None)


def handed_in_before(submission: Submission) -> Submission | None:
    """The first submission of the same text, if it opened what was here already."""
    return (
        Submission.objects.filter(version=submission.version_id, pk__lt=submission.pk)
        .only("created_at")
        .order_by("pk")
        .first()
        if submission.version_id
        else None
    )


def is_done(submission: Submission) -> bool:
    """Whether nothing more will happen to it by itself."""
    if submission.version is None:
        return submission.state == SubmissionState.FAILED
    return submission.version.state != VersionState.RECEIVED


def ask_again_after(submission: Submission) -> int:
    """Seconds until it is worth asking again how far it is."""
    work = submission.version or submission
    waits = max(work.due_at or timezone.now(), timezone.now()) - timezone.now()
    age = timezone.now() - submission.created_at
    seconds = max(waits, age / 4, timedelta(seconds=SOONEST)).total_seconds()
    return min(math.ceil(seconds), LATEST)
