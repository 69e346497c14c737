"""What fact-checkers elsewhere said about claims, and where it is read."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from pgvector.django import HalfVectorField

from factcheck.models import HasPublicId, Work, WorkQuerySet
from sources.models.nearest import nearest_by
from sources.models.outlet import Outlet
from sources.models.passage import MiniLMEmbedding


class CheckFeed(Work):
    """An address at which ClaimReview data are published, read once a day.

    A work row that is due again after each reading, until it is stopped.
    """

    task = "sources.read_check_feed"
    given_up_verb = "check_feed.failed"

    url = models.URLField(max_length=2000)
    stopped = models.BooleanField(default=False, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviews = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            models.UniqueConstraint(fields=["url"], name="check_feed_once_per_url"),
            models.CheckConstraint(
                condition=Q(stopped=False) | Q(due_at__isnull=True),
                name="check_feed_stopped_is_not_due",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class PriorCheck(HasPublicId):
    """A claim that somebody else checked, with their rating in their words.

    Found by the words and the meaning of the claim; never evidence, and never
    a verdict of this workspace. The newest reading of the same check replaces
    the older one.
    """

    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=500)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="checks")
    claim = models.TextField()
    claim_digest = models.CharField(max_length=64, help_text="SHA-256 of its words.")
    claimant = models.CharField(max_length=200, blank=True, default="")
    said_at = models.DateField(null=True, blank=True)
    rating = models.CharField(max_length=200)
    checked_at = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, default="en")
    search = SearchVectorField()
    encoder = models.CharField(max_length=100, help_text="Whose vector it is.")
    vector = HalfVectorField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url", "claim_digest"], name="prior_check_once_per_page_and_claim"
            ),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https?://"), name="prior_check_url_is_http"
            ),
            models.CheckConstraint(
                condition=~Q(claim="") & ~Q(rating=""), name="prior_check_has_claim_and_rating"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="prior_check_search"),
            models.Index(fields=["encoder", "-id"], name="prior_check_encoder"),
            nearest_by(MiniLMEmbedding.encoder, "prior_check_nearest", width=384),
        ]

    def __str__(self) -> str:
        return self.claim[:80]
