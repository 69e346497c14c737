"""Who says something: people, bodies, documents, groups without a name."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from factcheck.models import HasPublicId
from factcheck.models.choices import one_of


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

    def __str__(self) -> str:
        return self.name
