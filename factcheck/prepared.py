"""Statements that PostgreSQL plans once for a connection, not once for a request.

Django's cursors write values into the statement's text, so that each one is
parsed and planned anew. For a statement that joins a dozen tables that takes
as long as running it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, timed and counted as any other, that prepares what it executes.

    The text must be one of a few: each is kept with its plan for as long as
    the connection lives. Values have the types that PostgreSQL infers from
    where they stand.
    """
    with connection.cursor() as cursor:
        cursor.cursor.close()
        connection.connection.prepare_threshold = 0  # at first sight; Django sets never
        cursor.cursor = psycopg.Cursor(connection.connection)
        yield cursor
