"""What a worker asks about a claim, and whether anybody outside may hear it."""

from typing import NamedTuple

from django.db.models import F, Min

from claims.kinds import Kind
from claims.models import Appearance, Visibility
from sources.ports import Query
from sources.relays import Told


class Question(NamedTuple):
    """A claim as its newest appearance tells it.

    Its words and whether they are public are read in one query: words that were put
    there after the article became confidential are never taken for public ones.
    """

    told: Told
    query: Query
    wording: int
    is_public: bool


def question_of(claim_id: int) -> Question:
    """The claim as it is told now, what to ask, and whether its article is public."""
    appearance = (
        Appearance.objects.filter(claim=claim_id)
        .select_related("claim__claimant", "version__article")
        .prefetch_related("attributions")
        .order_by("-version__number", F("merged_from").asc(nulls_first=True), "-pk")[:1]
        .get()
    )
    claim, version = appearance.claim, appearance.version
    # The day of its first printing: what reprints it is no older for a date that was mended.
    printed = version.article.versions.aggregate(first=Min("published_at"))
    described = " ".join(attribution.described_as for attribution in appearance.attributions.all())
    told = Told(
        text=claim.text,
        claimant=claim.claimant.name if claim.claimant else "",
        described_as=described,
        needs_context=claim.needs_context,
        article=version.text,
        article_url=version.article.canonical_url,
        outlet=version.outlet,
        published_at=printed["first"],
        is_quote=claim.kind == Kind.QUOTE,
    )
    said_at = claim.said_at or version.published_at
    query = Query(claim.text, said_at=said_at, language=version.language)
    is_public = version.article.visibility == Visibility.PUBLIC
    return Question(told, query, claim.wording, is_public)
