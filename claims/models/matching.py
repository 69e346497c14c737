"""What texts and claims are compared with: the words and the meaning of each."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from claims.models.claim import Claim
from claims.models.publishing import Verdict


class MatchEntry(models.Model):
    """The words and the meaning of a published verdict; made again when lost.

    ``search`` holds the lexemes of its claim and summary, ``vector`` the
    meaning of its claim as ``encoder`` sees it. There is no index on vectors:
    comparing all of them takes milliseconds, as a verdict is a person's work.
    """

    verdict = models.OneToOneField(
        Verdict, models.CASCADE, primary_key=True, related_name="match_entry"
    )
    encoder = models.CharField(max_length=100)
    search = SearchVectorField()
    vector = HalfVectorField(dimensions=384)

    class Meta:
        verbose_name_plural = "match entries"
        indexes = [GinIndex(fields=["search"], name="match_entry_search")]

    def __str__(self) -> str:
        return f"Match entry of verdict {self.verdict_id}"


class ClaimEntry(models.Model):
    """The words and the meaning of a claim, as its ``wording`` says it; made again when lost.

    Kept of the claims people are asked about, confidential ones too: who may
    be told of which is decided where they are compared.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="entry")
    wording = models.PositiveSmallIntegerField()
    encoder = models.CharField(max_length=100)
    search = SearchVectorField()
    vector = HalfVectorField(dimensions=384)

    class Meta:
        verbose_name_plural = "claim entries"
        indexes = [
            GinIndex(fields=["search"], name="claim_entry_search"),
            HnswIndex(
                name="claim_entry_nearest",
                fields=["vector"],
                m=16,
                ef_construction=64,
                opclasses=["halfvec_cosine_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"Entry of claim {self.claim_id}"
