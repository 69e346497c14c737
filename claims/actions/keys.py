"""The keys of the publishers' API: issued by a person, shown once, revoked at once."""

import re
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
BEGINNING = re.compile(rf"fc_[0-9a-f]{{{2 * PREFIX_BYTES}}}")


def digest_of(raw: str) -> str:
    """What is stored of a key: its SHA-256, in hexadecimal."""
    return sha256(raw.encode()).hexdigest()


def new_beginning() -> str:
    """How another key begins: by this people tell keys apart, and it is no secret."""
    return f"fc_{secrets.token_hex(PREFIX_BYTES)}"


@transaction.atomic
def issue_key(
    publisher_id: int,
    *,
    label: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    beginning: str = "",
    by: User,
) -> tuple[ApiKey, str]:
    """Make a key; return it and its raw text, which is stored nowhere.

    A form names the ``beginning`` of its key, so that it issues one, however
    often it is sent. Raise Refused when it was sent before, and when
    the key could not be used: no scope, one that does not exist, an end in
    the past, or a publisher that is not active.
    """
    prefix = beginning or new_beginning()
    if not BEGINNING.fullmatch(prefix):
        raise Refused("This form is not as it was made; open it again.")
    publisher = Publisher.objects.select_for_update(no_key=True).get(pk=publisher_id)
    if ApiKey.objects.filter(prefix=prefix).exists():
        raise Refused(
            f"This form was sent before: it issued the key {prefix} then, and nothing now. "
            "If you have not kept that key, revoke it, and open this form again for another."
        )
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
    key = ApiKey.objects.select_for_update(no_key=True).select_related("publisher").get(pk=key_id)
    if key.revoked_at is not None:
        raise Refused("This key was revoked before.")
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=Now())
    key.refresh_from_db(fields=["revoked_at"])
    Event.objects.record("key.revoked", key, by=by, thread=key.publisher, prefix=key.prefix)
    return key
