"""Work on the bytes of strangers in a process of its own, which cannot harm this one.

The process has limits on memory, time and files, and none of this one's
settings. It is a module that is run: it reads what it must know as a line of
JSON, then the bytes, and answers in JSON.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 20  # a large news page takes less than one, a PDF of 300 pages about ten
MEMORY = 1_500_000_000  # bytes; 10 MB of HTML need about 500 MB


class LimitsReached(Exception):
    """The process needed too much memory or time, or died."""


def in_limits(module: str, about: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Run ``module`` on ``body`` and return its answer; raise LimitsReached."""
    try:
        done = subprocess.run(  # noqa: S603 - a module of ours
            [sys.executable, "-E", "-s", "-m", module],
            input=json.dumps(about).encode() + b"\n" + body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,
            env={},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitsReached from None
    if done.returncode != 0:
        raise LimitsReached
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def answer_in_limits(answer: Callable[[bytes, dict[str, Any]], dict[str, Any]]) -> None:
    """Be that process: limit it, read what was sent, answer."""
    for limit, value in [
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(limit, (value, value))
    if sys.platform != "darwin":  # macOS refuses a limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    about = json.loads(sys.stdin.buffer.readline())
    told = answer(sys.stdin.buffer.read(), about)
    sys.stdout.write(json.dumps(told, default=lambda day: day.isoformat()))
