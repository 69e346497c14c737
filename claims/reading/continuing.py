"""Of which articles somebody may hand in the next version."""

from uuid import UUID

from django.db.models import Q, QuerySet

from claims.models import ArticleVersion, Visibility
from factcheck.models import User

OFFERED = 30
"""Articles offered, the newest first."""


def may_be_continued(person: User, also: UUID | None = None) -> dict[str, ArticleVersion]:
    """The newest versions of articles that the person may continue, by public id.

    Their own that came as a text or a file, and ``also`` one that is named: their own, or a
    public one if they are an editor. One query, two with one named.
    """
    standing = ArticleVersion.objects.filter(
        article__publisher=None, article__set_aside_at__isnull=True
    )
    own = Q(article__owner=person)
    edits = person.has_perm("claims.approve_verdict")
    any_of_them = own | Q(article__visibility=Visibility.PUBLIC) if edits else own
    found = [*_newest(standing.filter(any_of_them, article__public_id=also))] if also else []
    found += _newest(standing.filter(own, article__canonical_url=""))
    return {str(one.article.public_id): one for one in found}


def _newest(versions: QuerySet[ArticleVersion]) -> list[ArticleVersion]:
    newest = versions.order_by("-article_id", "-number").distinct("article_id")
    light = newest.select_related("article").defer("text", "blocks", "dropped", "bands")
    return list(light[:OFFERED])
