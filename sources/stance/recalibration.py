"""Learn from reviewers' decisions how far the model's confidence is to be believed.

Platt scaling (Platt 1999): a line on the log-odds scale turns the confidence
the model was delivered with into how often reviewers agreed. The line is
drawn towards "unchanged" as if by a normal prior, so that a few decisions
change little and many change as much as they have to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPREAD = np.array((0.5, 1.0))
"""Standard deviations of slope and offset around unchanged, before any decision is seen."""
LEAST_SLOPE = 0.05
"""Confidence keeps its order, however reviewers decide."""
STEPS = 50
NEAR = 1e-7
MOST = 9.2
"""Log-odds beyond which nobody is: once in ten thousand."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the model was sure of, and whether a reviewer took the same stance."""

    confidence: float
    agreed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Slope and offset on the log-odds scale; (1, 0) leaves confidence as it is."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, confidence: float) -> float:
        """Return the confidence that reviewers' decisions make of ``confidence``."""
        return float(_chance(np.array(self.slope * _log_odds(confidence) + self.offset)))


def fitted(decisions: Sequence[Decision]) -> Line:
    """Return the line that explains the decisions best, unchanged when there are none.

    >>> sure = [Decision(0.9, agreed=place % 2 == 0) for place in range(200)]
    >>> 0.5 < fitted(sure)(0.9) < 0.6
    True
    """
    odds = np.array([_log_odds(decision.confidence) for decision in decisions])
    rows = np.stack((odds, np.ones(len(odds))), axis=1)
    agreed = np.array([decision.agreed for decision in decisions], dtype=float)
    unchanged = np.array((1.0, 0.0))

    def surprise(line: NDArray[np.float64]) -> float:
        against = np.logaddexp(0, (1 - 2 * agreed) * (rows @ line)).sum()
        return float(against + (((line - unchanged) / SPREAD) ** 2).sum() / 2)

    line = unchanged
    for _ in range(STEPS):  # Newton's method, its steps halved while they overshoot
        chances = _chance(rows @ line)
        slope = rows.T @ (chances - agreed) + (line - unchanged) / SPREAD**2
        curve = (rows.T * (chances * (1 - chances))) @ rows + np.diag(1 / SPREAD**2)
        step = np.linalg.solve(curve, slope)
        while surprise(line - step) > surprise(line) and np.abs(step).max() > NEAR:
            step = step / 2
        line = line - step
        if np.abs(step).max() <= NEAR:
            break
    return Line(max(float(line[0]), LEAST_SLOPE), float(line[1]))


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -MOST, MOST)))
    return chances


def _log_odds(chance: float) -> float:
    if not 0 < chance < 1:
        return MOST if chance >= 1 else -MOST
    return float(np.clip(np.log(chance / (1 - chance)), -MOST, MOST))
