"""The Celery application; hints go through it by task name."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import before_task_publish, task_postrun, task_prerun

from factcheck.logs import CARRIED

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

REQUEST = "from_request"
"""The header of a hint that says which request wanted the work."""

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@before_task_publish.connect
def send_request_along(*, headers: dict[str, Any], **kwargs: object) -> None:
    """Write into the hint on whose behalf it is sent."""
    if request := CARRIED.get().get("request"):
        headers[REQUEST] = request


@task_prerun.connect
def carry(*, task: Task, task_id: str, **kwargs: object) -> None:
    """Have each line of a task say which task it is, and which request wanted it."""
    request = getattr(task.request, REQUEST, None)
    CARRIED.set({"task": task_id} | ({"request": request} if request else {}))


@task_postrun.connect
def put_down(**kwargs: object) -> None:
    """Carry nothing on to the next task of this process."""
    CARRIED.set({})
