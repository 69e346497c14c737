"""Kill every process of a workspace again and again while it works, and count what is lost.

    python -m benchmarks.kill_trial [--seed 1] [--kills 100] [--articles 20] [--without-fencing]

A whole workspace runs in a temporary folder on servers of its own: web, worker
with two processes, sweep, beat, Valkey and PostgreSQL with everything durable,
under the product's supervisor. It first does the articles undisturbed. Then
the same articles, handed in one after the other by another user, are worked on
while processes are killed with SIGKILL: at least 30 of 100 kills hit a worker
that holds a lease, and at least 10 one that has computed and not yet
committed. Some workers are stopped until their lease has run out and another
has done their work, and then go on. Printed: a line for each kill, then what
was lost, what was done twice, and how soon work went on: until a worker held
a lease taken after the kill, and until a row was finished. Exit code 1 if
anything is not as in the undisturbed run. Without fencing that must happen.
"""

import argparse
import contextlib
import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import django

from factcheck import up
from factcheck.embedded.servers import Servers
from factcheck.embedded.wheels import CHECKOUT
from factcheck.supervisor import Program, Supervisor

DEMO = CHECKOUT / "factcheck" / "demo"
MARKED = "benchmarks.marked_worker"
TICK = 0.2  # seconds
KILL_EVERY = (7.0, 9.5)  # seconds
HAND_IN_EVERY = 40.0
WAIT_FOR_PHASE = 25.0  # seconds before another victim is taken
RESUMES_WITHIN = 60.0
FINISHES_WITHIN = 400.0  # seconds after the last kill; retries may be due minutes later
STOPS = 8
LONGEST_STOP = 100.0  # seconds; the product kills a task after 150

# Of 100 kills, how many hit whom.
VICTIMS = {
    "worker process that holds a lease": 42,
    "worker process between compute and commit": 16,
    "worker parent": 8,
    "web": 9,
    "beat": 7,
    "valkey": 9,
    "postgres": 9,
}
HOLDS, BETWEEN = list(VICTIMS)[:2]
LEAST = {HOLDS: 30, BETWEEN: 10}


@dataclass
class Noted:
    """A program whose present process is known."""

    program: Program
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        self.process = self.program.start()
        return self.process

    def __getattr__(self, name: str) -> object:
        return getattr(self.program, name)


@dataclass
class Kill:
    at: float
    victim: str
    detail: str
    clock: float
    resumed_after: float | None = None
    finished_after: float | None = None


@dataclass
class Trial:
    """A workspace under fire."""

    ledger: ModuleType
    servers: Servers
    supervisor: Supervisor
    programs: dict[str, Noted]
    marks: Path
    url: str
    kills: list[Kill] = field(default_factory=list)
    stopped: dict[int, tuple[str, float]] = field(default_factory=dict)
    late: dict[int, str] = field(default_factory=dict)
    stops: int = 0
    went_on: int = 0

    def marked(self) -> dict[int, dict[str, Any]]:
        """What each process of the worker is doing, by its number.

        Without those that are stopped, or that go on with what they were stopped with.
        """
        found = {}
        for file in self.marks.glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError):
                pid, mark = int(file.name), json.loads(file.read_text())
                if pid not in self.stopped and mark["row"] != self.late.get(pid) and is_alive(pid):
                    found[pid] = mark
        return found

    def spared(self, victim: str) -> bool:
        """Whether ``victim`` must live now, because a process is stopped.

        The late writer needs its connection, and the others their parent: a parent that
        lost Valkey starts anew, once every process of its own has ended.
        """
        return bool(self.stopped) and victim in ("postgres", "valkey", "worker parent")

    def find(self, victim: str) -> tuple[int, str] | None:
        """The process to kill and what was going on; None when there is none now."""
        marked = self.marked()
        if victim in (HOLDS, BETWEEN):
            wanted = "computed" if victim == BETWEEN else "computing"
            hit = [(pid, mark) for pid, mark in marked.items() if mark["phase"] == wanted]
            return (hit[0][0], f"{wanted} {hit[0][1]['row']}") if hit else None
        with contextlib.suppress(OSError, IndexError):
            return self._main_process(victim), busy(marked)
        return None

    def _main_process(self, victim: str) -> int:
        if victim == "postgres":
            lines = (self.servers.postgres.data / "postmaster.pid").read_text().split()
            return next(pid for pid in self.servers.postgres.running() if pid == int(lines[0]))
        if victim == "valkey":
            return self.servers.valkey.running()[0]
        process = self.programs[victim.removesuffix(" parent")].process
        if process is None or process.poll() is not None:
            raise ProcessLookupError
        return process.pid

    def kill(self, victim: str, pid: int, doing: str, *, at: float, of: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.kills.append(Kill(at, victim, doing, clock=time.time()))
        print(f"{at:7.1f} s  kill {len(self.kills):3}/{of}  {victim} ({pid}), {doing}", flush=True)

    def note_resumed(self, at: float, *, went_on: bool) -> None:
        """Remember how long it took until work went on, or a page was served again.

        ``went_on`` is whether a row was finished just now, or none is due.
        """
        taken = max((mark["since"] for mark in self.marked().values()), default=0.0)
        for kill in self.kills:
            if at <= kill.at + TICK:
                continue
            if kill.resumed_after is None:
                working = went_on or taken > kill.clock
                resumed = up.answers(self.url) if kill.victim == "web" else working
                kill.resumed_after = at - kill.at if resumed else None
            if kill.finished_after is None and went_on:
                kill.finished_after = at - kill.at

    def stop_and_go_on(self, at: float, *, over: bool) -> None:
        """Stop a process that computes until another has done its work, then let it go on."""
        for pid, (row, since) in list(self.stopped.items()):
            with self.ledger.if_there():
                done = self.ledger.is_done(row)
                if done or at - since > LONGEST_STOP:
                    del self.stopped[pid]
                    self.late[pid] = row
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGCONT)
                        self.went_on += done
                    print(f"{at:7.1f} s  worker process ({pid}) goes on; {row} done: {done}")
        if self.stopped or over or self.stops >= min(STOPS, at / 40):
            return
        kind = "ArticleVersion" if self.stops % 2 == 0 else "Search"
        for pid, mark in self.marked().items():
            if mark["phase"] == "computing" and mark["row"].startswith(kind):
                os.kill(pid, signal.SIGSTOP)
                self.stopped[pid] = mark["row"], at
                self.stops += 1
                print(f"{at:7.1f} s  worker process ({pid}) stopped with {mark['row']}")
                return


