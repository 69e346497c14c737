"""The bootstrap script, with the environment it would find or make."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from factcheck.embedded.locks import Lock
from factcheck.embedded.wheels import CHECKOUT

# What stands in for the product: it says how it was called.
ECHO = "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd(), sys.path]))"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose environment is finished."""
    place = tmp_path / "a check, out"
    (place / "requirements").mkdir(parents=True)
    (place / "dev").write_bytes((CHECKOUT / "dev").read_bytes())
    (place / "dev").chmod(0o755)
    for name in ("dev.txt", "uv.txt"):
        (place / "requirements" / name).write_text("")
    (place / "factcheck").mkdir()
    (place / "factcheck" / "__main__.py").write_text(ECHO)
    (place / ".venv" / "bin").mkdir(parents=True)
    (place / ".venv" / "bin" / "python").symlink_to(sys.executable)
    script = load(place)
    script["STAMP"].write_text(script["wanted"]())
    return place


def load(checkout: Path) -> dict[str, Any]:
    return runpy.run_path(str(checkout / "dev"))


def call(script: Path, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )


def test_alone_it_lists_its_commands_on_one_screen(checkout):
    listed = call(checkout / "dev", cwd=checkout)
    lines = listed.stdout.splitlines()
    assert listed.returncode == 0
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert "./dev up" in lines[0]


def test_a_command_that_is_not_there_is_refused(checkout):
    refused = call(checkout / "dev", "upp", cwd=checkout)
    assert refused.returncode == 2
    assert "There is no command 'upp'." in refused.stderr


def test_called_through_a_link_from_another_folder_it_keeps_that_folder(checkout, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(checkout / "dev")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "json.py").write_text("raise SystemExit('the wrong json')")

    answer = call(link, "check", "a file.txt", "--json", cwd=elsewhere)

    arguments, folder, path = json.loads(answer.stdout)
    assert arguments == ["check", "a file.txt", "--json"]
    assert folder == str(elsewhere)
    assert str(elsewhere) not in path


@pytest.mark.parametrize("change", ["lock", "stamp", "moved"])
def test_an_environment_that_is_not_the_one_asked_for_is_not_used(checkout, tmp_path, change):
    assert load(checkout)["is_ready"]()
    if change == "lock":
        (checkout / "requirements" / "dev.txt").write_text("another==1\n")
    elif change == "stamp":  # an install that was interrupted has not written it yet
        (checkout / ".venv" / "stamp").unlink()
    else:
        checkout = checkout.rename(tmp_path / "moved")
    assert not load(checkout)["is_ready"]()


def test_an_environment_that_is_linked_to_from_another_checkout_is_not_emptied(checkout, tmp_path):
    (checkout / ".venv").rename(tmp_path / "elsewhere")
    (checkout / ".venv").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "package").write_text("somebody uses it")
    (checkout / "requirements" / "dev.txt").write_text("another==1\n")
    refused = call(checkout / "dev", "check", cwd=checkout)
    assert refused.returncode == 2
    assert "rm .venv" in refused.stderr
    assert (tmp_path / "elsewhere" / "package").exists()


def test_an_environment_in_use_is_not_changed(checkout):
    (checkout / ".venv" / "stamp").unlink()
    (checkout / "var").mkdir()
    with Lock(checkout / "var" / "up.lock") as up:
        up.take()
        refused = call(checkout / "dev", "check", cwd=checkout)
    assert refused.returncode == 2
    assert "./dev stop" in refused.stderr


def test_what_runs_is_stopped_whatever_environment_is_asked_for_since(checkout):
    (checkout / ".venv" / "stamp").unlink()
    (checkout / "var").mkdir()
    with Lock(checkout / "var" / "up.lock") as up:
        up.take()
        stopped = call(checkout / "dev", "stop", cwd=checkout)
    assert json.loads(stopped.stdout)[0] == ["stop"]


def test_an_interrupted_environment_is_made_from_scratch_and_not_used_before_it_works(checkout):
    (checkout / ".venv" / "stamp").unlink()
    (checkout / ".venv" / "bin" / "python").unlink()
    (checkout / ".venv" / "half").write_text("a package that was being unpacked")

    made = call(checkout / "dev", "check", cwd=checkout)  # the locks are empty: nothing is fetched

    assert not (checkout / ".venv" / "half").exists()
    assert (checkout / ".venv" / "bin" / "python").exists()
    assert made.returncode == 2
    assert "No module named 'lxml'" in made.stderr
    assert not (checkout / ".venv" / "stamp").exists()


def test_a_missing_system_library_is_named_with_its_package(checkout):
    (checkout / ".venv" / "bin" / "python").unlink()
    pretend = checkout / ".venv" / "bin" / "python"
    loader = "libstdc++.so.6: cannot open shared object file: No such file or directory"
    pretend.write_text(f"#!/bin/sh\necho 'ImportError: {loader}' >&2\nexit 1\n")
    pretend.chmod(0o755)

    line = load(checkout)["missing_library"]()

    assert line == "libstdc++.so.6 is missing: apt-get install libstdc++6"


def test_the_lock_files_name_no_registry_and_no_path():
    for lock in (CHECKOUT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in text, lock
        assert "/" not in text.replace("requirements/", ""), lock
        assert text.count("--hash=sha256:") > text.count("=="), lock
