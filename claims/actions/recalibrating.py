"""Let reviewers' decisions say how far the stance model is to be believed."""

from django.db import transaction
from django.db.models import Q

from claims.actions.refusals import Refused
from claims.models import Evidence, Relation
from claims.states import EvidenceState
from factcheck.models import Actor, Event
from sources.models import Recalibration
from sources.ports import Stance
from sources.stance.onnx import AS_DELIVERED
from sources.stance.recalibration import Decision, fitted

LEAST = 30
"""Decisions about suggestions that the model made, below which nothing is learnt."""


@transaction.atomic
def recalibrate(model: str, *, by: Actor) -> Recalibration:
    """Fit the confidence of ``model`` to what reviewers made of its suggestions.

    A reviewer agrees who accepts a passage with the stance the model gave it.
    Who accepts it with another one, or rejects it, does not. Passages that
    only repeat the claimant say nothing about the model and are left out.
    """
    decisions = {
        stance: _decisions(model, stance) for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)
    }
    count = sum(map(len, decisions.values()))
    if count < LEAST:
        raise Refused(
            f"Reviewers decided about {count} suggestions of {model}; "
            f"it takes {LEAST} to learn from them."
        )
    columns: dict[str, float] = {}
    for stance, own in decisions.items():
        line = fitted(own)
        columns |= {
            f"{stance}_slope": line.slope,
            f"{stance}_offset": line.offset,
            f"{stance}_decisions": len(own),
            f"{stance}_agreed": sum(decision.agreed for decision in own),
        }
    made = Recalibration.objects.create(model=model, **columns)
    Event.objects.record("model.recalibrated", made, by=by, model=model, decisions=count)
    return made


def _decisions(model: str, stance: Stance) -> list[Decision]:
    decided = Evidence.objects.filter(
        Q(why__model=model) | Q(why__model__startswith=f"{model} {Recalibration.NAMED} "),
        state__in=[EvidenceState.ACCEPTED, EvidenceState.REJECTED],
        machine_stance=stance,
        relation=Relation.INDEPENDENT,
    ).values_list("stance", "confidence", "why__read_as")
    return [
        Decision((read_as or {}).get(AS_DELIVERED, confidence), agreed=theirs == stance)
        for theirs, confidence, read_as in decided
        if confidence is not None
    ]
