"""A test run's own servers."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck.embedded.processes import running_in
from factcheck.embedded.wheels import CHECKOUT

TELL_AND_WAIT = """
import os, time
def test_wait():
    with open({told!r}, "a") as told:
        told.write(os.environ["REDIS_URL"] + "\\n")
    time.sleep({seconds})
def test_wait_beside():
    test_wait()
"""
OURS = ("DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT")


def start(tmp_path: Path, *, seconds: int) -> "subprocess.Popen[bytes]":
    """Start pytest with two workers that write where their Redis is; they wait."""
    (tmp_path / "test_it.py").write_text(
        TELL_AND_WAIT.format(told=str(tmp_path / "told"), seconds=seconds)
    )
    options = ["-c", os.devnull, "--rootdir", tmp_path, "-q", "-n", "2"]
    plugins = ["-p", "tests.servers", "-p", "no:django", "-p", "no:cacheprovider"]
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, *plugins, tmp_path],
        env={name: value for name, value in os.environ.items() if name not in OURS},
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
    )


def told(tmp_path: Path) -> list[str]:
    """Wait until both workers have written; return the two addresses, sorted."""
    file = tmp_path / "told"
    end = time.monotonic() + 60
    while not file.exists() or len(file.read_text().splitlines()) < 2:
        assert time.monotonic() < end, "the tests did not start"
        time.sleep(0.1)
    return sorted(file.read_text().splitlines())


def state_of(address: str) -> Path:
    return Path(address.removeprefix("unix://").partition("?")[0]).parent.parent


def test_each_worker_has_its_own_redis_database_and_a_finished_run_leaves_nothing(tmp_path):
    run = start(tmp_path, seconds=1)
    first, second = told(tmp_path)
    assert run.wait(60) == 0
    assert (first[-5:], second[-5:]) == ("?db=1", "?db=2")
    assert state_of(first) == state_of(second)
    assert not state_of(first).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_run_leaves_no_server_behind(tmp_path):
    run = start(tmp_path, seconds=30)
    state = state_of(told(tmp_path)[0])
    assert running_in(state / "postgres", "postgres")

    run.kill()
    run.wait()

    end = time.monotonic() + 20
    while state.exists():
        assert time.monotonic() < end, "the servers are still there"
        time.sleep(0.1)
    assert not running_in(state / "postgres", "postgres")
    assert not running_in(state / "valkey", "valkey-server")
