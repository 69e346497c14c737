"""Running the whole workspace: servers, web, workers and beat under one supervisor."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck import workspace
from factcheck.embedded.locks import Lock, is_held
from factcheck.embedded.owner import Unusable
from factcheck.embedded.processes import spawn
from factcheck.embedded.servers import Servers
from factcheck.embedded.wheels import CHECKOUT
from factcheck.supervisor import Program, Supervisor

TEND_EVERY = 0.2  # seconds
WEB_ANSWERS_WITHIN = 120.0  # seconds
STOPS_WITHIN = 120.0  # seconds; more than all programs' patience together
MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
CELERY = [sys.executable, "-m", "celery", "-A", "factcheck.celery"]
WORKER = [*CELERY, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
WORK = "reading,asked,needed,work,fetch,telling"


@dataclass
class Service:
    """One program of the workspace, logging to var/log/<name>.log."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    patience: float
    logs: Path = workspace.LOGS
    pass_fds: Sequence[int] = ()
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in this process group, deaf to the terminal's Ctrl-C."""
        return spawn(
            self.command,
            folder=CHECKOUT,
            log=self.logs / f"{self.name}.log",
            environment=self.environment,
            death_signal=signal.SIGKILL,
            deaf_to_terminal=True,
            pass_fds=self.pass_fds,
        )


class Keeper:
    """The servers' keeper as a program; it waits in reserve while another one is at work."""

    name = "servers"
    stop_signal = signal.SIGTERM
    patience = 90.0

    def __init__(self, servers: Servers) -> None:
        self._servers = servers

    def start(self) -> subprocess.Popen[bytes]:
        """Return the keeper that the first hold started or, after its death, a new one."""
        keeper = self._servers.keeper
        if keeper is None or keeper.poll() is not None:
            keeper = self._servers.spawn_keeper()
        return keeper


def services(environment: dict[str, str], listener: socket.socket) -> list[Program]:
    """Return what runs beside the servers, in the order of starting."""
    # A queue and a worker of its own: a sweep must not wait behind the work it revives.
    sweep = ["--queues", "sweep", "--pool", "solo", "--hostname", "sweep@%h"]
    beat = ["beat", "--loglevel", "INFO", "--pidfile="]
    # The socket is ours, so that callers wait instead of failing while the web restarts.
    web = ["-c", "python:factcheck.gunicorn", "--bind", f"fd://{listener.fileno()}"]
    gunicorn = [sys.executable, "-m", "gunicorn", *web, "factcheck.wsgi"]
    work = ["--queues", WORK, "--concurrency", "2", "--hostname", "work@%h"]
    return [
        Service("worker", [*WORKER, *work], environment, 20.0),
        Service("sweep", [*WORKER, *sweep], environment, 10.0),
        Service("beat", [*CELERY, *beat], environment, 5.0),
        Service("web", gunicorn, environment, 30.0, pass_fds=[listener.fileno()]),
    ]


def lone_worker(environment: dict[str, str], logs: Path) -> Service:
    """Return one program that does all the work there is, sweeps included."""
    options = ["--queues", f"{WORK},sweep", "--concurrency", "2", "--beat"]
    return Service(
        "worker",
        [*WORKER, *options],
        environment | {"BEAT_SCHEDULE_FILE": str(logs / "celerybeat-schedule")},
        20.0,
        logs,
    )


def prepare(environment: dict[str, str], *arguments: str) -> None:
    """Bring the database up to date; raise Unusable if that fails."""
    command = [*MANAGE, "prepare", *arguments]
    # Standard output is for results, e.g. of ./dev check.
    if subprocess.run(command, check=False, env=environment, stdout=sys.stderr).returncode:
        raise Unusable("The database could not be prepared; the reason is above.")


