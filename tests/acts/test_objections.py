"""Objections of readers: taken in, answered by people, tied to the correction they led to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import objections
from claims.actions.objections import (
    Objected,
    TooMany,
    decide_objection,
    receive_objection,
    reconsider_objection,
)
from claims.actions.publishing import withdraw_verdict
from claims.actions.refusals import Refused
from claims.models import CorrectionKind, Objection, ObjectionDecision
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event, Reason
from tests.factories import ObjectionFactory, UserFactory
from tests.stories import STEPS, corrected, correction_of, published_anew, verdict_in

UPHELD, NOT_UPHELD, NOT_SERIOUS = ObjectionDecision
SAID = Objected("wrong_fact", "The port counted in June.", "https://port.example/log")

pytestmark = pytest.mark.django_db


@pytest.fixture
def public():
    return verdict_in(VerdictState.PUBLISHED)


def receive(verdict, said=SAID):
    return receive_objection(verdict.pk, said, by="a reader")


@pytest.mark.parametrize("state", ["published", "superseded", "withdrawn"])
def test_readers_object_to_the_version_they_read_whatever_became_of_it(state):
    verdict = verdict_in(VerdictState(state))
    objection = receive(verdict)
    assert (objection.verdict, objection.url) == (verdict, SAID.url)
    event = Event.objects.latest("position")
    assert (event.verb, event.actor, event.data) == (
        "objection.received",
        "a reader",
        {"version": 1},
    )


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "discarded"])
def test_nobody_objects_to_what_is_not_public(state):
    with pytest.raises(Refused, match="no such public verdict"):
        receive(verdict_in(VerdictState(state)))


def test_the_same_words_again_are_the_objection_that_waits(public):
    first = receive(public)
    assert receive(public) == first
    decide_objection(first.pk, UPHELD, by=UserFactory())
    assert receive(public) != first


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"kind": "boring"}, "kind", "Choose what is wrong"),
        ({"words": " Wrong.     "}, "words", "this has 6"),
        ({"words": "x" * 4_001}, "words", "this has 4,001"),
        ({"words": "It was\0 in June."}, "words", "not text"),
        ({"url": "javascript:alert(1)"}, "url", "http:// or https://"),
        ({"url": "https://ada:secret@port.example/"}, "url", "user name or password"),
        ({"url": "http://127.0.0.1/"}, "url", "not a public address"),
        ({"url": "https://port.example/\nx"}, "url", "control characters"),
        ({"url": "https://port.example/" + "x" * 2_000}, "url", "longer than"),
        ({"name": "x" * 201}, "name", "at most 200"),
        ({"email": "nobody"}, "email", "valid email"),
        ({"email": "a@port.example\nBcc: b@port.example"}, "email", "valid email"),
    ],
)
def test_what_is_wrong_with_an_objection_is_said(public, said, field, why):
    whole = {"kind": "other", "words": "The port counted in June."} | said
    with pytest.raises(Refused, match=why) as refused:
        receive(public, Objected(**whole))
    assert refused.value.field == field
    assert not Objection.objects.exists()


def test_in_one_hour_not_more_is_taken_than_anybody_could_answer(public, monkeypatch):
    monkeypatch.setattr(objections, "MOST_AN_HOUR", 2)
    ObjectionFactory.create_batch(2, verdict=public)
    with pytest.raises(TooMany):
        receive(public)
    monkeypatch.setattr(objections, "HOUR", timedelta(0))
    assert receive(public)


def test_who_wrote_the_verdict_may_uphold_an_objection_and_not_turn_it_down(public):
    first, second = ObjectionFactory.create_batch(2, verdict=public)
    for decision in (NOT_UPHELD, NOT_SERIOUS):
        with pytest.raises(Refused, match="somebody else must say"):
            decide_objection(first.pk, decision, reason="It was May.", by=public.author)
    assert decide_objection(first.pk, UPHELD, by=public.author).decided_by == public.author
    other = UserFactory()
    decided = decide_objection(second.pk, NOT_UPHELD, reason=" It was May. ", by=other)
    assert (decided.decision, decided.reason) == (NOT_UPHELD, "It was May.")


def test_turning_down_needs_a_reason_that_the_history_keeps():
    objection = ObjectionFactory()
    for reason, why in (("  ", "Say why"), ("x" * 2_001, "2,000 at most"), ("a\0b", "not text")):
        with pytest.raises(Refused, match=why):
            decide_objection(objection.pk, NOT_UPHELD, reason=reason, by=UserFactory())
    decide_objection(objection.pk, NOT_UPHELD, reason="It was May.", by=UserFactory())
    reconsider_objection(objection.pk, by=UserFactory())
    objection.refresh_from_db()
    assert (objection.decision, objection.reason, objection.decided_by) == ("", "", None)
    assert Reason.objects.get().words == "It was May."
    decide_objection(objection.pk, NOT_SERIOUS, reason="Spam.", by=UserFactory())
    assert Objection.objects.get().reason == "", "only what is told a reader is a reason"


def test_what_is_decided_is_taken_back_before_it_is_decided_otherwise():
    objection = ObjectionFactory(not_upheld=True)
    with pytest.raises(IllegalMove, match="decided on it already"):
        decide_objection(objection.pk, UPHELD, by=UserFactory())
    reconsider_objection(objection.pk, by=UserFactory())
    with pytest.raises(IllegalMove, match="Nobody has decided"):
        reconsider_objection(objection.pk, by=UserFactory())


def test_what_was_upheld_is_tied_to_the_correction_when_that_is_published(public):
    upheld, undecided = (
        ObjectionFactory(verdict=public, upheld=True),
        ObjectionFactory(verdict=public),
    )
    turned_down = ObjectionFactory(verdict=public, not_upheld=True)
    elsewhere = ObjectionFactory(upheld=True)
    draft = correction_of(public)
    assert set(Objection.objects.waiting()) == {upheld, undecided, elsewhere}
    assert [one.correction for one in Objection.objects.all()] == [None] * 4
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, public.author)
    tied = dict(Objection.objects.values_list("pk", "correction"))
    assert tied[upheld.pk] == draft.correction.pk
    assert [tied[one.pk] for one in (undecided, turned_down, elsewhere)] == [None] * 3
    assert set(Objection.objects.waiting()) == {undecided, elsewhere}
    with pytest.raises(IllegalMove, match="correction was published"):
        reconsider_objection(upheld.pk, by=UserFactory())


def test_an_objection_to_an_earlier_version_is_settled_by_a_later_correction(public):
    second = corrected(CorrectionKind.UPDATE, "The port answered.", public)
    upheld = ObjectionFactory(verdict=public, upheld=True)
    assert Objection.objects.uncorrected().get() == upheld
    third = corrected(CorrectionKind.KEEPS_RATING, "It was June.", second)
    upheld.refresh_from_db()
    assert upheld.correction == third.correction


def test_what_was_withdrawn_has_nothing_left_to_correct(public):
    upheld = ObjectionFactory(verdict=public, upheld=True)
    withdraw_verdict(public.pk, "Wrong harbour.", by=UserFactory())
    assert not Objection.objects.waiting().exists()
    anew = published_anew(public)
    assert not Objection.objects.waiting().exists()
    assert ObjectionFactory(verdict=anew, upheld=True) == Objection.objects.waiting().get()
    corrected(CorrectionKind.KEEPS_RATING, "It was June.", anew)
    upheld.refresh_from_db()
    assert upheld.correction is None


def test_whoever_objected_is_known_for_a_month_after_it_was_decided():
    month_ago = timezone.now() - timedelta(days=31)
    told = {"name": "Ada", "email": "ada@port.example"}
    old = ObjectionFactory(not_upheld=True, decided_at=month_ago, **told)
    ObjectionFactory(not_upheld=True, **told)
    ObjectionFactory(**told)
    ObjectionFactory(not_upheld=True, decided_at=month_ago)
    assert Objection.objects.answered_long_ago().get() == old
