"""Starting processes that die with their parent, and finding those left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LINUX = sys.platform == "linux"
# Loaded before any fork: a child between fork and exec must not import anything.
_LIBC = ctypes.CDLL(None) if LINUX else None


def spawn(
    command: Sequence[str | Path],
    *,
    folder: Path,
    log: Path,
    environment: Mapping[str, str],
    death_signal: signal.Signals | None,
    identity: Mapping[str, object] | None = None,
    new_session: bool = False,
    deaf_to_terminal: bool = False,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start ``command`` in ``folder`` with its output appended to ``log``.

    ``death_signal`` is what the child gets when the calling *thread* dies (Linux only).
    ``identity`` names another user in the words of ``subprocess.Popen``.
    ``deaf_to_terminal`` blocks Ctrl-C and hang-up, which a terminal sends to the whole
    process group, so that the parent alone decides in which order children stop.
    """
    bind = None if death_signal is None else bind_to_parent(death_signal)

    def prepare() -> None:  # after the change of user, which would undo the binding
        os.umask(0o077)
        if deaf_to_terminal:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
        if bind is not None:
            bind()

    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(environment),
            start_new_session=new_session,
            preexec_fn=prepare,  # noqa: PLW1509 - the parents here have one thread
            pass_fds=pass_fds,
            **(identity or {}),  # type: ignore[call-overload]
        )
    finally:
        os.close(output)


def bind_to_parent(death_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """Return what a child calls before exec to get ``death_signal`` when we die.

    More exactly, when the thread that starts the child dies. It does nothing on systems
    other than Linux.
    """
    parent = os.getpid()

    def bind() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:  # it died before the line above
                os.kill(os.getpid(), death_signal)

    return bind


def running_in(folder: Path, program: str) -> list[int]:
    """Return the processes of ``program`` whose working folder is ``folder``.

    This, and not the number in a pid file, tells whether a server is alive: after a
    reboot the number may be a stranger's, after ``kill -9`` a zombie's, and a zombie
    has no working folder.
    """
    folder = folder.resolve()
    found = _from_proc(folder) if LINUX else _from_lsof(folder)
    return [pid for pid, name in found if name == program]


def _from_proc(folder: Path) -> list[tuple[int, str]]:
    found = []
    for entry in Path("/proc").iterdir():
        # Gone meanwhile, or another user's: not one of our servers.
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and os.readlink(entry / "cwd") == str(folder):
                executable = os.readlink(entry / "exe").removesuffix(" (deleted)")
                found.append((int(entry.name), Path(executable).name))
    return found


def _from_lsof(folder: Path) -> list[tuple[int, str]]:
    # For macOS, which has no /proc. Output: p<pid>, c<command>, n<folder>, one a line.
    lines = subprocess.run(
        ["/usr/sbin/lsof", "-w", "-d", "cwd", "-F", "pcn"],
        check=False,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    found, pid, name = [], 0, ""
    for line in lines:
        if line.startswith("p"):
            pid = int(line[1:])
        elif line.startswith("c"):
            name = line[1:]
        elif line == f"n{folder}":
            found.append((pid, name))
    return found
