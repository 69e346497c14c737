"""What texts and claims are compared with: the words and the meaning of each."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from pgvector.django import HalfVectorField

from claims.models.claim import Claim
from claims.models.publishing import Verdict
from sources.models import MiniLMEmbedding
from sources.models.nearest import nearest_by


def read_by_someone(name: str) -> models.CheckConstraint:
    """What has a vector says whose it is."""
    read, unread = Q(vector__isnull=False) & ~Q(encoder=""), Q(vector__isnull=True, encoder="")
    return models.CheckConstraint(condition=read | unread, name=name)


class MatchEntry(models.Model):
    """The words and the meaning of a published verdict.

    The database makes it when the verdict is published: ``search`` holds the
    lexemes of its claim and summary, ``vector`` the meaning of its claim as
    ``encoder`` sees it, both empty until it is read. There is no index on vectors:
    comparing all of them takes milliseconds, as a verdict is a person's work.
    """

    verdict = models.OneToOneField(
        Verdict, models.CASCADE, primary_key=True, related_name="match_entry"
    )
    encoder = models.CharField(max_length=100, blank=True, default="")
    search = SearchVectorField()
    vector = HalfVectorField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "match entries"
        constraints = [read_by_someone("match_entry_read_has_encoder")]
        indexes = [
            GinIndex(fields=["search"], name="match_entry_search"),
            models.Index(fields=["encoder", "-verdict"], name="match_entry_encoder"),
        ]

    def __str__(self) -> str:
        return f"Match entry of verdict {self.verdict_id}"


class ClaimEntry(models.Model):
    """The words and the meaning of a claim, as its ``wording`` says it.

    Kept of the claims people are asked about, confidential ones too: who may
    be told of which is decided where they are compared. The database makes it
    with the claim and anew when it is reworded; ``encoder`` and ``vector`` are
    empty until it is read.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="entry")
    wording = models.PositiveSmallIntegerField()
    encoder = models.CharField(max_length=100, blank=True, default="")
    search = SearchVectorField()
    vector = HalfVectorField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "claim entries"
        constraints = [read_by_someone("claim_entry_read_has_encoder")]
        indexes = [
            GinIndex(fields=["search"], name="claim_entry_search"),
            models.Index(fields=["encoder", "-claim"], name="claim_entry_encoder"),
            nearest_by(MiniLMEmbedding.encoder, "claim_entry_nearest", width=384),
        ]

    def __str__(self) -> str:
        return f"Entry of claim {self.claim_id}"
