"""Using the embedded servers: the first user has them started, the last lets them stop."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

from factcheck.embedded.layout import Layout
from factcheck.embedded.locks import Lock, is_held
from factcheck.embedded.owner import Unusable
from factcheck.embedded.processes import spawn
from factcheck.embedded.wheels import CHECKOUT

START_WITHIN = 300.0  # seconds; recovery after a crash can be long
ROOM_FOR_A_CLUSTER = 1 << 30  # bytes
THROWAWAY_PREFIX = "factcheck-throwaway-"


class Servers:
    """A hold on PostgreSQL and Valkey, to be used as a context manager.

    >>> with Servers(folder, logs=folder) as servers:  # doctest: +SKIP
    ...     subprocess.run(command, env=os.environ | servers.environment)

    Raise Unusable when they cannot run here.
    """

    def __init__(self, state: Path, *, logs: Path, durable: bool = True) -> None:
        self.layout = Layout(state, logs=logs, durable=durable)
        self._users = Lock(self.layout.users_lock)
        self.keeper: subprocess.Popen[bytes] | None = None
        """The keeper's process, if this hold had to start one."""
        self.postgres, self.valkey = self.layout.servers()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead the product to these servers."""
        return {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.valkey.url}

    def __enter__(self) -> Self:
        self.hold()
        return self

    def __exit__(self, *exc: object) -> None:
        self.release()

    def hold(self) -> None:
        """Return when both servers answer, having started a keeper if there is none."""
        self._users.share()  # waits while a keeper is stopping
        end = time.monotonic() + START_WITHIN
        while not self.answer():
            if not is_held(self.layout.keeper_lock) and (
                self.keeper is None or self.keeper.poll() is not None
            ):
                if self.keeper is not None and self.keeper.returncode:
                    raise Unusable(self._last_words())
                self.keeper = self.spawn_keeper()
            if time.monotonic() > end:
                raise Unusable(f"The servers did not start; see {self.layout.logs}.")
            time.sleep(0.02)

    def answer(self) -> bool:
        """Tell whether both servers are kept, answer, and the database is there."""
        # Servers whose keeper was killed answer for a moment more.
        kept = is_held(self.layout.keeper_lock) and self.layout.ready.exists()
        return kept and self.valkey.answers() and self.postgres.answers()

    def release(self) -> None:
        """Let go; if this was the last hold, wait until the keeper it started has left."""
        # Not shared any more: nobody else is left, or the keeper has noticed that already.
        last = self._users.try_take() or not self._users.try_share()
        self._users.close()
        if last and self.keeper is not None:
            self.keeper.wait()

    def keep_through_exec(self) -> None:
        """Pass the hold on to the program that replaces this process."""
        self._users.keep_through_exec()

    def spawn_keeper(self) -> subprocess.Popen[bytes]:
        """Start a keeper; it waits while another one is at work."""
        layout = self.layout
        kind = "durable" if layout.durable else "throwaway"
        command: list[str | Path] = [sys.executable, "-m", "factcheck.embedded.keeper"]
        return spawn(
            [*command, layout.state, layout.logs, kind],
            folder=CHECKOUT,
            log=layout.keeper_log,
            environment=os.environ,
            death_signal=None,  # it leaves when the last user's lock falls
            new_session=True,  # Ctrl-C must not stop the servers before their users
        )

    def _last_words(self) -> str:
        lines = self.layout.keeper_log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"The servers did not start; see {self.layout.logs}."


def throwaway_servers() -> Servers:
    """Return servers on an empty folder, in memory if there is room, gone after use."""
    place = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the name
    if not has_room(place):
        place = Path(tempfile.gettempdir())
    remove_abandoned(place)
    state = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX, dir=place))
    return Servers(state, logs=state, durable=False)


def has_room(place: Path) -> bool:
    """Tell whether ``place`` can take a throwaway cluster."""
    if not place.is_dir() or not os.access(place, os.W_OK):
        return False
    room = os.statvfs(place)
    return room.f_bavail * room.f_frsize >= ROOM_FOR_A_CLUSTER


def remove_abandoned(place: Path) -> None:
    """Remove throwaway folders whose users and keeper were all killed."""
    for state in place.glob(f"{THROWAWAY_PREFIX}*"):
        locks = [state / "users.lock", state / "keeper.lock"]
        # PermissionError: another user's. A folder without locks is just being made.
        with contextlib.suppress(PermissionError):
            if all(lock.exists() and not is_held(lock) for lock in locks):
                Layout(state, logs=state, durable=False).remove()
