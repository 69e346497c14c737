"""Where publishers are told: added, paused, given another secret and removed by a person."""

from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from claims.actions.refusals import Refused, check_fields
from claims.actions.telling import pause
from claims.models import Delivery, Endpoint
from claims.notices import CHOSEN, Notice
from claims.signing import new_seed, secret_of
from factcheck.models import Event, Publisher, User
from sources.addresses import FetchRefused, check_url

EARLIER_SIGNS = timedelta(days=1)
"""How long the secret before the newest signs too."""
MOST = 10
"""Endpoints of one publisher: each event is sent to all of them."""


@transaction.atomic
def add_endpoint(
    publisher_id: int, *, url: str, notices: Collection[str], by: User
) -> tuple[Endpoint, str]:
    """Let a publisher be told at an address; return the endpoint and its secret.

    The secret is shown once. Raise Refused when nothing can be sent there, or
    when the publisher is told there already.
    """
    publisher = Publisher.objects.select_for_update(no_key=True).get(pk=publisher_id)
    if not publisher.active:
        raise Refused(f"{publisher} is not active: nothing would be sent.")
    if not notices or set(notices) - set(CHOSEN):
        raise Refused("Say what it is to be told of.", "notices")
    if publisher.endpoints.count() >= MOST:
        raise Refused(f"{publisher} has {MOST} endpoints already; remove one first.")
    endpoint = Endpoint(
        publisher=publisher,
        url=_address(url),
        seed=new_seed(settings.SECRET_KEY),
        notices=[notice.value for notice in CHOSEN if notice in notices],
    )
    check_fields(endpoint, ["url"])
    try:
        with transaction.atomic():
            endpoint.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            f"{publisher} is told at this address already. If its secret is lost, "
            "give that endpoint another one.",
            "url",
        ) from None
    Event.objects.record(
        "endpoint.added",
        endpoint,
        by=by,
        thread=publisher,
        host=_host(endpoint),
        notices=endpoint.notices,
    )
    return endpoint, _secret(endpoint)


@transaction.atomic
def pause_endpoint(endpoint_id: int, *, by: User) -> Endpoint:
    """Send nothing to an endpoint until it is resumed; what is on its way is stopped."""
    endpoint = _locked(endpoint_id)
    if not endpoint.active:
        raise Refused("It is paused already.")
    pause(endpoint, "A moderator paused it.")
    Event.objects.record("endpoint.paused", endpoint, by=by, thread=endpoint.publisher)
    return endpoint


@transaction.atomic
def resume_endpoint(endpoint_id: int, *, by: User) -> Endpoint:
    """Tell an endpoint again of what happens from now on."""
    endpoint = _locked(endpoint_id)
    if endpoint.active:
        raise Refused("It is not paused.")
    endpoint.active, endpoint.paused_because = True, ""
    endpoint.save(update_fields=["active", "paused_because"])
    Event.objects.record("endpoint.resumed", endpoint, by=by, thread=endpoint.publisher)
    return endpoint


@transaction.atomic
def change_secret(endpoint_id: int, *, instead_of: str, by: User) -> tuple[Endpoint, str]:
    """Give an endpoint another secret; return both. The one before signs too for a day.

    A form names the secret it is to be used ``instead_of``, so that it makes
    one, however often it is sent. Raise Refused when it was sent before.
    """
    endpoint = _locked(endpoint_id)
    if instead_of != name_of_secret(endpoint):
        raise Refused(
            "The secret was changed since this form was opened, and is shown once only. "
            "If nobody has kept it, open this form again for another."
        )
    Endpoint.objects.filter(pk=endpoint.pk).update(
        earlier_seed=F("seed"),
        earlier_until=Now() + EARLIER_SIGNS,
        seed=new_seed(settings.SECRET_KEY),
    )
    endpoint.refresh_from_db(fields=["seed", "earlier_seed", "earlier_until"])
    Event.objects.record("endpoint.secret_changed", endpoint, by=by, thread=endpoint.publisher)
    return endpoint, _secret(endpoint)


@transaction.atomic
def remove_endpoint(endpoint_id: int, *, by: User) -> Endpoint:
    """Forget an endpoint, its secret and what was sent to it; the history keeps that it was."""
    endpoint = _locked(endpoint_id)
    endpoint.delete()
    Event.objects.record(
        "endpoint.removed", endpoint, by=by, thread=endpoint.publisher, host=_host(endpoint)
    )
    return endpoint


@transaction.atomic
def ping_endpoint(endpoint_id: int, *, by: User) -> Endpoint:
    """Send an endpoint a notice that tells of nothing. Raise Refused while it is paused."""
    endpoint = _locked(endpoint_id)
    if not (endpoint.active and endpoint.publisher.active):
        raise Refused("Nothing is sent to it now: it is paused, or its publisher is suspended.")
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        notice=Notice.PING,
        ids={"endpoint": str(endpoint.public_id)},
    )
    delivery.hint()
    Event.objects.record("endpoint.pinged", endpoint, by=by, thread=endpoint.publisher)
    return endpoint


def name_of_secret(endpoint: Endpoint) -> str:
    """By what a secret is told from others; it is no part of it."""
    return endpoint.seed.partition(".")[2]


def _locked(endpoint_id: int) -> Endpoint:
    rows = Endpoint.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("publisher").get(pk=endpoint_id)


def _address(url: str) -> str:
    try:
        address = check_url(url)
    except FetchRefused as refused:
        raise Refused(str(refused), "url") from None
    if not address.startswith("https://"):
        raise Refused("The address must begin with https://.", "url")
    return address


def _host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.url).netloc[:100]


def _secret(endpoint: Endpoint) -> str:
    return secret_of(endpoint.seed, [settings.SECRET_KEY])
