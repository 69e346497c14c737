"""Reports of errors come from anybody: floods, forged forms and hostile words do nothing."""

import re

import pytest
import redis
from django.conf import settings as now
from django.test import Client
from django.urls import reverse

from claims.actions import objections
from claims.models import Objection
from claims.views import reporting
from factcheck.models import Event
from factcheck.sizes import MOST_PUBLIC
from tests.security.test_hostile_text import AWAY, HOSTILE, check
from tests.security.test_sizes import Unread
from tests.stories import published
from tests.ui.conftest import logged_in, person

SENT = {"kind": "other", "words": "The port counted in June."}
HERE = {"HTTP_ORIGIN": "http://testserver"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]


@pytest.fixture
def forgotten(settings):
    """Nobody has reported anything yet."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for name in client.scan_iter("reports:*"):
            client.delete(name)
    reporting._counters.cache_clear()
    yield
    reporting._counters.cache_clear()


@pytest.fixture
def form():
    return reverse("claims:report_error", args=[published().claim.public_id])


def send(form, number=0, *, client=None, **more):
    sent = SENT | {"words": f"The port counted {number} in June."}
    return (client or Client()).post(form, sent, **more)


def test_from_one_address_not_more_is_taken_than_one_person_writes(form):
    answers = [send(form, number) for number in range(reporting.MOST_FROM_ONE + 2)]
    assert [answer.status_code for answer in answers[-3:]] == [302, 429, 429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert "The port counted 11 in June.</textarea>" in answers[-1].text, "nothing is lost"
    assert Objection.objects.count() == reporting.MOST_FROM_ONE
    assert send(form, 99, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_no_address_is_stored_anywhere(form, settings):
    send(form, REMOTE_ADDR="198.51.100.7")
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        (name,) = client.scan_iter("reports:*")
        assert re.fullmatch(rb"reports:[0-9a-f]{40,64}", name)
        assert 0 < client.ttl(name) <= 7200
    row = Objection.objects.values().get()
    event = Event.objects.filter(verb="objection.received").values().get()
    assert "198.51.100" not in repr((row, event))


def test_a_flood_from_everywhere_ends_at_what_people_can_read(
    form, monkeypatch, settings, tmp_path
):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"  # nobody counts addresses
    reporting._counters.cache_clear()
    monkeypatch.setattr(objections, "MOST_AN_HOUR", 12)
    answers = [send(form, number, REMOTE_ADDR=f"198.51.100.{number}") for number in range(14)]
    assert [answer.status_code for answer in answers] == [302] * 12 + [429] * 2
    assert "Try again later" in answers[-1].text
    assert Objection.objects.count() == 12


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(form):
    answer = Client().post(form, SENT | {"subject": "Cheap watches"})
    assert answer.url.endswith("/objection/received/")
    assert not Objection.objects.exists()


def test_a_form_without_its_token_is_offered_again_to_a_reader_without_a_door(form):
    reader = Client(enforce_csrf_checks=True)
    assert send(form, client=reader, HTTP_ORIGIN="https://evil.example").status_code == 403
    refused = send(form, client=reader, **HERE)
    assert refused.status_code == 403
    assert "took no cookie" in refused.text
    assert "The port counted 0 in June.</textarea>" in refused.text
    assert "/login/" not in refused.text
    assert not Objection.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', refused.text)[1]
    again = SENT | {"csrfmiddlewaretoken": token}
    assert reader.post(form, again, **HERE).status_code == 302
    assert Objection.objects.count() == 1


def test_the_form_is_kept_by_nobody_and_sets_no_cookie_but_that_of_its_token(form):
    answer = Client().get(form)
    assert set(answer.cookies) == {now.CSRF_COOKIE_NAME}
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.text


def test_whoever_is_logged_in_is_shown_the_same_form(form):
    reader, reviewer = Client(), logged_in(person("ada", "Reviewers"))
    pages = [re.sub(r'value="\w{64}"', "", one.get(form).text) for one in (reader, reviewer)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_can_be_done_there(form, method):
    assert getattr(Client(), method)(form).status_code == 405


def test_a_large_report_is_refused_unread(form):
    answer = Client().generic(
        "POST", form, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(MOST_PUBLIC + 1)}
    )
    assert answer.status_code == 413


def test_the_largest_report_is_taken(form):
    whole = {"words": "ố" * 4_000, "url": f"https://port.example/{'é' * 900}", "name": "ố" * 200}
    assert Client().post(form, SENT | whole).status_code == 302


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_back_as_text(form, words):
    sent = dict.fromkeys(("kind", "words", "url", "name", "email", "subject", "version"), words)
    answer = Client().post(form, sent)
    assert answer.status_code == 422
    check(answer, form)
    answer = Client().post(form, SENT | {"words": f"{words} in June", "url": AWAY})
    assert answer.status_code == 422
    check(answer, form)
    check(Client().get(form, {"version": words}), form)
    assert not Objection.objects.exists()
