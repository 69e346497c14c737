"""What moderators look after: work that failed, providers that are down, what needs somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now, NullIf

from claims.models import ArticleVersion, Bringing, Claim, Delivery, Search, Submission, Verdict
from claims.reading.providers import Health, providers
from claims.states import ClaimState, VerdictState
from factcheck.models import ApiKey, Work, rows_of
from sources.models import Archiving, CheckFeed, Feed, Page

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


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row of work that failed. ``tries_at`` is empty when it was given up."""

    kind: str
    model: type[Work]
    pk: int
    about: str
    error: str
    failures: int
    tries_at: datetime | None
    page: str
    page_key: UUID


def troubles() -> list[Trouble]:
    """Work that failed: what was given up first, then the newest; MANY of each kind at most."""
    found = [trouble for model in WORK for trouble in _troubles(model)]
    return sorted(found, key=lambda trouble: (trouble.tries_at is not None, -trouble.pk))


def _troubles(model: type[Work]) -> Iterator[Trouble]:
    kind, page, about, key = WORK[model]
    rows: QuerySet[Any, Any] = rows_of(model).in_trouble()
    for row in rows.values("pk", "last_error", "failures", "due_at", about=about, key=key)[:MANY]:
        yield Trouble(
            kind,
            model,
            row["pk"],
            row["about"],
            row["last_error"] or "The worker died on every attempt.",
            row["failures"],
            row["due_at"],
            page,
            row["key"],
        )


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs a moderator now; each number stops at MANY."""

    stuck: int
    retracted: int
    changed: int
    down: list[Health]
    expiring: int
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
            or self.changed
            or self.down
            or self.expiring
            or self.orphaned
        )


def attention() -> Attention:
    """Look at everything a moderator should know of: fourteen queries."""
    given_up = [rows_of(model).in_trouble().filter(due_at__isnull=True) for model in WORK]
    return Attention(
        stuck=min(MANY, sum(some(rows) for rows in given_up)),
        retracted=some(Verdict.objects.filter(state=VerdictState.PUBLISHED).resting_on_retracted()),
        changed=some(Verdict.objects.filter(state=VerdictState.PUBLISHED).resting_on_changed()),
        down=[health for health in providers() if health.down],
        expiring=some(expiring_keys()),
        orphaned=some(Claim.objects.filter(state=ClaimState.IN_REVIEW, reviewer__is_active=False)),
    )


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
