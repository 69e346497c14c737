"""Numbers and dates in a text, and whether two texts agree on them."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sources.stance.figure import Figure
from sources.stance.units import measured
from sources.stance.words import content_stems, words
from sources.stance.written import (
    DOTTED,
    IN_DIGITS,
    IN_WORDS,
    ONES,
    PARTS,
    SCALES,
    SPELLED,
    factor,
    value_of,
)

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

_month = "|".join(MONTHS.split())
_scaled = r"(?:hundred|thousand|million|billion|trillion|lakh|crore)"
_lasting = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_all_of = rf"(?:\d{{1,2}}|100|{SPELLED})\b(?![\w,.]*\d|\s?%|\s(?:{_lasting}|{_scaled})\b)"
_in_all = r"\s(?:in|out\sof)\s(?:every\s)?"
_before_year = "|".join(
    rf"(?<=\b{word}\s)"
    for word in f"in since before after founded established built born died opened {MONTHS}".split()
)
_after_year = "|".join(
    "and but or as by the to with for it its he his she her they when after before until"
    " at on in was were is had has an? that from under near".split()
)
_FIGURE = re.compile(
    rf"""
    (?P<weekday>\b(?:{"|".join(DAYS.split())})\b)
  | \b(?P<month>{_month})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)
  | \b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_month})\b
  | \b(?:in|of|since|until|by|early|late|last|next|this)\s+(?P<month3>{_month})\b
  | \b(?P<ordinal>first|second|third|fourth|last)\s+(?P<part>quarter|half)\b
  | \b(?P<relative>last|previous|this|next)\s+year\b
  | (?<![\d.,$£€¥-])(?P<year>(?:19|20)\d\d)(?![\d,.]*\d|%)\b
  | (?=1[0-8])(?:{_before_year}|(?<=\d,\s)|(?<=:\s)|(?<=\())(?P<long_ago>1[0-8]\d\d)
    (?![\d,.]*\d|%|-(?!\d{{4}}\b))
    (?=\W*$|\s?[^\w\s]|\s(?:(?-i:[A-Z])|(?:{_after_year})\b))
  | \b(?:(?P<parts>an?|one|two|three|four|seven|nine)[\s-](?P<part_of>third|quarter|fifth|tenth)s?
      (?:(?=\sof\b|[.,;]|$)|(?<=by\sa\sthird)|(?<=by\sa\squarter))
      |(?:(?:a|one)\s)?(?P<half>half)(?:(?=\sof\b|\s(?:the|its|their|all|our)\b)|(?<=by\shalf)|(?<=by\sa\shalf)))
    (?!\sof\san?\b|\sof\s\d|-)
  | (?P<minus>(?<!\d\s)(?<![^\s(])[-−](?=[$£€¥]?\d)|\bminus\s)?(?P<currency>[$£€¥])?
    (?(minus)|(?<![\w.,-]))(?P<number>{IN_DIGITS}|{IN_WORDS}
      |(?:{SPELLED})(?:-(?:{SPELLED}|one))?\b|(?:half\s)?(?:one|an?)(?=\s{_scaled})
      |one(?={_in_all}{_all_of}))(?![\w,.]*\d)
    (?:(?(currency)[\s-]?|(?:[\s-](?!m\b))?)(?P<scale>{_scaled}|dozen|k|m|mn|bn|tn)\b)?
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
_BOUND_BEHIND = re.compile(
    rf"""(?P<noun>[\s-]?[^\W\d_]+)??(?:(?P<least>\sor\s(?:more|over|higher|above)|\sat\sleast)
    |(?P<most>\sor\s(?:less|fewer|under|lower|below)|\sat\s(?:the\s)?most)|\sor\sso|-odd)\b
    (?!\s+(?:\W?\d|(?:than|{SPELLED})\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_SHARE = re.compile(rf"{_in_all}(?={_all_of})", re.IGNORECASE)
_RANGE = re.compile(r"\s?[–—-]\s?|\sto\s", re.IGNORECASE)
_OPENS_RANGE = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_ENDS_RANGE = re.compile(r"\s(?:[^\W\d_]+\s)?and\s", re.IGNORECASE)
_NO_RANGE = re.compile(r"\b(?:from|vote[ds]?|won|lost|beat|score\w*)\s+(?:by\s+)?$", re.IGNORECASE)
_HYPHENED = re.compile(
    r"(?<![\w.,-])(\d++(?:,\d{3})*+(?:\.\d+)?+)-(?=(\d++(?:,\d{3})*+(?:\.\d+)?+)(?![\w,.-]*\d))"
)
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_REACH = 80
"""Characters to each side in which a figure's context is looked for."""
_CONTEXT = 6
"""Words to each side that tell what a figure is about."""
_UNIT_WORDS = 3
"""Words after a number among which its unit is looked for: "20 giant loudspeakers"."""
_NO_UNITS = content_stems("long high tall wide deep thick old longer later earlier ago away")
"""Words that say what is measured, or from where: 10 miles long is not 10 minutes long."""


PERIODS = frozenset({"year", "month", "quarter", "half", "relative"})
"""Kinds of figures that say when something held, and not how much of it there was."""


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


def figures(text: str, most: int | None = None) -> list[Figure]:
    """Return the figures of ``text`` in order, of a text with more than ``most`` the first.

    >>> [(f.kind, f.value) for f in figures("On June 16, 2020 it cost $1.2 million, up 4.5%.")]
    [('day', 616.0), ('year', 2020.0), ('number', 1200000.0), ('number', 4.5)]
    >>> a, b = figures("about 20 giant loudspeakers"), figures("24 loudspeakers")
    >>> a[0].comparable(b[0]), a[0].agrees(b[0])
    (True, False)
    """
    matches = deque(islice(_FIGURE.finditer(_HYPHENED.sub(_dashed, text)), most))
    found: list[Figure] = []
    while matches:
        match = matches.popleft()
        together = _together(match, matches[0], text) if matches else None
        if together:
            matches.popleft()
        found.append(together or _figure(match, text))
    return found


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


def _dashed(hyphened: re.Match[str]) -> str:
    """20-30 as 20–30, unless it is a score, a season or two years."""
    low, high = hyphened[1], hyphened[2]
    years = _YEAR.fullmatch(low) and _YEAR.fullmatch(high)
    return hyphened[0] if years or value_of(low, None) >= value_of(high, None) else f"{low}–"


def _together(one: re.Match[str], other: re.Match[str], text: str) -> Figure | None:
    """Two numbers that are one figure: "two in five", "between 20 and 30 people"."""
    if not (one["number"] and other["number"]):
        return None
    share = _SHARE.match(text, one.end())
    if share and share.end() == other.start() and not (one["currency"] or one["scale"]):
        return _share(_figure(one, text), _figure(other, text), text)
    opens = _OPENS_RANGE.search(text, max(0, one.start() - _REACH), one.start())
    joins = (_ENDS_RANGE if opens else _RANGE).fullmatch(text, one.end(), other.start())
    if not joins or (not opens and _NO_RANGE.search(text[: one.start()][-_REACH:])):
        return None
    first, last = _figure(one, text), _figure(other, text)
    if one["currency"] and not other["currency"]:
        last = replace(last, units=first.units, measure=None)
    if first.units and first.units.isdisjoint(last.units):
        return None
    low = first.value * (1.0 if one["scale"] else factor(other["scale"]))
    start = opens.start() if opens else first.start
    whole = replace(_joined(first, last, text), value=low, high=last.value, start=start)
    return whole if low < last.value else None


def _share(part: Figure, whole: Figure, text: str) -> Figure | None:
    if part.value >= whole.value:
        return None
    joined = _joined(part, whole, text)
    return replace(
        joined,
        value=100 * part.value / whole.value,
        units=frozenset({"%"}),
        context=joined.context | whole.units,
        measure=None,
        spelled=True,
    )


def _joined(first: Figure, last: Figure, text: str) -> Figure:
    ahead, behind = _around(text, first.start, last.end)
    return replace(
        last,
        context=frozenset(content_stems(" ".join(ahead + behind))) - last.units,
        property=_property(ahead, behind, set(last.units)),
        start=first.start,
        rough=first.rough,
        bound=first.bound,
    )


def _around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    # Cut short, because a text may be nothing but numbers.
    ahead = words(text[max(0, start - _REACH) : start])[-_CONTEXT:]
    return ahead, words(text[end : end + _REACH])[:_CONTEXT]


def _figure(match: re.Match[str], text: str) -> Figure:
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    ahead, behind = _around(text, match.start(), match.end())
    context = frozenset(content_stems(" ".join(ahead + behind)))
    behind_bound = _BOUND_BEHIND.match(after) if match["number"] else None
    if behind_bound:
        after = (behind_bound["noun"] or "") + after[behind_bound.end() :]
    measure = None
    part = match["part_of"] or match["half"]
    if match["number"]:
        value = value_of(match["number"], match["scale"]) * (-1 if match["minus"] else 1)
        kind, units = "number", _units(match, after)
        measure = None if match["percent"] or match["currency"] else measured(after)
    elif part:
        kind, units = "number", {"%"}
        value = 100 * ONES.get((match["parts"] or "").lower(), 1) / PARTS[part.lower()]
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
        rough=bool(_ROUGHLY.search(before)) or _bound(behind_bound) == 0,
        bound=_bound(behind_bound)
        or bool(_AT_LEAST.search(before)) - bool(_AT_MOST.search(before)),
        measure=measure,
        spelled=bool(part),
        dotted=bool(
            match["number"]
            and not (match["scale"] or match["percent"])
            and DOTTED.fullmatch(match["number"])
        ),
    )


def _bound(behind: re.Match[str] | None) -> int | None:
    """1 for "or more", -1 for "or less", 0 for "or so" behind a number."""
    return bool(behind["least"]) - bool(behind["most"]) if behind else None


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
    return "year", float(match["year"] or match["long_ago"])


def _units(match: re.Match[str], after: str) -> set[str]:
    if match["percent"]:
        return {"%"}
    if match["currency"]:
        return {CURRENCIES[match["currency"]]}
    # A unit stands before the next stop or conjunction: "12 dead and 40 hurt".
    clause = re.split(r"[.,;:()]|\b(?:and|or|but|to|in|on|at|of|by|for|from|with)\b", after)[0]
    return content_stems(" ".join(words(clause)[:_UNIT_WORDS])) - _NO_UNITS


def _property(ahead: Sequence[str], behind: Sequence[str], units: set[str]) -> str:
    for word in [*reversed(ahead), *behind]:
        for stem in content_stems(word) - units - SCALES.keys():
            return stem
    return min(units, default="")


def _index(names: str, name: str) -> float:
    return float(names.split().index(name.lower()))
