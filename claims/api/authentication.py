"""Who asks: ``Authorization: Bearer <key>``."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.functions import Now
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.actions.keys import digest_of
from claims.reading.keys import key_with
from factcheck.models import ApiKey

USED_AGAIN_AFTER = timedelta(minutes=1)
"""How old ``last_used_at`` may grow: a write for each request would be a write too many."""


class ByKey(BaseAuthentication):
    """Finds the key by its digest; it counts only while it may be used.

    Whoever holds the raw key may be told why it is refused; nobody else
    learns whether it was ever issued.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        """Return nobody and the key; None when no key was sent."""
        scheme, _, raw = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        known = key_with(digest_of(raw.strip().decode("latin-1")))
        if known is None:
            raise AuthenticationFailed("No such key.", "key_unknown")
        found, now = known
        if found.revoked_at is not None:
            raise AuthenticationFailed("This key was revoked.", "key_revoked")
        if found.expires_at is not None and found.expires_at <= now:
            raise AuthenticationFailed(
                f"This key expired on {found.expires_at:%d %B %Y}.", "key_expired"
            )
        if not found.publisher.active:
            raise AuthenticationFailed("This publisher's access has ended.", "publisher_inactive")
        if found.last_used_at is None or found.last_used_at < now - USED_AGAIN_AFTER:
            ApiKey.objects.filter(pk=found.pk).filter(
                Q(last_used_at=None) | Q(last_used_at__lt=Now() - USED_AGAIN_AFTER)
            ).update(last_used_at=Now())
        return AnonymousUser(), found

    def authenticate_header(self, request: Request) -> str:
        """What WWW-Authenticate says."""
        return 'Bearer realm="Factcheck"'
