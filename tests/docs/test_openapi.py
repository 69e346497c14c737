"""The committed description of the API is what the views say."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import validate

from claims.api.problems import PROBLEMS
from claims.api.schema import FILE, written
from claims.delivering import body_of
from claims.models import Delivery
from claims.notices import MEANINGS, Notice

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schema():
    return json.loads(FILE.read_text())


def test_the_committed_description_is_current_and_made_without_a_warning(capsys):
    GENERATOR_STATS.reset()
    assert FILE.read_text() == written(), "run ./dev manage write_docs"
    assert not GENERATOR_STATS, capsys.readouterr().err


def test_it_is_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_every_notice_is_described_as_it_is_sent(schema):
    assert schema["webhooks"].keys() == set(Notice)
    for kind, webhook in schema["webhooks"].items():
        body = webhook["post"]["requestBody"]["content"]["application/json"]["schema"]
        ids = dict.fromkeys(body["properties"]["data"]["required"], str(uuid4()))
        delivery = Delivery(notice=kind, ids=ids, created_at=datetime.now(UTC))
        validate(json.loads(body_of(delivery)), body)


@pytest.mark.django_db
def test_the_page_for_people_names_every_notice(client):
    page = client.get("/api/v1/docs/").text
    for notice, meaning in MEANINGS.items():
        assert f"<dt><code>{notice}</code></dt><dd>{meaning}.</dd>" in page


def operations(schema):
    return [
        pytest.param(operation, id=operation["operationId"])
        for methods in schema["paths"].values()
        for name, operation in methods.items()
        if name in METHODS
    ]


@pytest.mark.parametrize("operation", operations(json.loads(FILE.read_text())))
def test_every_operation_has_words_a_scope_and_its_problems(operation):
    assert operation["summary"]
    assert "Needs a key with the scope `" in operation["description"]
    assert operation["security"] == [{"key": []}]
    answers = operation["responses"]
    assert {"401", "403", "429", "503"} <= answers.keys()


def test_every_problem_is_described(schema):
    assert schema["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == [*PROBLEMS]
    told = {
        status
        for methods in schema["paths"].values()
        for o in methods.values()
        for status in o["responses"]
    }
    assert {str(status) for status, _ in PROBLEMS.values()} - told == {"405"}
