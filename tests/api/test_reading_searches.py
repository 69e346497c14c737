"""What a publisher is told of the search for evidence: it waits, when it ended, it failed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from claims.actions.review import reword_claim
from claims.models import Search
from tests.api.callers import caller, handed_in
from tests.factories import PublisherFactory, SearchFactory, UserFactory

pytestmark = pytest.mark.django_db

ENDED = datetime(2026, 11, 24, 9, 31, 7, 250_000, tzinfo=UTC)


@pytest.fixture
def handed():
    return handed_in(PublisherFactory())


def told(handed):
    answer = caller(handed.publisher).get(reverse("api:claim", args=[handed.claim.public_id]))
    assert answer.status_code == 200, answer.text
    return answer.json()["search"], answer.json()["searched_at"]


def searched(handed, **columns):
    ended = {"due_at": None, "started_at": ENDED, "finished_at": ENDED} | columns
    return SearchFactory(claim=handed.claim, **ended)


def test_a_claim_that_nothing_is_searched_for_says_so(handed):
    assert told(handed) == (None, None)


def test_while_a_search_waits_nothing_is_over(handed):
    SearchFactory(claim=handed.claim)
    assert told(handed) == ("waiting", None)


def test_a_search_that_ended_says_when(handed):
    searched(handed)
    assert told(handed) == ("finished", "2026-11-24T09:31:07.250000Z")


def test_a_search_that_was_given_up_has_failed(handed):
    searched(handed, finished_at=None)
    assert told(handed) == ("failed", None)


def test_a_search_that_is_tried_again_waits(handed):
    SearchFactory(claim=handed.claim, failures=2, last_error="The library is away.")
    assert told(handed) == ("waiting", None)


def test_whoever_asks_again_waits_again_and_knows_of_the_search_before(handed):
    searched(handed)
    SearchFactory(claim=handed.claim, why="asked")
    assert told(handed) == ("waiting", "2026-11-24T09:31:07.250000Z")


def test_another_wording_waits_to_be_searched(handed):
    searched(handed)
    reword_claim(handed.claim.pk, "Boats left.", wording=1, by=UserFactory())
    assert told(handed) == ("waiting", None)


def test_a_provider_that_is_asked_later_keeps_nobody_waiting(handed):
    searched(handed)
    SearchFactory(claim=handed.claim, only="wikipedia")
    assert Search.objects.filter(due_at__isnull=False).exists()
    assert told(handed)[0] == "finished"
