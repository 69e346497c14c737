"""What the API answers is what its description says, and so are the examples shown."""

import json
from collections import defaultdict

import pytest
from django.test import Client
from django.urls import resolve, reverse
from jsonschema import Draft202012Validator

from claims.api.schema import FILE
from claims.models import Evidence, Visibility
from claims.states import VerdictState
from tests.api.callers import caller, handed_in, ready_for_a_verdict
from tests.factories import (
    AppearanceFactory,
    AttributionFactory,
    EvidenceFactory,
    PartyFactory,
    PublisherFactory,
)
from tests.stories import verdict_in

SCHEMA = json.loads(FILE.read_text())
OPERATIONS = {
    operation["operationId"]: operation
    for methods in SCHEMA["paths"].values()
    for operation in methods.values()
}
READING = {
    "list_submissions": ("submissions", []),
    "follow_submission": ("submission", ["submission_id"]),
    "read_article": ("article", ["article_id"]),
    "read_article_version": ("version", ["article_id", "number"]),
    "list_claims": ("version_claims", ["article_id", "number"]),
    "read_claim": ("claim", ["claim_id"]),
    "list_evidence": ("claim_evidence", ["claim_id"]),
    "list_verdicts": ("verdicts", []),
    "read_verdict": ("verdict", ["verdict_id"]),
    "read_claim_review": ("claim_review", ["verdict_id"]),
}

SHARED = set(SCHEMA["components"]["headers"])
"""Headers that many answers carry."""
MADE_UP = defaultdict(lambda: "019ab2c4-7f30-7cc1-9d3e-5b0f4f8e2a11")


def check(described, value):
    """Raise unless the value is what is described, with nothing more and nothing less."""
    Draft202012Validator({**described, "components": _closed()}).validate(value)


def _closed():
    """The components, each taking only the fields it names; one that extends another is left."""
    components = json.loads(FILE.read_text())["components"]
    for component in components["schemas"].values():
        if "properties" in component:
            component["additionalProperties"] = False
    return components


def answer_of(operation):
    return next(iter(operation["responses"]["200"]["content"].values()))


@pytest.fixture
def full(db):
    """A claim with everything: places, parties, evidence of every sort, and a verdict."""
    handed = handed_in(
        PublisherFactory(), visibility=Visibility.PUBLIC, blocks=[[0, 18, "headline"]]
    )
    AttributionFactory(appearance=handed.appearance, party=PartyFactory(kind="person"))
    claim = ready_for_a_verdict(handed.claim)
    EvidenceFactory(claim=claim, machine_stance="neutral", confidence=0.4)
    EvidenceFactory(claim=claim, accepted=True, by_hand=True, title="The harbour master")
    EvidenceFactory(
        claim=claim, accepted=True, publication=Evidence.Publication.SECRET, rationale_start=0,
        rationale_end=3,
    )  # fmt: skip
    AppearanceFactory(version=handed.version, orphaned=True)
    verdict_in(VerdictState.SUPERSEDED, claim)
    return handed


def address_of(operation, full):
    name, parts = READING[operation]
    ids = {
        "article_id": full.article.public_id,
        "number": full.version.number,
        "claim_id": full.claim.public_id,
        "verdict_id": full.claim.verdicts.get(state=VerdictState.PUBLISHED).public_id,
        "submission_id": full.version.submissions.get().public_id,
    }
    return reverse(f"api:{name}", args=[ids[part] for part in parts])


@pytest.mark.parametrize("operation", READING)
def test_an_answer_is_what_its_description_says(operation, full):
    answer = caller(full.publisher).get(address_of(operation, full))
    assert answer.status_code == 200
    check(answer_of(OPERATIONS[operation])["schema"], answer.json())


def test_what_a_match_answers_is_what_its_description_says(full):
    answer = caller(full.publisher).post(
        reverse("api:match"), {"texts": [full.claim.text]}, content_type="application/json"
    )
    assert answer.json()["results"][0]["matches"]
    check(answer_of(OPERATIONS["match_claims"])["schema"], answer.json())


@pytest.mark.parametrize("operation", [*READING, "match_claims"])
def test_the_example_shown_is_what_the_description_says(operation):
    described = answer_of(OPERATIONS[operation])
    examples = described["examples"].values()
    assert examples
    for example in examples:
        check(described["schema"], example["value"])


def test_a_text_that_is_asked_for_cannot_hold_what_is_refused():
    asked = [
        parameter["schema"]
        for operation in OPERATIONS.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query" and parameter["schema"].get("type") == "string"
    ]
    free = [schema for schema in asked if not schema.keys() & {"enum", "format"}]
    assert free
    assert not any(Draft202012Validator(schema).is_valid("a\0b") for schema in free)


@pytest.mark.parametrize("operation", READING)
def test_headers_are_described_where_answers_carry_them(operation, full):
    client, address = caller(full.publisher), address_of(operation, full)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    for answer in (first, again, Client().get(address)):
        described = OPERATIONS[operation]["responses"][str(answer.status_code)]["headers"]
        assert set(described) & SHARED == set(answer.headers) & SHARED


def test_the_parameters_a_view_knows_are_those_that_are_described():
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            view = resolve(path.replace("{number}", "1").format_map(MADE_UP)).func.cls
            named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
            assert named == (set(view.parameters) if method == "get" else set()), path
