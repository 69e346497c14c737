"""What the Dockerfile would make, made without an engine: its files, its packages, its commands."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factcheck.embedded.wheels import CHECKOUT

COMPOSE = Path(sys.executable).with_name("docker-compose")
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
REQUIRED = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "POSTGRES_PASSWORD": "-_Abc123",
    "SITE_URL": "https://factcheck.example.org",
    "ALLOWED_HOSTS": "factcheck.example.org",
}
"""What an operator must give."""


def compose(given: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real compose with nothing but ``given`` in its environment."""
    return subprocess.run(
        [COMPOSE, "--file", CHECKOUT / "docker-compose.yml", "--env-file", os.devnull, *arguments],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )


def services(**given: str) -> dict[str, Any]:
    """The services as compose understands them."""
    told = compose(REQUIRED | given, "config", "--format", "json")
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout)["services"]
    return found


def instructions(word: str) -> list[str]:
    """The arguments of each such instruction of the Dockerfile, in order."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{word} (.+)$", joined, flags=re.MULTILINE)


def environment() -> dict[str, str]:
    """What ENV sets."""
    return dict(
        pair.split("=", maxsplit=1)
        for line in instructions("ENV")
        for pair in re.findall(r'\w+=(?:"[^"]*"|\S+)', line)
    )


def copy_context(to: Path) -> None:
    """Copy what .dockerignore lets through, as ``COPY . .`` does."""
    lines = (CHECKOUT / ".dockerignore").read_text().split()
    kept = [line[1:] for line in lines if line.startswith("!")]
    dropped = [line.removeprefix("**/") for line in lines if line.startswith("**/")]
    for name in kept:
        source, target = CHECKOUT / name, to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=lambda _, names: set(dropped) & set(names))
        else:
            shutil.copy(source, target)


def install(to: Path) -> str:
    """Install base.txt with its hashes as the Dockerfile does; return why not, if not.

    With uv, which ./dev has filled a cache for, instead of pip: 5 s instead of a minute.
    """
    (pip,) = [line for line in instructions("RUN") if "pip install" in line]
    assert "--require-hashes" in pip
    assert instructions("COPY")[0] == "requirements/base.txt /requirements.txt"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", to], check=True)
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline"]
    done = subprocess.run(
        [*uv, "--python", to, "--require-hashes", "-r", CHECKOUT / "requirements" / "base.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr
