"""Migrations can be undone and done again, and leave nothing to add."""

import gzip
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from sources.warc import opened

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


def test_migrations_are_undone_without_a_trace_and_done_again_with_what_was_kept(spare):
    """On the way, as many have come it: the bytes of earlier copies become WARC records."""
    done = made_by_hand(spare)
    executor = MigrationExecutor(spare)
    executor.migrate([(app, None) for app in OURS])
    assert not {name for name in made_by_hand(spare) if name.split()[1].startswith(OURS)}
    assert not {name for name in made_by_hand(spare) if name.startswith(("trigger", "function"))}
    executor = MigrationExecutor(spare)
    executor.migrate([("sources", "0008_wire_credits")])
    body = gzip.compress(b"<p>Forty boats.</p>")
    with spare.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_outlet (name, kind, reliability_note, origin_group, blocked)"
            " VALUES ('Port', 'news', '', '', false) RETURNING id"
        )
        (outlet,) = cursor.fetchone()
        for url in ("https://port.example/log", None):
            cursor.execute(
                "INSERT INTO sources_source (url, title, outlet_id, kind, access, language,"
                " interests, archive_url, retraction, created_at)"
                " VALUES (%s, 'Log', %s, 'article', 'open', 'en', '', '', '', now())"
                " RETURNING id",
                [url, outlet],
            )
            cursor.execute(
                "INSERT INTO sources_snapshot (source_id, fetched_at, digest, content_type,"
                " headers, body, text, extractor, credit) VALUES"
                " (%s, '2020-06-24Z', repeat('a', 64), 'text/html', '{\"server\": \"x\"}', %s,"
                " 'Forty boats.', 'test', '')",
                [cursor.fetchone()[0], body],
            )
    executor = MigrationExecutor(spare)
    executor.migrate([*executor.loader.graph.leaf_nodes()])
    assert made_by_hand(spare) == done
    with spare.cursor() as cursor:
        cursor.execute("SELECT record, seen_at = fetched_at FROM sources_snapshot ORDER BY id")
        rows = cursor.fetchall()
    page, file = (opened(bytes(record)) for record, _ in rows)
    assert (page.kind, page.uri, page.body) == (
        "response",
        "https://port.example/log",
        b"<p>Forty boats.</p>",
    )
    assert (file.kind, file.body) == ("resource", b"<p>Forty boats.</p>")
    assert all(seen for _, seen in rows)


@pytest.mark.django_db
def test_the_models_need_no_migration_that_is_not_there():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()
