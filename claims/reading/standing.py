"""Every verdict that stands, a batch at a time, for whoever keeps a copy of all of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Max, Sum

from claims.models import Citation, Verdict
from claims.reading.public import PublicPage, organisation_of_settings
from claims.reading.published import changed_at
from claims.reading.said_again import also_said
from claims.states import VerdictState

BATCH = 200
"""Claims that are loaded at once."""


def batches() -> Iterator[list[PublicPage]]:
    """The newest page of each verdict that stands, in the order of the claims.

    Five queries each, seven where something was said again. A claim that is corrected while
    they are read is told of once, before or after; nothing is skipped.
    """
    last = 0
    while keys := _claims_after(last):
        last = keys[-1]
        if pages := _pages(keys):
            yield pages


def _claims_after(last: int) -> list[int]:
    standing = Verdict.objects.standing().filter(claim__gt=last).order_by("claim")
    return list(standing.values_list("claim", flat=True)[:BATCH])


def _pages(claims: list[int]) -> list[PublicPage]:
    public = (
        Verdict.objects.public()
        .filter(claim__in=claims)
        .select_related("claim", "correction")
        .defer("checked_elsewhere", "replies")
        .with_withdrawn()
        .order_by("claim", "-number")
    )
    versions: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in public:
        versions[verdict.claim_id].append(verdict)
    stands = [found[0] for found in versions.values() if found[0].state == VerdictState.PUBLISHED]
    citations: dict[int, list[Citation]] = defaultdict(list)
    cited = Citation.objects.filter(verdict__in=[verdict.pk for verdict in stands])
    for citation in cited.with_copies().defer("excerpt").order_by("verdict", "number"):
        citations[citation.verdict_id].append(citation)
    also = also_said(versions)
    return [
        PublicPage(
            verdict,
            versions[verdict.claim_id],
            citations[verdict.pk],
            also_said=also.get(verdict.claim_id, ()),
        )
        for verdict in stands
    ]


def mark() -> str:
    """What is another as soon as anything that ``batches`` tells is. Seven queries at most.

    That is a verdict, a copy in a public archive, where else it was said, or who publishes here.
    """
    standing = Verdict.objects.standing()
    copies = Citation.objects.filter(
        verdict__state=VerdictState.PUBLISHED, snapshot__archiving__saved_at__isnull=False
    )
    told = (
        organisation_of_settings(),
        changed_at(),
        standing.aggregate(Count("pk"), Sum("pk")),
        sorted(also_said(standing.values("claim")).items()),
        copies.aggregate(Count("pk"), Sum("pk"), Max("snapshot__archiving__saved_at")),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()
