"""Hand in the same articles again and again while workers and Valkey are killed.

    python -m benchmarks.repeated_requests [--seed 1] [--requests 1000] [--clients 8] [--kills 12]

A whole workspace runs in a temporary folder on servers of its own. Clients of
two publishers send requests with Idempotency-Keys drawn at random, so that
most are sent more than once, often at the same moment, and some come with
another body. Meanwhile worker processes, the worker itself and Valkey are
killed with SIGKILL, and now and then a client hangs up before its answer. A
client that is told to come back (409, 429, 503) or whose connection breaks
sends the same again. Printed: the answers, and whatever is not as it must be:
one answer for each key, one submission for each key, one article for each
text and owner. Exit code 1 if anything is wrong.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import django
import httpx

from benchmarks.kill_trial import Noted, environment_of, kept_alive
from factcheck import up
from factcheck.embedded.servers import Servers
from factcheck.embedded.wheels import CHECKOUT

PUBLISHERS = 2
TEXTS = 75  # of each publisher
KEYS = 300
OTHER_BODY = 0.05  # share of requests that send another text under a key
HANGS_UP = 0.05  # share of requests whose answer the client does not wait for
GIVES_UP_AFTER = 120.0  # seconds
WORK_DONE_WITHIN = 900.0
PACE = 0.5  # seconds a client rests between two articles, on average
VICTIMS = ("worker process", "worker", "valkey")


@dataclass(frozen=True)
class Asked:
    """One request: who asks, under which key, with which text."""

    publisher: int
    key: str
    text: str


@dataclass
class Answers:
    """What was answered, by publisher and key."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    taken: dict[tuple[int, str], set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    reused: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    statuses: Counter = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def drawn(count: int, dice: random.Random) -> list[Asked]:
    requests = []
    for _ in range(count):
        publisher, number = dice.randrange(PUBLISHERS), dice.randrange(KEYS)
        other = dice.random() < OTHER_BODY
        text = (number + other) % TEXTS
        requests.append(
            Asked(
                publisher,
                f"key-{number}",
                f"Boats at sea, part {text}\n\n{text + 12} boats left the harbour on Monday.",
            )
        )
    return requests


def ask(client: httpx.Client, asked: Asked, answers: Answers, *, hangs_up: bool) -> None:
    """Send until there is an answer that stays."""
    body, headers = {"text": asked.text}, {"Idempotency-Key": asked.key}
    if hangs_up:
        with contextlib.suppress(httpx.HTTPError):
            client.post("/api/v1/submissions", json=body, headers=headers, timeout=0.02)
    end = time.monotonic() + GIVES_UP_AFTER
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            answer = client.post("/api/v1/submissions", json=body, headers=headers, timeout=20)
        except httpx.HTTPError as error:
            with answers.lock:
                answers.statuses[type(error).__name__] += 1
            continue
        with answers.lock:
            answers.statuses[answer.status_code] += 1
            answers.milliseconds.append(1000 * (time.monotonic() - began))
        if answer.status_code in (409, 429, 503):
            time.sleep(float(answer.headers.get("Retry-After", 1)))
            continue
        note(asked, answer, answers)
        return
    answers.wrong.append(f"{asked.key} had no answer in {GIVES_UP_AFTER:.0f} s.")


def note(asked: Asked, answer: httpx.Response, answers: Answers) -> None:
    told, name = answer.json(), (asked.publisher, asked.key)
    with answers.lock:
        if answer.status_code == 202:
            same = {key: told[key] for key in sorted(told)}
            answers.taken[name].add((asked.text, repr(same)))
        elif told.get("code") == "idempotency_key_reused":
            answers.reused[name].add(asked.text)
        else:
            answers.wrong.append(f"{asked.key}: {answer.status_code} {answer.text[:200]}")


def killing(
    programs: dict[str, Noted],
    servers: Servers,
    over: threading.Event,
    kills: int,
    dice: random.Random,
) -> Counter:
    """Kill one victim after the other until there were enough, or all is done."""
    killed: Counter = Counter()
    while sum(killed.values()) < kills and not over.wait(dice.uniform(2.0, 4.0)):
        victim = VICTIMS[sum(killed.values()) % len(VICTIMS)]
        with contextlib.suppress(OSError, IndexError, AttributeError):
            os.kill(process_of(victim, programs, servers), signal.SIGKILL)
            killed[victim] += 1
    return killed


