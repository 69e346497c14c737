"""Rows that want work done: the table is the queue.

A row is inserted in the same transaction as the thing it describes, so the
intent to work on it cannot be lost. Redis only carries the hint to hurry;
``sweep`` finds whatever the hint missed. docs/decisions/0002 tells why.

A worker takes a row by a lease: one conditional UPDATE that hands out an id
nobody had before. Everything it writes later is guarded by that id, so a
worker whose lease ran out cannot undo what its successor did. All times are
the database's.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID, uuid4

from celery import current_app
from django.db import Error, close_old_connections, connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from factcheck.models.public_id import HasPublicId

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
RENEW_EVERY = 10  # seconds; two renewals may fail before the lease runs out
LONGEST = 150  # seconds; CELERY_TASK_TIME_LIMIT: no lease is renewed past it
MAX_FAILURES = 5  # answers "it failed" before a person must look
MAX_ATTEMPTS = 10  # leases in a row that nobody answered for: the row kills its worker
KILLED = "The worker died on every attempt."
"""What is said of a row that no worker survived."""
REFUSED = Q(due_at__isnull=True, failures__lt=MAX_FAILURES - 1) & ~Q(last_error__in=["", KILLED])
"""Given up while tries were left, and by a worker that lived: the row itself cannot be done."""
IN_TROUBLE = ~Q(last_error="") | Q(attempts__gte=MAX_ATTEMPTS)
HINT_EXPIRES = 600  # seconds; the row outlives its hint


class LeaseLost(Exception):
    """The lease ran out and somebody else may hold the row: write nothing."""


class WorkQuerySet(models.QuerySet):
    """How workers and the sweep see a table of work."""

    def due(self) -> Self:
        """Rows a worker may take now, longest waiting first."""
        return self.filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=Now()),
            due_at__lte=Now(),
            attempts__lt=MAX_ATTEMPTS,
        ).order_by("due_at", "pk")

    def by_queue(self) -> dict[str, Self]:
        """The rows whose hints go to each queue."""
        return {cast("type[Work]", self.model).queue: self}

    def next_due(self, limit: int) -> list[tuple[object, int]]:
        """When each of the rows the sweep should hint at next became due, and its key."""
        return list(self.due().values_list("due_at", "pk")[:limit])

    def exhausted(self) -> Self:
        """Rows whose every lease ended without a word: they kill their worker."""
        return self.filter(
            due_at__lte=Now(), attempts__gte=MAX_ATTEMPTS, leased_until__lt=Now()
        ).order_by("due_at", "pk")

    def in_trouble(self) -> Self:
        """Rows that failed: given up, or to be tried again; newest first."""
        return self.filter(IN_TROUBLE).order_by("-pk")

    def lease(self, pk: int) -> UUID | None:
        """Take row ``pk`` for LEASE, if it is due; return the lease's id.

        Of two workers holding the same hint, one sees one row change and the
        other none.
        """
        lease = uuid4()
        taken = (
            self.due()
            .order_by()
            .filter(pk=pk)
            .update(lease_id=lease, leased_until=Now() + LEASE, attempts=F("attempts") + 1)
        )
        return lease if taken else None

    def held(self, pk: int, lease: UUID) -> Self:
        """Row ``pk``, but only while ``lease`` is the lease it was last given."""
        return self.filter(pk=pk, lease_id=lease)

    def fence(self, pk: int, lease: UUID) -> None:
        """Lock the row until the commit; raise LeaseLost if it is not ours any more.

        Called first in the transaction that writes a result, so that a
        successor can neither have begun nor slip in between.
        """
        if not self.held(pk, lease).select_for_update(no_key=True).exists():
            raise LeaseLost(f"{self.model.__name__} {pk}")

    def finish(self, pk: int, lease: UUID, **columns: object) -> None:
        """Record that the work is done; raise LeaseLost if it is not ours any more.

        ``due_at`` among the columns says when it is to be done again.
        """
        done: dict[str, object] = {"due_at": None, "failures": 0, "last_error": ""}
        self._answer(pk, lease, **(done | columns))

    def come_back(self, pk: int, lease: UUID, *, seconds: float, **columns: object) -> None:
        """Record that the work is done, and want it again; raise LeaseLost if not ours any more."""
        self._answer(
            pk,
            lease,
            due_at=Now() + timedelta(seconds=seconds),
            failures=0,
            last_error="",
            **columns,
        )

    def postpone(self, pk: int, lease: UUID, error: str, *, seconds: float) -> None:
        """Record a failure and when to try again; raise LeaseLost if not ours."""
        self._answer(
            pk,
            lease,
            due_at=Now() + timedelta(seconds=seconds),
            failures=F("failures") + 1,
            last_error=error,
        )

    def put_off(self, pk: int, lease: UUID, *, seconds: float) -> None:
        """Try again later, through no fault of the row; raise LeaseLost if not ours."""
        self._answer(pk, lease, due_at=Now() + timedelta(seconds=seconds))

    def give_up(self, pk: int, lease: UUID, error: str, **columns: object) -> None:
        """Hand the row to a person; raise LeaseLost if it is not ours."""
        self._answer(pk, lease, due_at=None, last_error=error, **columns)

    def release(self, pk: int, lease: UUID) -> None:
        """Give the row back untouched, as a worker does that is told to stop."""
        self.held(pk, lease).update(lease_id=None, leased_until=None, attempts=F("attempts") - 1)

    def renew(self, pk: int, lease: UUID) -> bool:
        """Prolong the lease; report whether it is still ours."""
        return bool(self.held(pk, lease).update(leased_until=Now() + LEASE))

    def _answer(self, pk: int, lease: UUID, **columns: object) -> None:
        answered = self.held(pk, lease).update(
            lease_id=None, leased_until=None, attempts=0, **columns
        )
        if not answered:
            raise LeaseLost(f"{self.model.__name__} {pk}")


class Work(HasPublicId):
    """Mixin of the columns that make a table a queue."""

    task: ClassVar[str]
    """Name of the Celery task that does the work, called with the row's key."""
    queue: ClassVar[str] = "work"
    """The queue its hints go to: what machines do for themselves has another than people's work."""
    may_wait: ClassVar[int] = 120
    """Seconds a due row may wait before somebody must look."""
    given_up: ClassVar[dict[str, str]] = {}
    """Columns that say a person must look, when no worker can do it."""
    given_up_verb: ClassVar[str]
    """What the history says then."""

    due_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        db_default=Now(),
        help_text="When a worker may next take this row; empty when there is nothing to do.",
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_id = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="%(class)s_due"
            ),
            models.Index(fields=["-id"], condition=IN_TROUBLE, name="%(class)s_in_trouble"),
        ]

    @property
    def story(self) -> HasPublicId:
        """The object whose history tells of this row; a row of another's story says whose."""
        return self

    def tell_of_giving_up(self) -> None:
        """Owe word of it to whoever waits outside, before the event; nobody does for most work."""

    WORK_FIELDS = ["due_at", "attempts", "failures", "lease_id", "leased_until", "last_error"]

    def make_due(self) -> None:
        """Want the work done again, from now and from the first attempt; the caller saves."""
        self.due_at = Now()
        self.attempts = self.failures = 0
        self.lease_id = self.leased_until = None
        self.last_error = ""

    def waits_for_another_try(self) -> bool:
        """Whether this locked row failed and will be tried again, and no worker is at it."""
        return (
            rows_of(type(self))
            .filter(Q(leased_until__isnull=True) | Q(leased_until__lt=Now()), pk=self.pk)
            .filter(~Q(last_error=""), due_at__isnull=False)
            .exists()
        )

    def hint(self) -> None:
        """Tell a worker to hurry, once the transaction is committed."""
        Hints(self.task, [self.pk]).after_commit()


