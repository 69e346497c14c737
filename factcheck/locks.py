"""The advisory locks of the database, each with a number that no other has."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """What is done by one at a time; those of the second kind are namespaces of many locks."""

    SWEEP = 7_000
    EMBED = 7_001
    READ_ENTRIES = 7_002
    SAME_TEXT = 7_003  # of one owner
    SAME_REQUEST = 7_004  # with one idempotency key


@contextmanager
def alone(lock: Lock, *, wait: bool = False) -> Iterator[bool]:
    """Be the one process that holds ``lock``; give False when another one does.

    With ``wait`` it is waited for. The lock is the connection's: it falls with
    a killed process, and not with a transaction.
    """
    with connection.cursor() as cursor:
        take = "pg_advisory_lock(%s)::text" if wait else "pg_try_advisory_lock(%s)::text"
        cursor.execute(f"SELECT {take}", [lock.value])
        mine = cursor.fetchone()[0] != "false"
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock.value])
