"""The next version of an article: what is carried over, what is gone, what is new."""

import pytest

from claims import tasks
from claims.actions.intake import Handed, retry_split, submit
from claims.kinds import Anchor
from claims.models import ArticleVersion, Claim, Search, Submission
from claims.states import VersionState
from factcheck.models import ApiKey, Event
from tests.factories import ApiKeyFactory
from tests.work.conftest import HARBOUR
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

SECOND = """Forty boats left the harbour

The storm is over. Forty boats left Portsea harbour on Monday, the coastguard said.

Fishing quotas fell by 12% in 2023. The county paid for two new piers in 2019."""
"""HARBOUR with a sentence before, one gone and one more at its end."""


def version_of(key: ApiKey, text: str) -> ArticleVersion:
    submission = submit(Handed(text=text, external_id="boats"), by=key)
    work_off(Submission)
    submission.refresh_from_db()
    return submission.version


@pytest.fixture
def key() -> ApiKey:
    return ApiKeyFactory()


def test_claims_that_stand_in_the_next_version_are_carried_and_only_others_are_new(key):
    first = version_of(key, HARBOUR)
    work_off()
    before = set(Claim.objects.values_list("pk", flat=True))

    second = version_of(key, SECOND)
    work_off()

    assert (first.article, second.number) == (second.article, 2)
    places = {a.claim.text: a for a in second.appearances.select_related("claim")}
    boats = places["Forty boats left Portsea harbour on Monday."]
    assert boats.claim_id in before
    assert boats.anchor in (Anchor.EXACT, Anchor.MOVED)
    assert second.text[boats.start : boats.end] == boats.quote
    gone = places["The harbour was built in 1902."]
    assert (gone.claim_id in before, gone.anchor, gone.start) == (True, Anchor.ORPHANED, None)
    new = Claim.objects.exclude(pk__in=before)
    assert {claim.text for claim in new} == {
        "The storm is over.",
        "The county paid for two new piers in 2019.",
    }
    assert Claim.objects.values("text").distinct().count() == Claim.objects.count()
    assert second.appearances.count() == len(before) + new.count()


def test_only_new_claims_are_searched(key):
    version_of(key, HARBOUR)
    work_off()
    claims = set(Claim.objects.values_list("pk", flat=True))
    searches = set(Search.objects.values_list("pk", flat=True))

    version_of(key, SECOND)
    work_off()

    new = Claim.objects.exclude(pk__in=claims)
    asked = Search.objects.exclude(pk__in=searches).values_list("claim", flat=True)
    assert sorted(asked) == sorted(new.filter(desk=True).values_list("pk", flat=True)) != []


def test_a_claim_that_is_gone_keeps_its_state_and_comes_back_with_its_words(key):
    version_of(key, HARBOUR)
    work_off()
    version_of(key, SECOND)
    work_off()
    built = Claim.objects.get(text="The harbour was built in 1902.")
    assert built.state == "open"

    third = version_of(key, HARBOUR + "\n\nThe storm is over.")
    work_off()

    back = third.appearances.get(claim=built)
    assert back.quote == "The harbour was built in 1902."
    assert third.text[back.start : back.end] == back.quote
    assert Claim.objects.filter(text=built.text).count() == 1


def test_a_version_waits_until_the_one_before_is_split(key):
    first, second = version_of(key, HARBOUR), version_of(key, SECOND)

    tasks.split(second.pk)

    second.refresh_from_db()
    assert second.state == VersionState.RECEIVED
    assert (second.failures, second.attempts, second.lease_id) == (0, 0, None)
    assert not Claim.objects.exists()

    tasks.split(first.pk)
    make_due(second)
    tasks.split(second.pk)

    assert Claim.objects.values("text").distinct().count() == Claim.objects.count()
    second.refresh_from_db()
    assert second.state == VersionState.SPLIT


def test_claims_are_carried_past_a_version_that_could_not_be_split(key):
    version_of(key, HARBOUR)
    work_off()
    before = set(Claim.objects.values_list("pk", flat=True))
    empty = version_of(key, "Photo: AP\n\nREAD MORE: Boats leave the harbour")
    work_off()
    empty.refresh_from_db()
    assert empty.state == VersionState.FAILED

    third = version_of(key, HARBOUR + "\n\nThe storm is over.")
    work_off()

    assert set(Claim.objects.exclude(pk__in=before).values_list("text", flat=True)) == {
        "The storm is over."
    }
    assert third.appearances.count() == len(before) + 1


def test_a_version_is_not_split_after_a_later_one_was(key, monkeypatch):
    split = tasks.split_article

    def choke(text: str, **about: object) -> object:
        raise tasks.NothingToSplit("The splitter chokes.")

    monkeypatch.setattr(tasks, "split_article", choke)
    first = version_of(key, HARBOUR)
    work_off()
    monkeypatch.setattr(tasks, "split_article", split)
    version_of(key, SECOND)
    work_off()
    claims = Claim.objects.count()

    retry_split(first.pk, by=key)
    work_off()

    first.refresh_from_db()
    assert first.state == VersionState.FAILED
    assert "later version" in first.last_error
    assert Claim.objects.count() == claims


def test_what_a_split_did_is_counted_in_the_history(key):
    version_of(key, HARBOUR)
    work_off()
    version_of(key, SECOND)

    work_off(ArticleVersion)

    told = Event.objects.filter(verb="article.split").latest("position").data
    assert (told["new"], told["orphaned"]) == (2, 1)
    assert told["carried"] == Claim.objects.count() - 3
