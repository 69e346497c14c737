"""From the network's two scores to a stance that may be shown.

The network says how far a text settles a claim, and if it does, how far it
contradicts it. It was trained on pairs that differ from what a search brings
back, so its probabilities are not to be believed as they come. A logistic
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
"""The order of the head's probabilities."""
SAME_SUBJECT, SAME_THING = 0.5, 0.75
"""Shares of a claim's names that a passage needs for a stance, and for a clash of figures."""
FOUND = 0.8
"""What the network's own probability of a stance has to be for it to be shown."""
MIXED = 0.4
"""From this probability of the other stance elsewhere in a passage, the passage is mixed."""


@dataclass(frozen=True)
class Head:
    """What ``training.fit_head`` found.

    ``coefficients`` has a row for each stance and a column for each feature.
    ``calibration`` holds slope and offset, on the log-odds scale, that turn a
    passage's probability into confidence, and what is added where the stance
    is doubtful: the best of several stretches looks surer than it is. A stance
    is shown from ``thresholds`` of confidence.
    """

    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    calibration: dict[Stance, tuple[float, float, float]]
    thresholds: dict[Stance, float]

    @classmethod
    def load(cls, path: Path) -> "Head":
        """Read what ``training.fit_head`` wrote."""
        stored = json.loads(path.read_text())
        return cls(
            np.array(stored["coefficients"]),
            np.array(stored["intercepts"]),
            {Stance(name): (*line,) for name, line in stored["calibration"].items()},
            {Stance(name): value for name, value in stored["thresholds"].items()},
        )

    def probabilities(
        self, scores: NDArray[np.float64], agreements: Sequence[Agreement]
    ) -> NDArray[np.float64]:
        """Return one row per text, summing to 1, in the order of STANCES."""
        rows = np.array([features(*pair) for pair in zip(scores, agreements, strict=True)])
        return self.weighed(rows, agreements)

    def weighed(
        self, rows: NDArray[np.float64], agreements: Sequence[Agreement]
    ) -> NDArray[np.float64]:
        """Return the same for texts whose features are known."""
        found = softmax(rows @ self.coefficients.T + self.intercepts)
        barred = np.array([speaks_of_something_else(agreement) for agreement in agreements])
        found[barred, 2] += found[barred, 1]
        found[barred, 1] = 0.0
        return found

    def confidence(self, stance: Stance, probability: float, *, doubt: bool) -> float:
        """Return how often a passage with this probability of ``stance`` has it."""
        slope, offset, if_doubtful = self.calibration[stance]
        bounded = min(max(probability, 1e-6), 1 - 1e-6)
        odds = slope * math.log(bounded / (1 - bounded)) + offset + doubt * if_doubtful
        return 1 / (1 + math.exp(-odds))


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


def speaks_of_something_else(agreement: Agreement) -> bool:
    """Whether a text cannot contradict the claim, because it is about another thing or time.

    Its figure differs, but not for the same property and period or not of who
    the claim names, and nothing else in it says the opposite.
    """
    numbers = agreement.figures
    clash = numbers.clash and agreement.context_names >= SAME_SUBJECT
    opposed = agreement.negation_differs or agreement.opposites
    return numbers.different > 0 and not clash and not opposed


def doubtful(stance: Stance, scores: NDArray[np.float64], agreement: Agreement) -> bool:
    """Whether a stance is not to be shown, however probable it is.

    A stance has to be the network's own finding: rules alone never yield one. A
    text without most of the claim's names is about something else. One that
    says "not" where the claim does not, or whose figure differs, is not shown
    as support.
    """
    if stance is Stance.NEUTRAL:
        return False
    own = read(scores[np.newaxis])[0, STANCES.index(stance)]
    if own < FOUND or agreement.context_names < SAME_SUBJECT:
        return True
    return stance is Stance.SUPPORTS and (agreement.figures.different > 0 or agreement.one_denies)


def read(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the network's two scores of each text into its probabilities of the three stances."""
    settles, contradicts = (1 / (1 + np.exp(-scores))).T
    return np.stack((settles * (1 - contradicts), settles * contradicts, 1 - settles), axis=1)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn each row of scores into probabilities."""
    powers: NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
    sums: NDArray[np.float64] = powers.sum(axis=1, keepdims=True)
    return powers / sums


def features(scores: NDArray[np.float64], agreement: Agreement) -> list[float]:
    """What the head looks at, in a fixed order.

    Products stand for "only if": a differing figure matters as far as the
    words and names around it agree.
    """
    support, contradict, neutral = read(np.clip(scores, -9, 9)[np.newaxis])[0]
    for_, against = np.log((support, contradict)) - np.log(neutral)
    settles, contradicts = np.clip(scores, -6, 6)
    numbers = agreement.figures
    negation, opposites = float(agreement.negation_differs), float(agreement.opposites)
    recall, names = agreement.recall, agreement.names
    return [
        np.clip(for_, -6, 6), np.clip(against, -6, 6), support, contradict, settles, contradicts,
        recall, agreement.precision, names, agreement.context_names,
        numbers.same, numbers.different, numbers.missing, numbers.near,
        negation, opposites, float(agreement.hedged),
        support * recall, contradict * recall, support * names, contradict * names,
        numbers.different * contradict, numbers.different * support, numbers.near * contradict,
        negation * contradict, negation * support, opposites * support, opposites * contradict,
        support * numbers.same, float(agreement.one_denies), agreement.one_denies * support,
        agreement.one_denies * contradict, max(0.0, recall - 0.5), max(0.0, recall - 0.75),
        agreement.hedged * support, agreement.hedged * contradict,
        numbers.clash * contradict, numbers.clash * support,
        numbers.other_period * contradict, numbers.other_period * support,
        numbers.missing * support, numbers.missing * contradict,
    ]  # fmt: skip