def rows_of(model: type[Work]) -> WorkQuerySet[Any]:
    """Every row of a table of work; each such table's manager is made of WorkQuerySet."""
    return cast("WorkQuerySet[Any]", model._default_manager.all())


class Hints:
    """Word to the workers that rows are due: worth sending, no loss if lost."""

    def __init__(self, task: str, keys: list[int], queue: str = "") -> None:
        """``queue`` is another than that of the task's other rows."""
        self.task = task
        self.keys = keys
        self.queue = queue

    def after_commit(self) -> None:
        """Send once the transaction is committed.

        ``robust``, because a broker that is down must cost the visitor
        nothing: the rows are due all the same.
        """
        # A bound method, not a partial: on_commit logs the __qualname__ of what failed.
        transaction.on_commit(self.send, robust=True)

    def send(self) -> None:
        """Send by task name, so that models need not import tasks.

        Raises what the broker raises at the first hint that cannot be sent;
        the rest would only wait for it too.
        """
        for key in self.keys:
            current_app.send_task(self.task, [key], expires=HINT_EXPIRES, queue=self.queue or None)


def backoff(failures: int) -> float:
    """Seconds to wait after the failure number ``failures``, from 1; never over three hours.

    >>> [backoff(n) for n in (1, 2, 3, 4, 1000)]
    [10.0, 40.0, 160.0, 640.0, 10240.0]
    """
    return 10.0 * 4 ** min(failures - 1, 5)


@contextmanager
def keep_lease(rows: WorkQuerySet, pk: int, lease: UUID) -> Iterator[None]:
    """Renew ``lease`` while the body computes; give it back if told to stop.

    SystemExit and KeyboardInterrupt are a worker being stopped from outside:
    that is not the row's fault, so the attempt is given back too.
    """
    done = threading.Event()
    beat = threading.Thread(target=_renew, args=(rows, pk, lease, done), daemon=True)
    beat.start()
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        rows.release(pk, lease)
        raise
    finally:
        done.set()
        beat.join()


def _renew(rows: WorkQuerySet, pk: int, lease: UUID, done: threading.Event) -> None:
    end = time.monotonic() + LONGEST
    try:
        while not done.wait(RENEW_EVERY) and time.monotonic() < end:
            close_old_connections()
            try:
                if not rows.renew(pk, lease):
                    log.warning("lease of %s %s is lost", rows.model.__name__, pk)
                    return
            except Error as error:  # a restart of the database; the next beat tries again
                log.warning("lease of %s %s not renewed: %s", rows.model.__name__, pk, error)
    finally:
        connection.close()
