"""File locks that the kernel drops when their holder dies, however it dies."""

import fcntl
import os
from pathlib import Path
from typing import Self


class Lock:
    """An advisory lock on a file, for one holder or for many sharers.

    Unlike a pid file it cannot outlive its holder, and it cannot name a stranger.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # Readable by its owner only: the file may carry who holds it.
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def share(self) -> None:
        """Hold the lock together with other sharers; wait while somebody holds it alone."""
        fcntl.flock(self._fd, fcntl.LOCK_SH)

    def take(self) -> None:
        """Hold the lock alone; wait until nobody else has it."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Hold the lock alone if nobody else has it."""
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Hold the lock together with others unless somebody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def keep_through_exec(self) -> None:
        """Let the program that replaces this process go on holding the lock."""
        os.set_inheritable(self._fd, True)

    def write(self, text: str) -> None:
        """Replace what the file says; for the holder."""
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, text.encode(), 0)

    def read(self) -> str:
        """Return what the holder wrote."""
        return os.pread(self._fd, 4096, 0).decode()

    def close(self) -> None:
        """Let go."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def is_held(path: Path) -> bool:
    """Tell whether some process holds the lock on ``path`` alone or shares it."""
    if not path.exists():
        return False
    with Lock(path) as lock:
        return not lock.try_take()
