"""Who may log in: moderators decide about others, and nobody about themselves."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from factcheck.models import User
from factcheck.people import (
    InvitationTokens,
    correct_email,
    give_roles,
    invite,
    invite_again,
    join,
    let_in,
)
from factcheck.people import shut_out as shut
from factcheck.refusals import Refused
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-reading-room-7"


@pytest.fixture
def mona(db):
    return person("mona", "Moderators")


def joining(invited, token, **given):
    return join(
        invited.pk, token, **({"first_name": "Ada", "last_name": "", "password": PASSWORD} | given)
    )


def test_an_invited_person_cannot_log_in_before_joining(mona, client):
    ada, _ = invite(email="Ada@Desk.Example", roles=["Reviewers"], by=mona)
    assert (ada.username, ada.email) == ("ada@desk.example", "ada@desk.example")
    assert not client.login(username=ada.username, password="")
    assert not ada.is_staff


def test_joining_gives_name_and_password_once(mona, client):
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    joining(ada, token)
    ada.refresh_from_db()
    assert ada.name == "Ada"
    assert client.login(username="ada@desk.example", password=PASSWORD)
    with pytest.raises(Refused, match="used or is too old"):
        joining(ada, token, password="another-room-8")
    ada.refresh_from_db()
    assert check_password(PASSWORD, ada.password)


def test_an_invitation_ends_after_three_days(mona, monkeypatch):
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    later = timezone.now().replace(tzinfo=None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr(InvitationTokens, "_now", lambda self: later)
    with pytest.raises(Refused, match="too old"):
        joining(ada, token)


def test_an_invitation_opens_nobody_elses_login(mona):
    ada, _ = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    _, token = invite(email="eve@desk.example", roles=["Reviewers"], by=mona)
    with pytest.raises(Refused):
        joining(ada, token)


def test_of_two_invitations_the_last_counts(mona):
    ada, first = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    _, second = invite_again(ada.pk, by=mona)
    with pytest.raises(Refused):
        joining(ada, first)
    joining(ada, second)


def test_nobody_makes_an_invitation_to_a_login_that_is_used(mona):
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    joining(ada, token)
    with pytest.raises(Refused, match="has joined"):
        invite_again(ada.pk, by=mona)


def test_an_invitation_taken_back_by_shutting_out_is_void(mona):
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    shut(ada.pk, by=mona)
    with pytest.raises(Refused):
        joining(ada, token)
    let_in(ada.pk, by=mona)
    with pytest.raises(Refused):
        joining(ada, token)


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("", "not an e-mail address"),
        ("ada", "not an e-mail address"),
        ("a\0da@desk.example", "not an e-mail address"),
        ("MONA@desk.example", "has a login"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example", "Username"),
    ],
)
def test_an_address_that_cannot_be_invited_is_refused_in_words(mona, email, why):
    User.objects.filter(pk=mona.pk).update(email="mona@desk.example")
    with pytest.raises(Refused, match=why):
        invite(email=email, roles=["Reviewers"], by=mona)


def test_nobody_is_invited_without_a_role(mona):
    with pytest.raises(Refused, match="at least one role"):
        invite(email="ada@desk.example", roles=[], by=mona)
    assert not User.objects.filter(email="ada@desk.example").exists()


def test_a_role_that_does_not_exist_invites_nobody(mona):
    with pytest.raises(Refused, match="no role Kings"):
        invite(email="ada@desk.example", roles=["Kings"], by=mona)
    assert not User.objects.filter(email="ada@desk.example").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda mona: give_roles(mona.pk, roles=["Moderators", "Editors"], by=mona),
        lambda mona: shut(mona.pk, by=mona),
        lambda mona: let_in(mona.pk, by=mona),
        lambda mona: invite_again(mona.pk, by=mona),
    ],
)
def test_nobody_decides_about_themselves(mona, act):
    with pytest.raises(Refused, match="themselves"):
        act(mona)
    assert [group.name for group in mona.groups.all()] == ["Moderators"]


def test_only_a_superuser_decides_about_a_superuser(mona):
    root = User.objects.create(username="root", is_superuser=True)
    for act in (shut, let_in, invite_again):
        with pytest.raises(Refused, match="only a superuser"):
            act(root.pk, by=mona)
    with pytest.raises(Refused, match="only a superuser"):
        give_roles(root.pk, roles=[], by=mona)
    other = User.objects.create(username="other", is_superuser=True)
    assert not shut(root.pk, by=other).is_active


def test_roles_are_given_and_taken(mona):
    ada = person("ada", "Reviewers")
    give_roles(ada.pk, roles=["Editors"], by=mona)
    ada = User.objects.get(pk=ada.pk)
    assert ada.has_perm("claims.approve_verdict")
    give_roles(ada.pk, roles=[], by=mona)
    assert not User.objects.get(pk=ada.pk).has_perm("claims.review_claim")


def test_whoever_is_shut_out_is_out_at_the_next_request_and_may_come_back(mona, client):
    ada = person("ada", "Reviewers")
    client.force_login(ada)
    assert client.get("/desk/").status_code == 200
    shut(ada.pk, by=mona)
    assert client.get("/desk/").url.startswith("/login/")
    with pytest.raises(Refused, match="already"):
        shut(ada.pk, by=mona)
    let_in(ada.pk, by=mona)
    with pytest.raises(Refused, match="already"):
        let_in(ada.pk, by=mona)


# The page an invitation leads to.
@pytest.fixture
def link(mona):
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    return f"/invitation/{ada.public_id}/{token}/"


def test_the_page_asks_for_name_and_password_and_logs_in(client, link):
    assert "ada@desk.example" in client.get(link).text
    sent = {"first_name": "Ada", "last_name": "Moss", "password": PASSWORD, "again": PASSWORD}
    assert client.post(link, sent).url == "/"
    assert "Ada Moss" in client.get("/desk/").text
    again = client.post(link, sent)
    assert again.status_code == 410
    assert "This invitation is over" in again.text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"first_name": "", "password": PASSWORD, "again": PASSWORD}, "This field is required"),
        ({"first_name": "Ada", "password": PASSWORD, "again": "other"}, "differ"),
        ({"first_name": "Ada", "password": "short", "again": "short"}, "too short"),
        ({"first_name": "Ada", "password": "ada@desk.example", "again": "ada@desk.example"}, "too"),
        ({"first_name": "\0", "password": PASSWORD, "again": PASSWORD}, "Null characters"),
    ],
)
def test_what_does_not_do_is_explained_and_the_name_is_kept(client, link, sent, why):
    answer = client.post(link, sent)
    assert answer.status_code == 422
    assert why in answer.text
    assert PASSWORD not in answer.text
    assert re.search(rf'value="{sent["first_name"]}"', answer.text) or sent["first_name"] in (
        "",
        "\0",
    )
    assert client.get(link).status_code == 200


def test_a_wrong_link_opens_nothing(client, link):
    assert client.get(link[:-2] + "x/").status_code == 410
    assert client.get("/invitation/01a202e0-4465-7077-b321-069f37f4e93b/x-y/").status_code == 410


def test_an_invitation_sent_to_a_wrong_address_is_corrected_until_it_is_used(mona, client):
    ada, first = invite(email="adda@desk.example", roles=["Reviewers"], by=mona)
    invite(email="eve@desk.example", roles=["Editors"], by=mona)
    with pytest.raises(Refused, match="has a login"):
        correct_email(ada.pk, email="eve@desk.example", by=mona)
    ada, token = correct_email(ada.pk, email="Ada@Desk.Example", by=mona)
    with pytest.raises(Refused):
        joining(ada, first)
    joining(ada, token)
    assert client.login(username="ada@desk.example", password=PASSWORD)
    with pytest.raises(Refused, match="has joined"):
        correct_email(ada.pk, email="ada@elsewhere.example", by=mona)
