"""What publishers are told, and what they asked before."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.notices import CHOSEN, Notice
from claims.signing import KeyGone, secret_of
from claims.states import DeliveryState
from factcheck.models import ApiKey, HasPublicId, Hints, Publisher, Work, WorkQuerySet
from factcheck.models.choices import one_of

KEPT = timedelta(hours=24)
"""How long a request may be repeated."""
LOGGED = timedelta(days=30)
"""How long a notice may be looked at, and sent again."""


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


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Endpoints, by whether anything is sent to them."""

    def open(self) -> Self:
        """Those that are told: neither paused nor of a publisher that is shut out."""
        return self.filter(active=True, publisher__active=True)


class Endpoint(HasPublicId):
    """Where a publisher wants to be told of what becomes of its articles.

    Of its secret only a seed is stored. The one before signs too until
    ``earlier_until``.
    """

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="endpoints")
    url = models.URLField(max_length=2000)
    seed = models.CharField(max_length=100, editable=False)
    earlier_seed = models.CharField(max_length=100, blank=True, default="", editable=False)
    earlier_until = models.DateTimeField(null=True, blank=True, editable=False)
    notices = ArrayField(models.CharField(max_length=40), default=list)
    active = models.BooleanField(default=True)
    paused_because = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publisher", "url"], name="endpoint_once_per_url"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="endpoint_url_is_https"
            ),
            models.CheckConstraint(
                condition=Q(notices__contained_by=[notice.value for notice in CHOSEN]),
                name="endpoint_notices_known",
            ),
            models.CheckConstraint(
                condition=Q(active=True, paused_because="")
                | Q(active=False) & ~Q(paused_because=""),
                name="endpoint_paused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(earlier_seed="", earlier_until__isnull=True)
                | ~Q(earlier_seed="") & Q(earlier_until__isnull=False),
                name="endpoint_earlier_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def secrets(self, at: datetime) -> list[str]:
        """The secrets that sign what is sent ``at`` a time, the newest first.

        Raise KeyGone when the newest can be made no more.
        """
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        sign = [secret_of(self.seed, keys)]
        if self.earlier_until is not None and at < self.earlier_until:
            with suppress(KeyGone):  # it would have ended within the day
                sign.append(secret_of(self.earlier_seed, keys))
        return sign


class Owed(NamedTuple):
    """What a publisher is to hear of: the public ids, by what each is of."""

    publisher_id: int
    ids: Mapping[str, UUID]


class DeliveryQuerySet(WorkQuerySet):
    """Notices, how they come to be and how they are forgotten."""

    def owe(self, notice: Notice, told: Sequence[Owed]) -> None:
        """Owe a notice to every open endpoint that is to be told of it.

        Called in the transaction of what it tells of. The endpoints are locked
        until the commit, so that none is paused or removed meanwhile.
        """
        if not told:
            return
        endpoints = (
            Endpoint.objects.open()
            .filter(publisher__in={one.publisher_id for one in told})
            .filter(notices__contains=[notice.value])
            .select_for_update(no_key=True, of=["self"])
            .order_by("pk")
        )
        owed = Delivery.objects.bulk_create(
            Delivery(
                endpoint=endpoint,
                notice=notice,
                ids={name: str(key) for name, key in one.ids.items()},
            )
            for endpoint in endpoints
            for one in told
            if one.publisher_id == endpoint.publisher_id
        )
        if owed:
            Hints(Delivery.task, [delivery.pk for delivery in owed]).after_commit()

    def over(self) -> Self:
        """Those of which nothing will be done by itself."""
        return self.exclude(state=DeliveryState.PENDING)

    def expired(self) -> Self:
        """Those that are over for so long that nobody asks for them again."""
        return self.over().filter(created_at__lt=Now() - LOGGED)


class Delivery(Work):
    """One notice owed to one endpoint: due until it was taken."""

    task = "claims.deliver"
    queue = "telling"
    may_wait = 3600  # a server that is slow to answer holds up those behind it
    given_up = {"state": DeliveryState.FAILED}
    given_up_verb = "delivery.failed"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    notice = models.CharField(
        max_length=40, choices=[(known.value, known.value) for known in Notice]
    )
    ids = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices(), default=DeliveryState.PENDING, editable=False
    )
    status = models.PositiveSmallIntegerField(null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name_plural = "deliveries"
        constraints = [
            one_of("state", DeliveryState, "delivery_state_known"),
            one_of("notice", Notice, "delivery_notice_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.PENDING, due_at__isnull=False)
                | ~Q(state=DeliveryState.PENDING) & Q(due_at__isnull=True),
                name="delivery_due_while_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} to {self.endpoint}"

    @property
    def story(self) -> Endpoint:
        """Its endpoint's."""
        return self.endpoint
