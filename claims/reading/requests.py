"""Who asked for the checks of an article, when, why and by when they need them."""

from dataclasses import dataclass

from claims.models import ArticleVersion, Submission
from factcheck.models import Event

SHOWN = 10
"""Requests shown, the newest first: a program may ask for the same text every hour."""


@dataclass(frozen=True, slots=True)
class Requests:
    """What was asked of an article up to one of its versions, the newest first."""

    shown: list[Submission]
    more: bool

    @property
    def newest(self) -> Submission | None:
        """The last one; None for an article that nobody handed in."""
        return self.shown[0] if self.shown else None

    @property
    def earlier(self) -> list[Submission]:
        """Those before the last one."""
        return self.shown[1:]


def requests_for(version: ArticleVersion) -> Requests:
    """What was asked of this version and of those before, and what became of the deadlines.

    Two queries.
    """
    requests = Submission.objects.filter(
        version__article=version.article_id, version__number__lte=version.number
    )
    found = list(
        requests.select_related("submitted_by", "publisher", "version")
        .only(
            *("public_id", "purpose", "reason", "deadline", "created_at"),
            *("submitted_by", "publisher"),
            *("version__number", "publisher__name"),
            *("submitted_by__first_name", "submitted_by__last_name", "submitted_by__username"),
        )
        .order_by("-pk")[: SHOWN + 1]
    )
    changes = Event.objects.filter(
        verb="submission.deadline_changed", object_id__in=[asked.public_id for asked in found]
    ).select_related("user", "reason")
    last = {change.object_id: change for change in changes.order_by("position")}
    for asked in found:
        asked.deadline_change = last.get(asked.public_id)
    return Requests(found[:SHOWN], len(found) > SHOWN)
