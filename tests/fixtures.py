"""Fixtures of tests that touch the database."""

from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

NEW_CHAIN = "INSERT INTO factcheck_eventchain (id, position, digest) VALUES (1, 0, repeat('0', 64))"


@pytest.fixture(autouse=True, scope="session")
def emptying_between_tests_passes_the_triggers() -> Iterator[None]:
    """Let tests that commit be cleaned up after.

    They end with TRUNCATE, which the history refuses and which takes the head
    of the event chain with it. In the one transaction that empties the
    tables, and only there, triggers sleep; then the head is put back.
    """
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, *args: object, **options: object) -> list[str]:
        truncate = flush(self, *args, **options)
        return ["SET LOCAL session_replication_role = replica", *truncate, NEW_CHAIN]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
