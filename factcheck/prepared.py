"""Statements whose values travel apart from their text.

Django's cursors write values into the statement's text, so that each one is
parsed and planned anew. For a statement that joins a dozen tables that takes
as long as running it, and of thousands of rows the writing and reading of
literals takes a tenth of the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def bound_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, timed and counted as any other, that sends values apart from the text.

    Values have the types that PostgreSQL infers from where they stand.
    """
    with connection.cursor() as cursor:
        cursor.cursor.close()
        cursor.cursor = psycopg.Cursor(connection.connection)
        yield cursor


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """A bound cursor that prepares what it executes.

    The text must be one of a few: each is kept with its plan for as long as
    the connection lives.
    """
    with bound_cursor() as cursor:
        shared, before = connection.connection, connection.connection.prepare_threshold
        shared.prepare_threshold = 0  # at first sight
        try:
            yield cursor
        finally:
            shared.prepare_threshold = before
