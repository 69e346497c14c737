"""What the log tells: which request, which task, who, how long; and what it never tells."""

import json
import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO

import httpx
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.signals import connection_created
from django.urls import reverse

from claims.actions.intake import Handed, submit
from claims.models import Submission
from factcheck.embedded.wheels import CHECKOUT
from factcheck.logs import CARRIED, Json, Line
from factcheck.people import invite, make_password_link, shut_out
from sources import registry
from sources.calls import ToldTransport
from tests.factories import ApiKeyFactory, UserFactory
from tests.loopback import PUBLIC, page, serving
from tests.ui.conftest import logged_in, person
from tests.work.conftest import HARBOUR
from tests.workers import work_off

SECRETS = ["Forty boats", "coastguard", "Fishing quotas"]


class Heard:
    """What the log says, as programs read it and as people do."""

    def __init__(self):
        self.outputs = {Json: StringIO(), Line: StringIO()}
        self.handlers = []
        for formatter, output in self.outputs.items():
            handler = logging.StreamHandler(output)
            handler.setFormatter(formatter())
            self.handlers.append(handler)

    @property
    def lines(self):
        return [json.loads(line) for line in self.outputs[Json].getvalue().splitlines()]

    @property
    def text(self):
        return "".join(output.getvalue() for output in self.outputs.values())

    def one(self, message):
        (line,) = [line for line in self.lines if line["message"].startswith(message)]
        return line


@pytest.fixture
def heard():
    heard, root = Heard(), logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler in heard.handlers:
        root.addHandler(handler)
    yield heard
    for handler in heard.handlers:
        root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def log():
    return logging.getLogger("factcheck.test")


# Requests.
def test_an_answer_is_told_in_one_line_with_its_id_and_who_asked(heard, db):
    ada = person("lovelace", "Reviewers")
    answer = logged_in(ada).get("/desk/", {"words": "Forty boats"})
    line = heard.one("GET /desk/")
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["user"], line["status"]) == (str(ada.public_id), 200)
    assert line["ms"] >= 0
    assert "lovelace" not in heard.text
    assert "Forty" not in heard.text


