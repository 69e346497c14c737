"""Public verdicts as publishers read them: the same for everyone, as they were frozen."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, DateTimeField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from claims.kinds import SAME_WORDS
from claims.models import Appearance, ArticleVersion, ClaimLink, Verdict
from claims.states import Dismissal, VerdictState


def public_verdicts(changed_since: datetime | None = None) -> QuerySet[Verdict]:
    """Every public version with what it cites and corrects, and when it last changed.

    ``updated_at`` is when it was published, superseded or withdrawn, the last
    of them; it may be asked to be no earlier than ``changed_since``. Three
    queries, whatever the number of rows.
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
    verdicts = (
        Verdict.objects.public()
        .select_related("claim", "correction__verdict")
        .prefetch_related("citations")
        .with_withdrawn()
        .annotate(updated_at=Greatest("published_at", "withdrawn_at", superseded_at))
    )
    return verdicts.filter(updated_at__gte=changed_since) if changed_since else verdicts


def about_claim(verdicts: QuerySet[Verdict], claim_id: UUID) -> QuerySet[Verdict]:
    """Those on one claim."""
    return verdicts.filter(claim__public_id=claim_id)


def about_versions(
    verdicts: QuerySet[Verdict], versions: QuerySet[ArticleVersion]
) -> QuerySet[Verdict]:
    """Those on claims that stand, or stood, in these versions of an article.

    Of claims that repeat an older text word by word those on the older text's.
    """
    claims = Appearance.objects.filter(version__in=versions).values("claim")
    repeated = ClaimLink.objects.filter(
        claim__in=claims, claim__desk=False, claim__merged_into=None, method=SAME_WORDS
    ).exclude(Q(decision=ClaimLink.Decision.REFUSED) | Q(claim__dismissal=Dismissal.SPLIT))
    first = repeated.values(kept=Coalesce("other__merged_into", "other"))
    return verdicts.filter(Q(claim__in=claims) | Q(claim__in=first))
