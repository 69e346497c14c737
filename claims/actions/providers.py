"""Trying a provider before its rest is over."""

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.refusals import Refused
from claims.models import Search
from factcheck.models import Event, Hints, User
from sources.models import OutsideProvider

AT_ONCE = 20
"""Searches that are hurried; the sweep hurries the rest when it answers."""


@transaction.atomic
def try_provider(provider_id: int, *, by: User) -> OutsideProvider:
    """Ask a provider again now, beginning with the searches that wait for it."""
    provider = OutsideProvider.objects.select_for_update(no_key=True).get(pk=provider_id)
    if provider.off:
        raise Refused("This provider is switched off; switch it on first.")
    provider.rests_until = None
    provider.save(update_fields=["rests_until"])
    waiting = Search.objects.filter(only=provider.name, due_at__gt=Now(), leased_until=None)
    keys = list(waiting.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    waiting.update(due_at=Now())
    Hints(Search.task, keys).after_commit()
    Event.objects.record("provider.tried", provider, by=by, searches=len(keys))
    return provider