def up(port: int) -> None:
    """Run everything until Ctrl-C, SIGTERM or a closed terminal."""
    workspace.make_folders()
    with Lock(workspace.UP_LOCK) as alone:
        if not alone.try_take():
            raise Unusable(f"It is running already, on {running()['url']}: ./dev stop ends it.")
        for stop in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.default_int_handler)
        _rotate_logs()
        with listen(port) as listener, contextlib.ExitStack() as stack:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            alone.write(json.dumps({"pid": os.getpid(), "url": url}))
            environment = workspace.settings_environment()
            environment.setdefault("SITE_URL", url)
            programs: list[Program] = []
            steps = ["--demo", "--logins", str(workspace.LOGINS)]
            if not workspace.brings_servers(environment):
                _say("Starting PostgreSQL and Valkey")
                servers = stack.enter_context(workspace.servers())
                environment |= servers.environment
                programs.append(Keeper(servers))
                steps.append("--restore-hints")  # nobody else works on these servers
            _say("Preparing the database")
            prepare(environment, *steps)
            demo = Service("demo", [*MANAGE, "finish_demo", "--wait"], environment, 5.0)
            supervise([*programs, *services(environment, listener)], url, once=demo)


def supervise(programs: Sequence[Program], url: str, *, once: Service) -> None:
    """Keep ``programs`` alive and say when the web answers; stop all when told to.

    ``once`` is started when the web answers, and left to end by itself.
    """
    started: subprocess.Popen[bytes] | None = None
    stopping = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, stop)
    supervisor = Supervisor(programs, say=_say)
    announced = False
    give_up_at = time.monotonic() + WEB_ANSWERS_WITHIN
    try:
        while not stopping:
            supervisor.tend()
            if not announced and answers(url):
                announced = True
                _announce(url, programs)
                started = once.start()
            if not announced and time.monotonic() > give_up_at:
                raise Unusable(f"The web server does not answer; see {workspace.LOGS}/web.log.")
            time.sleep(TEND_EVERY)
    finally:
        _say("Stopping")
        if started is not None:
            started.kill()  # its transaction is rolled back; the next start tells the story anew
            started.wait()
        supervisor.stop()


def listen(port: int) -> socket.socket:
    """Return a listening socket on this machine only: ``port`` or the next free one."""
    for candidate in range(port, min(port + 100, 65536)):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", candidate))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        if candidate != port:
            _say(f"Port {port} is taken")
        return listener
    raise Unusable(f"No free port from {port} on: choose another with --port.")


def answers(url: str) -> bool:
    """Tell whether the web server says anything, be it an error page."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310 - our own
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def is_running() -> bool:
    """Tell whether this checkout's ``up`` is running."""
    return is_held(workspace.UP_LOCK)


def running() -> dict[str, str]:
    """Return ``pid`` and ``url`` of a running ``up``; of a starting one they may be empty."""
    with Lock(workspace.UP_LOCK) as lock:
        text = lock.read()
    return json.loads(text) if text else {"pid": "", "url": "(starting)"}


def stop() -> None:
    """End a running ``up`` and wait until everything has stopped."""
    workspace.make_folders()
    with Lock(workspace.UP_LOCK) as lock:
        if lock.try_take():
            _say("Nothing is running.")
            return
        # The lock is held, so its holder is alive and the number is not a stranger's.
        os.kill(int(running()["pid"]), signal.SIGTERM)
        end = time.monotonic() + STOPS_WITHIN
        while not lock.try_take():
            if time.monotonic() > end:
                raise Unusable(f"It has not stopped within {STOPS_WITHIN:.0f} s.")
            time.sleep(0.1)
    _say("Stopped.")


def _rotate_logs() -> None:
    """Keep the log of the run before, and no older one."""
    for log in workspace.LOGS.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))


def _announce(url: str, programs: Sequence[Program]) -> None:
    names = ", ".join(program.name for program in programs)
    lines = ["", f"Factcheck runs on {url}/", ""]
    if workspace.LOGINS.exists():
        lines += [f"  {line}" for line in workspace.LOGINS.read_text().splitlines()]
    where = workspace.VAR.relative_to(CHECKOUT)
    lines += ["", f"{names}; logs in {where}/log. Ctrl-C or ./dev stop ends it.", ""]
    _say("\n".join(lines))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
