"""Migrations can be undone and done again, and leave nothing to add."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

OURS = ("claims", "sources", "factcheck")
SPARE = NO_DB_ALIAS
"""The one alias besides the test's own that Django's test cases let through."""


@pytest.fixture
def spare(transactional_db: None) -> Iterator[BaseDatabaseWrapper]:
    """A copy of the database of the tests, which has to stay as it is."""
    name = f"{connection.settings_dict['NAME']}_spare"
    connection.close()  # a database somebody is connected to cannot be copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    other = connection.copy(SPARE)
    other.settings_dict = {**other.settings_dict, "NAME": name}
    connections.databases[SPARE] = other.settings_dict
    connections[SPARE] = other
    yield other
    other.close()
    del connections[SPARE], connections.databases[SPARE]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def made_by_hand(database: BaseDatabaseWrapper) -> set[str]:
    """Tables, triggers and functions, those of extensions and of the server left out."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT 'table ' || relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " UNION SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal"
            " UNION SELECT 'function ' || proname FROM pg_proc p"
            " WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS ("
            "   SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        return {name for (name,) in cursor}


def test_migrations_are_undone_without_a_trace_and_done_again(spare):
    done = made_by_hand(spare)
    executor = MigrationExecutor(spare)
    executor.migrate([(app, None) for app in OURS])
    assert not {name for name in made_by_hand(spare) if name.split()[1].startswith(OURS)}
    assert not {name for name in made_by_hand(spare) if name.startswith(("trigger", "function"))}
    executor = MigrationExecutor(spare)
    executor.migrate([*executor.loader.graph.leaf_nodes()])
    assert made_by_hand(spare) == done


@pytest.mark.django_db
def test_the_models_need_no_migration_that_is_not_there():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()
