"""The commands that make a workspace ready."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection

from factcheck.celery import app
from factcheck.checks import database_fits, faults
from factcheck.embedded.wheels import CHECKOUT
from factcheck.models import User

# A worker that is killed with a hint in its hands.
TAKE_AND_DIE = """
import os
from factcheck.celery import app
with app.connection_for_write() as connection:
    assert connection.default_channel.basic_get("test-hints") is not None
    os._exit(1)
"""


def test_hints_that_a_killed_worker_had_taken_are_put_back():
    queue = redis.Redis.from_url(settings.REDIS_URL)
    with app.connection_for_write() as broker:
        broker.SimpleQueue("test-hints").put({"hint": 1})
    subprocess.run([sys.executable, "-c", TAKE_AND_DIE], check=False)
    assert queue.llen("test-hints") == 0

    call_command("restore_hints")

    assert queue.llen("test-hints") == 1
    queue.delete("test-hints")


@pytest.mark.django_db
def test_logins_work_are_for_the_owner_only_and_stay_as_they_are(tmp_path: Path):
    file = tmp_path / "logins.txt"
    call_command("create_logins", str(file))
    written = file.read_text()
    logins = dict(line.split() for line in written.splitlines())

    assert list(logins) == ["reviewer", "editor", "administrator"]
    assert all(authenticate(username=name, password=word) for name, word in logins.items())
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["administrator"]
    assert file.stat().st_mode & 0o777 == 0o600

    call_command("create_logins", str(file))
    assert file.read_text() == written


@pytest.mark.django_db
def test_an_existing_account_keeps_its_password(tmp_path: Path):
    User.objects.create_user("editor", password="her own words")
    call_command("create_logins", str(tmp_path / "logins.txt"))
    assert authenticate(username="editor", password="her own words")
    assert "editor" not in (tmp_path / "logins.txt").read_text()


@pytest.mark.django_db
def test_the_database_of_this_run_is_fit():
    assert database_fits(None, ["default"]) == []


@pytest.mark.django_db
def test_a_user_who_may_not_install_an_extension_is_told_what_to_do():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION unaccent CASCADE")
        cursor.execute("CREATE ROLE lowly")
        cursor.execute("SET ROLE lowly")
        found = faults(cursor)
        cursor.execute("RESET ROLE")
    [fault] = found
    assert fault.startswith("The extension unaccent is not installed and this user may not: ")
    assert fault.endswith("let a superuser run CREATE EXTENSION unaccent.")


class Older:
    """A cursor of a server that does not run here, as far as the check looks at it."""

    def execute(self, statement: str) -> None:
        assert statement == "SHOW server_version_num"

    def fetchone(self) -> tuple[str]:
        return ("170004",)


def test_an_older_server_is_refused():
    assert faults(Older()) == ["PostgreSQL 18 or newer is needed, this is 17."]


def test_a_server_that_does_not_answer_is_one_line():
    nowhere = {
        "DATABASE_URL": "postgres://x@127.0.0.1:1/x",
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    command = [sys.executable, "manage.py", "prepare"]
    environment = {**os.environ, **nowhere}
    tried = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, cwd=CHECKOUT
    )
    assert tried.returncode == 1
    assert tried.stderr.startswith("CommandError: PostgreSQL does not answer: ")
    assert len(tried.stderr.splitlines()) == 1
