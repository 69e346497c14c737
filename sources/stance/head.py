"""From the network's three scores to a stance that may be shown.

The network was trained on pairs that differ from what a search brings back,
so its probabilities are not to be believed as they come. A logistic
regression over those scores and over plain agreement between claim and text
(shared words, names, figures, negation) gives probabilities that are; it is
fitted by ``training.fit_head`` and stored beside the weights.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.ports import Stance
from sources.stance.agreement import Agreement

STANCES = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL)
"""The order of the network's scores and of the head's."""
SAME_SUBJECT = 0.5
"""Share of a claim's names without which a passage is about something else."""
REPETITION = 0.85
"""Share of a claim's words from which a text repeats it."""


@dataclass(frozen=True)
class Head:
    """Coefficients (stances x features), intercepts, and from where a stance is shown."""

    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    thresholds: dict[Stance, float]

    @classmethod
    def load(cls, path: Path) -> "Head":
        """Read what ``training.fit_head`` wrote."""
        stored = json.loads(path.read_text())
        return cls(
            np.array(stored["coefficients"]),
            np.array(stored["intercepts"]),
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


def vetoed(agreement: Agreement) -> tuple[bool, bool]:
    """Whether plain disagreement forbids a text to support, and to contradict, a claim.

    A text about none of the claim's names is about something else. One whose
    figure differs cannot support; it contradicts only where the figure
    measures the same thing at the same time, or something else in the text
    speaks against the claim. One that repeats the claim does not contradict.
    """
    elsewhere = agreement.context_names < SAME_SUBJECT
    differs = agreement.figures.different > 0
    otherwise = agreement.negation_differs or agreement.opposites
    repeats = agreement.recall >= REPETITION and not differs and not otherwise
    return (
        elsewhere or differs,
        elsewhere or repeats or (differs and not agreement.figures.clash and not otherwise),
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
        support * numbers.same, max(0.0, recall - 0.5), max(0.0, recall - 0.75),
        agreement.hedged * support, agreement.hedged * contradict,
        float(numbers.clash), numbers.clash * contradict, numbers.clash * recall,
        float(numbers.other_period), numbers.other_period * contradict,
        numbers.other_period * support,
    ]  # fmt: skip
