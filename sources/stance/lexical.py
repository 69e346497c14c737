"""A stance from shared words alone: the floor to beat, and the last resort."""

from collections.abc import Sequence

from sources.ports import Judgement, Stance
from sources.stance.agreement import Agreement, agreement
from sources.stance.reading import LONGEST, stretches


class LexicalStance:
    """Compares words, names, numbers and negation; understands nothing.

    It abstains from nearly everything: a passage is shown as supporting when
    it repeats the claim, and nothing is ever shown as contradicting.
    """

    name = "lexical/1 (no network: shared words only)"

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        """Return one judgement for each passage, in order."""
        return [_judgement(claim[:LONGEST], passage) for passage in passages]


def _judgement(claim: str, passage: str) -> Judgement:
    read = [
        (span, agreement(claim, passage[span[0] : span[1]], passage))
        for span in stretches(claim, passage)
    ]
    if not read:
        return Judgement(Stance.NEUTRAL, confidence=1.0, shown=False)
    span, best = max(read, key=lambda pair: pair[1].recall)
    # Rounded down from counts on the pairs the head is fitted on. Contradictions there are
    # edited sentences, so their count says nothing about real ones.
    if best.recall < 0.75 or best.names < 1 or best.hedged:
        return Judgement(Stance.NEUTRAL, confidence=0.8, shown=False)
    if _clashes(best):
        return Judgement(Stance.CONTRADICTS, confidence=0.5, shown=False, rationale=span)
    repeats = best.recall >= 0.95 and best.figures.missing == 0
    return Judgement(
        Stance.SUPPORTS, confidence=0.9 if repeats else 0.6, shown=repeats, rationale=span
    )


def _clashes(found: Agreement) -> bool:
    return found.negation_differs or found.opposites or found.figures.different > 0
