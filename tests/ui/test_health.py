"""/healthz: who is told what, and when somebody must look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from redis import Redis

from claims.models import Submission
from sources.models import Page
from tests.factories import PageFactory, SearchFactory, SubmissionFactory


def test_anybody_may_ask_and_learns_nothing_else(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": True,
        "redis": True,
        "oldest_due_seconds": None,
    }


def test_work_of_any_table_that_waits_too_long_is_an_alarm(client, db):
    SubmissionFactory()
    assert client.get("/healthz").json()["status"] == "ok"
    SearchFactory(due_at=Now() - timedelta(seconds=121))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "late"
    assert answer.json()["oldest_due_seconds"] in (121, 122)


def test_what_machines_fetch_for_themselves_may_wait_and_what_people_wait_for_may_not(client, db):
    PageFactory(due_at=Now() - timedelta(days=6))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["oldest_due_seconds"]) == (200, None)
    SubmissionFactory(due_at=Now() - timedelta(seconds=121))
    assert client.get("/healthz").json()["oldest_due_seconds"] in (121, 122)
    Submission.objects.all().delete()
    Page.objects.update(due_at=Now() - timedelta(days=8))
    assert client.get("/healthz").json()["status"] == "late"


def test_work_in_somebodys_hands_is_not_late(client, db):
    submission = SubmissionFactory(due_at=Now() - timedelta(seconds=500))
    Submission.objects.lease(submission.pk)
    assert client.get("/healthz").status_code == 200


def test_without_redis_people_can_work(client, db, settings):
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


def test_one_that_answers_and_takes_nothing_is_no_better(client, db, settings, caplog):
    with Redis.from_url(settings.REDIS_URL) as server:
        may = ["+ping", "+select", "+client"]  # and write nothing, as where the memory is full
        server.acl_setuser("visitor", enabled=True, nopass=True, keys=["*"], commands=may)
        settings.REDIS_URL = settings.REDIS_URL.replace("://", "://visitor:any@", 1)
        answer = client.get("/healthz")
        server.acl_deluser("visitor")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["redis"] is False
    assert "Redis takes no hints: " in caplog.text


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_is_down(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "gone_away")
    answer = client.get("/healthz")
    connection.close()
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["oldest_due_seconds"] is None
