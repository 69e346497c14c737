"""The commands of docs/operations.md that back up and restore, run against PostgreSQL."""

import os
import re
import secrets
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from claims.states import VerdictState
from factcheck.embedded.wheels import CHECKOUT
from factcheck.models import EventChain
from tests.stories import verdict_in

PAGE = (CHECKOUT / "docs" / "operations.md").read_text()
COMMAND = re.compile(r"^docker compose exec -T db (\w+) ([^<>\n]+?)(?: [<>] \S+)?$", re.MULTILINE)


def programs() -> Path:
    """PostgreSQL's own programs, of the server that runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        return Path(cursor.fetchone()[0])


class Database:
    """Runs the documented commands for one database."""

    def __init__(self, name: str) -> None:
        self.name = name
        server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        self.url = f"{server}/{name}"
        self.host = unquote(server.rpartition("@")[2])

    def run(self, program: str, given: bytes = b"") -> bytes:
        (arguments,) = [words for found, words in COMMAND.findall(PAGE) if found == program]
        words = [self.name if word == "factcheck" else word for word in shlex.split(arguments)]
        words[words.index("--username") + 1] = "postgres"
        done = subprocess.run(
            [programs() / program, *words],
            env={**os.environ, "PGHOST": self.host},
            input=given,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env={**os.environ, "DATABASE_URL": self.url},
            capture_output=True,
            text=True,
            check=False,
        )


def counts(url: str) -> dict[str, int]:
    tables = [model._meta.db_table for model in apps.get_models()]
    with psycopg.connect(url) as server:
        return {
            table: server.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
        }


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_back_whole_and_as_frozen_as_before():
    if not (programs() / "pg_dump").exists():
        pytest.skip("the server's own programs are not on this machine")
    verdict_in(VerdictState.PUBLISHED)
    head = str(EventChain.objects.get())
    original = Database(connection.settings_dict["NAME"])
    dump = original.run("pg_dump")

    restored = Database(f"restored_{secrets.token_hex(4)}")
    restored.run("createdb")
    try:
        restored.run("pg_restore", dump)
        prepared = restored.manage("prepare")
        assert prepared.returncode == 0, prepared.stderr
        verified = restored.manage("verify_audit", "--head", head)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        assert verified.stdout.splitlines()[-1] == head
        assert counts(restored.url) == counts(original.url)
        with (
            psycopg.connect(restored.url) as server,
            pytest.raises(psycopg.errors.RestrictViolation, match="event_is_append_only"),
        ):
            server.execute("UPDATE factcheck_event SET verb = 'claim.taken'")
    finally:
        restored.run("dropdb")


def test_every_command_of_the_page_exists():
    from django.core.management import get_commands

    used = set(re.findall(r"manage\.py (\w+)", PAGE))
    assert {"prepare", "verify_audit", "createsuperuser", "allow_login"} <= used
    assert used <= get_commands().keys()
