"""Who says something: people, bodies, documents, groups without a name."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from claims.models.words import plain
from factcheck.models import HasPublicId
from factcheck.models.choices import one_of

NAME_WORDS_IN = "simple"
"""The text search configuration of names: no word of a name is too common, or another's stem."""
NAME_WORDS = SearchVector(plain("name"), config=NAME_WORDS_IN)
"""What somebody who says something is found by."""


class PartyKind(models.TextChoices):
    """What a claimant is."""

    PERSON = "person", "Person"
    BODY = "body", "Organisation or body"
    DOCUMENT = "document", "Document"
    UNNAMED = "unnamed", "Unnamed group"
    UNKNOWN = "unknown", "Not known"


class Party(HasPublicId):
    """A person, body, document or unnamed group that says something."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=PartyKind, default=PartyKind.UNKNOWN)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(Lower("name"), "kind", name="party_once_per_name_and_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="party_has_name"),
            one_of("kind", PartyKind, "party_kind_known"),
        ]
        indexes = [GinIndex(NAME_WORDS, name="party_words")]

    def __str__(self) -> str:
        return self.name
