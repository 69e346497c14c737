"""From the network's two scores to a stance that may be shown.

The network says how far a text settles a claim, and if it does, how far it
contradicts it. Its answer is the stance, unless a figure that differs is of
another thing or time. Whether it is shown, and how often such an answer is
right, is a matter of its certainty, measured on passages as a search brings
them back (``training.fit_head``), and of plain comparison: a text without the
claim's names is not shown, however sure the network is. A regression over a
few dozen such comparisons was tried in its place; on collections it was not
fitted on it was worse than the network alone.
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
"""The order of the network's probabilities."""
SAME_SUBJECT, SAME_THING = 0.5, 0.75
"""Shares of a claim's names that a passage needs for a stance, and for a clash of figures."""
SAME_WORDS = 1 / 3
"""Share of a claim's words that a stretch needs to contradict it: a claim may name nobody."""
LEAN = 0.5
"""Added to the log-odds that a stretch settles the claim: those trained on settle less often."""
FOUND = 0.8
"""What the network's own probability of a stance has to be for it to be shown."""
MIXED = 0.6
"""From this probability of the other stance elsewhere in a passage, the passage is mixed."""
Floats = NDArray[np.float64]
Span = tuple[int, int]
"""The half-open range of a stretch in its passage."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage is to a claim.

    ``probability`` is the network's, of the stretch in ``row`` that settles the
    claim most, or that none does; ``doubtful`` whether it is not to be shown,
    however probable.
    """

    stance: Stance
    probability: float
    row: int
    doubtful: bool


@dataclass(frozen=True)
class Head:
    """What ``training.fit_head`` found.

    ``calibration`` holds slope and offset, on the log-odds scale, that turn a
    finding's probability into confidence, and what is added where it is
    doubtful. A stance is shown from ``thresholds`` of confidence.
    """

    calibration: dict[Stance, tuple[float, float, float]]
    thresholds: dict[Stance, float]

    @classmethod
    def load(cls, path: Path) -> "Head":
        """Read what ``training.fit_head`` wrote."""
        stored = json.loads(path.read_text())
        return cls(
            {Stance(name): (*line,) for name, line in stored["calibration"].items()},
            {Stance(name): value for name, value in stored["thresholds"].items()},
        )

    def confidence(self, finding: Finding) -> float:
        """Return how often such a finding is right."""
        slope, offset, if_doubtful = self.calibration[finding.stance]
        odds = slope * log_odds(finding.probability) + offset + finding.doubtful * if_doubtful
        return 1 / (1 + math.exp(-odds))

    def shows(self, finding: Finding, confidence: float) -> bool:
        """Whether a reviewer gets to see the stance."""
        if finding.stance is Stance.NEUTRAL or finding.doubtful:
            return False
        return confidence >= self.thresholds[finding.stance]


def settled(spans: Sequence[Span], scores: Floats, agreements: Sequence[Agreement]) -> Finding:
    """Return what a passage is to a claim, from all its stretches.

    Neutral where no stretch is sooner settling than not, and where one speaks
    for the claim and another against it.
    """
    probabilities = weighed(spans, scores, agreements)
    settling = probabilities[:, :2]
    row, column = (int(place) for place in np.unravel_index(settling.argmax(), settling.shape))
    best = float(settling[row, column])
    if best < probabilities[row, 2] or settling[:, 1 - column].max() >= MIXED:
        return Finding(Stance.NEUTRAL, 1 - best, row, doubtful=False)
    stance = STANCES[column]
    return Finding(stance, best, row, doubtful(stance, scores[row], agreements[row]))


def weighed(spans: Sequence[Span], scores: Floats, agreements: Sequence[Agreement]) -> Floats:
    """Return one row per stretch, summing to 1, in the order of STANCES.

    What the network makes of a sentence alone and of the same sentence beside
    its neighbour is one finding, read twice: the geometric mean of both.
    """
    found = read(scores + np.array((LEAN, 0.0)))
    barred = np.array([speaks_of_something_else(agreement) for agreement in agreements])
    found[barred, 2] += found[barred, 1]
    found[barred, 1] = 0.0
    logs = np.log(np.clip(found, 1e-6, 1))
    starts, ends = np.array(spans).T
    overlap = (starts[:, np.newaxis] < ends) & (starts < ends[:, np.newaxis])
    means: Floats = np.exp(overlap @ logs / overlap.sum(axis=1, keepdims=True))
    return means / means.sum(axis=1, keepdims=True)


def speaks_of_something_else(agreement: Agreement) -> bool:
    """Whether a text cannot contradict the claim, because it is about another thing or time.

    Its figure differs, but not for the same property and period or not of who
    the claim names, and nothing else in it says the opposite.
    """
    numbers = agreement.figures
    clash = numbers.clash and agreement.context_names >= SAME_SUBJECT
    opposed = agreement.negation_differs or agreement.opposites
    return numbers.different > 0 and not clash and not opposed


def doubtful(stance: Stance, scores: Floats, agreement: Agreement) -> bool:
    """Whether a stance is not to be shown, however probable it is.

    A stance has to be the network's own finding, without the lean. A text
    without most of the claim's names is about something else, and so is one
    with few of its words that contradicts it, or one about the mayor's
    brother. What is only planned, asked for, alleged or denied shows neither
    that something is so nor that it is not. One that says "not" or the
    opposite of what the claim does, or whose figure differs, is not shown as
    support.
    """
    own = read(scores[np.newaxis])[0, STANCES.index(stance)]
    if own < FOUND or agreement.context_names < SAME_SUBJECT:
        return True
    if agreement.hedged or agreement.somebody_beside:
        return True
    if stance is Stance.CONTRADICTS:
        return agreement.recall < SAME_WORDS
    return agreement.figures.different > 0 or agreement.one_denies or agreement.opposites


def read(scores: Floats) -> Floats:
    """Turn the network's two scores of each text into its probabilities of the three stances."""
    settles, contradicts = (1 / (1 + np.exp(-scores))).T
    return np.stack((settles * (1 - contradicts), settles * contradicts, 1 - settles), axis=1)


def log_odds(probability: float) -> float:
    """Return the log-odds, of one in a million at the least and at the most the contrary."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))
