"""From the network's three scores to a stance that may be shown.

The network was trained on pairs that differ from what a search brings back,
so its probabilities are not to be believed as they come. A logistic
regression over those scores and over plain agreement between claim and text
(shared words, names, figures, negation) gives probabilities that are; it is
fitted by ``training.fit_head`` and stored beside the weights.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.ports import Stance
from sources.stance.agreement import Agreement

STANCES = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL)
"""The order of the network's scores and of the head's."""
SAME_SUBJECT, SAME_THING = 0.5, 0.75
"""Shares of a claim's names that a passage needs for a stance, and for a clash of figures."""
MIXED = 0.4
"""From this probability of the other stance elsewhere in a passage, the passage is mixed."""


@dataclass(frozen=True)
class Head:
    """What ``training.fit_head`` found.

    ``coefficients`` has a row for each stance and a column for each feature.
    ``calibration`` holds slope and offset, on the log-odds scale, that turn a
    passage's probability into confidence: the best of several stretches looks
    surer than it is. A stance is shown from ``thresholds`` of confidence.
    """

    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    calibration: dict[Stance, tuple[float, float]]
    thresholds: dict[Stance, float]

    @classmethod
    def load(cls, path: Path) -> "Head":
        """Read what ``training.fit_head`` wrote."""
        stored = json.loads(path.read_text())
        return cls(
            np.array(stored["coefficients"]),
            np.array(stored["intercepts"]),
            {Stance(name): (line[0], line[1]) for name, line in stored["calibration"].items()},
            {Stance(name): value for name, value in stored["thresholds"].items()},
        )

    def probabilities(
        self, logits: NDArray[np.float64], agreements: Sequence[Agreement]
    ) -> NDArray[np.float64]:
        """Return one row per text, summing to 1, in the order of STANCES."""
        rows = np.array([features(*pair) for pair in zip(logits, agreements, strict=True)])
        found = softmax(rows @ self.coefficients.T + self.intercepts)
        found[:, :2][np.array([vetoed(agreement) for agreement in agreements])] = 0.0
        found[:, 2] = 1 - found[:, :2].sum(axis=1)
        return found

    def confidence(self, stance: Stance, probability: float) -> float:
        """Return how often a passage with this probability of ``stance`` has it."""
        slope, offset = self.calibration[stance]
        bounded = min(max(probability, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + offset)))


def settled(probabilities: NDArray[np.float64]) -> tuple[Stance, float, int]:
    """Return a passage's stance, its probability, and the row of the most settling stretch.

    Neutral where no stretch is sooner settling than not, and where one speaks
    for the claim and another against it.
    """
    settling = probabilities[:, :2]
    row, column = (int(place) for place in np.unravel_index(settling.argmax(), settling.shape))
    best = float(settling[row, column])
    if best < probabilities[row, 2] or settling[:, 1 - column].max() >= MIXED:
        return Stance.NEUTRAL, 1 - best, row
    return STANCES[column], best, row


def vetoed(agreement: Agreement) -> tuple[bool, bool]:
    """Whether plain disagreement forbids a text to support, and to contradict, a claim.

    A text without most of the claim's names is about something else. One that
    says "not" where the claim does not, or whose figure differs, cannot
    support. A contradiction needs a ground that a reader can be shown: a
    figure that differs for the same thing at the same time, a negation, or a
    word and its opposite.
    """
    names, numbers = agreement.context_names, agreement.figures
    clash = numbers.clash and names >= SAME_THING
    grounded = clash or agreement.negation_differs or agreement.opposites
    return (
        names < SAME_SUBJECT or numbers.different > 0 or agreement.one_denies,
        names < SAME_SUBJECT or not grounded,
    )


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn each row of scores into probabilities."""
    powers: NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
    sums: NDArray[np.float64] = powers.sum(axis=1, keepdims=True)
    return powers / sums


def features(logits: NDArray[np.float64], agreement: Agreement) -> list[float]:
    """What the head looks at, in a fixed order.

    Products stand for "only if": a differing figure matters as far as the
    words and names around it agree.
    """
    support, contradict, neutral = softmax(logits[np.newaxis])[0]
    for_, against = np.log((support, contradict)) - np.log(neutral)
    numbers = agreement.figures
    negation, opposites = float(agreement.negation_differs), float(agreement.opposites)
    recall, names = agreement.recall, agreement.names
    return [
        np.clip(for_, -6, 6), np.clip(against, -6, 6), support, contradict,
        recall, agreement.precision, names, agreement.context_names,
        numbers.same, numbers.different, numbers.missing, numbers.near,
        negation, opposites, float(agreement.hedged),
        support * recall, contradict * recall, support * names, contradict * names,
        numbers.different * recall, numbers.near * recall * names,
        negation * recall, opposites * recall, contradict * negation,
        support * negation, support * opposites,
        contradict * opposites, contradict * numbers.different, support * numbers.different,
        support * numbers.same, float(agreement.one_denies),
        max(0.0, recall - 0.5), max(0.0, recall - 0.75),
        agreement.hedged * support, agreement.hedged * contradict,
        float(numbers.clash), numbers.clash * contradict, numbers.clash * recall,
        float(numbers.other_period), numbers.other_period * contradict,
        numbers.other_period * support,
    ]  # fmt: skip
