"""Customers of the API and the keys they hold.

They stand beside users in the ground of the house because the history names
a key as the actor of what was done with it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from factcheck.models.public_id import HasPublicId


class Publisher(HasPublicId):
    """An organisation that hands in articles and reads what comes of them."""

    name = models.CharField(max_length=200, unique=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ApiKey(HasPublicId):
    """A publisher's key. Only its SHA-256 is kept; ``prefix`` tells keys apart."""

    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="keys")
    label = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="api_key_is_stored_as_digest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher} {self.prefix}"