def busy(marked: dict[int, dict[str, Any]]) -> str:
    doing = [f"{mark['phase']} {mark['row']}" for mark in marked.values()]
    return f"while {', '.join(doing)}" if doing else "while nobody worked"


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def articles(count: int, seed: int) -> list[tuple[str, str]]:
    """Different articles made of the demo's: other paragraphs, other numbers, other towns."""
    dice = random.Random(seed)
    demo = [json.loads(path.read_text()) for path in sorted((DEMO / "articles").glob("*.json"))]
    made = []
    for number in range(count):
        title, *paragraphs = demo[number % len(demo)]["text"].split("\n\n")
        told = [p for p in paragraphs if len(p) > 150 and "(Image:" not in p]
        chosen = sorted(dice.sample(range(len(told)), 2))
        text = "\n\n".join([f"{title}, part {number + 1}", *(told[n] for n in chosen)])
        text = re.sub(r"\b\d{1,2}\b(?![,.]\d)", partial(_more, by=number + 1), text)
        made.append((text.split("\n", 1)[0], text.replace("Mill Bridge", f"Mill Bridge {number}")))
    return made


def _more(digits: re.Match[str], by: int) -> str:
    return str(int(digits[0]) + by)


def run(trial: Trial, made: list[tuple[str, str]], kills: int, dice: random.Random) -> float:
    """Hand in, kill, stop and watch until everything is done; return the seconds it took."""
    plan = planned(kills, dice)
    to_hand_in = list(made)
    next_hand_in = next_kill = finished = 0.0
    end = float("inf")
    began = time.monotonic()
    while True:
        trial.supervisor.tend()
        at = time.monotonic() - began
        if to_hand_in and at >= next_hand_in:
            with trial.ledger.if_there():
                trial.ledger.hand_in(trial.ledger.TRIAL, *to_hand_in[0])
                to_hand_in.pop(0)
                next_hand_in = at + HAND_IN_EVERY * kills / 100
        with trial.ledger.if_there():
            done, due, unfinished = trial.ledger.progress()
            trial.note_resumed(time.monotonic() - began, went_on=done > finished or not due)
            finished = max(done, finished)
            if not plan and not to_hand_in:
                end = min(end, at + FINISHES_WITHIN)
                if at > end or not (unfinished or trial.stopped):
                    return at
        trial.stop_and_go_on(at, over=not plan)
        if plan and at >= next_kill:
            mortal = [victim for victim in plan if not trial.spared(victim)]
            for victim in mortal if at > next_kill + WAIT_FOR_PHASE else mortal[:1]:
                if (found := trial.find(victim)) is not None:
                    trial.kill(victim, *found, at=at, of=kills)
                    plan.remove(victim)
                    next_kill = at + dice.uniform(*KILL_EVERY)
                    break
        time.sleep(TICK)


def planned(kills: int, dice: random.Random) -> list[str]:
    """The victims of a run in the shares of VICTIMS, each spread over the whole of it."""
    total = sum(VICTIMS.values())
    places = [
        ((turn + dice.random()) / times, victim)
        for victim, share in VICTIMS.items()
        for times in [max(1, round(share * kills / total))]
        for turn in range(times)
    ]
    return [victim for _, victim in sorted(places)][:kills]


