"""`./dev up` with its real programs, in a checkout of its own beside this one."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded.layout import Layout
from factcheck.embedded.servers import has_room
from factcheck.embedded.wheels import CHECKOUT

PARTS = ["manage.py", "factcheck", "claims", "sources"]
OURS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}


@pytest.fixture
def checkout() -> Iterator[Path]:
    memory = Path("/dev/shm")
    where = memory if has_room(memory) else None
    with tempfile.TemporaryDirectory(prefix="fc-", dir=where) as folder:
        copy = Path(folder) / "a checkout"
        copy.mkdir()
        for part in PARTS:
            if (CHECKOUT / part).is_dir():
                shutil.copytree(CHECKOUT / part, copy / part, ignore=lambda *_: ["__pycache__"])
            else:
                shutil.copy(CHECKOUT / part, copy / part)
        Path(folder).chmod(0o711)
        yield copy
        if (copy / "var").exists():  # the space in its path put the sockets elsewhere
            Layout(copy / "var" / "servers", logs=copy / "var" / "log", durable=True).remove()


class Up:
    """A running `up` in a process group of its own, as a shell would start it."""

    def __init__(self, checkout: Path, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        self.var = checkout / "var"
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "factcheck", "up", *arguments],
            env=environment | {"PYTHONPATH": str(checkout)},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        self.printed = ""

    def wait_for(self, words: str) -> None:
        while words not in self.printed:
            line = self.process.stdout.readline()
            assert line, f"it ended without saying {words!r}:\n{self.printed}"
            self.printed += line

    @property
    def url(self) -> str:
        return json.loads((self.var / "up.lock").read_text())["url"]

    def programs(self) -> dict[int, str]:
        """Return the living processes whose command line names this checkout."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                inside = os.readlink(entry / "cwd").startswith(str(self.var.parent))
                if inside or (command and int(entry.name) == self.process.pid):
                    found[int(entry.name)] = command
        return found

    def find(self, words: str) -> int:
        """Return the oldest process whose command line has ``words``."""
        return min(pid for pid, command in self.programs().items() if words in command)


def wait_until(happened: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_workspace_runs_restarts_what_dies_and_survives_the_death_of_everything(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        up = Up(checkout, "--port", str(port))
        up.wait_for("Ctrl-C")
    try:
        assert f"Port {port} is taken" in up.printed
        assert up.url != f"http://127.0.0.1:{port}"
        assert answers(up.url)
        secrets = [up.var / "logins.txt", up.var / "secret-key", up.var / "up.lock"]
        assert [secret.stat().st_mode & 0o777 for secret in secrets] == [0o600] * 3
        logins = secrets[0].read_text()
        assert all(line.strip() in up.printed for line in logins.splitlines())

        second = Up(checkout)
        second.wait_for(f"It is running already, on {up.url}")
        assert second.process.wait() == 2

        os.kill(up.find("gunicorn"), signal.SIGKILL)
        up.wait_for("web ended by signal 9")
        assert answers(up.url)

        database = f"host='{sockets(up)}' user=postgres dbname=factcheck"
        with psycopg.connect(database) as connection:
            connection.execute("create table kept as select 7 as number")
    finally:
        # Web and workers are left out: they must not survive the supervisor.
        servers = [up.find(words) for words in ("embedded.keeper", "bin/postgres", "valkey-server")]
        for pid in [up.process.pid, *servers]:
            os.kill(pid, signal.SIGKILL)
    up.process.wait()
    wait_until(lambda: not up.programs())

    again = Up(checkout)
    again.wait_for("Ctrl-C")
    try:
        assert (again.var / "logins.txt").read_text() == logins
        with psycopg.connect(database) as connection:
            assert connection.execute("select number from kept").fetchone() == (7,)
    finally:
        os.killpg(again.process.pid, signal.SIGINT)  # what Ctrl-C in a terminal does
        rest = again.process.stdout.read()
    assert again.process.wait() == 0
    assert "killed" not in rest
    assert not again.programs()
    web, database = (again.var / "log" / name for name in ("web.log", "postgres.log"))
    assert web.stat().st_mtime < database.stat().st_mtime  # the servers went last


def sockets(up: Up) -> str:
    environment = Path(f"/proc/{up.find('celery')}/environ").read_text().split("\0")
    address = next(line for line in environment if line.startswith("REDIS_URL="))
    return str(Path(address.removeprefix("REDIS_URL=unix://").partition("?")[0]).parent)
