"""The nightly check of the history in docs/operations.md, as its reader would run it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from factcheck.embedded.wheels import CHECKOUT
from factcheck.models import Event, EventChain
from tests.factories import ClaimFactory

PAGE = (CHECKOUT / "docs" / "operations.md").read_text()
(NIGHTLY,) = re.findall(r"^```\n(#!/bin/sh\n.*?head\.new.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
(FIRST,) = re.findall(r"^(ssh factcheck '.*' > head)$", PAGE, re.MULTILINE)

SSH = """#!/bin/sh
test "$1" = factcheck && test -d "$SERVER" || exit 255
cd / && exec sh -c "$(printf %s "$2" | sed "s,/srv/factcheck,$SERVER,")"
"""
DOCKER = """#!/bin/sh
test "$PWD" = "$SERVER" || { echo "no configuration file provided" >&2; exit 14; }
test "$1 $2 $3 $4 $5" = "compose exec -T web python" || exit 125
shift 5; cd "$CHECKOUT" && exec "$PYTHON" "$@"
"""


class Watch:
    """Another machine: the folder of the script, and a way to the server."""

    def __init__(self, place: Path) -> None:
        self.server, self.folder, self.programs = place / "server", place / "watch", place / "bin"
        for folder in (self.server, self.folder, self.programs):
            folder.mkdir()
        for name, text in {"ssh": SSH, "docker": DOCKER}.items():
            (self.programs / name).write_text(text)
            (self.programs / name).chmod(0o755)
        (self.folder / "nightly").write_text(NIGHTLY)
        self.head = self.folder / "head"

    def run(self, script: str) -> int:
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                "DATABASE_URL": url,
                "SERVER": str(self.server),
                "CHECKOUT": str(CHECKOUT),
                "PYTHON": sys.executable,
            },
            capture_output=True,
            check=False,
        )
        return done.returncode

    def note(self) -> int:
        return self.run(FIRST)

    def night(self) -> int:
        return self.run("sh ./nightly")

    @property
    def noted(self) -> str:
        return self.head.read_text().splitlines()[-1]


@pytest.fixture
def watch(tmp_path):
    return Watch(tmp_path)


def record():
    with transaction.atomic():
        Event.objects.record("claim.taken", ClaimFactory(), by="test")
    return str(EventChain.objects.get())


@pytest.mark.django_db(transaction=True)
def test_a_history_that_went_on_gives_the_next_head_and_one_that_was_changed_leaves_it(watch):
    first = record()
    assert watch.note() == 0
    assert watch.noted == first
    second = record()
    assert watch.night() == 0
    assert watch.noted == second
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE factcheck_event SET component = 'somebody' WHERE position = 1")
    assert watch.night() == 3
    assert watch.noted == second
    assert "Event 1 was changed" in (watch.folder / "head.new").read_text()


def test_a_night_that_learns_nothing_fails_and_leaves_the_head(watch):
    assert watch.night() == 1
    assert not watch.head.exists()
    head = f"7:{'0' * 64}"
    watch.head.write_text(head)
    watch.server.rmdir()
    assert watch.night() == 255
    assert watch.noted == head


@pytest.mark.django_db(transaction=True)
def test_what_is_no_head_is_told_apart_from_a_changed_history(watch):
    watch.head.write_text("ssh: connect to host factcheck port 22: Connection refused\n")
    assert watch.night() == 2
