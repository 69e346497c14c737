"""Work that no worker can do goes to a person, with its reason."""

from uuid import UUID

from django.db import transaction

from factcheck.models.event import Actor, Event
from factcheck.models.work import Work, rows_of


@transaction.atomic
def hand_to_person(row: Work, error: str, *, by: Actor, lease: UUID | None = None) -> None:
    """Give up on a row: a person sees ``error`` and decides.

    A worker gives its lease, and gets LeaseLost if it is not the row's any
    more; the sweep, which found the row exhausted, has none.
    """
    rows = rows_of(type(row))
    if lease is None:
        rows.filter(pk=row.pk).update(
            due_at=None, lease_id=None, leased_until=None, last_error=error, **row.given_up
        )
    else:
        rows.give_up(row.pk, lease, error, **row.given_up)
    row.tell_of_giving_up()
    Event.objects.record(row.given_up_verb, row, by=by, thread=row.story)
