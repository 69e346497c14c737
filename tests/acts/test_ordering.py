"""The order of an article's claims: the text's, until a person moves one."""

import pytest

from claims.actions.ordering import move_claim
from claims.actions.refusals import Overtaken, Refused
from claims.models import Appearance
from claims.ordering import in_order, seen
from factcheck.models import Event
from tests.factories import AppearanceFactory, ArticleVersionFactory, UserFactory
from tests.stories import placed_beside, split_in_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    first = AppearanceFactory(version__split=True, quote="Forty boats at sea").claim
    return [first, *(placed_beside(first, q) for q in ("Forty boats left", "officials said"))]


def listed(article, number=1):
    article.refresh_from_db()
    places = Appearance.objects.filter(version__article=article, version__number=number)
    keys = dict.fromkeys(places.order_by("start", "pk").values_list("claim_id", flat=True))
    return in_order(list(keys), article.claim_order)


def move(claim, place, *, order=None, by=None):
    claim.article.refresh_from_db()
    order = seen(claim.article.claim_order) if order is None else order
    return move_claim(claim.pk, place, order=order, by=by or UserFactory())


def test_a_claim_goes_where_a_person_puts_it(claims):
    first, second, third = (claim.pk for claim in claims)
    move(claims[2], 1)
    assert listed(claims[0].article) == [third, first, second]
    move(claims[2], 2)
    assert listed(claims[0].article) == [first, third, second]
    told = Event.objects.latest("position")
    assert (told.verb, told.data) == ("claim.moved", {"place": 2, "of": 3})


def test_of_two_who_order_at_once_the_second_looks_first(claims):
    move(claims[2], 1, order=seen([]))
    with pytest.raises(Overtaken, match="look at it first"):
        move(claims[1], 1, order=seen([]))


@pytest.mark.parametrize("place", [0, 4, -1])
def test_there_is_no_place_outside_the_list(claims, place):
    with pytest.raises(Refused, match="from 1 to 3"):
        move(claims[0], place)


def test_a_claim_that_stays_where_it_is_is_no_event(claims):
    move(claims[1], 2)
    assert not Event.objects.exists()
    assert claims[0].article.claim_order == []


def test_parts_follow_the_claim_they_are_split_from(claims):
    first, second, third = (claim.pk for claim in claims)
    move(claims[2], 1)
    made = [part.pk for part in split_in_two(claims[2])]
    assert listed(claims[0].article) == [third, *made, first, second]


def test_the_order_holds_for_the_next_version_and_new_claims_keep_their_neighbour(claims):
    first, second, third = (claim.pk for claim in claims)
    move(claims[2], 1)
    text = "Forty boats left. It was cold. Then officials said: Forty boats at sea"
    version = ArticleVersionFactory(article=claims[0].article, split=True, text=text)
    for claim, quote in zip(
        claims, ["Forty boats at sea", "Forty boats left", "officials said"], strict=True
    ):
        AppearanceFactory(claim=claim, version=version, quote=quote)
    new = AppearanceFactory(version=version, quote="It was cold").claim_id
    assert listed(claims[0].article, 2) == [third, first, second, new]
