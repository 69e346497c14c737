"""The stance model of the product: a small network and a calibrated head."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.bert import Bert
from sources.ports import Judgement, Stance
from sources.stance.agreement import agreement
from sources.stance.head import STANCES, Head, settled
from sources.stance.reading import LONGEST, main_part, stretches

WEIGHTS = Path(__file__).parent / "weights"
NEARLY = 0.1
"""How much certainty a rationale may give up to be one sentence instead of two."""


class OnnxStance:
    """Reads a passage sentence by sentence and reports the most settling one.

    Needs onnxruntime, tokenizers and the two files in ``weights``. ``threads``
    is per process. The model card is docs/model-cards/stance.md.

    :raises WeightsMissing: when there are no weights to load.
    """

    name = "minilm-stance-int8/1"

    def __init__(self, threads: int = 1) -> None:
        self._network = Bert(WEIGHTS / "minilm.onnx", length=160, threads=threads)

    @cached_property
    def _head(self) -> Head:
        return Head.load(WEIGHTS / "head.json")

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        """Return one judgement for each passage, in order."""
        claim = claim[:LONGEST]
        judgements = self._read(claim, passages)
        part = main_part(claim)
        if part is not None:
            for place, found in enumerate(self._read(part, passages)):
                unsettled = judgements[place].stance is Stance.NEUTRAL
                if unsettled and found.shown and found.stance is Stance.CONTRADICTS:
                    judgements[place] = found
        return judgements

    def _read(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        spans = [stretches(claim, passage) for passage in passages]
        rows = [(place, span) for place, found in enumerate(spans) for span in found]
        probabilities = self._probabilities(claim, passages, rows)
        judgements = []
        first = 0
        for found in spans:
            judgements.append(self._judgement(found, probabilities[first : first + len(found)]))
            first += len(found)
        return judgements

    def _probabilities(
        self, claim: str, passages: Sequence[str], rows: Sequence[tuple[int, tuple[int, int]]]
    ) -> NDArray[np.float64]:
        texts = [passages[place][start:end] for place, (start, end) in rows]
        if not texts:
            return np.empty((0, len(STANCES)))
        logits = np.empty((len(texts), len(STANCES)))
        for indices, scores, _ in self._network.run([(text, claim) for text in texts]):
            logits[indices] = scores
        agreements = [
            agreement(claim, text, passages[place])
            for text, (place, _) in zip(texts, rows, strict=True)
        ]
        return self._head.probabilities(logits, agreements)

    def _judgement(
        self, spans: Sequence[tuple[int, int]], probabilities: NDArray[np.float64]
    ) -> Judgement:
        if not spans:
            return Judgement(Stance.NEUTRAL, confidence=1.0, shown=False)
        stance, probability, row = settled(probabilities)
        confidence = self._head.confidence(stance, probability)
        scores = {
            str(name): round(float(value), 4)
            for name, value in zip(STANCES, probabilities[row], strict=True)
        }
        if stance is Stance.NEUTRAL:
            return Judgement(stance, confidence, shown=False, scores=scores)
        return Judgement(
            stance,
            confidence,
            shown=confidence >= self._head.thresholds[stance],
            rationale=_narrowest(spans, probabilities[:, STANCES.index(stance)]),
            scores=scores,
        )


def _narrowest(
    spans: Sequence[tuple[int, int]], certainties: NDArray[np.float64]
) -> tuple[int, int]:
    """Return the shortest stretch that is nearly as certain as the most certain one."""
    enough = certainties.max() - NEARLY
    return min(
        (span for span, certainty in zip(spans, certainties, strict=True) if certainty >= enough),
        key=lambda span: span[1] - span[0],
    )
