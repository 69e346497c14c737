"""Objections that several people act on at the same moment."""

from functools import partial

import pytest

from claims.actions.objections import decide_objection, reconsider_objection
from claims.actions.publishing import publish_verdict
from claims.models import Objection, ObjectionDecision
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from tests.at_once import at_once
from tests.factories import ObjectionFactory, UserFactory
from tests.stories import STEPS, correction_of, verdict_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_decide_on_an_objection_one_is_heard():
    objection = ObjectionFactory()
    ways = (ObjectionDecision.UPHELD, ObjectionDecision.NOT_SERIOUS)
    results = at_once(
        *(partial(decide_objection, objection.pk, way, by=UserFactory()) for way in ways)
    )
    assert sum(isinstance(result, IllegalMove) for result in results) == 1
    assert Event.objects.filter(object_id=objection.public_id).count() == 1


def test_a_decision_is_taken_back_before_the_correction_is_published_or_not_at_all():
    public = verdict_in(VerdictState.PUBLISHED)
    upheld = ObjectionFactory(verdict=public, upheld=True)
    draft = correction_of(public)
    for step in STEPS[VerdictState.APPROVED]:
        step(draft.pk, public.author)
    taken_back, _ = at_once(
        partial(reconsider_objection, upheld.pk, by=UserFactory()),
        partial(publish_verdict, draft.pk, by=UserFactory()),
    )
    stands = Objection.objects.get()
    assert bool(stands.correction_id) == isinstance(taken_back, IllegalMove)
    assert bool(stands.correction_id) == bool(stands.decision)