def test_each_request_has_an_id_of_its_own_and_leaves_none_behind(heard, client, db):
    ids = {client.get("/login/").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    assert CARRIED.get() == {}


def test_an_id_is_taken_from_a_proxy_and_from_nobody_else(heard, client, db, settings):
    given = {"HTTP_X_REQUEST_ID": "4bf92f3577b34da6"}
    assert client.get("/login/", **given).headers["X-Request-ID"] != "4bf92f3577b34da6"
    settings.PROXIES = 1
    assert client.get("/login/", **given).headers["X-Request-ID"] == "4bf92f3577b34da6"
    hostile = {"HTTP_X_REQUEST_ID": 'x" {"level": "hm"'}
    assert '"' not in client.get("/login/", **hostile).headers["X-Request-ID"]


def test_a_request_with_a_key_is_told_by_publisher_and_prefix(heard, db, rf):
    from factcheck.requests import who

    request = rf.get("/api/v1/articles/")
    request.auth = key = ApiKeyFactory()
    assert who(request) == {"key": key.prefix, "publisher": str(key.publisher.public_id)}


def test_an_address_with_a_line_break_makes_no_second_line(heard, client, db):
    client.get("/%0A12:00:00 ERROR factcheck: forged")
    assert "\n12:00:00 ERROR factcheck: forged" not in heard.outputs[Line].getvalue()


def test_asking_whether_all_is_well_fills_no_log(heard, client, db):
    client.get("/healthz")
    assert heard.one("GET /healthz")["level"] == "DEBUG"


def test_a_password_is_in_no_line(heard, client, db):
    client.post("/login/", {"username": "ada", "password": "reading-room-2026"})
    assert heard.one("POST /login/")
    assert "reading-room" not in heard.text


@pytest.mark.parametrize("name", ["invitation", "new_password"])
@pytest.mark.parametrize("state", ["good", "over"])
def test_a_link_that_lets_somebody_in_is_in_no_line(heard, client, db, name, state):
    mona = person("mona", "Moderators")
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    if name == "new_password":
        ada.set_password("quiet-reading-room-7")
        ada.save()
        ada, token = make_password_link(ada.pk, by=mona)
    if state == "over":
        shut_out(ada.pk, by=mona)
    address = reverse(name, args=[ada.public_id, token])
    for asked in (address, address.rstrip("/"), f"/nowhere{address}"):
        client.get(asked)
    assert str(ada.public_id) in heard.text
    assert token not in heard.text


# From the request to the task.
@pytest.mark.django_db(transaction=True)
def test_one_id_leads_from_a_click_to_the_work_and_no_line_holds_the_text(heard, queue):
    browser = logged_in(person("ada", "Reviewers"))
    sent = {"text": HARBOUR, "visibility": "confidential", "purpose": "fact_check"}
    answer = browser.post("/submit/", sent)
    asked = answer.headers["X-Request-ID"]
    submission = Submission.objects.get()
    database = connection.settings_dict
    address = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + database["NAME"]
    command = [sys.executable, "-m", "celery", "-A", "factcheck.celery", "worker", "-P", "solo"]
    worker = subprocess.Popen(
        [
            *command,
            "--loglevel",
            "INFO",
            "--queues",
            "reading,asked,needed,work",
            "--without-mingle",
        ],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": address, "LOG_FORMAT": "json", "LOG_LEVEL": "DEBUG"},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        end = time.monotonic() + 120
        while submission.state == "received" and time.monotonic() < end:
            time.sleep(0.2)
            submission.refresh_from_db()
    finally:
        worker.terminate()
        _, told = worker.communicate(timeout=60)
    assert submission.state == "ready"
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    mine = [line for line in lines if line.get("request") == asked]
    assert any("claims.take_in" in line["message"] and line["task"] for line in mine), told
    for secret in SECRETS:
        assert secret not in told
        assert secret not in heard.text


# What is slow.
def test_a_slow_query_is_told_without_its_values(heard, db, settings):
    connection_created.send(type(connection), connection=connection)
    settings.SLOW_QUERY_MS = 20
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.03), %s", ["Forty boats"])
        cursor.execute("SELECT 1")
    line = heard.one("slow query")
    assert line["query"] == "SELECT pg_sleep(0.03), %s"
    assert line["ms"] >= 20
    assert "Forty" not in str(line)


# Who was asked outside.
def test_a_call_outside_is_told_with_its_answer_and_never_what_was_asked(heard):
    answers = iter([httpx.Response(429), httpx.Response(200, json={})])
    inner = httpx.MockTransport(lambda request: next(answers))
    with httpx.Client(transport=ToldTransport(inner, "wikipedia")) as client:
        for _ in range(2):
            client.get("https://en.wikipedia.example/w/api.php?srsearch=Forty+boats")
        with pytest.raises(StopIteration):
            client.get("https://en.wikipedia.example/")
    lines = [line for line in heard.lines if line["message"] == "asked outside"]
    assert [line["status"] for line in lines] == [429, 200, "StopIteration"]
    assert {(line["provider"], line["host"]) for line in lines} == {
        ("wikipedia", "en.wikipedia.example")
    }
    assert all(line["ms"] >= 0 for line in lines)
    assert "boats" not in "".join(str(line) for line in lines)


def test_the_clients_of_outside_providers_are_told_of():
    for name in registry.MAKERS:
        adapter, _ = registry._adapter(name)
        assert isinstance(adapter._client._transport._inner, ToldTransport)


def test_a_page_that_is_fetched_is_told_by_its_host(heard, db, monkeypatch):
    from sources.web import Fetcher

    body = f"<html><body><article>{''.join(f'<p>{x}</p>' for x in HARBOUR.split(chr(10)))}"
    with serving(lambda path: [page(body.encode())]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        url = "https://paper.example/boats?token=geheim"
        submit(Handed(url=url, visibility="public"), by=UserFactory())
        work_off(Submission)
    line = heard.one("asked outside")
    assert (line["provider"], line["host"], line["status"]) == ("web", "paper.example", 200)
    assert "geheim" not in str(heard.lines)


def test_a_confidential_article_asks_nobody(heard, db):
    submit(Handed(text=HARBOUR), by=UserFactory())
    work_off(Submission)
    assert not [line for line in heard.lines if line["message"] == "asked outside"]


# The lines themselves.
def test_an_error_is_told_by_its_kind_place_and_first_line_only(heard, log, db):
    try:
        with transaction.atomic():
            Submission.objects.create(text=HARBOUR, state="lost")
    except IntegrityError:
        log.exception("it failed")
    line = heard.one("it failed")
    assert "IntegrityError" in line["error"]
    assert "test_logs.py" in line["error"]
    assert "submission_" in line["error"]  # the constraint's name
    for secret in SECRETS:
        assert secret not in line["error"]


def test_an_error_tells_what_it_came_from(heard, log):
    try:
        try:
            {}["inner"]
        except KeyError as inner:
            raise ValueError("\n".join(["outer", *SECRETS])) from inner
    except ValueError:
        log.exception("it failed")
    error = heard.one("it failed")["error"]
    assert error.index("KeyError: 'inner'") < error.index("ValueError: outer")
    assert SECRETS[0] not in error


def test_a_line_break_in_a_message_makes_no_second_line_for_programs(heard, log):
    log.warning("one\n%s", '{"level": "INFO"}')
    (line,) = heard.lines
    assert line["message"] == 'one\n{"level": "INFO"}'


def test_people_read_time_level_and_details(heard, log):
    log.warning("lease %s is lost", 7, extra={"about": {"ms": 12}})
    now = datetime.now(UTC)
    text = heard.outputs[Line].getvalue()
    assert text.endswith(" WARNING factcheck.test: lease 7 is lost (ms=12)\n")
    assert text[:2] in {f"{now:%H}", f"{now.hour - 1:02}"}
