"""The list of articles, and what was handed in and is none yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from claims.actions.urgency import deadlines_of
from claims.models import Article, ArticleVersion, Claim, Submission, Verdict
from claims.models.intake import is_over
from claims.models.versions import ARTICLE_WORDS, ARTICLE_WORDS_IN
from claims.reading.finding import in_full_text
from claims.states import ClaimState, VersionState

DECIDED = (ClaimState.CLOSED, ClaimState.DISMISSED)


def is_decided() -> Q:
    """Whether people are done with a claim: decided, or checked again while its verdict stands."""
    public = Verdict.objects.standing().filter(claim=OuterRef("pk"))
    return Q(state__in=DECIDED) | Q(Exists(public))


class Stage(StrEnum):
    """How far the claims of an article are."""

    UNDECIDED = "undecided"
    DECIDED = "decided"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SoughtArticles:
    """What somebody looks for among the articles; empty means everything."""

    words: str = ""
    stage: str = ""


@dataclass(slots=True)
class Row:
    """An article in the list: its newest version, and how far its claims are.

    ``due`` is when the first of those that are not decided is needed; while it is not split, when
    whoever asked needs it.
    """

    article: Article
    version: ArticleVersion
    total: int = 0
    decided: int = 0
    due: datetime | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether they were needed by now."""
        return is_over(self.due)


def articles(sought: SoughtArticles) -> QuerySet[Article]:
    """Articles that fit, the newest first, without those somebody set aside.

    An article is found by the words of any version.
    """
    found = Article.objects.filter(set_aside_at__isnull=True).order_by("-pk")
    if sought.words:
        words = in_full_text(sought.words, ARTICLE_WORDS_IN)
        versions = ArticleVersion.objects.annotate(search=ARTICLE_WORDS).filter(search=words)
        found = found.filter(pk__in=versions.values("article"))
    if sought.stage == Stage.FAILED:
        newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
        found = found.filter(
            versions__pk=Subquery(newest.values("pk")[:1]), versions__state=VersionState.FAILED
        )
    elif sought.stage:
        claims = Claim.objects.filter(article=OuterRef("pk"), desk=True)
        undecided = Exists(claims.exclude(is_decided()))
        found = found.filter(
            undecided if sought.stage == Stage.UNDECIDED else Exists(claims) & ~undecided
        )
    return found


def rows(page: Iterable[Article]) -> list[Row]:
    """Add to a page of ``articles()`` what the list shows.

    Two queries, one more if some are not split.
    """
    found = list(page)
    newest = ArticleVersion.objects.filter(article__in=found).newest()
    versions = {
        version.article_id: version for version in newest.defer("text", "blocks", "dropped")
    }
    counts = {
        article: (total, decided, due)
        for article, total, decided, due in Claim.objects.filter(article__in=found, desk=True)
        .values("article")
        .annotate(
            total=Count("pk"),
            decided=Count("pk", filter=is_decided()),
            due=Min("deadline", filter=~is_decided()),
        )
        .values_list("article", "total", "decided", "due")
    }
    listed = [Row(article, versions[article.pk], *counts.get(article.pk, ())) for article in found]
    unsplit = [row for row in listed if row.version.state != VersionState.SPLIT]
    deadlines = deadlines_of([row.version for row in unsplit]) if unsplit else {}
    for row in unsplit:
        row.due = deadlines.get(row.version.pk)
    return listed


def submissions_without_article() -> QuerySet[Submission]:
    """What was handed in and is not an article yet, the newest first."""
    return Submission.objects.waiting().defer("text", "file").order_by("-pk")
