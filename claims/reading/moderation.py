"""What moderators look after: work that failed, providers that are down, what needs somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now, NullIf

from claims.models import ArticleVersion, Bringing, Claim, Delivery, Search, Submission, Verdict
from claims.reading.links import checked_no_more
from claims.reading.providers import Health, providers
from factcheck.models import ApiKey, Work, rows_of
from factcheck.models.work import KILLED, REFUSED
from sources.models import Archiving, CheckFeed, Feed, Import, Page

MANY = 100
"""What is counted or listed at most: nobody reads further before doing something."""
EXPIRES_SOON = timedelta(days=14)

WORK: dict[type[Work], tuple[str, str, Combinable, Combinable]] = {
    Submission: (
        "Reading",
        "claims:submission",
        Coalesce(
            NullIf(F("title"), Value("")),
            NullIf(F("url"), Value("")),
            NullIf(F("file_name"), Value("")),
            Value("Pasted text"),
            output_field=CharField(),
        ),
        F("public_id"),
    ),
    ArticleVersion: ("Splitting", "claims:article", F("title"), F("article__public_id")),
    Search: ("Searching", "claims:claim", F("claim__text"), F("claim__public_id")),
    Bringing: (
        "Reading what somebody brought",
        "claims:claim",
        Coalesce(
            NullIf(F("url"), Value("")),
            NullIf(F("file_name"), Value("")),
            Value("A document"),
            output_field=CharField(),
        ),
        F("claim__public_id"),
    ),
    CheckFeed: ("Reading fact-checks", "", F("url"), F("public_id")),
    Delivery: ("Telling a publisher", "", F("endpoint__url"), F("public_id")),
    Feed: ("Reading a feed", "", F("url"), F("public_id")),
    Page: ("Fetching a page", "", F("url"), F("public_id")),
    Archiving: ("Having a copy kept", "", F("snapshot__source__url"), F("public_id")),
}
"""Each kind of work in words, the page that shows it, what it is about, and that page's key."""
OF_PEOPLE = {Submission, ArticleVersion, Bringing}
"""What people hand in: what is refused of it is theirs to mend, and nothing of ours is stuck."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row of work that failed.

    ``tries_at`` is empty when it was given up; ``refused`` says that this was
    for what somebody handed in, which no other try makes better.
    """

    kind: str
    model: type[Work]
    pk: int
    about: str
    error: str
    failures: int
    tries_at: datetime | None
    page: str
    page_key: UUID
    refused: bool

    @property
    def may_be_set_aside(self) -> bool:
        """Whether it is kept in mind no more when a moderator says so."""
        return self.model is Submission and self.tries_at is None


def troubles() -> list[Trouble]:
    """Work that failed, MANY of each kind at most, the newest first.

    What was given up stands before what is tried again, and that before what
    was refused.
    """
    found = [trouble for model in WORK for trouble in _troubles(model)]
    return sorted(
        found, key=lambda trouble: (trouble.refused, trouble.tries_at is not None, -trouble.pk)
    )


def _troubles(model: type[Work]) -> Iterator[Trouble]:
    kind, page, about, key = WORK[model]
    rows: QuerySet[Any, Any] = rows_of(model).in_trouble()
    refused = ExpressionWrapper(REFUSED, output_field=BooleanField())
    columns = {"about": about, "key": key, "refused": refused}
    for row in rows.values("pk", "last_error", "failures", "due_at", **columns)[:MANY]:
        yield Trouble(
            kind,
            model,
            row["pk"],
            row["about"],
            row["last_error"] or KILLED,
            row["failures"],
            row["due_at"],
            page,
            row["key"],
            model in OF_PEOPLE and row["refused"],
        )


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs a moderator now; each number stops at MANY."""

    stuck: int
    retracted: int
    blocked: int
    changed: int
    rejected: int
    checked_no_more: int
    down: list[Health]
    expiring: int
    interrupted: int
    orphaned: int

    @property
    def waiting(self) -> int:
        """Searches that will ask a provider that is down alone."""
        return sum(health.waiting for health in self.down)

    @property
    def nothing(self) -> bool:
        """Whether everything is in order."""
        return not (
            self.stuck
            or self.retracted
            or self.blocked
            or self.changed
            or self.rejected
            or self.checked_no_more
            or self.down
            or self.expiring
            or self.interrupted
            or self.orphaned
        )


def attention() -> Attention:
    """Look at everything a moderator should know of: eighteen queries."""
    return Attention(
        stuck=min(MANY, sum(some(_stuck(model)) for model in WORK)),
        retracted=some(Verdict.objects.standing().resting_on_retracted()),
        blocked=some(Verdict.objects.standing().resting_on_blocked()),
        changed=some(Verdict.objects.standing().resting_on_changed()),
        rejected=some(Verdict.objects.standing().resting_on_rejected()),
        checked_no_more=some(checked_no_more()),
        down=[health for health in providers() if health.down],
        expiring=some(expiring_keys()),
        interrupted=some(Import.objects.interrupted()),
        orphaned=some(Claim.objects.stranded()),
    )


def _stuck(model: type[Work]) -> QuerySet[Any, Any]:
    """What was given up, without what was refused of what people hand in."""
    given_up = rows_of(model).in_trouble().filter(due_at__isnull=True)
    return given_up.exclude(REFUSED) if model in OF_PEOPLE else given_up


def expiring_keys() -> QuerySet[ApiKey]:
    """Keys in use that will open nothing in two weeks."""
    return ApiKey.objects.filter(
        revoked_at__isnull=True,
        publisher__active=True,
        expires_at__range=(Now(), Now() + EXPIRES_SOON),
    )


def some(rows: QuerySet[Any, Any]) -> int:
    """How many rows there are, counted to MANY and no further."""
    return rows.order_by()[:MANY].count()
