"""Keys: who is let in, and what each may do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.keys import issue_key, revoke_key
from claims.actions.refusals import Refused
from claims.scopes import Scope
from factcheck.models import ApiKey, Event, Publisher
from tests.api.asking import asking
from tests.at_once import at_once
from tests.factories import ApiKeyFactory, PublisherFactory, UserFactory

pytestmark = pytest.mark.django_db


def code(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["code"]


# Who is not let in.
@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "key_missing"),
        ("Basic YTpi", "key_missing"),
        ("Bearer", "key_unknown"),
        ("Bearer fc_00000000_guess", "key_unknown"),
        ("Bearer \xff\xfe", "key_unknown"),
    ],
)
def test_without_a_key_nobody_is_let_in(header, expected):
    headers = {} if header is None else {"Authorization": header}
    answer = Client(headers=headers).get("/api/v1/submissions")
    assert code(answer) == (401, expected)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_login_opens_nothing_here():
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    assert code(client.get("/api/v1/submissions")) == (401, "key_missing")


def test_a_revoked_key_opens_nothing_from_the_next_request_on():
    api = asking()
    assert api.get("submissions").status_code == 200
    revoke_key(api.key.pk, by=UserFactory())
    assert code(api.get("submissions")) == (401, "key_revoked")


def test_a_key_opens_nothing_after_its_end():
    api = asking(expires_at=timezone.now() - timedelta(seconds=1))
    assert code(api.get("submissions")) == (401, "key_expired")


def test_the_keys_of_a_publisher_that_left_open_nothing():
    api = asking()
    Publisher.objects.update(active=False)
    assert code(api.get("submissions")) == (401, "publisher_inactive")


@pytest.mark.parametrize(
    ("method", "lacking"),
    [("get", Scope.SUBMISSIONS_READ), ("post", Scope.SUBMISSIONS_WRITE)],
)
def test_a_key_does_what_its_scopes_say_and_nothing_else(method, lacking):
    api = asking(scopes=[scope for scope in Scope if scope != lacking])
    answer = api.post("submissions", {"text": "A."}) if method == "post" else api.get("submissions")
    assert code(answer) == (403, "scope_missing")
    assert lacking in answer.json()["detail"]


# Issuing and revoking.
def test_the_raw_key_is_stored_nowhere():
    key, raw = issue_key(PublisherFactory().pk, label="Desk", scopes=["match"], by=UserFactory())
    assert raw.startswith(f"{key.prefix}_")
    stored = repr([list(ApiKey.objects.values_list()), list(Event.objects.values_list())])
    assert raw.removeprefix(f"{key.prefix}_") not in stored
    assert len(raw) > 40


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"label": " "}, "Label"),
        ({"label": "\0"}, "characters that are not text"),
        ({"scopes": []}, "opens nothing"),
        ({"scopes": ["everything"]}, "no scope everything"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "in the past"),
    ],
)
def test_a_key_that_could_not_be_used_is_refused(columns, message):
    asked = {"label": "Desk", "scopes": ["match"]} | columns
    with pytest.raises(Refused, match=message):
        issue_key(PublisherFactory().pk, **asked, by=UserFactory())
    assert not ApiKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_issues_one_key():
    publisher, person = PublisherFactory(), UserFactory()

    def issue():
        form = {"label": "Desk", "scopes": ["match"], "beginning": "fc_01234567"}
        return issue_key(publisher.pk, **form, by=person)

    refused = [done for done in at_once(issue, issue) if isinstance(done, Refused)]
    assert len(refused) == 1
    assert "sent before" in str(refused[0])
    assert [key.prefix for key in ApiKey.objects.all()] == ["fc_01234567"]
    assert Event.objects.filter(verb="key.issued").count() == 1


def test_a_publisher_that_left_gets_no_key():
    publisher = PublisherFactory(active=False)
    with pytest.raises(Refused, match="not active"):
        issue_key(publisher.pk, label="Desk", scopes=["match"], by=UserFactory())


def test_a_key_is_revoked_once():
    key = ApiKeyFactory()
    revoke_key(key.pk, by=UserFactory())
    with pytest.raises(Refused, match="revoked before"):
        revoke_key(key.pk, by=UserFactory())


# Last used.
def test_use_is_noted_once_a_minute():
    api = asking()
    api.get("submissions")
    first = ApiKey.objects.get().last_used_at
    assert first is not None
    api.get("submissions")
    assert ApiKey.objects.get().last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
    api.get("submissions")
    assert ApiKey.objects.get().last_used_at >= first


def test_what_a_key_does_is_told_under_its_name():
    api = asking()
    api.post("submissions", {"text": "Forty boats."})
    assert Event.objects.latest("position").api_key == api.key
