"""The supervisor and real, small programs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from factcheck import supervisor
from factcheck.supervisor import Supervisor


@dataclass
class Script:
    name: str
    code: str
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    started: list[float] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        self.started.append(time.monotonic())
        return subprocess.Popen([sys.executable, "-c", self.code])


def wait_until(happened: Callable[[], object], tended: Supervisor | None = None) -> None:
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        if tended is not None:
            tended.tend()
        time.sleep(0.01)


def test_a_program_that_keeps_dying_is_started_ever_more_rarely(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.8)
    said: list[str] = []
    script = Script("flighty", "import os; os._exit(3)")
    kept = Supervisor([script], say=said.append)

    wait_until(lambda: len(script.started) == 5, kept)
    kept.stop()

    pauses = [after - before for before, after in pairwise(script.started)]
    least = [0.2, 0.4, 0.8, 0.8]
    assert all(pause > floor for pause, floor in zip(pauses, least, strict=True)), pauses
    assert said[0] == "flighty ended with code 3; starts again in 0.2 s"


def test_a_program_that_ran_well_is_started_again_at_once(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(supervisor, "PROVEN_AFTER", 0.0)
    script = Script("steady", "pass")
    said: list[str] = []
    kept = Supervisor([script], say=said.append)

    wait_until(lambda: len(said) == 4, kept)
    kept.stop()

    assert len(set(said)) == 1  # each pause is as short as the first


def test_programs_stop_in_the_opposite_order_of_their_start(tmp_path):
    order = tmp_path / "order"
    order.touch()
    code = (
        "import signal, sys, time\n"
        "def leave(*_):\n    open({file!r}, 'a').write('{name} '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, leave); open({up!r}, 'w'); time.sleep(60)"
    )
    names = ["servers", "worker", "web"]
    scripts = [
        Script(name, code.format(file=str(order), name=name, up=str(tmp_path / name)))
        for name in names
    ]
    kept = Supervisor(scripts, say=pytest.fail)
    kept.tend()
    wait_until(lambda: all((tmp_path / name).exists() for name in names))

    kept.stop()

    assert order.read_text().split() == ["web", "worker", "servers"]


def test_a_program_that_will_not_stop_is_killed(tmp_path):
    deaf = tmp_path / "deaf"
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); open({!r}, 'w'); time.sleep(60)"
    said: list[str] = []
    kept = Supervisor([Script("deaf", code.format(str(deaf)), patience=0.2)], say=said.append)
    kept.tend()
    wait_until(deaf.exists)

    kept.stop()

    assert said == ["deaf did not stop in 0.2 s: killed"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
def test_a_child_dies_with_a_killed_parent_and_a_terminals_signals_do_not_reach_it(tmp_path):
    parent_code = (
        "import signal, sys, time\nfrom pathlib import Path\n"
        "from factcheck.embedded.processes import spawn\n"
        "child = spawn(['/bin/sleep', '60'], folder=Path('/'), log=Path(sys.argv[1]),"
        " environment={}, death_signal=signal.SIGKILL, deaf_to_terminal=True)\n"
        "print(child.pid, flush=True)\ntime.sleep(60)"
    )
    command = [sys.executable, "-c", parent_code, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        os.kill(child, signal.SIGINT)
        os.kill(child, signal.SIGHUP)
        time.sleep(0.2)
        assert is_alive(child)
        parent.kill()
    wait_until(lambda: not is_alive(child))


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
