"""Numbers and dates in a text, and whether two texts agree on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sources.stance.words import content_stems, words

_ONES = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)}  # fmt: skip
_TENS = {word: 10 * (value + 2) for value, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "dozen": 12,
}  # fmt: skip
MONTHS = "january february march april may june july august september october november december"
DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_ORDINALS = "last first second third fourth"
_RELATIVES = {"last": -1.0, "previous": -1.0, "this": 0.0, "next": 1.0}
ONCE = content_stems(
    "founded established built constructed born died opened inaugurated signed completed invented"
    " discovered destroyed demolished collapsed sank assassinated closed retired launched"
)
"""What happens to a thing once, so that two years for it exclude each other."""
CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}

_spelled = "|".join([*_TENS, *list(_ONES)[2:]])
_month = "|".join(MONTHS.split())
_FIGURE = re.compile(
    rf"""
    (?P<weekday>\b(?:{"|".join(DAYS.split())})\b)
  | \b(?P<month>{_month})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)
  | \b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_month})\b
  | \b(?:in|of|since|until|by|early|late|last|next|this)\s+(?P<month3>{_month})\b
  | \b(?P<ordinal>first|second|third|fourth|last)\s+(?P<part>quarter|half)\b
  | \b(?P<relative>last|previous|this|next)\s+year\b
  | (?<![\d.,$£€¥-])(?P<year>(?:19|20)\d\d)(?![\d,.]*\d|%)\b
  | (?P<currency>[$£€¥])?
    (?<![\w.,-])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{_spelled})(?:-(?:{_spelled}|one))?\b|(?:one|an?)(?=\s(?:hundred|thousand|million|billion)))(?![\w,.]*\d)
    (?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|k|m|mn|bn|tn)\b)?
    (?P<percent>\s?%|[\s-]per[\s-]?cent\b|\spercent\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AT_LEAST = re.compile(
    r"\b(at least|more than|over|above|exceed\w*|as many as)\s+\W?$", re.IGNORECASE
)
_AT_MOST = re.compile(r"\b(at most|less than|fewer than|under|below|up to)\s+\W?$", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"\b(about|around|some|nearly|almost|roughly|approximately|close to|an estimated)\s+\W?$",
    re.IGNORECASE,
)
_REACH = 80
"""Characters to each side in which a figure's context is looked for."""
_CONTEXT = 6
"""Words to each side that tell what a figure is about."""
_UNIT_WORDS = 3
"""Words after a number among which its unit is looked for: "20 giant loudspeakers"."""


PERIODS = frozenset({"year", "month", "quarter", "half", "relative"})
"""Kinds of figures that say when something held, and not how much of it there was."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, or a date or part of one.

    ``units`` are stems of which two comparable numbers share at least one;
    ``context`` are stems of the words around the figure, ``property`` the one
    that most likely says what it measures: "killed" of "killed 12 people".
    ``bound`` is 1 for "more than", -1 for "less than". It stands at
    ``text[start:end]``, wherever the same figure stands elsewhere.
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

    def comparable(self, other: "Figure") -> bool:
        """Whether both measure the same kind of thing in the same unit.

        A number above a dozen that is repeated exactly is taken for the same
        one even where its unit is worded otherwise ("aged 47", "47-year-old").
        """
        if self.kind != "number" or other.kind != "number":
            return self.kind == other.kind
        return not self.units.isdisjoint(other.units) or 12 < self.value == other.value

    def agrees(self, other: "Figure") -> bool:
        """Whether both can be true of one thing: equal but for rounding, or within a bound."""
        if self.kind != "number":
            return self.value == other.value
        # $2.9 billion may be told as $3 billion; small numbers are counted, not rounded.
        slack = 0.15 if self.rough or other.rough else 0.05 if self.value >= 1000 else 0.0
        if abs(self.value - other.value) <= slack * max(abs(self.value), abs(other.value)):
            return True
        if self.bound == other.bound:
            return self.bound != 0  # "more than a million" and "more than 1.2 million"
        return (self.bound - other.bound) * (other.value - self.value) > 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the figures of a claim fare in a text; shares are of the claim's figures.

    ``clash`` is whether some figure differs where both texts speak of the same
    property and period.
    """

    same: float
    different: float
    missing: float
    clash: bool


def figures(text: str) -> list[Figure]:
    """Return the figures of ``text`` in order.

    >>> [(f.kind, f.value) for f in figures("On June 16, 2020 it cost $1.2 million, up 4.5%.")]
    [('day', 616.0), ('year', 2020.0), ('number', 1200000.0), ('number', 4.5)]
    >>> a, b = figures("about 20 giant loudspeakers"), figures("24 loudspeakers")
    >>> a[0].comparable(b[0]), a[0].agrees(b[0])
    (True, False)
    """
    return [_figure(match, text) for match in _FIGURE.finditer(text)]


def compare(claimed: Sequence[Figure], found: Sequence[Figure]) -> Comparison:
    """Compare the figures of a claim with those of a text about the same thing."""
    other_period = _other_period(claimed, found)
    same = different = 0
    clash = False
    for figure in claimed:
        rivals = [other for other in found if figure.comparable(other)]
        if any(figure.agrees(other) for other in rivals):
            same += 1
        elif rivals:
            different += 1
            clash |= any(_excludes(figure, other, other_period) for other in rivals)
    count = max(1, len(claimed))
    return Comparison(
        same / count,
        different / count,
        (len(claimed) - same - different) / count,
        clash,
    )


def _excludes(figure: Figure, other: Figure, other_period: bool) -> bool:
    if figure.kind in PERIODS:
        # Another year is another event, unless the thing can happen only once.
        return not ONCE.isdisjoint(figure.context & other.context)
    return not other_period and figure.property in other.context | other.units


def _other_period(claimed: Sequence[Figure], found: Sequence[Figure]) -> bool:
    for kind in PERIODS:
        ours = {figure.value for figure in claimed if figure.kind == kind}
        theirs = {figure.value for figure in found if figure.kind == kind}
        if kind == "year" and theirs and not ours:
            return True  # the claim is about now, the text about a year it has to name
        if kind == "relative" and not any(figure.kind == "year" for figure in claimed):
            ours = ours or {_RELATIVES["this"]}
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def _figure(match: re.Match[str], text: str) -> Figure:
    # Cut short, because a text may be nothing but numbers.
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    ahead, behind = words(before)[-_CONTEXT:], words(after)[:_CONTEXT]
    context = frozenset(content_stems(" ".join(ahead + behind)))
    if match["number"]:
        kind, value, units = "number", _value(match["number"], match["scale"]), _units(match, after)
    else:
        (kind, value), units = _date(match), set()
    return Figure(
        kind,
        value,
        frozenset(units),
        context - units,
        _property(ahead, behind, units),
        match.start(),
        match.end(),
        rough=bool(_ROUGHLY.search(before)),
        bound=bool(_AT_LEAST.search(before)) - bool(_AT_MOST.search(before)),
    )


def _date(match: re.Match[str]) -> tuple[str, float]:
    if match["weekday"]:
        return "weekday", _index(DAYS, match["weekday"])
    if match["day"] or match["day2"]:
        month = _index(MONTHS, match["month"] or match["month2"]) + 1
        return "day", 100 * month + float(match["day"] or match["day2"])
    if match["month3"]:
        return "month", _index(MONTHS, match["month3"]) + 1
    if match["ordinal"]:
        return match["part"].lower(), _index(_ORDINALS, match["ordinal"])
    if match["relative"]:
        return "relative", _RELATIVES[match["relative"].lower()]
    return "year", float(match["year"])


def _units(match: re.Match[str], after: str) -> set[str]:
    if match["percent"]:
        return {"%"}
    if match["currency"]:
        return {CURRENCIES[match["currency"]]}
    # A unit stands before the next stop or conjunction: "12 dead and 40 hurt".
    clause = re.split(r"[.,;:()]|\b(?:and|or|but|to|in|on|at|of|by|for|from|with)\b", after)[0]
    return content_stems(" ".join(words(clause)[:_UNIT_WORDS]))


def _property(ahead: Sequence[str], behind: Sequence[str], units: set[str]) -> str:
    for word in [*reversed(ahead), *behind]:
        for stem in content_stems(word) - units:
            return stem
    return min(units, default="")


def _value(written: str, scale: str | None) -> float:
    factor = _SCALES[scale.lower()] if scale else 1.0
    if written[0].isdigit():
        return float(written.replace(",", "")) * factor
    parts = written.lower().split("-")
    return factor * sum(_TENS.get(part, _ONES.get(part, 1)) for part in parts)  # 1: "a million"


def _index(names: str, name: str) -> float:
    return float(names.split().index(name.lower()))
