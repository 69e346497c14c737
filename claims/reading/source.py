"""A source for the people who work here: its frozen copies, and what changed between two."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from claims.models import Verdict
from sources.comparing import Piece, differences
from sources.models import Access, Page, Snapshot, Source

COPIES = 50
"""Copies that are listed; older ones can still be compared by their address."""
VERDICTS = 20


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything the page of a source shows. ``copies`` are those seen last first."""

    source: Source
    copies: list[Snapshot]
    page: Page | None
    verdicts: list[Verdict]

    @property
    def newest(self) -> Snapshot | None:
        """What it was last seen to say."""
        return self.copies[0] if self.copies else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two copies of a source, and the paragraphs in which they differ."""

    source: Source
    earlier: Snapshot
    later: Snapshot
    paragraphs: list[list[Piece]]


def source_page(source_id: UUID) -> SourcePage:
    """Load the page of a source: four queries.

    Raise Source.DoesNotExist, also for a private one, which is shown beside
    its claim and nowhere else.
    """
    source = shown().select_related("outlet").get(public_id=source_id)
    copies = (
        Snapshot.objects.filter(source=source)
        .annotate(size=Length("record"), archive_url=F("archiving__archive_url"))
        .defer("record", "text", "headers")
        .order_by("-seen_at", "-pk")[:COPIES]
    )
    return SourcePage(
        source,
        list(copies),
        Page.objects.filter(source=source).order_by("-checked_at").first(),
        list(
            Verdict.objects.counted()
            .filter(citations__evidence__source=source)
            .select_related("claim")
            .distinct()
            .order_by("-pk")[:VERDICTS]
        ),
    )


def comparison(source_id: UUID, earlier_id: UUID, later_id: UUID) -> Comparison:
    """Compare two copies of one source. Raise Snapshot.DoesNotExist."""
    copies = Snapshot.objects.filter(
        source__in=shown(), source__public_id=source_id
    ).select_related("source__outlet")
    copies = copies.defer("record", "headers")
    earlier, later = copies.get(public_id=earlier_id), copies.get(public_id=later_id)
    return Comparison(later.source, earlier, later, list(differences(earlier.text, later.text)))


def shown() -> QuerySet[Source]:
    """Sources that have a page."""
    return Source.objects.exclude(access=Access.PRIVATE)
