"""The keys of the publishers' API: issued by a person, shown once, revoked at once."""

import secrets
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from claims.actions.refusals import Refused, check_fields
from claims.scopes import Scope
from factcheck.models import ApiKey, Event, Publisher, User

PREFIX_BYTES = 4
SECRET_BYTES = 32


def digest_of(raw: str) -> str:
    """What is stored of a key: its SHA-256, in hexadecimal."""
    return sha256(raw.encode()).hexdigest()


@transaction.atomic
def issue_key(
    publisher_id: int,
    *,
    label: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    by: User,
) -> tuple[ApiKey, str]:
    """Make a key; return it and its raw text, which is stored nowhere.

    Raise Refused when it could not be used: no scope, one that does not
    exist, an end in the past, or a publisher that is not active.
    """
    publisher = Publisher.objects.select_for_update().get(pk=publisher_id)
    if not publisher.active:
        raise Refused(f"{publisher} is not active: a key would open nothing.")
    if not label.strip():
        raise Refused("Label: say what the key is for.")
    unknown = sorted(set(scopes) - set(Scope))
    if unknown:
        raise Refused(f"There is no scope {', '.join(unknown)}.")
    if not scopes:
        raise Refused("Scopes: without one the key opens nothing.")
    if expires_at is not None and expires_at <= timezone.now():
        raise Refused("Expires at: that is in the past.")
    prefix = f"fc_{secrets.token_hex(PREFIX_BYTES)}"
    raw = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey(
        publisher=publisher,
        label=label.strip(),
        prefix=prefix,
        digest=digest_of(raw),
        scopes=[scope.value for scope in Scope if scope in scopes],
        expires_at=expires_at,
    )
    check_fields(key, ["label"])
    key.save(force_insert=True)
    Event.objects.record(
        "key.issued", key, by=by, thread=publisher, prefix=prefix, scopes=key.scopes
    )
    return key, raw


@transaction.atomic
def revoke_key(key_id: int, *, by: User) -> ApiKey:
    """Shut a key out from the next request on. Raise Refused if it is revoked already."""
    key = ApiKey.objects.select_for_update().select_related("publisher").get(pk=key_id)
    if key.revoked_at is not None:
        raise Refused("This key was revoked before.")
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=Now())
    key.refresh_from_db(fields=["revoked_at"])
    Event.objects.record("key.revoked", key, by=by, thread=key.publisher, prefix=key.prefix)
    return key
