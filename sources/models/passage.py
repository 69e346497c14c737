"""Words that can be set beside a claim, findable by word and by meaning."""

from typing import ClassVar, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from pgvector.django import HalfVectorField, HnswIndex

from factcheck.models import HasPublicId
from factcheck.models.choices import one_of
from sources.models.source import Snapshot


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages, by whether they may still be shown."""

    def findable(self) -> "PassageQuerySet":
        """Passages that searches find; not those of private documents, which are only cited."""
        return self.filter(words__gt=0)

    def current(self) -> "PassageQuerySet":
        """Passages of what each source was last seen to say, which may be an older snapshot."""
        later = Q(seen_at__gt=OuterRef("snapshot__seen_at")) | Q(
            seen_at=OuterRef("snapshot__seen_at"), pk__gt=OuterRef("snapshot")
        )
        return self.filter(
            ~Exists(Snapshot.objects.filter(later, source=OuterRef("snapshot__source")))
        )


class Passage(models.Model):
    """A stretch of a snapshot: ``snapshot.text[start:end] == text``.

    ``search`` holds its lexemes in its own language; ``words`` is its length
    as BM25 wants it.
    """

    # Its unique constraint begins with the snapshot: that index is enough.
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="passages", db_index=False)
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
        indexes = [
            # New passages wait in a list of 16 MB, which is merged far faster than each alone.
            GinIndex(fields=["search"], name="passage_search", gin_pending_list_limit=16_384)
        ]

    def __str__(self) -> str:
        return self.text[:80]


class PassageEmbedding(models.Model):
    """A passage's vector by one encoder; each encoder has a table of its own.

    ``encoder`` is the encoder's name and version, as in sources.embedding.
    """

    encoder: ClassVar[str]

    passage = models.OneToOneField(
        Passage, models.CASCADE, primary_key=True, related_name="%(class)s"
    )

    class Meta:
        abstract = True


class MiniLMEmbedding(PassageEmbedding):
    """all-MiniLM-L6-v2: 384 dimensions, unit length, stored as half floats."""

    encoder = "all-MiniLM-L6-v2-int8/2"
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


def embeddings_of(encoder: str) -> type[PassageEmbedding] | None:
    """The table of an encoder's vectors; None when the product has no such encoder."""
    tables = (model for model in apps.get_models() if issubclass(model, PassageEmbedding))
    return next((table for table in tables if table.encoder == encoder), None)


class EncodingState(models.TextChoices):
    """What the vectors of an encoder are good for."""

    FILLING = "filling", "Being made, while another one answers"
    ANSWERING = "answering", "Answers searches"
    RETIRED = "retired", "Replaced"


class EncodingQuerySet(models.QuerySet["Encoding"]):
    """Encodings, by what they are good for."""

    def live(self) -> Self:
        """Those that every new passage needs a vector of."""
        return self.exclude(state=EncodingState.RETIRED)

    def answering(self) -> "Encoding | None":
        """The one that searches ask."""
        return self.filter(state=EncodingState.ANSWERING).first()


class Encoding(HasPublicId):
    """The library as one encoder sees it: being made, answering, or replaced.

    The vectors are in the encoder's own table; what is still to be made waits
    in Unembedded.
    """

    encoder = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=9, choices=EncodingState)
    created_at = models.DateTimeField(auto_now_add=True)
    answers_since = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EncodingQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", EncodingState, "encoding_state_known"),
            models.UniqueConstraint(
                fields=["state"],
                condition=~Q(state=EncodingState.RETIRED),
                name="encoding_one_answers_and_one_fills",
            ),
            models.CheckConstraint(
                condition=Q(state=EncodingState.RETIRED, retired_at__isnull=False)
                | ~Q(state=EncodingState.RETIRED) & Q(retired_at__isnull=True),
                name="encoding_retired_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.encoder


class Unembedded(models.Model):
    """A passage that an encoder has still to read: the queue of the vectors."""

    pk = models.CompositePrimaryKey("encoding_id", "passage_id")
    encoding = models.ForeignKey(Encoding, models.CASCADE, related_name="waiting", db_index=False)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"passage {self.passage_id} for encoder {self.encoding_id}"


class Lexeme(models.Model):
    """How many passages of a language hold a lexeme: rare ones find best.

    ``language`` is PostgreSQL's name of it, as in Collection.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=255)
    passages = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="lexeme_once_per_language")
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
