"""What a publisher may see of its own: versions it handed in, and their claims.

A version is a publisher's when one of its submissions led to it. The other
versions of a public address, which somebody else handed in, are not; nor are
claims that stand only there. Whatever is not found here is a 404 outside.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Article, ArticleVersion, Submission
from factcheck.models import Publisher


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article with those of its versions a publisher handed in, the newest first."""

    article: Article
    versions: list[ArticleVersion]


def versions_of(publisher: Publisher) -> QuerySet[ArticleVersion]:
    """The article versions this publisher handed in."""
    own = Submission.objects.owned_by_publisher(publisher)
    return ArticleVersion.objects.filter(Exists(own.filter(version=OuterRef("pk"))))


def article_of(publisher: Publisher, article_id: UUID) -> SeenArticle | None:
    """One article as its publisher sees it; None if there is nothing to see. One query."""
    versions = list(
        versions_of(publisher)
        .filter(article__public_id=article_id)
        .select_related("article")
        .defer("text", "blocks", "dropped")
        .order_by("-number")
    )
    return SeenArticle(versions[0].article, versions) if versions else None


def version_of(publisher: Publisher, article_id: UUID, number: int) -> ArticleVersion | None:
    """One version with its article; None if it is not this publisher's. One query."""
    return (
        versions_of(publisher)
        .filter(article__public_id=article_id, number=number)
        .select_related("article")
        .first()
    )
