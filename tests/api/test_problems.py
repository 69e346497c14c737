"""What goes wrong is told as a problem, whatever it is."""

import json

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from claims.api.problems import LARGEST_BODY, PROBLEMS
from claims.api.view import KeyView
from claims.scopes import Scope
from tests.api.asking import Asking

pytestmark = pytest.mark.django_db

NEVER = "019ab2c4-7f30-7cc1-9d3e-5b0f4f8e2a11"


def told(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["status"] == answer.status_code == PROBLEMS[problem["code"]][0]
    assert problem["type"] == f"{settings.SITE_URL}/api/v1/docs/#{problem['code']}"
    return problem


def raw(api: Asking, body: bytes, content_type="application/json", **headers):
    client = Client(headers={"Authorization": f"Bearer {api.raw}"}, raise_request_exception=False)
    return client.post("/api/v1/submissions", body, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "parse_error"),
        (b'{"text": NaN}', "parse_error"),
        (b"\xff", "parse_error"),
        (b"[" * 100_000, "parse_error"),
        (b"[]", "invalid"),
        (b'"text"', "invalid"),
        (b"", "invalid"),
        (b'{"\\ud800": 1}', "invalid"),
        (b'{"text": "\\ud800"}', "invalid"),
        (b'{"text": "\\u0000"}', "invalid"),
    ],
)
def test_a_body_that_cannot_be_used(api, body, code):
    assert told(raw(api, body))["code"] == code


def test_a_body_of_another_kind(api):
    assert told(raw(api, b"text=A", "application/x-www-form-urlencoded"))["status"] == 415


@pytest.mark.parametrize(
    "length",
    [
        LARGEST_BODY + 1,
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1,  # where the framework itself says no
        settings.MAX_REQUEST_BYTES + 1,  # where nobody looks at the request any more
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "story-1"}])
def test_a_body_too_large_is_not_even_read(api, length, headers):
    problem = told(raw(api, b" " * length, **headers))
    assert (problem["code"], problem["title"]) == ("too_large", PROBLEMS["too_large"][1])
    assert f"{LARGEST_BODY:,} bytes" in problem["detail"]


def test_a_body_without_its_length(api):
    answer = raw(api, b"", **{"Transfer-Encoding": "chunked"})
    assert told(answer)["code"] == "length_required"


def test_whoever_takes_no_json_is_told_in_json(api):
    client = Client(headers={"Authorization": f"Bearer {api.raw}", "Accept": "text/csv"})
    assert told(client.get("/api/v1/submissions"))["code"] == "not_acceptable"


@pytest.mark.parametrize("path", ["nowhere", "", "submissions/", "submissions/7"])
def test_an_address_that_leads_nowhere(path):
    for method in ("get", "post", "options"):
        answer = getattr(Client(), method)(f"/api/v1/{path}")
        assert told(answer)["code"] == "not_found"
        assert "Allow" not in answer.headers


def test_a_method_that_is_not_taken(api):
    client = Client(headers={"Authorization": f"Bearer {api.raw}"})
    for method in ("delete", "put", "patch", "options"):
        answer = getattr(client, method)("/api/v1/submissions")
        assert told(answer)["code"] == "method_not_allowed"
        assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "²"}, "limit"),
        ({"limit": "00000000150000000"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"limit": "9" * 5000}, "limit"),
        ({"cursor": "garbage"}, "cursor"),
        ({"cursor": "€"}, "cursor"),
        ({"state": "done"}, "state"),
        ({"external_id": "\0"}, "external_id"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(api, parameters, name):
    problem = told(api.get("submissions", **parameters))
    assert problem["code"] == "parameter_invalid"
    assert problem["errors"][0]["parameter"] == name


@pytest.mark.parametrize("path", ["submissions", "verdicts", f"claims/{NEVER}", "claims/match"])
def test_a_parameter_that_nobody_knows_is_named_with_those_there_are(api, path):
    address = f"{path}?sort=newest"
    answer = api.post(address, {}) if path == "claims/match" else api.get(address)
    problem = told(answer)
    assert problem["code"] == "parameter_invalid"
    assert problem["errors"][0]["parameter"] == "sort"
    known = {"submissions": "external_id, state, limit, cursor", "verdicts": "claim, article"}
    assert known.get(path, "there is none here") in problem["detail"]


def test_fields_at_fault_are_pointed_to(api):
    problem = told(api.post("submissions", {"text": 5, "purpose": "fun", "a/b~c": 1}))
    assert [error["pointer"] for error in problem["errors"]] == ["#/a~1b~0c"]
    problem = told(api.post("submissions", {"text": 5, "purpose": "fun", "deadline": "soon"}))
    assert {error["pointer"] for error in problem["errors"]} == {
        "#/text",
        "#/purpose",
        "#/deadline",
    }


def test_a_word_that_is_no_choice_is_told_those_that_are(api):
    problem = told(api.post("submissions", {"text": "A.", "visibility": "PUBLIC"}))
    assert problem["detail"] == 'This is "confidential" or "public", and not PUBLIC.'


def test_several_errors_are_told_with_the_names_of_their_fields(api):
    problem = told(api.post("submissions", {"text": "A.", "purpose": "fun", "published_at": "now"}))
    assert problem["detail"].startswith("published_at: Date has wrong format")
    assert ' purpose: This is "fact_check" or "pre_publication", and not fun.' in problem["detail"]


def test_who_hands_in_nothing_or_a_file_learns_what_to_hand_in(api):
    assert told(api.post("submissions", {}))["detail"] == (
        "Give a `url` or a `text`: exactly one of them."
    )
    answer = raw(api, b"--x--", content_type="multipart/form-data; boundary=x")
    assert "send its words as `text`" in told(answer)["detail"]


def test_a_number_that_is_too_long_is_told_in_plain_words(api):
    problem = told(raw(api, b'{"text": ' + b"1" * 5000 + b"}"))
    assert (problem["code"], problem["detail"]) == (
        "parse_error",
        "A number in the body has too many digits.",
    )


def test_an_offset_whose_plus_sign_was_lost_is_told_how_to_write_it(api):
    problem = told(api.get("verdicts", updated_since="2026-11-24T18:00:00 01:00"))
    assert "the plus sign must be written %2B" in problem["detail"]


class Mistaken(KeyView):
    scopes = {"GET": Scope.MATCH}

    def get(self, request):
        raise ValueError("secret")


def test_a_mistake_of_ours_is_told_without_its_insides(api, caplog):
    request = RequestFactory(headers={"Authorization": f"Bearer {api.raw}"}).get("/")
    answer = Mistaken.as_view()(request).render()
    assert told(answer)["code"] == "server_error"
    assert "secret" not in answer.text
    assert "secret" in caplog.text


def test_a_mistake_of_ours_is_named_as_in_our_log(api):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_submission RENAME TO mislaid")
    client = Client(headers={"Authorization": f"Bearer {api.raw}"}, raise_request_exception=False)
    answer = client.get("/api/v1/submissions")
    assert told(answer)["code"] == "server_error"
    assert answer.headers["X-Request-ID"] in told(answer)["detail"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_went_away_is_worth_asking_again(api):
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    answer = raw(api, json.dumps({"text": "A."}).encode())
    assert told(answer)["code"] == "unavailable"
    assert answer.headers["Retry-After"] == "5"
    connection.close()