@contextlib.contextmanager
def kept_alive(programs: Sequence[Program]) -> Iterator[Supervisor]:
    supervisor = Supervisor(programs, say=lambda line: print(f"           {line}", flush=True))
    try:
        yield supervisor
    finally:
        supervisor.stop()


def undisturbed(
    ledger: ModuleType, programs: Sequence[Program], made: list[tuple[str, str]]
) -> float:
    """Do every article once in peace; return the seconds it took."""
    began = time.monotonic()
    for title, text in made:
        ledger.hand_in(ledger.REFERENCE, title, text)
    with kept_alive(programs) as supervisor:
        while ledger.progress()[2]:
            supervisor.tend()
            time.sleep(TICK)
    return time.monotonic() - began


def environment_of(folder: Path, servers: Servers) -> dict[str, str]:
    return os.environ | {
        **servers.environment,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "BEAT_SCHEDULE_FILE": str(folder / "celerybeat-schedule"),
        "PYTHONPATH": str(CHECKOUT),
        "OMP_NUM_THREADS": "1",
    }


def prepare(environment: dict[str, str]) -> None:
    """Make the tables and fill the library; no article is handed in."""
    manage = [sys.executable, str(CHECKOUT / "manage.py")]
    for step in (["migrate", "--verbosity", "0"], ["add_documents", str(DEMO / "documents.jsonl")]):
        subprocess.run([*manage, *step], env=environment, check=True)


def report(trial: Trial, seconds: float, peace: float, articles: int) -> list[str]:
    """Print what happened; return what must not have."""
    hits = Counter(kill.victim for kill in trial.kills)
    print(f"\nundisturbed {peace:.0f} s; {len(trial.kills)} kills in {seconds:.0f} s; ", end="")
    print(f"{trial.went_on} processes went on after their lease had run out\n")
    print(f"{'':50}{'seconds to work again':>24}{'to a finished row':>20}")
    print(f"{'killed':44}{'times':>6}{'median':>12}{'longest':>12}{'median':>10}{'longest':>10}")
    for victim, times in hits.items():
        mine = [kill for kill in trial.kills if kill.victim == victim]
        again = sorted(kill.resumed_after or FINISHES_WITHIN for kill in mine)
        done = sorted(kill.finished_after or FINISHES_WITHIN for kill in mine)
        middle = times // 2
        print(f"{victim:44}{times:6}{again[middle]:12.1f}{again[-1]:12.1f}", end="")
        print(f"{done[middle]:10.1f}{done[-1]:10.1f}")
    print(f"\n{'':20}{'undisturbed':>14}{'under fire':>14}")
    ledger = trial.ledger
    before, after = ledger.counts(ledger.REFERENCE), ledger.counts(ledger.TRIAL)
    for what, number in before.items():
        print(f"{what:20}{number:14}{after[what]:14}")
    wrong = list(ledger.violations(articles))
    wrong += [
        f"Work did not go on within {RESUMES_WITHIN:.0f} s of {kill}."
        for kill in trial.kills
        if kill.resumed_after is None or kill.resumed_after > RESUMES_WITHIN
    ]
    wrong += [
        f"Only {hits[victim]} kills hit a {victim}."
        for victim, least in LEAST.items()
        if hits[victim] < least * len(trial.kills) / 100
    ]
    print(f"\n{len(wrong)} things are wrong.")
    for line in wrong[:40]:
        print(f"  {line}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--without-fencing", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="factcheck-trial-"))
    folder.chmod(0o711)  # the servers may run as another user
    logs, marks = folder / "log", folder / "marks"
    logs.mkdir()
    marks.mkdir()
    print(f"seed {options.seed}; logs in {logs}", flush=True)
    with Servers(folder / "servers", logs=logs) as servers, up.listen(18000) as listener:
        environment = environment_of(folder, servers)
        prepare(environment)
        os.environ.update(environment)
        django.setup()
        ledger = import_module("benchmarks.ledger")  # not before there are settings
        made = articles(options.articles, options.seed)
        services = [replace(each, logs=logs) for each in up.services(environment, listener)]
        peace = undisturbed(ledger, [each for each in services if each.name != "web"], made)
        fenced = {"TRIAL_WITHOUT_FENCING": "1"} if options.without_fencing else {}
        services[0] = replace(
            services[0],
            environment=environment | {"TRIAL_MARKS": str(marks)} | fenced,
            command=[part.replace("factcheck.celery", MARKED) for part in services[0].command],
        )
        programs = {each.name: Noted(each) for each in [up.Keeper(servers), *services]}
        with kept_alive(list(programs.values())) as supervisor:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            trial = Trial(ledger, servers, supervisor, programs, marks, url)
            seconds = run(trial, made, options.kills, random.Random(options.seed))
            wrong = report(trial, seconds, peace, options.articles)
    if not wrong:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
