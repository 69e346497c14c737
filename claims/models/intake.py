"""What was handed in, and the articles that came of it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.delivery import Delivery, Owed
from claims.notices import Notice
from claims.states import SubmissionState
from factcheck.models import ApiKey, Event, HasPublicId, Publisher, Work, WorkQuerySet
from factcheck.models.choices import one_of


class Purpose(models.TextChoices):
    """Why somebody wants the article checked."""

    FACT_CHECK = "fact_check", "Fact-check of something public"
    PRE_PUBLICATION = "pre_publication", "Check before publication"


class Visibility(models.TextChoices):
    """Who may know of it. Confidential text reaches nobody outside."""

    CONFIDENTIAL = "confidential", "Confidential"
    PUBLIC = "public", "Public"


class SubmissionQuerySet(WorkQuerySet):
    """Submissions, by who may see them."""

    def waiting(self) -> Self:
        """What is not an article yet, without what somebody set aside."""
        return self.exclude(state=SubmissionState.READY).filter(set_aside_at__isnull=True)

    def in_trouble(self) -> Self:
        """Submissions that could not be read, without what somebody set aside."""
        return super().in_trouble().filter(set_aside_at__isnull=True)

    def owned_by_publisher(self, publisher: Publisher) -> "SubmissionQuerySet":
        """What this publisher handed in, and nothing else."""
        return self.filter(publisher=publisher)

    def tell(self, notice: Notice) -> None:
        """Owe each publisher among those who handed these in the notice on its own."""
        handed_in = self.filter(publisher__isnull=False).values_list("publisher_id", "public_id")
        Delivery.objects.owe(
            notice, [Owed(publisher, {"submission": key}) for publisher, key in handed_in]
        )

    def before(self, submission: "Submission") -> "SubmissionQuerySet":
        """What was handed in earlier as a version of the same article.

        By the same publisher under the same name of its own, or by people who said so.
        """
        if submission.follows_id is not None:
            return self.filter(follows=submission.follows_id, pk__lt=submission.pk)
        if not submission.external_id or submission.publisher_id is None:
            return self.none()
        return self.filter(
            publisher=submission.publisher_id,
            external_id=submission.external_id,
            pk__lt=submission.pk,
        )


def is_over(deadline: datetime | None) -> bool:
    """Whether a deadline has passed."""
    return deadline is not None and deadline <= timezone.now()


class Submission(Work):
    """Somebody asks for a check of a URL, a text or a file.

    The work row of fetching and reading: due until its article version is
    known. Exactly one of ``url``, ``text`` and ``file`` is given.
    """

    task = "claims.take_in"
    queue = "reading"
    given_up = {"state": SubmissionState.FAILED}
    given_up_verb = "submission.failed"

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    api_key = models.ForeignKey(ApiKey, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(max_length=2000, blank=True, default="")
    text = models.TextField(blank=True, default="")
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=255, blank=True, default="")
    content_type = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    outlet = models.CharField(max_length=200, blank=True, default="")
    published_at = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.FACT_CHECK)
    visibility = models.CharField(
        max_length=20, choices=Visibility, default=Visibility.CONFIDENTIAL
    )
    reason = models.TextField(blank=True, default="")
    deadline = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=200, blank=True, default="")
    follows = models.ForeignKey(
        "Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of which article a person says that it is the next version.",
    )
    state = models.CharField(
        max_length=10,
        choices=SubmissionState.choices(),
        default=SubmissionState.RECEIVED,
        editable=False,
    )
    version = models.ForeignKey(
        "ArticleVersion", models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    set_aside_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when a person has taken it off the lists, because it cannot be read.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    deadline_change: Event | None
    """By whom and why its deadline was changed last; only of those ``requests_for`` tells of."""

    class Meta(Work.Meta):
        constraints = [
            one_of("state", SubmissionState, "submission_state_known"),
            one_of("purpose", Purpose, "submission_purpose_known"),
            one_of("visibility", Visibility, "submission_visibility_known"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__iregex=r"^https?://"), name="submission_url_is_http"
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(visibility=Visibility.PUBLIC),
                name="submission_fetched_is_public",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=False, publisher__isnull=True)
                | Q(submitted_by__isnull=True, publisher__isnull=False),
                name="submission_has_one_owner",
            ),
            models.CheckConstraint(
                condition=~Q(url="") & Q(text="", file__isnull=True)
                | Q(url="", file__isnull=True) & ~Q(text="")
                | Q(url="", text="", file__isnull=False),
                name="submission_is_url_text_or_file",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.READY) | Q(version__isnull=False),
                name="submission_ready_has_version",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.RECEIVED, due_at__isnull=False)
                | ~Q(state=SubmissionState.RECEIVED) & Q(due_at__isnull=True),
                name="submission_due_while_received",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | Q(url="", submitted_by__isnull=False),
                name="submission_follows_as_a_person_says",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(state=SubmissionState.FAILED),
                name="submission_set_aside_failed",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(
                fields=["publisher", "external_id", "-id"],
                condition=~Q(external_id=""),
                name="submission_external_id",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.file_name or self.text[:60]

    @property
    def is_overdue(self) -> bool:
        """Whether its checks were needed by now."""
        return is_over(self.deadline)

    def tell_of_giving_up(self) -> None:
        """Its publisher hears that it cannot be read."""
        Submission.objects.filter(pk=self.pk).tell(Notice.SUBMISSION_FAILED)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, by who may know of them."""

    def comparable_with(self, article: "Article") -> "ArticleQuerySet":
        """Articles whose words may be set beside those of ``article``: public and its owner's own.

        Nothing confidential is ever joined across owners.
        """
        owners = Q()
        if article.owner_id:
            owners |= Q(owner=article.owner_id)
        if article.publisher_id:
            owners |= Q(publisher=article.publisher_id)
        return self.filter(Q(visibility=Visibility.PUBLIC) | owners)


class Article(HasPublicId):
    """What is checked: known by its canonical URL, or private to its owner.

    Pasted text and files are joined only within one owner; a public URL may
    be shared by everybody who hands it in publicly. ``claim_order`` holds keys
    of claims in the order a person gave them; claims it does not name follow
    the one they follow in the text.
    """

    canonical_url = models.URLField(max_length=2000, blank=True, default="")
    visibility = models.CharField(max_length=20, choices=Visibility)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    external_id = models.CharField(max_length=200, blank=True, default="")
    claim_order = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    disclosed_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When somebody made it public that was confidential, if it still is public.",
    )
    set_aside_at = models.DateTimeField(null=True, blank=True, editable=False)
    set_aside_reason = models.TextField(
        blank=True, default="", db_default="", help_text="Why nobody shall check it."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "article_visibility_known"),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_reason="")
                | Q(set_aside_at__isnull=False) & ~Q(set_aside_reason=""),
                name="article_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(publisher__isnull=True),
                name="article_has_at_most_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PUBLIC)
                | Q(owner__isnull=False)
                | Q(publisher__isnull=False),
                name="article_confidential_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(disclosed_at__isnull=True) | Q(visibility=Visibility.PUBLIC),
                name="article_disclosed_is_public",
            ),
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=~Q(canonical_url="") & Q(visibility=Visibility.PUBLIC),
                name="article_public_once_per_url",
            ),
            models.UniqueConstraint(
                fields=["publisher", "external_id"],
                condition=~Q(external_id=""),
                name="article_once_per_external_id",
            ),
        ]

    def __str__(self) -> str:
        title = getattr(self, "newest_title", "")  # which moderation reads with it
        return title or self.canonical_url or self.external_id or str(self.public_id)
