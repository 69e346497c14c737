"""Is the workspace alive? One public address that says so and nothing else."""

import logging

import redis
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.functions import Extract, Now
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from factcheck.models import Work, WorkQuerySet

log = logging.getLogger(__name__)

REDIS_ANSWERS_WITHIN = 0.5  # seconds
TRIED = "factcheck:healthz"
"""The key that is written to see whether hints could be."""


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when this process can serve people, 503 when somebody must look.

    A database that is down, or a row that waited longer than work of its kind
    may, is 503. Redis alone being down, or taking nothing more, is "degraded"
    and still 200: it only carries hints, so people can work and a restart
    would help nobody. The log says what Redis said.
    """
    try:
        waits = due_seconds()
        database = True
    except DatabaseError:
        waits, database = {}, False
    late = any(seconds > model.may_wait for model, seconds in waits.items())
    of_people = [seconds for model, seconds in waits.items() if model.may_wait == Work.may_wait]
    waited = int(max(of_people)) if of_people else None
    takes_hints = redis_takes_hints()
    status = "down" if not database else "late" if late else "ok" if takes_hints else "degraded"
    return JsonResponse(
        {
            "status": status,
            "database": database,
            "redis": takes_hints,
            "oldest_due_seconds": waited,
        },
        status=503 if late or not database else 200,
    )


def due_seconds() -> dict[type[Work], float]:
    """Seconds the longest waiting row of each table of work is due, where any is."""
    age = ExpressionWrapper(Extract(Now() - F("due_at"), "epoch"), output_field=FloatField())
    return {
        model: oldest
        for model in apps.get_models()
        if issubclass(model, Work)
        for oldest in WorkQuerySet(model).due().annotate(age=age).values_list("age", flat=True)[:1]
    }


def redis_takes_hints() -> bool:
    """Whether Redis takes a word in time; one that is full answers pings and takes none."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=REDIS_ANSWERS_WITHIN,
        socket_connect_timeout=REDIS_ANSWERS_WITHIN,
    )
    try:
        return bool(client.set(TRIED, 1, ex=1))
    except redis.RedisError as error:
        log.warning("Redis takes no hints: %s", error)
        return False
    finally:
        client.close()
