"""The workspace of this checkout: its state in var/, its secrets, its servers."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from factcheck.embedded.owner import Unusable
from factcheck.embedded.servers import Servers
from factcheck.embedded.wheels import CHECKOUT

VAR = CHECKOUT / "var"
LOGS = VAR / "log"
LOGINS = VAR / "logins.txt"
UP_LOCK = VAR / "up.lock"
SERVER_VARIABLES = ("DATABASE_URL", "REDIS_URL")


def make_folders() -> None:
    """Make var/ and var/log/; others pass through the first, and only the owner reads."""
    try:
        VAR.mkdir(exist_ok=True)
        VAR.chmod(0o711)
        LOGS.mkdir(mode=0o700, exist_ok=True)
        (VAR / "static").mkdir(exist_ok=True)  # empty: a checkout serves files where they are
    except OSError as error:
        raise Unusable(f"{VAR} must be writable: {error.strerror}.") from None


def brings_servers(environment: Mapping[str, str]) -> bool:
    """Tell whether the caller names servers to use; half of them is a mistake."""
    named = [name for name in SERVER_VARIABLES if environment.get(name)]
    if len(named) == 1:
        missing = next(name for name in SERVER_VARIABLES if name not in named)
        raise Unusable(f"{named[0]} is set and {missing} is not: set both, or neither.")
    return bool(named)


def settings_environment() -> dict[str, str]:
    """Return this process's variables and, where unset, what the settings need.

    The secret key is made once and kept, so that people stay logged in.
    """
    environment = dict(os.environ)
    if not environment.get("SECRET_KEY"):
        environment["SECRET_KEY"] = _kept_secret(VAR / "secret-key")
    checkout = sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    environment.setdefault("COOKIE_SUFFIX", f"-{checkout}")
    environment.setdefault("BEAT_SCHEDULE_FILE", str(VAR / "celerybeat-schedule"))
    return environment


def servers() -> Servers:
    """Return the workspace's own servers, not yet held."""
    return Servers(VAR / "servers", logs=LOGS)


def _kept_secret(file: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return file.read_text()
    # Whole or not at all, also when two commands start at once.
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        os.link(unfinished, file)
    unfinished.unlink()
    return file.read_text()
