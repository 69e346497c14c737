"""Words that can be set beside a claim, findable by word and by meaning."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from pgvector.django import HalfVectorField, HnswIndex

from sources.models.source import Snapshot


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages, by whether they may still be shown."""

    def current(self) -> "PassageQuerySet":
        """Passages of the newest snapshot of each source."""
        newer = Snapshot.objects.filter(
            source=OuterRef("snapshot__source"), pk__gt=OuterRef("snapshot")
        )
        return self.filter(~Exists(newer))


class Passage(models.Model):
    """A stretch of a snapshot: ``snapshot.text[start:end] == text``.

    ``search`` holds its lexemes in its own language; ``words`` is its length
    as BM25 wants it.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of its words, however spaced.")
    language = models.CharField(max_length=12, default="en")
    search = SearchVectorField()
    words = models.PositiveSmallIntegerField(default=0)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "start", "end"], name="passage_once_per_place"
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_not_empty"),
        ]
        indexes = [GinIndex(fields=["search"], name="passage_search")]

    def __str__(self) -> str:
        return self.text[:80]


class PassageEmbedding(models.Model):
    """A passage's vector by one model; each model has a table of its own."""

    passage = models.OneToOneField(
        Passage, models.CASCADE, primary_key=True, related_name="%(class)s"
    )

    class Meta:
        abstract = True


class MiniLMEmbedding(PassageEmbedding):
    """all-MiniLM-L6-v2: 384 dimensions, unit length, stored as half floats."""

    vector = HalfVectorField(dimensions=384)

    class Meta:
        indexes = [
            HnswIndex(
                name="minilm_nearest",
                fields=["vector"],
                m=16,
                ef_construction=64,
                opclasses=["halfvec_cosine_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"MiniLM vector of passage {self.passage_id}"


class Lexeme(models.Model):
    """How many passages of a language hold a lexeme: rare ones find best.

    ``language`` is PostgreSQL's name of it, as in Collection.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=255)
    passages = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"], name="lexeme_once_per_language", include=["passages"]
            )
        ]

    def __str__(self) -> str:
        return self.word


class Collection(models.Model):
    """How much the library holds in a language: what BM25 averages over.

    ``language`` is the text search configuration, such as "english".
    """

    language = models.CharField(max_length=12, primary_key=True)
    passages = models.BigIntegerField(default=0)
    words = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.language
