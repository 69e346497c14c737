"""Keeping a few programs alive: start, restart with back-off, stop in order."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Protocol

FIRST_PAUSE = 1.0  # seconds before the first restart; doubled for each that fails again
LONGEST_PAUSE = 30.0
PROVEN_AFTER = 10.0  # seconds of running after which a death counts as the first again


class Program(Protocol):
    """Something to keep alive."""

    name: str
    stop_signal: signal.Signals
    patience: float
    """Seconds it may take to stop before it is killed."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, having cleared what an earlier run left behind."""
        ...


class _Kept:
    """A program and its present process, if it has one."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE
        self.started_at = self.start_at = 0.0


class Supervisor:
    """Keeps ``programs`` alive, in the order given, and stops them in the opposite order.

    Call from one thread only: on Linux a child dies with the thread that started it.
    ``say`` gets one line for each death.
    """

    def __init__(self, programs: Sequence[Program], *, say: Callable[[str], None]) -> None:
        self._kept = [_Kept(program) for program in programs]
        self._say = say

    def tend(self) -> None:
        """Start what is not running and may be started; to be called a few times a second."""
        now = time.monotonic()
        for kept in self._kept:
            if kept.process is not None and kept.process.poll() is not None:
                self._note_death(kept, now)
            if kept.process is None and kept.start_at <= now:
                kept.process = kept.program.start()
                kept.started_at = now

    def stop(self) -> None:
        """Stop everything, the last started first; kill what does not stop in time."""
        for kept in reversed(self._kept):
            process, kept.process = kept.process, None
            if process is None:
                continue
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, kept.program.stop_signal)
            try:
                process.wait(kept.program.patience)
            except subprocess.TimeoutExpired:
                self._say(
                    f"{kept.program.name} did not stop in {kept.program.patience:g} s: killed"
                )
                process.kill()
                process.wait()

    def _note_death(self, kept: _Kept, now: float) -> None:
        if now - kept.started_at > PROVEN_AFTER:
            kept.pause = FIRST_PAUSE
        assert kept.process is not None  # noqa: S101 - for the type checker
        code, kept.process = kept.process.returncode, None
        kept.start_at = now + kept.pause
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        self._say(f"{kept.program.name} ended {how}; starts again in {kept.pause:g} s")
        kept.pause = min(2 * kept.pause, LONGEST_PAUSE)
