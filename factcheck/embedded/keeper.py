"""The keeper: one process that runs the servers for as long as anybody uses them.

Users hold a shared lock. It falls when they end, in whatever way, so a test runner that is
killed leaves no server behind, on any system, and no process has to be trusted to clean up.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from factcheck.embedded.layout import Layout
from factcheck.embedded.locks import Lock
from factcheck.embedded.owner import Unusable
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.valkey import Valkey
from factcheck.supervisor import Supervisor

LOOK_EVERY = 0.2  # seconds


def keep(layout: Layout) -> None:
    """Run the servers of ``layout`` until nobody uses them, or until SIGTERM.

    Wait first while another keeper does: this one then takes over.
    """
    stopping = at_work = prepared = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True
        if not at_work:
            sys.exit(0)  # still waiting for another keeper

    def note_death(line: str) -> None:
        _say(line)
        if not prepared:  # it would die again: let the user know instead
            raise Unusable(f"{line.partition(';')[0]}; its log is in {layout.logs}")

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Lock(layout.keeper_lock) as alone, Lock(layout.users_lock) as users:
        alone.take()
        at_work = True
        layout.ready.unlink(missing_ok=True)  # a killed keeper's
        postgres, valkey = layout.servers()
        for server in (valkey, postgres):
            stop_leftovers(server)
        supervisor = Supervisor([postgres, valkey], say=note_death)
        try:
            while not stopping and not users.try_take():
                supervisor.tend()
                if not prepared and postgres.answers():
                    postgres.make_database()
                    layout.ready.touch()
                    prepared = True
                time.sleep(LOOK_EVERY if prepared else LOOK_EVERY / 10)
        finally:
            layout.ready.unlink(missing_ok=True)
            supervisor.stop()
        if not layout.durable:
            layout.remove()


def stop_leftovers(server: Postgres | Valkey) -> None:
    """End what an earlier keeper's death left running, and wait for it.

    PostgreSQL's children notice their postmaster's death by themselves; where the system
    does not tell a server of its keeper's death, this does.
    """
    for patience, kind in ((server.patience, server.stop_signal), (15.0, signal.SIGKILL)):
        for pid in server.running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
        end = time.monotonic() + patience
        while server.running():
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        else:
            return
    raise Unusable(f"{server.name} of {server.data} cannot be stopped: {server.running()}")


def _say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
    sys.stderr.flush()


def main() -> None:
    """Run as ``python -m factcheck.embedded.keeper STATE LOGS durable|throwaway``."""
    state, logs, kind = sys.argv[1:]
    try:
        keep(Layout(Path(state), logs=Path(logs), durable=kind == "durable"))
    except Unusable as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
