"""A forgotten password: a link to another, made by a moderator, used once by the person."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.models import Event, User
from factcheck.people import (
    PasswordLinkTokens,
    invitations,
    let_in,
    make_password_link,
    shut_out,
)
from factcheck.refusals import Refused
from tests.ui.conftest import logged_in, person

pytestmark = pytest.mark.django_db
OLD, NEW = "reading-room-2026", "another-room-2027"


@pytest.fixture(autouse=True)
def passwords_cost_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def mona():
    return person("mona", "Moderators")


@pytest.fixture
def ada():
    user = person("ada", "Reviewers")
    user.set_password(OLD)
    user.save(update_fields=["password"])
    return user


def link(ada, by):
    _, token = make_password_link(ada.pk, by=by)
    return f"/new-password/{ada.public_id}/{token}/"


def choose(address, browser=None, password=NEW, again=NEW):
    return (browser or Client()).post(address, {"password": password, "again": again})


def test_a_moderator_hands_over_a_link_that_works_once_and_ends_other_sessions(ada, mona):
    elsewhere, here = logged_in(ada), Client()
    made = logged_in(mona).post(f"/admin/factcheck/user/{ada.pk}/act/new-password/")
    address = re.search(r"/new-password/[\w-]+/[\w-]+/", made.text)[0]
    assert here.get(address).status_code == 200
    assert elsewhere.get("/desk/").status_code == 200
    assert choose(address, here).url == "/"
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").url.startswith("/login/")
    assert not Client().login(username="ada", password=OLD)
    assert Client().login(username="ada", password=NEW)
    assert choose(address).status_code == 410
    verbs = [(event.verb, event.user) for event in Event.objects.order_by("position")]
    assert verbs[-2:] == [("person.password_link_made", mona), ("person.password_changed", ada)]


@pytest.mark.parametrize("what", ["another link", "a log-in", "shutting out", "three days"])
def test_a_link_ends_by(ada, mona, what, monkeypatch):
    address = link(ada, mona)
    match what:
        case "another link":
            link(ada, mona)
        case "a log-in":
            Client().post("/login/", {"username": "ada", "password": OLD})
        case "shutting out":
            shut_out(ada.pk, by=mona)
            assert Client().get(address).status_code == 410
            let_in(ada.pk, by=mona)
        case "three days":
            later = timezone.now().replace(tzinfo=None) + timedelta(days=3, minutes=1)
            monkeypatch.setattr(PasswordLinkTokens, "_now", lambda self: later)
    answer = choose(address)
    assert answer.status_code == 410
    assert "This link is over" in answer.text
    assert Client().login(username="ada", password=OLD)


def test_another_link_opens_nothing(ada, mona):
    bob = person("bob")
    _, of_ada = make_password_link(ada.pk, by=mona)
    assert choose(f"/new-password/{bob.public_id}/{of_ada}/").status_code == 410
    invitation = invitations.make_token(ada)
    assert choose(f"/new-password/{ada.public_id}/{invitation}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "why"), [("2b-or-not", "2b-or-not", "too short"), (NEW, OLD, "differ")]
)
def test_what_does_not_do_is_explained_and_the_link_stays(ada, mona, password, again, why):
    address = link(ada, mona)
    answer = choose(address, password=password, again=again)
    assert answer.status_code == 422
    assert why in answer.text
    assert password not in answer.text
    assert Client().get(address).status_code == 200


def test_it_is_for_those_who_have_a_password_and_decided_by_others(ada, mona):
    with pytest.raises(Refused, match="about themselves"):
        make_password_link(mona.pk, by=mona)
    with pytest.raises(Refused, match="has not joined"):
        make_password_link(person("new").pk, by=mona)
    root = User.objects.create(username="root", is_superuser=True, password=ada.password)
    with pytest.raises(Refused, match="only a superuser"):
        make_password_link(root.pk, by=mona)
    shut_out(ada.pk, by=mona)
    with pytest.raises(Refused, match="may not log in"):
        make_password_link(ada.pk, by=mona)
