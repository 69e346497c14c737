"""How fast a publisher reads an article with 20 claims and 60 pieces of evidence.

    python -m benchmarks.api [--rounds 300] [--phases 5] [--connections 8]

On throwaway servers, with the same data and the same answer:

- the view alone, for a key that is known, and through the whole stack: one
  request after the other in one process, ours and the peer's in turn;
- over HTTP: gunicorn as in production, and so many connections that ask at
  once, of which each begins with its request as soon as it has its answer;
  ours and the peer for two seconds in turn, of which the median is told.

The peer is what Django REST framework offers: nested ModelSerializers over
prefetch_related. Both sides pay for everything else alike, in ours and not in
the framework's way: finding the key with its publisher by its digest, counting
the request in Valkey, all middleware, the log, and the rate-limit headers.
The digest of the answer, its ETag, only ours computes.

Printed for each: queries, bytes, requests a second, p50 and p99 in
milliseconds; then how many times as many requests a second ours answers.
"""

# ruff: noqa: PLC0415 - models can be imported only once the servers are there

import argparse
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks import api_peer
from factcheck.embedded.servers import throwaway_servers

PHASE = 2.0  # seconds
ROOT = Path(__file__).parents[1]


def measure(rounds: int, phases: int, connections: int) -> None:
    """Print the tables; the servers are there and empty."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import resolve
    from rest_framework.test import APIRequestFactory, force_authenticate

    from factcheck.models import ApiKey

    call_command("migrate", verbosity=0)
    address, raw = api_peer.fill()
    api_peer.install()
    addresses = {"ours": f"/api/v1/{address}", "peer": f"/peer/{address}"}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
    headers = {"Authorization": f"Bearer {raw}"}
    key = ApiKey.objects.select_related("publisher").get()
    request = APIRequestFactory().get("/")
    force_authenticate(request, AnonymousUser(), key)

    def answer(url: str):
        view = resolve(url)
        response = view.func(request, **view.kwargs)
        return response.render() if getattr(response, "is_rendered", True) is False else response

    compared("view alone", {way: partial(answer, url) for way, url in addresses.items()}, rounds)
    client = Client(headers=headers)
    compared(
        "whole stack", {way: partial(client.get, url) for way, url in addresses.items()}, rounds
    )
    with serving() as port:
        loaded(port, addresses, headers, phases, connections)


def compared(name: str, ways: dict[str, Callable[[], Any]], rounds: int) -> None:
    """Ask each way in turn and print what it took."""
    from django.db import connection

    asked, answers = dict.fromkeys(ways, 0), {}
    for way, ask in ways.items():
        ask()

        def count(execute, *query, way=way):
            asked[way] += 1
            return execute(*query)

        with connection.execute_wrapper(count):
            answers[way] = ask()
    assert json.loads(answers["ours"].content) == json.loads(answers["peer"].content)
    took: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, ask in ways.items():
            took[way].append(timed(ask))
    print(f"{name:24}{'queries':>8}{'bytes':>8}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}")
    for way, seconds in took.items():
        told(way, rounds / sum(seconds), seconds, asked[way], len(answers[way].content))
    print(
        f"  {sum(took['peer']) / sum(took['ours']):.1f} times the requests a second\n", flush=True
    )


@contextmanager
def serving() -> Iterator[int]:
    """The product's own web server with the peer beside it; the port it listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "-c", "python:benchmarks.api_gunicorn",
        "--bind", f"127.0.0.1:{port}", "factcheck.wsgi",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT) as server:
        try:
            yield port
        finally:
            server.terminate()


def loaded(
    port: int, addresses: dict[str, str], headers: dict[str, str], phases: int, connections: int
) -> None:
    """Load the server with one way after the other and print what it took."""
    for url in addresses.values():  # until it listens, and each process has met each way
        ask_for(port, url, headers, seconds=PHASE)
    rates: dict[str, list[float]] = {way: [] for way in addresses}
    took: dict[str, list[float]] = {way: [] for way in addresses}
    with ThreadPoolExecutor(connections) as pool:
        for _ in range(phases):
            for way, url in addresses.items():
                began = time.perf_counter()
                asking = [
                    pool.submit(ask_for, port, url, headers, PHASE) for _ in range(connections)
                ]
                seconds = [each for done in asking for each in done.result()]
                rates[way].append(len(seconds) / (time.perf_counter() - began))
                took[way] += seconds
    name = f"HTTP, {connections} at once"
    print(f"{name:24}{'':16}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}")
    for way, seconds in took.items():
        told(way, statistics.median(rates[way]), seconds)
    ratios = [ours / peer for ours, peer in zip(rates["ours"], rates["peer"], strict=True)]
    each = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"  {statistics.median(ratios):.1f} times the requests a second ({each})\n", flush=True)


def ask_for(port: int, url: str, headers: dict[str, str], seconds: float) -> list[float]:
    """Ask on one connection for so long; return what each answer took."""
    took: list[float] = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(600):
        try:
            connection.connect()
            break
        except ConnectionRefusedError:
            time.sleep(0.1)

    def ask() -> None:
        connection.request("GET", url, headers=headers)
        answer = connection.getresponse()
        assert answer.read()
        assert answer.status == 200

    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        took.append(timed(ask))
    connection.close()
    return took


def timed(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def told(way: str, rate: float, seconds: list[float], *counts: int) -> None:
    """Print a row."""
    queries, size = counts or ("", "")
    p50, p99 = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    print(f"  {way:22}{queries:8}{size:8}{rate:8.0f}{1000 * p50:8.1f}{1000 * p99:8.1f}")


def main() -> int:
    """Start servers, then measure in a process that sees them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--phases", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    if os.environ.get("BENCHMARK_API"):
        measure(options.rounds, options.phases, options.connections)
        return 0
    with throwaway_servers() as servers:
        environment = os.environ | servers.environment
        environment |= {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "ALLOWED_HOSTS": "testserver,127.0.0.1",
            "API_REQUESTS_PER_MINUTE": str(10**9),
            "BENCHMARK_API": "yes",
            "LOG_LEVEL": "WARNING",
        }
        return subprocess.run(
            [sys.executable, "-m", "benchmarks.api", *sys.argv[1:]],
            check=False, env=environment, cwd=ROOT,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
