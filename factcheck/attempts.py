"""One attempt at a row of work: lease it, do it, and write into it what went wrong.

Every Celery task that works on a table goes through here, whatever the table.
"""

import logging
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError

from factcheck.collisions import Collision, twice
from factcheck.models import LeaseLost, Work, backoff, hand_to_person, keep_lease, rows_of
from factcheck.models.work import MAX_FAILURES

log = logging.getLogger(__name__)

W = TypeVar("W", bound=Work)

NOT_YET = 3.0  # seconds until what has to be done first should be done
LONGEST_WAIT = 3600.0  # seconds between tries of somebody outside who stays down

DATABASE_GONE = (InterfaceError, OperationalError)
"""What a worker or a request gets when the database restarts: the fault of neither."""


class Unreadable(Exception):
    """No other try will help: a person must see the message."""


class NotYet(Exception):
    """Something else has to be done first; ``seconds`` from now it should be."""

    def __init__(self, seconds: float = NOT_YET) -> None:
        super().__init__(f"not before {seconds:.0f} s")
        self.seconds = seconds


def attempt(
    model: type[W],
    pk: int,
    work: Callable[[W, UUID], None],
    *,
    component: str,
    waits_for: tuple[type[Exception], ...] = (),
) -> None:
    """Lease the row and do the work; whatever goes wrong is written into the row.

    After an error of ``waits_for``, somebody outside who is down, the row is
    tried again for as long as it takes; other errors reach a person in the end.
    Work that gave way to others is done again at once, and a moment later if it
    had to give way again.
    """
    rows = rows_of(model)
    lease = rows.lease(pk)
    if lease is None:
        return  # done already, or another worker has it
    try:
        try:
            with keep_lease(rows, pk, lease):
                # Read anew at each try: the first may have changed its own.
                twice(lambda: work(model._default_manager.get(pk=pk), lease))
        except Collision:
            rows.put_off(pk, lease, seconds=NOT_YET)
        except (LeaseLost, *DATABASE_GONE):
            raise
        except Exception as error:  # noqa: BLE001 - the row must say what happened
            row = model._default_manager.get(pk=pk)
            _record_failure(row, lease, error, component=component, waits_for=waits_for)
    except LeaseLost as lost:
        log.warning("too late: %s", lost)
    except DATABASE_GONE as error:
        # Nothing can be written now. The lease runs out, and the row is due again.
        log.warning("%s %s: the database went away: %s", model.__name__, pk, error)


def _record_failure(
    row: Work,
    lease: UUID,
    error: Exception,
    *,
    component: str,
    waits_for: tuple[type[Exception], ...],
) -> None:
    """Say in the row what went wrong, and when to try again or that a person must look."""
    rows = rows_of(type(row))
    wait = backoff(row.failures + 1)
    if isinstance(error, NotYet):
        rows.put_off(row.pk, lease, seconds=error.seconds)
    elif isinstance(error, Unreadable):
        hand_to_person(row, str(error), by=component, lease=lease)
    elif isinstance(error, waits_for):
        rows.postpone(row.pk, lease, str(error), seconds=min(wait, LONGEST_WAIT))
    else:
        log.error("%s %s failed", type(row).__name__, row.pk, exc_info=error)
        message = f"{type(error).__name__}: {error}"
        if row.failures + 1 >= MAX_FAILURES:
            hand_to_person(row, message, by=component, lease=lease)
        else:
            rows.postpone(row.pk, lease, message, seconds=wait)
