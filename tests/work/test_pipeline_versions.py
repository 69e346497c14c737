"""The next version of an article: what is carried over, what is gone, what is new."""

from collections import Counter

import pytest

from claims import tasks
from claims.actions.attributing import Voice, attribute_claim
from claims.actions.dividing import Part, split_claim, unsplit_claim
from claims.actions.intake import Handed, retry_split, submit
from claims.actions.merging import merge_claims
from claims.actions.ordering import move_claim
from claims.actions.review import dismiss_claim, mark_claim, reword_claim
from claims.kinds import Anchor, Kind
from claims.models import ArticleVersion, Claim, Search, Submission
from claims.ordering import seen
from claims.reading.article import article_page
from claims.states import Dismissal, VersionState
from factcheck.models import ApiKey, Event
from tests.factories import ApiKeyFactory, UserFactory
from tests.stories import split_in_two
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


# What people edited.
BOATS = "Forty boats left Portsea harbour on Monday."


@pytest.fixture
def edited(key):
    """The first version, split into claims; its submissions, for what comes next."""
    version_of(key, HARBOUR)
    work_off()
    return {claim.text: claim for claim in Claim.objects.all()}


def texts_of(version):
    return Counter(version.appearances.values_list("claim__text", flat=True))


def test_a_split_stays_split_in_the_next_version(key, edited):
    boats = edited[BOATS]
    before = Claim.objects.count()
    text = boats.appearances.get().version.text
    start = text.index("on Monday")
    made = split_claim(
        boats.pk,
        [Part("Forty boats left."), Part("Boats left on Monday.", (start, start + 9))],
        wording=1,
        version=1,
        by=UserFactory(),
    )

    second = version_of(key, SECOND)
    work_off()

    assert Claim.objects.count() == before + 2 + 2  # the parts, and what SECOND adds
    whole, narrow = (second.appearances.get(claim=part) for part in made)
    assert whole.quote == second.appearances.get(claim=boats).quote
    assert narrow.quote == "on Monday"
    assert set(texts_of(second).values()) == {1}
    boats.refresh_from_db()
    assert boats.was_split


def test_a_split_that_was_undone_stays_whole(key, edited):
    boats = edited[BOATS]
    split_in_two(boats)
    unsplit_claim(boats.pk, by=UserFactory())
    before = Claim.objects.count()

    version_of(key, SECOND)
    work_off()

    assert Claim.objects.count() == before + 2
    boats.refresh_from_db()
    assert boats.state == "open"


def test_a_merged_claim_is_not_suggested_again(key, edited):
    boats, built = edited[BOATS], edited["The harbour was built in 1902."]
    before = Claim.objects.count()
    merge_claims(boats.pk, {built.pk: 1}, wording=1, by=UserFactory())

    second = version_of(key, HARBOUR + "\n\nThe storm is over.")
    work_off()

    assert Claim.objects.count() == before + 1
    quotes = second.appearances.filter(claim=boats).values_list("quote", flat=True)
    assert "The harbour was built in 1902." in quotes
    assert second.appearances.get(claim=boats, merged_from=built).start is not None
    built.refresh_from_db()
    assert built.merged_into == boats


def test_a_claim_that_was_reworded_moved_or_dismissed_stays_so(key, edited):
    boats, built = edited[BOATS], edited["The harbour was built in 1902."]
    reword_claim(boats.pk, "Forty boats left Portsea.", wording=1, by=UserFactory())
    dismiss_claim(built.pk, Dismissal.VAGUE, by=UserFactory())
    move_claim(boats.pk, 2, order=seen([]), by=UserFactory())
    order = article_page_order(boats)
    before = Claim.objects.count()

    version_of(key, HARBOUR + "\n\nThe storm is over.")
    work_off()

    assert Claim.objects.count() == before + 1
    assert article_page_order(boats)[: len(order)] == order
    boats.refresh_from_db()
    assert (boats.text, boats.wording) == ("Forty boats left Portsea.", 2)


def article_page_order(claim):
    version = claim.article.versions.latest("number")
    return [read.claim.pk for read in article_page(version).claims]


def test_a_claim_marked_on_words_that_were_left_out_is_carried_though_they_are_again(key):
    first = version_of(key, HARBOUR + "\n\nPhoto: Forty boats at sea. AP")
    work_off()
    first.refresh_from_db()
    start = first.text.index("Forty boats at sea")
    assert any(begin <= start < end for begin, end, _ in first.dropped)
    marked = mark_claim(first.pk, start, start + 18, text="", kind=Kind.QUANTITY, by=UserFactory())

    second = version_of(key, "The storm is over.\n\n" + first.text)
    work_off()

    place = second.appearances.get(claim=marked)
    assert second.text[place.start : place.end] == "Forty boats at sea"
    assert Claim.objects.filter(text="Forty boats at sea").count() == 1


def test_who_says_a_claim_is_carried_to_the_next_version_as_a_person_corrected_it(key, edited):
    boats = edited[BOATS]
    voice = Voice("Tom Reid", described_as="harbour master", via="the council", direct=True)
    attribute_claim(boats.pk, voice, Kind.QUANTITY, said_at=None, attribution=1, by=UserFactory())

    second = version_of(key, "The storm is over.\n\n" + boats.article.versions.get().text)
    work_off()

    said = second.appearances.get(claim=boats).attributions.get()
    assert (said.party.name, said.described_as) == ("Tom Reid", "harbour master")
    assert (said.via, said.direct) == ("the council", True)
