"""Evidence as a page shows it: by side, the weightiest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.models import Evidence, Relation
from claims.states import EvidenceState
from sources.ports import Stance


@dataclass(slots=True)
class Sides:
    """The evidence beside one claim. ``rejected`` and ``neutral`` settle nothing."""

    supporting: list[Evidence] = field(default_factory=list)
    contradicting: list[Evidence] = field(default_factory=list)
    neutral: list[Evidence] = field(default_factory=list)
    rejected: list[Evidence] = field(default_factory=list)

    @property
    def lean(self) -> str:
        """Which side has independent evidence: "supports", "contradicts", "both" or "neither"."""
        for_it = any(_counts(evidence) for evidence in self.supporting)
        against = any(_counts(evidence) for evidence in self.contradicting)
        if for_it and against:
            return "both"
        return Stance.SUPPORTS if for_it else Stance.CONTRADICTS if against else "neither"

    @property
    def counting(self) -> list[Evidence]:
        """What stands for and against the claim and is no relay."""
        return [piece for piece in (*self.supporting, *self.contradicting) if _counts(piece)]

    @property
    def accepted(self) -> list[Evidence]:
        """What a person accepted, on whichever side."""
        return [
            evidence
            for evidence in (*self.supporting, *self.contradicting, *self.neutral)
            if evidence.state == EvidenceState.ACCEPTED
        ]


def by_side(evidence: Iterable[Evidence]) -> Sides:
    """Sort evidence to its sides: a person's stance before the machine's.

    A machine's stance counts only where it is sure enough to be shown.
    """
    sides = Sides()
    for piece in sorted(evidence, key=_weight):
        if piece.state == EvidenceState.REJECTED:
            sides.rejected.append(piece)
            continue
        stance = piece.stance or (piece.machine_stance if piece.shown else Stance.NEUTRAL)
        if stance == Stance.SUPPORTS:
            sides.supporting.append(piece)
        elif stance == Stance.CONTRADICTS:
            sides.contradicting.append(piece)
        else:
            sides.neutral.append(piece)
    return sides


def _counts(evidence: Evidence) -> bool:
    return evidence.relation == Relation.INDEPENDENT


def _weight(evidence: Evidence) -> tuple[bool, bool, float, int]:
    return (
        evidence.state != EvidenceState.ACCEPTED,
        evidence.relation != Relation.INDEPENDENT,
        -(evidence.confidence or 0),
        evidence.pk,
    )
