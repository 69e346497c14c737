"""What is done without being asked: the sweep, the net under every lost hint; and tidying up."""

import logging
from collections import defaultdict
from functools import partial

from celery import Task, shared_task
from celery.signals import worker_ready
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Now
from redis import Redis

from factcheck.collisions import twice
from factcheck.locks import Lock, alone
from factcheck.models import Hints, Work, hand_to_person, rows_of
from factcheck.models.work import KILLED

log = logging.getLogger(__name__)

FULL = 50
"""Hints that may wait in a queue; more would only grow old there."""


@shared_task(name="factcheck.sweep")
def sweep() -> None:
    """Repeat the hint for rows that are due, oldest first; hand exhausted ones to people.

    One sweep at a time: two would fill the queues twice.
    """
    for model in work_models():
        for pk in rows_of(model).exhausted().values_list("pk", flat=True)[:FULL]:
            twice(partial(_hand_over, model, pk))
    with alone(Lock.SWEEP) as mine:
        if mine:
            _fill_queues()


def _fill_queues() -> None:
    due: dict[str, list[tuple[object, str, int]]] = defaultdict(list)
    for model in work_models():
        for queue, rows in rows_of(model).by_queue().items():
            due[queue] += [(since, model.task, pk) for since, pk in rows.next_due(FULL)]
    for queue, found in due.items():
        for _, task, pk in sorted(found)[: max(0, FULL - hints_waiting(queue))]:
            Hints(task, [pk], queue).send()


@transaction.atomic
def _hand_over(model: type[Work], pk: int) -> None:
    """Give a row to a person, by itself: whoever tells of it locks more than the row."""
    rows = rows_of(model).exhausted().select_for_update(skip_locked=True, no_key=True)
    row = rows.filter(pk=pk).first()
    if row is not None:
        log.error("%s %s kills its workers", model.__name__, pk)
        hand_to_person(row, KILLED, by="sweep")


def work_models() -> list[type[Work]]:
    """Every table that is a queue."""
    return [model for model in apps.get_models() if issubclass(model, Work)]


def hints_waiting(queue: str) -> int:
    """How many hints of a queue nobody has taken yet."""
    with Redis.from_url(settings.REDIS_URL, socket_timeout=2) as redis:
        return redis.llen(queue)


@worker_ready.connect
def sweep_at_start(**kwargs: object) -> None:
    """Look for due rows as soon as somebody is there to work on them."""
    task: Task = sweep
    task.apply_async(expires=settings.SWEEP_EVERY)


@shared_task(name="factcheck.forget_sessions")
def forget_sessions() -> None:
    """Forget sessions that are over: whoever does not log out leaves one behind."""
    Session.objects.filter(expire_date__lt=Now()).delete()
