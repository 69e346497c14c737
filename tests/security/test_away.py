"""The database is away: people are told so, and lose nothing of what they typed."""

import logging
import socket

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import Client

from claims.models import Claim
from factcheck.away import is_away
from factcheck.collisions import Collision
from tests.factories import AppearanceFactory
from tests.security.test_expired import HERE, HOSTILE, fields, path, send
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nobody_listens(monkeypatch):
    """Have the database looked for where there is none, until it is let back."""

    def leave():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", str(port))

    yield leave
    monkeypatch.undo()
    connection.close()


@pytest.fixture
def browser():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/login/")
    token = client.cookies[settings.CSRF_COOKIE_NAME]
    client.force_login(person("ada", "Reviewers"))
    client.cookies[settings.CSRF_COOKIE_NAME] = token
    return client


def test_what_was_sent_is_kept_on_the_page_and_saved_when_the_database_is_back(
    browser, nobody_listens, monkeypatch, caplog
):
    claim = AppearanceFactory().claim
    nobody_listens()
    away = send(browser, path("reword", claim), {"text": HOSTILE, "wording": "1"})
    assert (away.status_code, away.headers["Retry-After"]) == (503, "5")
    assert "<script>alert" not in away.text
    monkeypatch.undo()
    again = fields(away.text)
    assert (again["text"], again["wording"]) == (HOSTILE, "1")
    assert f'action="{path("reword", claim)}"' in away.text
    assert browser.post(path("reword", claim), again, **HERE).status_code == 302
    assert Claim.objects.get().text == HOSTILE
    (told,) = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert told.getMessage().startswith("the database does not answer: ")
    assert told.exc_info is None


def test_pages_of_people_and_of_the_world_say_that_they_will_be_back(browser, nobody_listens):
    address = path("public", AppearanceFactory().claim)
    nobody_listens()
    for client, asked in ((browser, "/desk/"), (browser, "/admin/"), (Client(), address)):
        client.raise_request_exception = False
        away = client.get(asked)
        assert (away.status_code, away.headers["Retry-After"]) == (503, "5"), asked
        assert f'<a href="{asked}">Try again</a>' in away.text


def test_a_script_is_told_in_a_word(browser, nobody_listens):
    nobody_listens()
    away = browser.get("/desk/", headers={"X-Requested-With": "fetch"})
    assert (away.status_code, away.headers["Content-Type"]) == (503, "text/plain")


@pytest.mark.parametrize("origin", ["https://evil.example", ""])
def test_what_another_site_wrote_is_not_shown(browser, nobody_listens, origin):
    claim = AppearanceFactory().claim
    nobody_listens()
    sent = {"text": "Call 555-0100.", "wording": "1"}
    away = browser.post(path("reword", claim), sent, HTTP_ORIGIN=origin)
    assert away.status_code == 503
    assert "555-0100" not in away.text


def test_what_the_database_refuses_or_gives_up_is_no_absence():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10")
        with pytest.raises(OperationalError) as slow:
            cursor.execute("SELECT pg_sleep(1)")
        transaction.set_rollback(True)
    assert not is_away(slow.value)
    collision = Collision()
    collision.__cause__ = slow.value
    assert not is_away(collision)
    assert not is_away(ValueError())


def test_a_cursor_that_was_closed_meanwhile_is_an_absence():
    with connection.cursor() as cursor:
        pass
    with pytest.raises(InterfaceError) as closed:
        cursor.execute("SELECT 1")
    assert is_away(closed.value)
