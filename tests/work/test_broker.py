"""A Valkey that stops, hangs or forgets costs nobody time and loses no work."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery, current_app
from django.test import Client
from django.urls import reverse
from redis import Redis

from claims.actions.intake import Handed, submit
from claims.models import Search, Submission
from factcheck.embedded.layout import Layout
from factcheck.embedded.valkey import Valkey
from factcheck.environment import celery_broker
from factcheck.tasks import sweep
from tests.factories import UserFactory
from tests.work.conftest import HARBOUR
from tests.workers import TASKS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("library", "word_rules"),
]

FAR_TOO_LONG = 3.0  # seconds; the wrong setting costs six, the right one a third of one


class Broker:
    """A Valkey of the test's own, which may be treated badly."""

    def __init__(self, server: Valkey) -> None:
        self.server = server
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = self.server.start()
        while not self.server.answers():
            time.sleep(0.02)

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def hang(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGCONT)

    def forget(self) -> None:
        with Redis.from_url(self.server.url) as redis:
            redis.flushall()

    def take_hint(self) -> tuple[str, int] | None:
        """Take the oldest hint, as a worker would."""
        with Redis.from_url(self.server.url) as redis:
            message = redis.rpop("reading") or redis.rpop("work")
        if message is None:
            return None
        told = json.loads(message)
        (row,), _, _ = json.loads(b64decode(told["body"]))
        return told["headers"]["task"], row


@pytest.fixture
def broker(settings) -> Iterator[Broker]:
    folder = Path(tempfile.mkdtemp(prefix="factcheck-broker-"))
    folder.chmod(0o711)  # the server may run as another user
    layout = Layout(folder / "servers", logs=folder, durable=False)
    broker = Broker(layout.servers()[1])
    broker.start()
    settings.REDIS_URL = broker.server.url
    usual = current_app._get_current_object()
    app = Celery("trial", set_as_current=True)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = celery_broker(broker.server.url)
    yield broker
    app.close()
    usual.set_current()
    broker.stop()
    layout.remove()
    shutil.rmtree(folder)


def work_on_hints(broker: Broker) -> None:
    """Do what the hints say, and nothing else; sweep when there are none, as beat does."""
    by_name = {model.task: task for model, task in TASKS.items()}
    for _ in range(5):
        sweep()
        while (hint := broker.take_hint()) is not None:
            by_name[hint[0]](hint[1])


def seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def hand_in() -> None:
    submit(Handed(text=HARBOUR), by=UserFactory())


@pytest.mark.parametrize(
    ("harm", "mend"),
    [
        (Broker.stop, Broker.start),
        (Broker.hang, Broker.go_on),
        (Broker.forget, lambda broker: None),
    ],
    ids=["stopped", "hung", "emptied"],
)
def test_handing_in_is_quick_and_everything_is_done_once_the_broker_is_back(broker, harm, mend):
    hand_in()  # the connection is there before it breaks
    harm(broker)

    took = seconds(hand_in)
    if harm is Broker.forget:
        harm(broker)

    assert took < FAR_TOO_LONG
    assert Submission.objects.due().count() == 2
    mend(broker)
    work_on_hints(broker)
    assert not Submission.objects.due().exists()
    assert Search.objects.filter(finished_at__isnull=False).count() == Search.objects.count() >= 6


@pytest.mark.parametrize("harm", [Broker.stop, Broker.hang], ids=["stopped", "hung"])
def test_handing_in_through_the_web_is_quick_without_a_broker(broker, harm):
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    form = {"text": HARBOUR, "visibility": "confidential", "purpose": "fact_check"}
    client.post(reverse("claims:hand_in"), form)  # what is imported at first use is there
    harm(broker)
    answers = []

    took = seconds(lambda: answers.append(client.post(reverse("claims:hand_in"), form)))

    assert answers[0].status_code == 302
    assert took < FAR_TOO_LONG
    assert Submission.objects.due().count() == 2


def test_hints_of_a_broker_that_works_are_enough(broker):
    hand_in()

    by_name = {model.task: task for model, task in TASKS.items()}
    while (hint := broker.take_hint()) is not None:
        by_name[hint[0]](hint[1])

    assert Search.objects.filter(finished_at__isnull=False).count() == Search.objects.count() >= 3
