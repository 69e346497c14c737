"""What a publisher reads of claims that an older text printed word by word: they are checked there.

A publisher may hand in a public address that belongs to nobody; its claims may then be
checked in somebody else's article.
"""

import pytest
from django.urls import reverse

from claims.actions.merging import merge_claims
from claims.actions.review import take_claim
from claims.kinds import SAME_WORDS
from claims.models import Visibility
from claims.states import VerdictState
from tests.api.callers import caller, handed_in, ready_for_a_verdict
from tests.factories import ArticleFactory, ClaimLinkFactory, PublisherFactory, UserFactory
from tests.stories import merged_claim, placed_beside, split_in_two, verdict_in

pytestmark = pytest.mark.django_db


def copied(original, publisher, **columns):
    """A text whose one claim repeats that of ``original``, kept beside the desk for it."""
    copy = handed_in(publisher, **columns)
    copy.claim.desk = False
    copy.claim.save(update_fields=["desk"])
    ClaimLinkFactory(claim=copy.claim, other=original.claim, method=SAME_WORDS)
    return copy


def public_copy(original):
    """The same at a public address, handed in by another publisher."""
    return copied(original, PublisherFactory(), article=ArticleFactory(public=True, owner=None))


def told(handed):
    answer = caller(handed.publisher).get(reverse("api:claim", args=[handed.claim.public_id]))
    assert answer.status_code == 200, answer.text
    return answer.json()


def verdicts_of(handed):
    answer = caller(handed.publisher).get(
        reverse("api:verdicts"), {"article": handed.article.public_id}
    )
    assert answer.status_code == 200, answer.text
    return [verdict["id"] for verdict in answer.json()["results"]]


@pytest.fixture
def original():
    return handed_in(PublisherFactory(), visibility=Visibility.PUBLIC)


def test_a_copys_claim_names_the_one_that_is_checked_in_its_place(original):
    copy = copied(original, original.publisher)
    claim = told(copy)
    assert (claim["on_desk"], claim["off_desk"]) == (False, "copy")
    assert claim["checked_as"] == str(original.claim.public_id)
    assert claim["verdict"] is None


def test_a_claim_on_the_desk_is_checked_as_itself(original):
    claim = told(original)
    assert (claim["on_desk"], claim["off_desk"], claim["checked_as"]) == (True, None, None)


def test_a_copys_claim_has_the_verdict_that_stands_on_the_other(original):
    copy = copied(original, original.publisher)
    verdict = verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(original.claim))
    assert told(copy)["verdict"] == {
        "id": str(verdict.public_id),
        "rating": verdict.rating,
        "rating_label": verdict.rating_label,
    }
    assert verdicts_of(copy) == [str(verdict.public_id)]


def test_the_verdict_on_somebody_elses_public_article_is_told_and_nothing_else_of_it(original):
    copy = public_copy(original)
    verdict = verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(original.claim))
    claim = told(copy)
    assert (claim["off_desk"], claim["checked_as"]) == ("copy", None)
    assert claim["verdict"]["id"] == str(verdict.public_id)
    assert verdicts_of(copy) == [str(verdict.public_id)]
    assert claim["evidence"] == []


@pytest.mark.parametrize("state", ["draft", "approved", "withdrawn"])
def test_a_verdict_that_does_not_stand_is_no_verdict_on_the_copy(original, state):
    copy = public_copy(original)
    verdict_in(VerdictState(state), ready_for_a_verdict(original.claim))
    assert told(copy)["verdict"] is None


def test_a_copy_that_somebody_takes_is_checked_by_itself(original):
    copy = copied(original, original.publisher)
    verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(original.claim))
    take_claim(copy.claim.pk, by=UserFactory())
    claim = told(copy)
    assert (claim["off_desk"], claim["checked_as"], claim["verdict"]) == (None, None, None)
    assert verdicts_of(copy) == []


def test_a_claim_that_a_person_said_is_another_has_not_the_others_verdict(original):
    copy = handed_in(original.publisher)
    copy.claim.desk = False
    copy.claim.save(update_fields=["desk"])
    ClaimLinkFactory(claim=copy.claim, other=original.claim, method=SAME_WORDS, refused=True)
    verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(original.claim))
    claim = told(copy)
    assert (claim["checked_as"], claim["verdict"]) == (None, None)
    assert verdicts_of(copy) == []


def test_where_the_other_was_merged_the_one_that_stays_is_checked(original):
    copy = copied(original, original.publisher)
    kept = placed_beside(original.claim, "officials said")
    merge_claims(kept.pk, {original.claim.pk: 1}, wording=1, by=UserFactory())
    assert told(copy)["checked_as"] == str(kept.public_id)


@pytest.mark.parametrize("kind", ["opinion", "prediction", "image"])
def test_what_nobody_can_check_says_why_it_is_off_the_desk(original, kind):
    original.claim.kind, original.claim.desk = kind, False
    original.claim.save(update_fields=["kind", "desk"])
    assert told(original)["off_desk"] == kind


def test_what_was_split_or_merged_says_that_others_stand_for_it(original):
    merged = merged_claim(original.claim)
    client = caller(original.publisher)
    gone = client.get(reverse("api:claim", args=[merged.public_id])).json()
    assert (gone["on_desk"], gone["off_desk"]) == (False, "replaced")
    split_in_two(original.claim)
    assert told(original)["off_desk"] == "replaced"
