"""The worker of the kill trial: the product's, with its phases made visible.

Given to ``celery -A`` instead of factcheck.celery. Each process keeps a file
MARKS/<pid> that says in one JSON object which row it holds, since when, and
what it is doing: "computing" from the moment it holds a lease, "computed"
when the result is there and not yet written, "storing", "stored" after the
commit. It computes more slowly than it need, so that a kill can hit it there.
With TRIAL_WITHOUT_FENCING the guards that keep an expired worker from writing
are taken out.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from factcheck.celery import app

django.setup()

from claims import tasks  # noqa: E402 - models need django.setup()
from factcheck.models import WorkQuerySet  # noqa: E402

MARKS = Path(os.environ["TRIAL_MARKS"])
COMPUTING = {"_read": (0.5, 1.0), "split_article": (1.5, 3.0), "gather": (1.5, 4.0)}
"""What a worker computes in, and how much longer it takes here, in seconds."""
BEFORE_COMMIT = 0.7  # seconds
STORING = ("store_article", "store_claims", "store_evidence")

__all__ = ["app"]


def mark(phase: str) -> None:
    """Say what this process is doing, whole or not at all."""
    file = MARKS / str(os.getpid())
    unfinished = file.with_suffix(".new")
    unfinished.write_text(json.dumps({"phase": phase, **holding}))
    unfinished.replace(file)


holding: dict[str, object] = {}


@contextmanager
def keep_lease(rows: WorkQuerySet, pk: int, lease: UUID) -> Iterator[None]:
    holding.update(row=f"{rows.model.__name__} {pk}", since=time.time())
    mark("computing")
    try:
        with product_keep_lease(rows, pk, lease):
            yield
    finally:
        (MARKS / str(os.getpid())).unlink(missing_ok=True)


def computing(compute: Callable[..., Any], least: float, most: float) -> Callable[..., Any]:
    def slower(*args: object, **options: object) -> Any:
        time.sleep(random.uniform(least, most))
        computed = compute(*args, **options)
        mark("computed")
        time.sleep(BEFORE_COMMIT)
        return computed

    return slower


def storing(store: Callable[..., Any]) -> Callable[..., Any]:
    def marked(*args: object, **options: object) -> Any:
        mark("storing")
        stored = store(*args, **options)
        mark("stored")
        return stored

    return marked


def held_by_anybody(rows: WorkQuerySet, pk: int, lease: UUID) -> WorkQuerySet:
    return rows.filter(pk=pk)


product_keep_lease = tasks.keep_lease
tasks.keep_lease = keep_lease
for name, (least, most) in COMPUTING.items():
    setattr(tasks, name, computing(getattr(tasks, name), least, most))
for name in STORING:
    setattr(tasks, name, storing(getattr(tasks, name)))
if os.environ.get("TRIAL_WITHOUT_FENCING"):
    WorkQuerySet.held = held_by_anybody
