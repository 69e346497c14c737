"""Acts that collide: PostgreSQL lets one of two that wait for each other give way.

Nothing of that one is stored, and it is done once more in a transaction of its own.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

log = logging.getLogger(__name__)

Done = TypeVar("Done")


class Collision(OperationalError):
    """An act gave way to others twice in a row; nothing of it is stored."""

    def __init__(self) -> None:
        super().__init__(
            "Others wrote at the same moment, and nothing of this was saved. Send it again."
        )


def twice(act: Callable[[], Done]) -> Done:
    """Do the act, once more if it had to give way; raise Collision if it had to again.

    Whatever ``act`` read before it is called is as old at the second try as at
    the first; the act itself begins anew.
    """
    try:
        return act()
    except OperationalError as error:
        if not _gave_way(error):
            raise
        log.warning("gave way, once more: %s", error)
    try:
        return act()
    except OperationalError as error:
        if not _gave_way(error):
            raise
        raise Collision from error


def _gave_way(error: OperationalError) -> bool:
    return isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
