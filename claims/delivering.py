"""Sending one notice as Standard Webhooks 1.0 has it; no transaction is open meanwhile."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from claims.actions.telling import GONE, store_failure, store_gone, store_sent, store_stopped
from claims.models import Delivery, Endpoint
from claims.signing import KeyGone, signature
from factcheck.attempts import Unreadable
from sources import registry
from sources.calls import told_call
from sources.web import FetchFailed, FetchRefused

BY = "teller"
ADDRESSES = {
    "submission": "api:submission",
    "article": "api:article",
    "claim": "api:claim",
    "verdict": "api:verdict",
}
"""Where the API answers for what a notice names."""


def send(delivery: Delivery, lease: UUID) -> None:
    """Send a notice, and store what came of it.

    Raise Unreadable for what no other try makes better.
    """
    endpoint = Endpoint.objects.open().filter(pk=delivery.endpoint_id).first()
    if endpoint is None:
        store_stopped(delivery, lease)
        return
    body = body_of(delivery)
    headers = _headers(delivery, endpoint, body)
    host = urlsplit(endpoint.url).netloc
    try:
        with told_call("endpoint", host) as call:
            answer = registry.poster().post(endpoint.url, body, headers)
            call.status = answer.status
    except FetchRefused as refused:
        raise Unreadable(str(refused)) from None
    except FetchFailed as failed:
        store_failure(delivery, lease, str(failed), by=BY)
        return
    if answer.taken:
        store_sent(delivery, lease, answer.status)
    elif answer.status == GONE:
        store_gone(delivery, lease, by=BY)
    else:
        error = f"{host} answered with status {answer.status}{_because(answer.status)}."
        if answer.said:
            error += f" It says: {answer.said}"
        store_failure(delivery, lease, error, status=answer.status, by=BY)


def body_of(delivery: Delivery) -> bytes:
    """What is sent: the ids of what it tells of, and where the API answers for each.

    No word of an article is in it: whoever reads it asks the API with a key.
    """
    data = {
        name: {"id": key}
        | (
            {"url": settings.SITE_URL + reverse(ADDRESSES[name], args=[key])}
            if name in ADDRESSES
            else {}
        )
        for name, key in delivery.ids.items()
    }
    told = {
        "type": delivery.notice,
        "timestamp": delivery.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": data,
    }
    return json.dumps(told, separators=(",", ":")).encode()


def _headers(delivery: Delivery, endpoint: Endpoint, body: bytes) -> dict[str, str]:
    """Name, time and signatures; the name is the same each time a notice is sent."""
    now = datetime.now(UTC)
    name, timestamp = str(delivery.public_id), int(now.timestamp())
    try:
        secrets = endpoint.secrets(now)
    except KeyGone:
        raise Unreadable(
            "SECRET_KEY was changed, and what it was is not in SECRET_KEY_FALLBACKS: "
            "give the endpoint another secret."
        ) from None
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(secret, name, timestamp, body) for secret in secrets
        ),
    }


def _because(status: int) -> str:
    return ", and redirects are not followed" if 300 <= status < 400 else ""
