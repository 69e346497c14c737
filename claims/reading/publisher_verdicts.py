"""Public verdicts as publishers read them: the same for everyone, as they were frozen."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, DateTimeField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest

from claims.models import Appearance, ArticleVersion, Verdict
from claims.states import VerdictState


def public_verdicts() -> QuerySet[Verdict]:
    """Every public version with what it cites and corrects, and when it last changed.

    ``updated_at`` is when it was published, superseded or withdrawn, the last
    of them. Two queries, whatever the number of rows.
    """
    later = Verdict.objects.public().filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
    superseded_at = Case(
        When(
            state=VerdictState.SUPERSEDED,
            then=Subquery(later.order_by("number").values("published_at")[:1]),
        ),
        default=Value(None),
        output_field=DateTimeField(),
    )
    return (
        Verdict.objects.public()
        .select_related("claim", "correction__verdict")
        .prefetch_related("citations")
        .annotate(updated_at=Greatest("published_at", "withdrawn_at", superseded_at))
    )


def about_claim(verdicts: QuerySet[Verdict], claim_id: UUID) -> QuerySet[Verdict]:
    """Those on one claim."""
    return verdicts.filter(claim__public_id=claim_id)


def about_versions(
    verdicts: QuerySet[Verdict], versions: QuerySet[ArticleVersion]
) -> QuerySet[Verdict]:
    """Those on claims that stand, or stood, in these versions of an article."""
    claims = Appearance.objects.filter(version__in=versions).values("claim")
    return verdicts.filter(claim__in=claims)


def changed_since(verdicts: QuerySet[Verdict], moment: datetime) -> QuerySet[Verdict]:
    """Those published, superseded or withdrawn at ``moment`` or after it."""
    return verdicts.filter(updated_at__gte=moment)
