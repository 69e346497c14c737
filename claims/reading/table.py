"""Claims of the desk as rows of a table: what is decided of each, and where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from claims.models import ArticleVersion, Claim, Evidence, Verdict
from claims.states import EvidenceState
from sources.ports import Stance

BATCH = 200
"""Claims that are loaded at once."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A claim with its article's newest version, the public rating and what was accepted."""

    claim: Claim
    version: ArticleVersion
    rating: str
    supporting: int
    contradicting: int


def table(keys: Sequence[int]) -> Iterator[TableRow]:
    """The claims of these keys in their order, four queries for each BATCH of them."""
    for first in range(0, len(keys), BATCH):
        yield from _rows(keys[first : first + BATCH])


def _rows(keys: Iterable[int]) -> Iterator[TableRow]:
    wanted = list(keys)
    claims = Claim.objects.select_related("claimant", "reviewer").in_bulk(wanted)
    newest = ArticleVersion.objects.filter(article__in={one.article_id for one in claims.values()})
    versions = {
        version.article_id: version
        for version in newest.newest().only("article", "title", "outlet")
    }
    ratings = dict(
        Verdict.objects.standing().filter(claim__in=claims).values_list("claim", "rating_label")
    )
    accepted = Evidence.objects.filter(claim__in=claims, state=EvidenceState.ACCEPTED)
    counts = {
        claim: (supporting, contradicting)
        for claim, supporting, contradicting in accepted.values("claim")
        .annotate(
            supporting=Count("pk", filter=Q(stance=Stance.SUPPORTS)),
            contradicting=Count("pk", filter=Q(stance=Stance.CONTRADICTS)),
        )
        .values_list("claim", "supporting", "contradicting")
    }
    for key in wanted:
        if key in claims:
            claim = claims[key]
            found = counts.get(key, (0, 0))
            yield TableRow(claim, versions[claim.article_id], ratings.get(key, ""), *found)
