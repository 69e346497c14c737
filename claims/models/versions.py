"""What an article says: its versions, and the words by which it is found."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from claims.models.intake import Article, Submission
from claims.models.words import plain
from claims.notices import Notice
from claims.states import VersionState
from factcheck.models import Work, WorkQuerySet
from factcheck.models.choices import one_of

ARTICLE_WORDS_IN = "english"
"""The text search configuration of all articles: other languages only lose its stop words."""
ARTICLE_WORDS = SearchVector(
    *(plain(column) for column in ("title", "byline", "outlet", Left("text", 100_000))),
    config=ARTICLE_WORDS_IN,
)
"""What an article is found by; PostgreSQL refuses a document of more than a megabyte."""
HEADLINE_WORDS = SearchVector(plain("title"), plain("outlet"), config=ARTICLE_WORDS_IN)
"""What the claims of an article are found by beside their own words."""


class ArticleVersionQuerySet(WorkQuerySet):
    """Versions of articles."""

    def in_trouble(self) -> Self:
        """Versions that could not be split, without those of what somebody set aside."""
        return super().in_trouble().filter(article__set_aside_at__isnull=True)

    def newest(self) -> "ArticleVersionQuerySet":
        """The newest version of each article."""
        return self.order_by("article_id", "-number").distinct("article_id")


class ArticleVersion(Work):
    """The words of an article at one time; never changed (a trigger refuses).

    The work row of splitting. ``text`` holds headline and standfirst first.
    ``blocks`` says what stands where, as [start, end, placement] in code
    points of ``text``: as the extractor saw it, or else the splitter.
    ``bands`` is what copies of the text are looked up by. ``dropped``,
    ``splitter`` and ``copy_of``, an older version of another article that
    prints nearly the same text, are written once, when it is split.
    """

    task = "claims.split_article"
    queue = "reading"
    given_up = {"state": VersionState.FAILED}
    given_up_verb = "article.split_failed"

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=500, blank=True, default="")
    outlet = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=12, default="en")
    published_at = models.DateField(null=True, blank=True)
    text = models.TextField()
    blocks = models.JSONField(default=list)
    notes = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="What was handed in and not read, in sentences.",
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    extractor = models.CharField(max_length=100)
    bands = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="copies"
    )
    state = models.CharField(
        max_length=10, choices=VersionState.choices(), default=VersionState.RECEIVED, editable=False
    )
    dropped = models.JSONField(default=list, editable=False)
    splitter = models.CharField(max_length=200, blank=True, default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            one_of("state", VersionState, "version_state_known"),
            models.UniqueConstraint(fields=["article", "number"], name="version_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="version_has_text"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="version_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.RECEIVED, due_at__isnull=False)
                | ~Q(state=VersionState.RECEIVED) & Q(due_at__isnull=True),
                name="version_due_while_received",
            ),
            models.CheckConstraint(
                condition=Q(copy_of__isnull=True) | Q(copy_of__lt=F("id")),
                name="version_copies_an_older_one",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(F("article"), F("number").desc(), name="version_newest"),
            GinIndex(fields=["bands"], name="version_bands"),
            GinIndex(ARTICLE_WORDS, name="version_words"),
            GinIndex(HEADLINE_WORDS, name="version_headline_words"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    def split_before(self) -> "ArticleVersion | None":
        """The last version before this one that was split: where its claims come from."""
        earlier = ArticleVersion.objects.filter(article=self.article_id, number__lt=self.number)
        return earlier.filter(state=VersionState.SPLIT).order_by("-number").first()

    @property
    def story(self) -> Article:
        """Its article's."""
        return self.article

    def tell_of_giving_up(self) -> None:
        """The publishers that handed it in hear that there are no claims of it.

        The article is locked, so that nobody who hands the same text in now is overlooked.
        """
        Article.objects.select_for_update(no_key=True).get(pk=self.article_id)
        Submission.objects.filter(version=self.pk).tell(Notice.SUBMISSION_FAILED)
