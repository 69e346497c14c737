"""What publishers are told, and what they asked before."""

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.states import DeliveryState
from factcheck.models import ApiKey, Event, HasPublicId, Publisher, Work, WorkQuerySet
from factcheck.models.choices import one_of

KEPT = timedelta(hours=24)
"""How long a request may be repeated."""


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    """Answered requests, by age."""

    def expired(self) -> Self:
        """Those that may be forgotten: their key is free for another request."""
        return self.filter(created_at__lt=Now() - KEPT)


class IdempotencyKey(models.Model):
    """A request a publisher may repeat, and the answer it was given."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="idempotency_keys")
    api_key = models.ForeignKey(ApiKey, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    answer = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "key"], name="idempotency_key_once_per_publisher"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key


class Endpoint(HasPublicId):
    """Where a publisher wants to be told of events."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="endpoints")
    url = models.URLField(max_length=2000)
    secret = models.CharField(max_length=100)
    verbs = ArrayField(models.CharField(max_length=60), default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publisher", "url"], name="endpoint_once_per_url"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="endpoint_url_is_https"
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Delivery(Work):
    """One event owed to one endpoint: due until it was taken."""

    task = "claims.deliver"
    given_up = {"state": DeliveryState.FAILED}
    given_up_verb = "delivery.failed"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices(), default=DeliveryState.PENDING, editable=False
    )
    status = models.PositiveSmallIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name_plural = "deliveries"
        constraints = [
            one_of("state", DeliveryState, "delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.PENDING, due_at__isnull=False)
                | ~Q(state=DeliveryState.PENDING) & Q(due_at__isnull=True),
                name="delivery_due_while_pending",
            ),
            models.UniqueConstraint(
                fields=["endpoint", "event"], name="delivery_once_per_endpoint_and_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.endpoint_id}"
