"""One figure of a text, and of what other figures it can be true."""

import math
from dataclasses import dataclass, field

from sources.stance.units import Measure

_ROUGH = 0.15
"""Share by which a value may be off that is told as "about"."""
_CONVERTED = 0.02
"""Share by which a value in another unit may be off: 16 kilometres are 10 miles."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, or a date or part of one.

    ``units`` are stems of which two comparable numbers share at least one;
    ``context`` are stems of the words around the figure, ``property`` the one
    that most likely says what it measures: "killed" of "killed 12 people".
    A share ("a third of", "one in five") is a number in percent, and ``spelled``;
    a range goes from ``value`` to ``high``. ``bound`` is 1 for "more than", -1
    for "less than". ``dotted`` is a number that may be a thousand times as much:
    12.500. It stands at ``text[start:end]``, wherever the same figure stands elsewhere.
    """

    kind: str
    value: float
    units: frozenset[str]
    context: frozenset[str]
    property: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    rough: bool = False
    bound: int = 0
    high: float | None = None
    measure: Measure | None = None
    spelled: bool = False
    dotted: bool = False

    def comparable(self, other: "Figure") -> bool:
        """Whether both measure the same kind of thing in the same unit.

        A number above a dozen that is repeated exactly is taken for the same
        one even where its unit is worded otherwise ("aged 47", "47-year-old").
        """
        if self.kind != "number" or other.kind != "number":
            return self.kind == other.kind
        if self.measure and other.measure:
            return self.measure.of == other.measure.of
        return not self.units.isdisjoint(other.units) or 12 < self.value == other.value

    def agrees(self, other: "Figure") -> bool:
        """Whether both can be true of one thing: equal but for rounding, or within a bound."""
        if self.kind != "number":
            return self.value == other.value
        low, high = other.span(self)
        mine, mine_high = self.span(self)
        apart = max(0.0, low - mine_high, mine - high)
        if apart <= self._slack(other) * max(abs(mine), abs(low)):
            return True
        if (self.dotted or other.dotted) and 1000 * min(mine, low) == max(mine, low):
            return True
        if self.bound == other.bound:
            return self.bound != 0  # "more than a million" and "more than 1.2 million"
        return (self.bound - other.bound) * (low - mine) > 0

    def covers(self, other: "Figure") -> bool:
        """Whether it can be true of whatever value the other leaves open.

        "At least 5,000" covers 5,310, and not the other way round.
        """
        (low, high), (other_low, other_high) = self._open(self), other._open(self)
        return low <= other_low and other_high <= high

    def _open(self, like: "Figure") -> tuple[float, float]:
        low, high = self.span(like)
        slack = _ROUGH * abs(low) if self.rough else 0.0
        return (
            -math.inf if self.bound < 0 else low - slack,
            math.inf if self.bound > 0 else high + slack,
        )

    def span(self, like: "Figure") -> tuple[float, float]:
        """The least and the most it may be, in the unit of ``like``."""
        ends = self.value, self.value if self.high is None else self.high
        if not self.converts(like) or not self.measure or not like.measure:
            return ends
        return (
            self.measure.converted(ends[0], like.measure),
            self.measure.converted(ends[1], like.measure),
        )

    def converts(self, like: "Figure") -> bool:
        """Whether both are of one measure in two units."""
        return bool(self.measure and like.measure and self.measure != like.measure)

    def _slack(self, other: "Figure") -> float:
        if self.rough or other.rough:
            return _ROUGH
        # $2.9 billion may be told as $3 billion; small numbers are counted, not rounded.
        if self.value >= 1000 or self.spelled != other.spelled:
            return 0.05
        return _CONVERTED if self.converts(other) else 0.0
