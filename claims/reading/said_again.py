"""Where else everybody can read what a claim says: what people confirmed, and is public now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from claims.claimreview import Work
from claims.kinds import Anchor
from claims.models import ArticleVersion, Claim, Visibility, anchor_now
from claims.reading.links import said_again
from claims.states import VersionState

MOST = 20
"""Articles that are named of one claim."""


def also_said(claims: Iterable[int] | QuerySet[Any, Any]) -> dict[int, list[Work]]:
    """Other public articles that say what these claims say, by their keys, the earliest first.

    Each at its address, and as its newest version is headed; not those that do not say it any
    more, were set aside, or became confidential. Three queries, one where nothing was confirmed.
    """
    pairs = said_again(claims)
    if not pairs:
        return {}
    says_it = (
        Claim.objects.filter(
            pk__in={other for _, other, _ in pairs},
            article__visibility=Visibility.PUBLIC,
            article__set_aside_at__isnull=True,
            article__canonical_url__iregex="^https?://",
        )
        .annotate(anchor_now=anchor_now("pk"))
        .exclude(anchor_now=Anchor.ORPHANED)
    )
    articles = {
        claim: (article, url)
        for claim, article, url in says_it.values_list("pk", "article", "article__canonical_url")
    }
    newest = ArticleVersion.objects.filter(
        article__in={article for article, _ in articles.values()}, state=VersionState.SPLIT
    ).newest()
    versions = {
        version.article_id: version
        for version in newest.only("article", "title", "outlet", "published_at")
    }
    places: dict[int, dict[int, Work]] = defaultdict(dict)
    for claim, other, own in pairs:
        article, url = articles.get(other, (own, ""))
        if article != own and article in versions:
            version = versions[article]
            places[claim][article] = Work(
                version.title, url, version.outlet, version.published_at, "article"
            )
    return {claim: _earliest(list(works.values())) for claim, works in places.items()}


def _earliest(works: list[Work]) -> list[Work]:
    return sorted(works, key=lambda work: (work.published_at or date.max, work.url))[:MOST]
