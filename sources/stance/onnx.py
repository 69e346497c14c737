"""The stance model of the product: a small network and a calibrated head."""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.bert import Bert
from sources.ports import Judgement, Stance
from sources.stance.agreement import Agreement, agreement
from sources.stance.head import STANCES, Head, read, settled, weighed
from sources.stance.reading import LONGEST, main_part, stretches
from sources.stance.recalibration import Line
from sources.stance.timely import as_timed_as

WEIGHTS = Path(__file__).parent / "weights"
LENGTH = 160
"""Tokens of claim and passage together that the network reads."""
AS_DELIVERED = "as delivered"
"""The score that keeps the confidence which reviewers' decisions have changed."""
NEARLY = 0.1
"""How much certainty a rationale may give up to be one sentence instead of two."""


def network(threads: int) -> Bert:
    """Return what scores pairs of passage and claim: settles or not, and contradicts or not.

    :raises WeightsMissing: when there are no weights to load.
    """
    return Bert(WEIGHTS / "network.onnx", length=LENGTH, threads=threads)


class OnnxStance:
    """Reads a passage sentence by sentence and reports the most settling one.

    Needs onnxruntime, tokenizers and the two files in ``weights``. ``threads``
    is per process. The model card is docs/model-cards/stance.md.

    :raises WeightsMissing: when there are no weights to load.
    """

    name = "bge-small-stance-int8/5"

    def __init__(self, threads: int = 1) -> None:
        self._network = network(threads)
        self._lines: Mapping[Stance, Line] = {}

    def recalibrated(self, name: str, lines: Mapping[Stance, Line]) -> "OnnxStance":
        """Return the same model, called ``name``, that trusts itself as ``lines`` say."""
        other = copy(self)
        other.name, other._lines = name, lines
        return other

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
                hidden = not judgements[place].shown
                if hidden and found.shown and found.stance is Stance.CONTRADICTS:
                    judgements[place] = found
        return judgements

    def _read(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        spans = [stretches(claim, passage) for passage in passages]
        rows = [(place, span) for place, found in enumerate(spans) for span in found]
        scores, agreements = self._scores(claim, passages, rows)
        judgements = []
        first = 0
        for found in spans:
            own = slice(first, first + len(found))
            judgements.append(self._judgement(found, scores[own], agreements[own]))
            first += len(found)
        return judgements

    def _scores(
        self, claim: str, passages: Sequence[str], rows: Sequence[tuple[int, tuple[int, int]]]
    ) -> tuple[NDArray[np.float64], list[Agreement]]:
        texts = [passages[place][start:end] for place, (start, end) in rows]
        scores = np.empty((len(texts), 2))
        for indices, found, _ in self._network.run(
            [(text, as_timed_as(claim, text)) for text in texts]
        ):
            scores[indices] = found
        agreements = [
            agreement(claim, text, passages[place])
            for text, (place, _) in zip(texts, rows, strict=True)
        ]
        return scores, agreements

    def _judgement(
        self,
        spans: Sequence[tuple[int, int]],
        scores: NDArray[np.float64],
        agreements: Sequence[Agreement],
    ) -> Judgement:
        if not spans:
            return Judgement(Stance.NEUTRAL, confidence=1.0, shown=False)
        found = settled(spans, scores, agreements)
        confidence = self._head.confidence(found)
        probabilities = weighed(spans, scores, agreements)
        told = {
            str(name): round(float(value), 4)
            for name, value in zip(STANCES, probabilities[found.row], strict=True)
        }
        if found.stance is Stance.NEUTRAL:
            return Judgement(found.stance, confidence, shown=False, scores=told)
        if found.stance in self._lines:
            told[AS_DELIVERED] = round(confidence, 4)
            confidence = self._lines[found.stance](confidence)
        return Judgement(
            found.stance,
            confidence,
            shown=self._head.shows(found, confidence),
            rationale=_narrowest(spans, read(scores)[:, STANCES.index(found.stance)]),
            scores=told,
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
