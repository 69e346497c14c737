"""Making things in another process: in order, one ahead, and never left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from sources.parallel import made_elsewhere


def pieces(number):
    yield from (f"{place}" * 200_000 for place in range(number))  # more than a pipe holds


def makers_until_broken():
    yield os.getpid()
    raise OSError(5, "the disk is gone")


def killed():
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def pids_for_ever():
    for _ in count():
        yield os.getpid()


def test_things_come_in_order():
    assert [piece[0] for piece in made_elsewhere(pieces, 4)] == ["0", "1", "2", "3"]


def test_what_is_raised_there_is_raised_here_after_what_came_before():
    made = made_elsewhere(makers_until_broken)
    assert next(made) != os.getpid()
    with pytest.raises(OSError, match="the disk is gone"):
        next(made)
    assert not multiprocessing.active_children()


def test_a_maker_that_is_killed_is_told():
    made = made_elsewhere(killed)
    assert next(made) == 1
    with pytest.raises(ChildProcessError, match="was killed"):
        next(made)


def test_who_wants_no_more_ends_the_maker():
    made = made_elsewhere(pids_for_ever)
    maker = next(made)
    made.close()
    assert is_gone(maker)


KILLED = """
import os
from sources.parallel import made_elsewhere
from tests.library.test_parallel import pids_for_ever
print(next(made_elsewhere(pids_for_ever)), flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_maker_does_not_outlive_its_parent():
    parent = subprocess.run(
        [sys.executable, "-c", KILLED],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert parent.returncode == -signal.SIGKILL, parent.stderr
    end = time.monotonic() + 20
    while not is_gone(int(parent.stdout)) and time.monotonic() < end:
        time.sleep(0.05)
    assert is_gone(int(parent.stdout))


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
