"""One's own account: another password, for oneself and with the one there is."""

import pytest
from django.conf import settings
from django.test import Client

from factcheck.models import Event
from factcheck.models.login import TRIES_OF_A_NAME
from tests.factories import UserFactory
from tests.ui.conftest import logged_in, person

OLD, NEW = "reading-room-2026", "another-room-2027"


@pytest.fixture(autouse=True)
def passwords_cost_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(db):
    user = person("ada", "Reviewers")
    user.set_password(OLD)
    user.save(update_fields=["password"])
    return user


@pytest.fixture
def here(ada):
    return logged_in(ada)


def change(browser, old=OLD, new=NEW, again=None, **extra):
    sent = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return browser.post("/account/", sent, **extra)


def test_ones_name_leads_to_the_account(here):
    assert 'href="/account/"' in here.get("/desk/").text
    page = here.get("/account/").text
    assert "You log in as <strong>ada</strong>" in page
    assert "Wherever else you are logged in, you are logged out" in page


def test_a_new_password_keeps_this_session_and_ends_the_others(ada, here):
    elsewhere = logged_in(ada)
    before = here.cookies[settings.SESSION_COOKIE_NAME].value
    answer = change(here)
    assert answer.url == "/account/"
    assert "Your password is changed." in here.get("/account/").text
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert elsewhere.get("/desk/").url.startswith("/login/")
    assert not Client().login(username="ada", password=OLD)
    assert Client().login(username="ada", password=NEW)


def test_the_history_tells_of_it_without_the_password(ada, here):
    change(here)
    event = Event.objects.latest("position")
    assert (event.verb, event.user, event.object_id) == (
        "person.password_changed",
        ada,
        ada.public_id,
    )
    assert event.data == {}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"old": "wrong"}, "That is not your password"),
        ({"again": "a-third-room-2028"}, "The two passwords differ"),
        ({"new": "short"}, "too short"),
        ({"new": ""}, "This field is required"),
    ],
)
def test_what_does_not_do_is_explained_and_changes_nothing(ada, here, sent, why):
    answer = change(here, **sent)
    assert answer.status_code == 422
    assert why in answer.text
    for password in (OLD, NEW, "a-third-room-2028"):
        assert password not in answer.text
    assert Client().login(username="ada", password=OLD)
    assert not Event.objects.exists()


def test_nobody_guesses_the_password_of_a_screen_left_open(here):
    for _ in range(TRIES_OF_A_NAME):
        assert "That is not your password" in change(here, old="wrong").text
    answer = change(here)
    assert answer.status_code == 422
    assert "Too many tries" in answer.text
    assert not Event.objects.exists()


def test_somebody_without_a_role_has_an_account_too(ada, here):
    ada.groups.clear()
    assert here.get("/desk/").status_code == 403
    assert change(here).url == "/account/"


def test_a_form_from_elsewhere_changes_no_password(ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    assert change(browser).status_code == 403
    assert Client().login(username="ada", password=OLD)


def test_people_change_their_own_name(ada, here):
    assert 'name="first_name" value="Ada"' in here.get("/account/").text
    answer = here.post("/account/", {"first_name": " Ada ", "last_name": "Moss"})
    assert answer.url == "/account/"
    assert "Your name is changed." in here.get("/account/").text
    ada.refresh_from_db()
    assert ada.name == "Ada Moss"
    event = Event.objects.get()
    assert (event.verb, event.user, event.data) == ("person.renamed", ada, {})


@pytest.mark.parametrize(("name", "why"), [("", "This field is required"), ("\0", "Null char")])
def test_nobody_is_without_a_name(ada, here, name, why):
    answer = here.post("/account/", {"first_name": name, "last_name": "Moss"})
    assert answer.status_code == 422
    assert why in answer.text
    assert not Event.objects.exists()
    assert Client().login(username="ada", password=OLD)


@pytest.mark.parametrize("name", [("ADA", "Twin"), ("ada.twin", "")])
def test_nobody_takes_the_name_of_another(here, name):
    UserFactory(username="ada.twin", first_name="Ada", last_name="Twin")
    answer = here.post("/account/", {"first_name": name[0], "last_name": name[1]})
    assert answer.status_code == 422
    assert "Somebody else is called that" in answer.text
