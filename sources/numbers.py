"""Figures of a claim beside those of a passage, told only where both measure the same.

What a figure is, in which unit, and which words stand around it is read by
``sources.stance.figures``; here each quantity gets the words that say for
which period, for which place and out of what it holds, and the two are put
side by side. A figure *differs* only if all that is known of the two is the
same and the values are not, beyond rounding. Everything less is told as what
it is: of another year, of another place, out of something else, not surely of
the same thing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial

from sources.passages import sentences
from sources.stance.figures import CURRENCIES, DAYS, MONTHS, ONCE, PERIODS, Figure, figures
from sources.stance.words import content_stems

LONGEST = 20_000
"""Characters read of a text."""
NEAR = 60  # characters from a number in which it is said out of what it is, or denied
LEAST_SHARED = 1 / 3
"""Share of the words around the claim's number that must stand around the other."""

_NAME = r"[A-Z][\w’'-]+"
_SIZE = r"(?:[\d,.]*\d|million|thousand|hundred)"
_OF_UNITS = r"(?:cubic|square|metric|nautical|fluid)"
_MEASURED = re.compile(rf"\b{_OF_UNITS}\s")
_BASE = re.compile(
    rf"\b(?:per|for every|in every|out of(?: every)?)\s+(?:{_SIZE}\s+)?(?:{_OF_UNITS}\s+)?[\w’'-]+"
    r"|\b(?:an?|each|every)\s+(?:second|minute|hour|day|night|week|month|year|person|head)\b"
)
_SHARE_OF = re.compile(r"\s+of\s+(?:(?:all|the|its|their)\s+)*[\w’'-]+")
_BASE_SIZE = re.compile(_SIZE)
_BASE_WORDS = content_stems("per each every head")
_SAYS_WHEN = re.compile(r"(?:last|previous|this|next)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|rather than|instead of|far from)|n[’']t)\s+"
    r"(?:(?:quite|really|actually|even|anything like|the|a|an|about|some)\s+)*$",
    re.IGNORECASE,
)
_BEFORE_PERIOD = re.compile(r"^(?:in|of|since|until|by|early|late)\s+", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[.,;:()](?:\s|$)|\b(?:and|but|while|in|on|from|to|than)\b")
_PLACE = re.compile(
    rf"\b(?:in|across|throughout|at|near)\s+(?:the\s+)?({_NAME}(?:\s+(?:of\s+)?{_NAME})*)"
)
_NAMES = re.compile(rf"{_NAME}(?:\s{_NAME})*")
_DATE_WORDS = content_stems(f"{MONTHS} {DAYS}")
_UNIT_WORD = re.compile(r"[\s-]+([^\W\d_]+)")


class How(StrEnum):
    """What a claim's figure is to a passage's."""

    SAME = "same"
    ROUNDED = "rounded"  # equal but for rounding, or within "about" or "more than"
    DIFFERS = "differs"
    OTHER_PERIOD = "other_period"
    OTHER_PLACE = "other_place"
    OTHER_BASE = "other_base"  # out of something else: of households, of people
    OTHER_EVENT = "other_event"  # the same date of something else: opened, constructed
    DENIED = "denied"  # the same value, and one of the two says that it is not so
    UNSURE = "unsure"  # another value, not surely of the same thing


BOUNDS = {1: "more than", 0: "", -1: "less than"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and the words that say of what it is; all of them verbatim, or empty."""

    figure: Figure
    words: str
    base: str = ""
    period: str = ""
    place: str = ""
    denied: bool = False

    def __str__(self) -> str:
        period = self.period if _SAYS_WHEN.match(self.period) else f"in {self.period}"
        place = f"in {self.place}" if self.place else ""
        loosely = "about" if self.figure.rough else BOUNDS[self.figure.bound]
        said = ("not" if self.denied else "", loosely, self.words, self.base, place)
        return " ".join(filter(None, (*said, period if self.period else "")))


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the claim beside the one of the passage that is most like it."""

    claimed: Quantity
    found: Quantity
    how: How


@dataclass(frozen=True, slots=True)
class _Placed:
    """A quantity with what it is compared by.

    Of its base the size and the stems, of its place and of the last name
    before it the stems, of its period a value for each kind.
    """

    quantity: Quantity
    subject: frozenset[str]
    base: tuple[str, frozenset[str]] = ("", frozenset())
    place: frozenset[str] = frozenset()
    period: dict[str, float] = field(default_factory=dict)


def compared(claim: str, passage: str) -> list[Compared]:
    """The figures of a claim that a passage has something to say of, in the claim's order.

    >>> [row] = compared("25 % of homes had no heating in 2019.",
    ...                  "In 2018, 21% of homes had no heating.")
    >>> str(row.claimed), str(row.found), str(row.how)
    ('25 % of homes in 2019', '21% of homes in 2018', 'other_period')
    """
    theirs = _quantities(passage)
    names = _names(claim, figures(claim))
    present = content_stems(passage)
    named = all(not name.isdisjoint(present) for name in names)
    known = frozenset[str]().union(*names)
    rows = []
    for ours in _quantities(claim):
        rivals = [other for other in theirs if _comparable(ours.quantity, other.quantity)]
        if rivals:
            nearest = max(rivals, key=partial(_nearness, ours))
            meets = named and not (nearest.subject and nearest.subject.isdisjoint(known))
            how = _how(ours, nearest, meets=meets)
            rows.append(Compared(ours.quantity, nearest.quantity, how))
    return rows


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both may measure the same; that it is not 40 tells nothing of 30."""
    if one.denied != other.denied and not one.figure.agrees(other.figure):
        return False
    return _alike(one.figure, other.figure)


def _how(ours: _Placed, theirs: _Placed, *, meets: bool) -> How:
    if ours.quantity.denied != theirs.quantity.denied:
        return _elsewhere(ours, theirs) or How.DENIED
    if ours.quantity.figure.kind == "number":
        return _elsewhere(ours, theirs) or _how_much(ours, theirs, meets=meets)
    one, other = ours.quantity.figure, theirs.quantity.figure
    if _once(one).isdisjoint(_once(other)):
        return How.OTHER_EVENT
    if one.agrees(other):
        return How.SAME
    return How.DIFFERS if meets else How.UNSURE


def _elsewhere(ours: _Placed, theirs: _Placed) -> How | None:
    """What is known to be another of: period, place or base."""
    kinds = ours.period.keys() & theirs.period.keys()
    if any(ours.period[kind] != theirs.period[kind] for kind in kinds):
        return How.OTHER_PERIOD
    if ours.place and theirs.place and ours.place.isdisjoint(theirs.place):
        return How.OTHER_PLACE
    return How.OTHER_BASE if _other_base(ours, theirs) else None


def _how_much(ours: _Placed, theirs: _Placed, *, meets: bool) -> How:
    one, other = ours.quantity.figure, theirs.quantity.figure
    if one.value == other.value and one.bound == other.bound:
        return How.SAME
    loosely = one.rough or other.rough or one.bound or other.bound
    if (loosely and one.agrees(other)) or _rounds(one.value, other.value):
        return How.ROUNDED
    # Where only one text names a period or a place, nobody knows whether the other means it.
    known = ours.period.keys() == theirs.period.keys() and bool(ours.place) == bool(theirs.place)
    same_property = one.property in other.context | other.units
    return How.DIFFERS if known and meets and same_property else How.UNSURE


def _other_base(ours: _Placed, theirs: _Placed) -> bool:
    (size, of), (other_size, of_other) = ours.base, theirs.base
    if of and of_other:
        return size != other_size or of.isdisjoint(of_other)
    # A share may leave out of what it is; a number is no rate.
    return (size, of) != (other_size, of_other) and "%" not in ours.quantity.figure.units


def _alike(one: Figure, other: Figure) -> bool:
    """Whether both may measure the same: the unit, and the words around them."""
    if not one.comparable(other):
        return False
    if one.kind != "number":
        happened, elsewhere = _once(one), _once(other)
        same = not happened.isdisjoint(elsewhere)
        return same or bool(happened and elsewhere and one.value == other.value)
    if one.units and other.units and one.units.isdisjoint(other.units):
        return False  # 20 loudspeakers and 20 balloons
    around, around_other = one.context | one.units, other.context | other.units
    shared = (around & around_other) - {"%", *CURRENCIES.values()}
    return len(shared) >= LEAST_SHARED * len(one.context) and bool(shared)


def _nearness(ours: _Placed, theirs: _Placed) -> tuple[bool, bool, bool, bool, bool, int]:
    one, other = ours.quantity.figure, theirs.quantity.figure
    kinds = ours.period.keys() & theirs.period.keys()
    return (
        one.kind == "number" or not _once(one).isdisjoint(_once(other)),
        all(ours.period[kind] == theirs.period[kind] for kind in kinds),
        not (ours.place and theirs.place and ours.place.isdisjoint(theirs.place)),
        one.agrees(other),
        ours.quantity.denied == theirs.quantity.denied,
        len(one.context & other.context),
    )


def _once(figure: Figure) -> frozenset[str]:
    """What happened then, of what can happen only once."""
    own = {figure.property} & ONCE
    return frozenset(own or figure.context & ONCE)


def _rounds(one: float, other: float) -> bool:
    """Whether one value is the other with fewer digits: 2.9 and 3, 1,234 and 1,200.

    Whole numbers below a thousand are counted, not rounded.
    """
    few, many = sorted((Decimal(str(one)), Decimal(str(other))), key=_digits)
    if max(abs(few), abs(many)) < 1000 and many == many.to_integral_value():
        return False
    exponent = few.normalize().as_tuple().exponent
    if abs(few - many) > abs(many) / 10 or not isinstance(exponent, int):
        return False
    return many.quantize(Decimal(1).scaleb(exponent)) == few


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _quantities(text: str) -> list[_Placed]:
    text = text[:LONGEST]
    found: list[_Placed] = []
    for begin, end in sentences(text):
        found += _in_sentence(text[begin:end])
    return found


def _in_sentence(text: str) -> Iterable[_Placed]:
    found = figures(text)
    bases = [_base(figure, text) for figure in found]
    inside = {
        index
        for index, figure in enumerate(found)
        for base in bases
        if base and base.start() < figure.start < base.end()
    }
    periods = [figure for figure in found if figure.kind in PERIODS]
    places = [match for match in _PLACE.finditer(text) if content_stems(match[1]) - _DATE_WORDS]
    for index, figure in enumerate(found):
        if index in inside:
            continue
        if figure.kind != "number":
            if _once(figure):
                yield _Placed(
                    Quantity(figure, _dated(figure, text)),
                    _subject(found[:index], text[: figure.start]),
                )
            continue
        base = bases[index]
        when = _nearest(figure, periods)
        where = min(places, key=lambda place: _distance(_span(figure), place.span()), default=None)
        yield _Placed(
            Quantity(
                figure,
                _with_unit(figure, text, base.start() if base else len(text)),
                base[0].strip() if base else "",
                " ".join(_BEFORE_PERIOD.sub("", _written(period, text)) for period in when),
                where[1] if where else "",
                bool(_DENIED.search(text, max(0, figure.start - NEAR), figure.start)),
            ),
            _subject(found[:index], text[: figure.start]),
            _said_of(base[0]) if base else ("", frozenset()),
            frozenset(content_stems(where[1])) if where else frozenset(),
            {period.kind: period.value for period in when},
        )


def _dated(figure: Figure, text: str) -> str:
    """A date with the word for what happened then."""
    happened = next(
        (
            word[0]
            for word in reversed(list(re.finditer(r"[^\W\d_]+", text[: figure.start])))
            if not content_stems(word[0]).isdisjoint(_once(figure))
        ),
        "",
    )
    return f"{happened} {_written(figure, text)}".strip()


def _written(figure: Figure, text: str) -> str:
    return text[figure.start : figure.end].strip()


def _names(text: str, found: Sequence[Figure]) -> list[frozenset[str]]:
    """The stems of each name; a sentence's first word may be one, and is taken for one.

    Without the figures that were ``found`` in it, which may begin as names do: "March".
    """
    ends = [0, *(figure.end for figure in found)]
    begins = [*(figure.start for figure in found), len(text)]
    without = " ".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))
    names = (frozenset(content_stems(name)) - _DATE_WORDS for name in _NAMES.findall(without))
    return [name for name in names if name]


def _subject(before: Sequence[Figure], text: str) -> frozenset[str]:
    """The last name before a figure: most likely whose it is.

    ``text`` and the figures in it are what stands ``before``.
    """
    names = _names(text, before)
    return names[-1] if names else frozenset()


def _said_of(base: str) -> tuple[str, frozenset[str]]:
    size = _BASE_SIZE.search(base)
    stems = content_stems(base) - _BASE_WORDS - content_stems(size[0] if size else "")
    if _MEASURED.search(base):  # a cubic metre is neither a metre nor a cubic foot
        stems = {" ".join(sorted(stems))}
    return (size[0].replace(",", "") if size else "", frozenset(stems))


def _base(figure: Figure, text: str) -> re.Match[str] | None:
    """The words behind a number that say out of what it is."""
    if figure.kind != "number":
        return None
    if "%" in figure.units and (share := _SHARE_OF.match(text, figure.end)):
        return share
    stop = _CLAUSE_ENDS.search(text, figure.end, figure.end + NEAR)
    # "in every five" begins with a word that ends a clause.
    found = _BASE.search(text, figure.end, figure.end + NEAR)
    if found and stop and stop.start() < found.start():
        return None
    return found


def _nearest(figure: Figure, periods: Sequence[Figure]) -> list[Figure]:
    """The period a number holds for: the nearest, with what is said of it right beside."""
    if not periods:
        return []
    first = min(periods, key=lambda period: _distance(_span(figure), _span(period)))
    beside = [
        period
        for period in periods
        if period.kind != first.kind and _gap(_span(first), _span(period)) <= len(" of ")
    ]
    return sorted([first, *beside], key=_span)


def _span(figure: Figure) -> tuple[int, int]:
    return figure.start, figure.end


def _distance(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Characters between; what follows a number is likelier meant than what stands before it."""
    return _gap(one, other) * (1 if other > one else 3)


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    (_, end), (start, _) = sorted((one, other))
    return max(0, start - end)


def _with_unit(figure: Figure, text: str, stop: int) -> str:
    """The number as it is written, up to the word that is its unit."""
    end = reached = figure.end
    for _ in range(3):
        word = _UNIT_WORD.match(text, reached, stop)
        if word is None:
            break
        reached = word.end()
        if content_stems(word[1]) & figure.units:
            end = reached
    return " ".join(text[figure.start : end].split())
