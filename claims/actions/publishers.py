"""Who may hand in articles and read what comes of them by the API."""

from django.db import IntegrityError, transaction

from claims.actions.refusals import Refused, check_fields
from factcheck.models import Event, Publisher, User


@transaction.atomic
def add_publisher(*, name: str, by: User) -> Publisher:
    """Take in a publisher; without a key it can do nothing yet."""
    publisher = Publisher(name=name.strip())
    check_fields(publisher, ["name"])
    try:
        with transaction.atomic():
            publisher.save(force_insert=True)
    except IntegrityError:
        raise Refused(f"There is a publisher called {publisher.name} already.") from None
    Event.objects.record("publisher.added", publisher, by=by)
    return publisher


@transaction.atomic
def suspend_publisher(publisher_id: int, *, by: User) -> Publisher:
    """Shut out every key of a publisher from the next request on."""
    return _set_active(publisher_id, False, by)


@transaction.atomic
def resume_publisher(publisher_id: int, *, by: User) -> Publisher:
    """Let the keys of a suspended publisher in again, except those that were revoked."""
    return _set_active(publisher_id, True, by)


def _set_active(publisher_id: int, active: bool, by: User) -> Publisher:
    publisher = Publisher.objects.select_for_update(no_key=True).get(pk=publisher_id)
    if publisher.active == active:
        raise Refused(f"{publisher} is {'active' if active else 'suspended'} already.")
    publisher.active = active
    publisher.save(update_fields=["active"])
    verb = "publisher.resumed" if active else "publisher.suspended"
    Event.objects.record(verb, publisher, by=by)
    return publisher
