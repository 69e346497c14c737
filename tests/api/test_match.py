"""Asking which published verdicts are about a text."""

import pytest
from django.urls import reverse

from claims.actions.matching import read_verdicts
from claims.models import Article, MatchEntry, Visibility
from claims.scopes import Scope
from claims.states import VerdictState
from tests.api.callers import caller
from tests.encoders import OneMeaning
from tests.factories import PublisherFactory
from tests.stories import claim_with_evidence, supersede, verdict_in, withdraw

pytestmark = pytest.mark.django_db

BOATS = "Forty boats left the harbour."
SAME = "On Monday some forty boats set out from the harbour, the mayor said."


@pytest.fixture
def client():
    return caller(PublisherFactory(), Scope.MATCH)


def ask(client, body):
    return client.post(reverse("api:match"), body, content_type="application/json")


def found(client, *texts):
    """The ids of the verdicts about each text."""
    answer = ask(client, {"texts": texts})
    assert answer.status_code == 200, answer.text
    return [
        [match["verdict"]["id"] for match in result["matches"]]
        for result in answer.json()["results"]
    ]


def test_nothing_is_told_where_nothing_was_published(client):
    verdict_in(VerdictState.APPROVED)
    assert found(client, BOATS) == [[]]


def test_a_text_on_another_subject_finds_nothing(client):
    verdict_in(VerdictState.PUBLISHED)
    assert found(client, "Beer taxes rose by a tenth in May.") == [[]]


def test_a_verdict_on_the_same_claim_in_other_words_is_found_with_its_score(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    (result,) = ask(client, {"texts": [SAME]}).json()["results"]
    (match,) = result["matches"]
    assert match["verdict"]["id"] == str(verdict.public_id)
    assert match["method"] == "words-and-meaning/1"
    (again,) = ask(client, {"texts": [BOATS]}).json()["results"]
    assert 0.1 <= match["score"] < again["matches"][0]["score"] <= 1


def test_the_nearest_verdict_comes_first(client):
    near = claim_with_evidence(text="Forty boats left the harbour on Monday.")
    far = claim_with_evidence(text="Fifty boats came back to the harbour.")
    verdicts = [verdict_in(VerdictState.PUBLISHED, claim) for claim in (far, near)]
    assert found(client, "Forty boats left the harbour on Monday.") == [
        [str(verdict.public_id) for verdict in reversed(verdicts)]
    ]


def test_each_text_has_its_answer_in_its_place(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    assert found(client, "Beer taxes rose.", BOATS) == [[], [str(verdict.public_id)]]


def test_a_verdict_that_was_withdrawn_is_found_no_more(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    assert found(client, BOATS) == [[str(verdict.public_id)]]
    withdraw(verdict.pk, verdict.author)
    assert found(client, BOATS) == [[]]


def test_of_a_corrected_verdict_the_version_that_stands_is_found(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    assert found(client, BOATS) == [[str(verdict.public_id)]]
    supersede(verdict.pk, verdict.author)
    standing = verdict.claim.verdicts.get(state=VerdictState.PUBLISHED)
    assert found(client, BOATS) == [[str(standing.public_id)]]


def test_a_verdict_stays_public_when_its_article_becomes_confidential(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    Article.objects.filter(claims=verdict.claim).update(visibility=Visibility.CONFIDENTIAL)
    assert found(client, BOATS) == [[str(verdict.public_id)]]


def test_what_is_asked_is_stored_nowhere(client):
    verdict_in(VerdictState.PUBLISHED)
    found(client, "A secret plan to move forty boats.")
    assert MatchEntry.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["'", "\\", "a & b | !c", "boats' (harbour):*", "of the", "🚢" * 9]
)
def test_no_text_breaks_the_search(client, text):
    verdict_in(VerdictState.PUBLISHED)
    assert len(found(client, text)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/texts"),
        ({"texts": []}, "#/texts"),
        ({"texts": [""]}, "#/texts/0"),
        ({"texts": ["boats", "b" * 2001]}, "#/texts/1"),
        ({"texts": [" " + "b" * 2000]}, "#/texts/0"),
        ({"texts": ["boats"] * 21}, "#/texts"),
        ({"texts": [7]}, "#/texts/0"),
        ({"texts": ["a\0b"]}, "#/texts/0"),
        ({"text": "boats"}, "#/text"),
    ],
)
def test_a_body_that_cannot_be_used_says_where(client, body, pointer):
    answer = ask(client, body)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_a_verdict_is_found_by_the_encoder_that_read_it_and_by_no_other(client, monkeypatch):
    old = verdict_in(VerdictState.PUBLISHED)
    assert found(client, BOATS) == [[str(old.public_id)]]
    new = verdict_in(VerdictState.PUBLISHED)
    monkeypatch.setattr("claims.api.match.encoder", OneMeaning)
    assert found(client, BOATS) == [[str(new.public_id)]]
    assert (read_verdicts(OneMeaning()), read_verdicts(OneMeaning())) == (1, 0)
    assert found(client, BOATS) == [[str(new.public_id), str(old.public_id)]]


@pytest.mark.parametrize("verdicts", [1, 4])
def test_the_number_of_queries_is_fixed(client, verdicts, django_assert_num_queries):
    for _ in range(verdicts):
        verdict_in(VerdictState.PUBLISHED)
    found(client, BOATS)
    # The key; the encoder; what is missing; the size; words and candidates; verdicts, citations
    # and what was withdrawn.
    with django_assert_num_queries(9):
        found(client, BOATS)
