"""What readers object to, and what people make of it, ready to be performed once."""

from functools import partial

from claims.actions import objections
from claims.models import ObjectionDecision
from claims.states import VerdictState
from tests.acts.registry import Act, act
from tests.factories import ObjectionFactory, UserFactory
from tests.stories import verdict_in


@act
def receive_objection() -> Act:
    public = verdict_in(VerdictState.PUBLISHED)
    said = objections.Objected("other", "The port counted in June.")
    return partial(objections.receive_objection, public.pk, said, by="a reader")


@act
def decide_objection() -> Act:
    upheld = ObjectionDecision.UPHELD
    return partial(objections.decide_objection, ObjectionFactory().pk, upheld, by=UserFactory())


@act
def turn_down_objection() -> Act:
    turned_down = ObjectionDecision.NOT_UPHELD
    return partial(
        objections.decide_objection,
        ObjectionFactory().pk,
        turned_down,
        reason="It was May.",
        by=UserFactory(),
    )


@act
def call_objection_not_serious() -> Act:
    not_serious = ObjectionDecision.NOT_SERIOUS
    return partial(
        objections.decide_objection, ObjectionFactory().pk, not_serious, by=UserFactory()
    )


@act
def reconsider_objection() -> Act:
    decided = ObjectionFactory(not_upheld=True)
    return partial(objections.reconsider_objection, decided.pk, by=UserFactory())
