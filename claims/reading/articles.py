"""The list of articles, and what was handed in and is none yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from claims.models import Article, ArticleVersion, Claim, Submission
from claims.states import ClaimState

DECIDED = (ClaimState.CLOSED, ClaimState.DISMISSED)


@dataclass(slots=True)
class Row:
    """An article in the list: its newest version, and how far its claims are."""

    article: Article
    version: ArticleVersion
    total: int = 0
    decided: int = 0


def articles() -> QuerySet[Article]:
    """Articles, the newest first."""
    return Article.objects.order_by("-pk")


def rows(page: Iterable[Article]) -> list[Row]:
    """Add to a page of ``articles()`` what the list shows. Two queries."""
    found = list(page)
    newest = ArticleVersion.objects.filter(article__in=found).newest()
    versions = {
        version.article_id: version for version in newest.defer("text", "blocks", "dropped")
    }
    counts = {
        article: (total, decided)
        for article, total, decided in Claim.objects.filter(article__in=found, desk=True)
        .values("article")
        .annotate(total=Count("pk"), decided=Count("pk", filter=Q(state__in=DECIDED)))
        .values_list("article", "total", "decided")
    }
    return [
        Row(article, versions[article.pk], *counts.get(article.pk, (0, 0))) for article in found
    ]


def submissions_without_article() -> QuerySet[Submission]:
    """What was handed in and is not an article yet, the newest first."""
    return Submission.objects.waiting().defer("text", "file").order_by("-pk")
