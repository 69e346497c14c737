"""Evidence as a page shows it: by side, the weightiest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.models import Claim, Evidence, Relation
from claims.states import EvidenceState
from sources.ports import Stance
from sources.retrieval import says_enough

LIKELY = 0.5
"""How probably a machine's stance is right from which it leans at all."""


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
    def leaning_for(self) -> list[Evidence]:
        """What a machine takes for support and is not sure enough to be shown as that."""
        return [piece for piece in self.neutral if _leans(piece, Stance.SUPPORTS)]

    @property
    def leaning_against(self) -> list[Evidence]:
        """What a machine takes for a contradiction and is not sure enough to be shown as that."""
        return [piece for piece in self.neutral if _leans(piece, Stance.CONTRADICTS)]

    @property
    def leaning(self) -> int:
        """How many pieces lean to a side that is not shown."""
        return len(self.leaning_for) + len(self.leaning_against)

    @property
    def undecided(self) -> list[tuple[int, str]]:
        """How many suggestions nobody has decided on, for each side that has any."""
        sides = ((self.contradicting, "against it"), (self.supporting, "for it"))
        counts = (
            (sum(piece.state == EvidenceState.SUGGESTED for piece in pieces), side)
            for pieces, side in sides
        )
        return [(count, side) for count, side in counts if count]

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

    A machine's stance counts only where it is sure enough to be shown; where it
    is not, the piece is background, before all that leans to no side.
    """
    sides = Sides()
    for piece in sorted(evidence, key=_weight):
        if piece.state == EvidenceState.REJECTED:
            sides.rejected.append(piece)
            continue
        stance = piece.stance or (piece.machine_stance if is_shown(piece) else Stance.NEUTRAL)
        if stance == Stance.SUPPORTS:
            sides.supporting.append(piece)
        elif stance == Stance.CONTRADICTS:
            sides.contradicting.append(piece)
        else:
            sides.neutral.append(piece)
    sides.neutral.sort(key=lambda piece: not _leans(piece, Stance.SUPPORTS, Stance.CONTRADICTS))
    return sides


def sides_of(claim_id: int) -> Sides:
    """The evidence beside a claim by its sides. One query."""
    told = Evidence.objects.select_related("claim", "source__outlet")
    return by_side(told.filter(claim=claim_id))


def undecided_after(evidence: Evidence) -> Evidence | None:
    """The next piece on the claim's page that nobody has decided on; the first after the last.

    One query.
    """
    sides = sides_of(evidence.claim_id)
    shown = [*sides.supporting, *sides.contradicting, *sides.neutral]
    at = shown.index(evidence) if evidence in shown else 0
    following = (
        piece
        for piece in shown[at:] + shown[:at]
        if piece.state == EvidenceState.SUGGESTED and piece != evidence
    )
    return next(following, None)


def _leans(evidence: Evidence, *stances: Stance) -> bool:
    """Whether nobody decided on a piece and a machine takes it so, likelier right than not.

    A relay shows nothing, nor does what may not be accepted.
    """
    undecided = evidence.state == EvidenceState.SUGGESTED and not _objected(evidence)
    likely = evidence.confidence is None or evidence.confidence >= LIKELY
    return undecided and likely and _counts(evidence) and evidence.machine_stance in stances


def is_shown(evidence: Evidence) -> bool:
    """Whether a machine's stance is shown: sure enough, of a source that stands."""
    return evidence.shown and not _objected(evidence)


def _objected(evidence: Evidence) -> bool:
    return bool(evidence.source and evidence.source.objections)


def _counts(evidence: Evidence) -> bool:
    return evidence.relation == Relation.INDEPENDENT


def _weight(evidence: Evidence) -> tuple[bool, bool, float, int]:
    return (
        evidence.state != EvidenceState.ACCEPTED,
        evidence.relation != Relation.INDEPENDENT,
        -_sided(evidence),
        evidence.pk,
    )


def _sided(evidence: Evidence) -> float:
    """How likely it takes a side, as far as the machine says: what was nearly shown comes first."""
    confidence = evidence.confidence or 0.0
    if evidence.confidence is None or evidence.machine_stance != Stance.NEUTRAL:
        return confidence
    return 1 - confidence


def withheld(evidence: Evidence, claim: Claim) -> str:
    """Why no stance of a machine is shown for a piece, and which one it is.

    Those of a relay and of a claim that is not understood by itself are
    withheld however sure they are.
    """
    stance = evidence.machine_stance
    sure = f"right with a probability of {evidence.confidence or 0:.2f}"
    if not stance or stance == Stance.NEUTRAL:
        return f"The stance model takes no side, {sure}" if stance else "No machine has read it"
    if evidence.source and evidence.source.objections:
        why = "Not shown, because its source does not stand"
    elif evidence.relation != Relation.INDEPENDENT:
        whom = "claimant" if evidence.relation == Relation.RELAYS_CLAIMANT else "checked article"
        why = f"Not shown, because it relays the {whom}"
    elif evidence.related_by_id:
        why = "Not shown, because it was taken for a relay"
    elif not says_enough(claim.text):
        why = "Not shown, because the claim says too little by itself"
    elif stance == Stance.CONTRADICTS and claim.needs_context:
        why = "Not shown, because the claim leans on other sentences"
    else:
        why = "Not sure enough"
    return f"{why}: {stance}, {sure}"
