"""Reviewers' decisions re-calibrate the stance model."""

import pytest
from django.core.management import CommandError, call_command

from claims.actions.recalibrating import LEAST, recalibrate
from claims.actions.refusals import Refused
from factcheck.models import Event
from sources import registry
from sources.models import Recalibration
from sources.ports import Stance
from sources.relays import Relation
from sources.stance.onnx import AS_DELIVERED, OnnxStance
from tests.factories import EvidenceFactory

pytestmark = pytest.mark.django_db
MODEL = OnnxStance.name
CLAIM = "The ferry sank on Monday with 40 people on board."
PASSAGE = "The ferry, with 40 people on board, sank on Monday off the northern cape."


def decided(count, *, model=MODEL, confidence=0.95, machine=Stance.SUPPORTS, read_as=(), **columns):
    columns = columns or {"rejected": True}
    for _ in range(count):
        EvidenceFactory(
            machine_stance=machine,
            confidence=confidence,
            why={"model": model, "read_as": dict(read_as)},
            **columns,
        )


def test_rejected_suggestions_make_the_model_less_sure_of_new_ones():
    (before,) = registry.stance_model().judge(CLAIM, [PASSAGE])
    assert before.shown
    decided(60)
    made = recalibrate(MODEL, by="terminal")
    model = registry.stance_model()
    (after,) = model.judge(CLAIM, [PASSAGE])
    assert (made.supports_agreed, made.supports_decisions) == (0, 60)
    assert after.stance is before.stance
    assert after.confidence < 0.5 < before.confidence
    assert not after.shown
    assert after.scores[AS_DELIVERED] == pytest.approx(before.confidence, abs=1e-3)
    assert model.name == f"{MODEL} recalibrated {made.pk}"


def test_who_accepts_with_the_same_stance_agrees_and_who_takes_another_does_not():
    decided(20, accepted=True)
    decided(15, accepted=True, stance=Stance.NEUTRAL)
    decided(8, machine=Stance.CONTRADICTS, accepted=True, stance=Stance.CONTRADICTS)
    made = recalibrate(MODEL, by="terminal")
    assert (made.supports_agreed, made.supports_decisions) == (20, 35)
    assert (made.contradicts_agreed, made.contradicts_decisions) == (8, 8)


@pytest.mark.parametrize(
    "columns",
    [
        {"model": "another/1"},
        {"model": f"{MODEL}2"},
        {"rejected": True, "relation": Relation.RELAYS_CLAIMANT},
        {"decided_by": None},
    ],
    ids=["another model", "a later model", "repeats the claimant", "undecided"],
)
def test_what_says_nothing_about_the_model_does_not_count(columns):
    decided(LEAST - 1)
    decided(5, **columns)
    with pytest.raises(Refused, match=f"decided about {LEAST - 1} suggestions"):
        recalibrate(MODEL, by="terminal")
    assert not Recalibration.objects.exists()


def test_a_second_time_starts_from_the_confidence_as_delivered():
    decided(60, confidence=0.95)
    first = recalibrate(MODEL, by="terminal")
    decided(60, confidence=0.3, model=str(first), read_as={AS_DELIVERED: 0.95})
    second = recalibrate(MODEL, by="terminal")
    assert second.supports_decisions == 120
    assert second.supports_offset < first.supports_offset
    assert registry.stance_model().name == str(second)


def test_the_command_says_what_was_learnt(capsys):
    decided(40, accepted=True)
    call_command("recalibrate")
    told = capsys.readouterr().out
    assert "supports: reviewers agreed with 40 of 40; 0.70 is now 0." in told
    assert Event.objects.latest("position").verb == "model.recalibrated"


def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError, match="decided about 0 suggestions"):
        call_command("recalibrate")