def process_of(victim: str, programs: dict[str, Noted], servers: Servers) -> int:
    if victim == "valkey":
        return servers.valkey.running()[0]
    worker = programs["worker"].process
    if victim == "worker":
        return worker.pid
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return int(children[-1])


def run(url: str, keys: list[str], requests: list[Asked], dice: random.Random) -> Answers:
    """Let every client send its share; the keys belong to the publishers in turn."""
    answers = Answers()
    shares: list[list[tuple[Asked, bool]]] = [[] for _ in keys]
    for asked in requests:
        mine = [n for n in range(len(keys)) if n % PUBLISHERS == asked.publisher]
        shares[dice.choice(mine)].append((asked, dice.random() < HANGS_UP))

    rests = [random.Random(dice.random()) for _ in keys]

    def send(number: int) -> None:
        headers = {"Authorization": f"Bearer {keys[number]}"}
        with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
            for asked, hangs_up in shares[number]:
                time.sleep(rests[number].uniform(0, 2 * PACE))
                ask(client, asked, answers, hangs_up=hangs_up)

    with ThreadPoolExecutor(len(keys)) as pool:
        list(pool.map(send, range(len(keys))))
    return answers


def report(answers: Answers, ledger: ModuleType) -> list[str]:
    """Print what was answered and stored; return what must not be."""
    wrong = list(answers.wrong)
    for (publisher, key), told in answers.taken.items():
        if len(told) != 1:
            wrong.append(f"{key} of publisher {publisher} had {len(told)} answers.")
        if answers.reused[publisher, key] & {text for text, _ in told}:
            wrong.append(f"{key} was refused for the body it was taken with.")
    texts = {(n, text) for (n, _), told in answers.taken.items() for text, _ in told}
    stored = ledger.texts()
    must_be = {"versions": (sum(stored.values()), len(texts))}
    must_be |= {
        what: (number, len(texts) if what == "articles" else len(answers.taken))
        for what, number in ledger.counts().items()
    }
    wrong += [f"{n} {what}, must be {m}." for what, (n, m) in must_be.items() if n != m]
    wrong += [f"{text!r} is stored {n} times." for text, n in stored.items() if n != 1]
    wrong += ["Texts differ from what was sent."] if stored.keys() != texts else []
    wrong += ledger.broken_history()
    slow = sorted(answers.milliseconds)
    print(f"answers: {dict(answers.statuses)}")
    print(f"median {slow[len(slow) // 2]:.0f} ms, p99 {slow[int(len(slow) * 0.99)]:.0f} ms")
    print(", ".join(f"{n} {what}" for what, (n, _) in must_be.items()))
    print(f"{len(wrong)} things are wrong.")
    for line in wrong[:40]:
        print(f"  {line}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=12)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="factcheck-requests-"))
    folder.chmod(0o711)  # the servers may run as another user
    logs = folder / "log"
    logs.mkdir()
    print(f"seed {options.seed}; logs in {logs}", flush=True)
    with Servers(folder / "servers", logs=logs) as servers, up.listen(18100) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = environment_of(folder, servers) | {"SITE_URL": url}
        migrate = [sys.executable, str(CHECKOUT / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=environment, check=True)
        os.environ.update(environment)
        django.setup()
        ledger = import_module("benchmarks.requests_ledger")  # not before there are settings
        keys = ledger.make_keys(PUBLISHERS, options.clients)
        services = [replace(each, logs=logs) for each in up.services(environment, listener)]
        programs = {each.name: Noted(each) for each in [up.Keeper(servers), *services]}
        with kept_alive(list(programs.values())) as supervisor, ThreadPoolExecutor(2) as pool:
            while not up.answers(url):
                supervisor.tend()
            over = threading.Event()
            began = time.monotonic()
            kills = pool.submit(
                killing, programs, servers, over, options.kills, random.Random(options.seed)
            )
            answered = pool.submit(run, url, keys, drawn(options.requests, dice), dice)
            while not answered.done():
                supervisor.tend()
                time.sleep(0.2)
            seconds = time.monotonic() - began
            over.set()
            end = time.monotonic() + WORK_DONE_WITHIN
            while ledger.unread() and time.monotonic() < end:
                supervisor.tend()
                time.sleep(0.2)
            print(f"{options.requests} requests of {options.clients} clients in {seconds:.0f} s")
            print(f"killed: {dict(kills.result())}")
            wrong = report(answered.result(), ledger)
    if not wrong:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
