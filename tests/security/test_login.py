"""The door for people: how often they may try, and where it leads."""

import re
from functools import partial

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory

from factcheck.login import client_address
from factcheck.models import Event, LoginTries
from factcheck.models.login import TRIES_OF_A_NAME, TRIES_OF_AN_ADDRESS
from tests.at_once import at_once
from tests.ui.conftest import person

PASSWORD = "reading-room-2026"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def ada(db):
    user = person("ada", "Reviewers")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def passwords_cost_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def log_in(password=PASSWORD, name="ada", address=HERE, path="/login/", client=None, **extra):
    client = client or Client()
    sent = {"username": name, "password": password}
    return client.post(path, sent, REMOTE_ADDR=address, **extra)


def wrong(times, **where):
    return [log_in("wrong", **where) for _ in range(times)]


def let_time_pass(interval):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE factcheck_logintries SET last_at = last_at - interval '{interval}'")


def is_in(answer):
    return answer.status_code == 302


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at(ada):
    for answer in wrong(TRIES_OF_A_NAME):
        assert answer.status_code == 200
        assert "do not go together" in answer.text
    answer = log_in()
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in answer.text
    assert "ask a moderator" in answer.text
    assert f'value="{"ada"}"' in answer.text


def test_the_right_password_within_five_tries_is_let_in_and_the_count_begins_anew(ada):
    for _ in range(3):
        wrong(TRIES_OF_A_NAME - 1)
        assert is_in(log_in())


def test_nobody_is_locked_out_by_what_is_done_at_another_address(ada):
    wrong(TRIES_OF_A_NAME + 3, address=ELSEWHERE)
    assert is_in(log_in(address=HERE))
    assert log_in(address=ELSEWHERE).status_code == 429


def test_nobody_is_locked_out_by_what_is_done_with_another_name(ada):
    wrong(TRIES_OF_A_NAME + 3, name="ben")
    assert is_in(log_in())


def test_an_address_cannot_try_a_password_with_every_name(ada):
    for number in range(TRIES_OF_AN_ADDRESS):
        log_in("Spring2026!", name=f"person{number}")
    assert log_in().status_code == 429
    assert is_in(log_in(address=ELSEWHERE))


def test_ones_own_login_does_not_win_more_tries_at_others(ada):
    for number in range(TRIES_OF_AN_ADDRESS):
        log_in("Spring2026!", name=f"person{number}")
        if number % 10 == 0:
            assert is_in(log_in())
    assert log_in().status_code == 429


def test_after_a_quarter_of_an_hour_one_may_try_again(ada):
    wrong(TRIES_OF_A_NAME)
    let_time_pass("14 minutes")
    assert log_in().status_code == 429
    let_time_pass("61 seconds")  # being refused has not made the wait longer
    assert is_in(log_in())


def test_names_are_one_however_they_are_typed(ada):
    for typed in ("ada", "ADA", " Ada", "aDa ", "ada"):
        log_in("wrong", name=typed)
    assert log_in().status_code == 429


def test_the_administration_has_no_door_of_its_own(ada):
    answer = log_in(path="/admin/login/")
    assert answer.url.startswith("/login/?next=")


@pytest.mark.django_db(transaction=True)
def test_guesses_made_at_once_are_all_counted():
    taken = []

    def guess():
        taken.append(LoginTries.objects.take("ada", HERE))

    at_once(*[guess] * 12)
    assert sorted(taken) == [False] * (12 - TRIES_OF_A_NAME) + [True] * TRIES_OF_A_NAME


def test_what_was_typed_as_a_name_is_not_kept(ada):
    log_in("wrong", name="correct horse battery")
    rows = LoginTries.objects.values_list("account", flat=True)
    assert sorted(len(account) for account in rows) == [0, 64]


def test_tries_are_forgotten_after_a_day(ada):
    wrong(1)
    let_time_pass("25 hours")
    wrong(1, address=ELSEWHERE)
    assert set(LoginTries.objects.values_list("address", flat=True)) == {ELSEWHERE}


def test_a_moderators_command_lets_somebody_try_again(ada, capsys):
    wrong(TRIES_OF_A_NAME)
    call_command("allow_login", "ada")
    assert is_in(log_in())
    event = Event.objects.get(verb="login.allowed")
    assert (event.object_id, event.data) == (ada.public_id, {"addresses": 1})


def test_the_command_says_that_there_is_nobody_of_that_name(db):
    with pytest.raises(CommandError, match="Nobody has the user name eve"):
        call_command("allow_login", "eve")


# Where a request comes from.
def address_of(forwarded=None, remote=HERE):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_a_client_cannot_invent_its_address(settings):
    settings.PROXIES = 0
    assert address_of("203.0.113.1") == HERE
    settings.PROXIES = 1
    assert address_of("203.0.113.1, 198.51.100.9") == ELSEWHERE
    settings.PROXIES = 2
    assert address_of("203.0.113.1, 198.51.100.9, 192.0.2.7") == ELSEWHERE


def test_without_the_proxies_word_the_connection_counts(settings):
    settings.PROXIES = 2
    assert address_of(None) == HERE
    assert address_of("203.0.113.1") == HERE


def test_a_household_is_one_address(settings):
    ours = {address_of(remote=f"2001:db8:1:2:{last}") for last in (":1", ":ffff", "a:b:c:d")}
    assert ours == {"2001:db8:1:2::/64"}
    assert address_of(remote="::ffff:192.0.2.7") == HERE
    assert address_of(remote="") == "unknown"
    assert address_of(remote="not an address") == "unknown"


def test_behind_a_proxy_tries_are_counted_where_they_come_from(ada, settings):
    settings.PROXIES = 1
    through = partial(log_in, address="10.0.0.1")
    for _ in range(TRIES_OF_A_NAME):
        through("wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.1, {ELSEWHERE}")
    assert through(HTTP_X_FORWARDED_FOR=ELSEWHERE).status_code == 429
    assert is_in(through(HTTP_X_FORWARDED_FOR=HERE))


# The session.
def test_a_session_from_before_the_login_is_worth_nothing_after_it(ada, client):
    session = client.session
    session["mine"] = "planted"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    log_in(client=client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert stranger.get("/").status_code == 302


def test_a_new_password_ends_other_sessions(ada, client):
    log_in(client=client)
    assert client.get("/").status_code == 200
    ada.set_password("another-room-2027")
    ada.save()
    assert client.get("/").status_code == 302


def test_logging_out_ends_the_session(ada, client):
    log_in(client=client)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/").status_code == 302


def test_the_token_of_a_form_changes_with_the_login(ada):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/login/").text
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    sent = {"username": "ada", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert is_in(client.post("/login/", sent))
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before


# Where it leads.
@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        r"\\evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://testserver@evil.example/",
        " //evil.example",
        "\thttps://evil.example",
        "/%09/evil.example".replace("%09", "\t"),
    ],
)
def test_logging_in_leads_to_no_other_site(ada, client, target):
    for sent in ({"next": target}, {}):
        answer = client.post(
            "/login/",
            {"username": "ada", "password": PASSWORD} | sent,
            query_params={"next": target},
        )
        assert answer.url == "/"
    assert client.get("/login/", {"next": target}).url == "/"  # of somebody who is in already


def test_logging_in_leads_to_the_page_that_was_asked_for(ada, client):
    asked = client.get("/desk/")
    assert client.post(asked.url, {"username": "ada", "password": PASSWORD}).url == "/desk/"
