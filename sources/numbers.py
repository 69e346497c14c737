"""Figures of a claim beside those of a passage, told only where both measure the same.

What a figure measures, when, where and of whom is read by
``sources.quantities``; here the two are put side by side. A figure *differs*
only if all that is known of the two is the same and the values are not, beyond
rounding. Everything less is told as what it is: of another year, of another
place, out of something else, not surely of the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial

from sources.moves import Move
from sources.quantities import (
    MOST,
    Placed,
    Quantity,
    begins_with_pronoun,
    names,
    once,
    quantities,
)
from sources.stance.figure import Figure
from sources.stance.figures import CURRENCIES, figures
from sources.stance.words import content_stems

LEAST_SHARED = 1 / 3
"""Share of the words around the claim's number that must stand around the other."""
LEAST_EVENT = 1 / 2
"""The same of two dates that are set beside each other."""
REPEATED = 12
"""Numbers above it that stand in two texts for the same period are hardly two by chance."""
NEARLY = 0.1
"""Share by which a value in another unit may be off and still be the same, told roughly."""


class How(StrEnum):
    """What a claim's figure is to a passage's."""

    SAME = "same"
    ROUNDED = "rounded"  # equal but for rounding, or within "about", "more than" or a range
    DIFFERS = "differs"
    OPPOSITE = "opposite"  # one rises by it or to it, the other falls
    OTHER_PERIOD = "other_period"
    OTHER_PLACE = "other_place"
    OTHER_BASE = "other_base"  # out of something else: of households, of people
    OTHER_EVENT = "other_event"  # the same date of something else: opened, constructed
    OTHER_MOVE = "other_move"  # by how much, and to what
    DENIED = "denied"  # the same value, and one of the two says that it is not so
    UNSURE = "unsure"  # another value, not surely of the same thing


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the claim beside one of the passage that may be of the same."""

    claimed: Quantity
    found: Quantity
    how: How


def compared(claim: str, passage: str) -> list[Compared]:
    """The figures of a claim that a passage has something to say of, in the claim's order.

    Each beside the nearest of the passage; where that is equal and the passage
    has another value of the same too, beside that as well.

    >>> [row] = compared("25 % of homes had no heating in 2019.",
    ...                  "In 2018, 21% of homes had no heating.")
    >>> str(row.claimed), str(row.found), str(row.how)
    ('25 % of homes in 2019', '21% of homes in 2018', 'other_period')
    """
    mine, theirs = quantities(claim), quantities(passage)
    about = _About(claim, passage)
    rows = []
    for ours in mine:
        rivals = [
            other
            for other in theirs
            if _comparable(ours.quantity, other.quantity) or _repeats(ours, other)
        ]
        rivals = [other for other in rivals if about.could_be(ours, other)]
        if not rivals:
            continue
        nearest = max(rivals, key=partial(_nearness, ours))
        how = _how(ours, nearest, meets=about.same(ours, nearest))
        if how is How.DIFFERS and _one_of_several(ours, nearest, theirs):
            how = How.UNSURE
        if how in (How.DIFFERS, How.OPPOSITE) and _told_too(ours, nearest, mine):
            how = How.UNSURE
        rows.append(Compared(ours.quantity, nearest.quantity, how))
        if how in (How.SAME, How.ROUNDED):
            left = [other for other in theirs if _says_otherwise(ours, other, mine)]
            rows += [
                Compared(ours.quantity, other.quantity, How.UNSURE)
                for other in sorted(left, key=partial(_nearness, ours))[-1:]
            ]
    return rows


class _About:
    """Of whom a claim and a passage speak."""

    def __init__(self, claim: str, passage: str) -> None:
        named = names(claim, figures(claim, MOST))
        present = content_stems(passage)
        self._known = frozenset[str]().union(*named)
        self._told = bool(named) or not begins_with_pronoun(claim)
        self._met = all(not name.isdisjoint(present) for name in named)

    def could_be(self, ours: Placed, theirs: Placed) -> bool:
        """Whether two figures may be of one thing: a date is told only of whom both name."""
        one, other = ours.quantity.figure, theirs.quantity.figure
        dates = one.kind != "number" and not (once(one) or once(other))
        return not _other_end(ours, theirs) and (self._met or not dates)

    def same(self, ours: Placed, theirs: Placed) -> bool:
        """Whether two figures are, as far as names tell, those of one and the same."""
        if not (self._met and self._told) or ours.somebody_else != theirs.somebody_else:
            return False
        if ours.qualified != theirs.qualified:
            return False
        if theirs.subject and theirs.subject.isdisjoint(self._known):
            return False
        return ours.quantity.figure.kind == "number" or bool(
            once(ours.quantity.figure)
            or (theirs.names <= self._known and (theirs.names or ours.period))
        )


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both may measure the same; that it is not 40 tells nothing of 30."""
    if one.denied != other.denied and not one.figure.agrees(other.figure):
        return False
    return _alike(one.figure, other.figure)


def _repeats(ours: Placed, theirs: Placed) -> bool:
    """Whether a figure that is no small one stands there again, in its unit and of its period.

    However much else is said around it: "78.9 years in 2014".
    """
    one, other = ours.quantity.figure, theirs.quantity.figure
    return (
        one.kind == other.kind == "number"
        and one.comparable(other)
        and REPEATED < one.value == other.value
        and bool(ours.period)
        and ours.period == theirs.period
        and bool(_shared(one, other))
    )


def _other_end(ours: Placed, theirs: Placed) -> bool:
    """Whether one is what something was before, and the other what it came to."""
    return {ours.move, theirs.move} == {Move.FROM, Move.TO}


def _one_of_several(ours: Placed, nearest: Placed, theirs: Sequence[Placed]) -> bool:
    """Whether the passage has several values that could be meant, and none surely is."""
    able = [
        other
        for other in theirs
        if other.quantity.figure.kind == "number" == ours.quantity.figure.kind
        and not other.quantity.denied
        and not (_elsewhere(ours, other) or _other_end(ours, other))
        and (
            _one_unit(other.quantity.figure, nearest.quantity.figure)
            or (other.listed and not other.quantity.figure.units)
        )
    ]
    measured = ours.quantity.figure.property
    sure = [
        other
        for other in able
        if other.quantity.figure.property == measured and measured not in ours.names
    ]
    return len(able) > 1 and sure != [nearest]


def _told_too(ours: Placed, nearest: Placed, mine: Sequence[Placed]) -> bool:
    """Whether the claim tells the passage's value as well, of something else."""
    value = nearest.quantity.figure
    others = [each.quantity.figure for each in mine if each is not ours]
    return any(
        each.kind == value.kind
        and (_equal(each, value) if value.kind == "number" else each.value == value.value)
        for each in others
    )


def _one_unit(one: Figure, other: Figure) -> bool:
    if one.measure and other.measure:
        return one.measure.of == other.measure.of
    return not one.units.isdisjoint(other.units)


def _says_otherwise(ours: Placed, other: Placed, mine: Sequence[Placed]) -> bool:
    """Whether a passage's figure is another value of the same, and none the claim tells."""
    one, value = ours.quantity.figure, other.quantity.figure
    if (
        value.kind != "number"
        or other.quantity.denied
        or not _comparable(ours.quantity, other.quantity)
    ):
        return False
    if any(_equal(each.quantity.figure, value) for each in mine):
        return False
    same = _same_property(one, value) and _same_property(value, one)
    return same and not (_elsewhere(ours, other) or _other_end(ours, other))


def _how(ours: Placed, theirs: Placed, *, meets: bool) -> How:
    elsewhere = _elsewhere(ours, theirs)
    if ours.quantity.denied != theirs.quantity.denied:
        return elsewhere or How.DENIED
    if ours.quantity.figure.kind == "number":
        return (
            elsewhere or _moved(ours, theirs, meets=meets) or _how_much(ours, theirs, meets=meets)
        )
    one, other = ours.quantity.figure, theirs.quantity.figure
    if once(one) and once(other) and once(one).isdisjoint(once(other)):
        return How.OTHER_EVENT
    if elsewhere or one.agrees(other):
        return elsewhere or How.SAME
    # Most things happen in more than one year.
    sure = bool(once(one) or one.kind == "day") and not (ours.either or theirs.either)
    return How.DIFFERS if meets and sure and ours.period == theirs.period else How.UNSURE


def _elsewhere(ours: Placed, theirs: Placed) -> How | None:
    """What is known to be another of: period, place or base."""
    kinds = ours.period.keys() & theirs.period.keys()
    if any(ours.period[kind] != theirs.period[kind] for kind in kinds):
        return How.OTHER_PERIOD
    if _part_of_year(ours) != _part_of_year(theirs) and ours.period and theirs.period:
        return How.OTHER_PERIOD
    if ours.place and theirs.place and ours.place.isdisjoint(theirs.place):
        return How.OTHER_PLACE
    return How.OTHER_BASE if _other_base(ours, theirs) else None


def _part_of_year(placed: Placed) -> set[str]:
    """The parts of a year it holds for; what is counted in a month belongs to the year too."""
    share = "%" in placed.quantity.figure.units
    return placed.period.keys() & ({"quarter", "half", "month"} if share else {"quarter", "half"})


def _moved(ours: Placed, theirs: Placed, *, meets: bool) -> How | None:
    """How two changes stand to each other, if that is not the same way."""
    if ours.move and theirs.move and ours.move != theirs.move:
        return How.OTHER_MOVE
    if ours.upward * theirs.upward >= 0 or ours.move is Move.FROM:
        return None
    if ours.move is Move.TO and _equal(ours.quantity.figure, theirs.quantity.figure):
        return None  # what rose to it and what fell to it came to the same
    sure = meets and _same_terms(ours, theirs) and _same_moves(ours, theirs)
    return How.OPPOSITE if sure else How.UNSURE


def _same_moves(ours: Placed, theirs: Placed) -> bool:
    """Whether surely the same thing rises or falls: a loss of one may be a gain of another."""
    if _below_zero(ours) or _below_zero(theirs):
        return False  # what grows by -4% shrinks
    return bool(ours.rises and theirs.rises and ours.moving and ours.moving == theirs.moving)


def _below_zero(placed: Placed) -> bool:
    return placed.quantity.figure.value < 0


def _how_much(ours: Placed, theirs: Placed, *, meets: bool) -> How:
    one, other = ours.quantity.figure, theirs.quantity.figure
    if one.span(other) == other.span(other) and one.bound == other.bound:
        return How.SAME
    if _equal(one, other):
        return How.ROUNDED
    return How.DIFFERS if meets and _all_known(ours, theirs) else How.UNSURE


def _equal(one: Figure, other: Figure) -> bool:
    """Whether two values are the same, as loosely as they are told."""
    if one.span(other) == other.span(other) or one.converts(other):
        return one.agrees(other)
    loosely = _loose(one) or _loose(other)
    return _rounds(one.value, other.value) or (loosely and one.agrees(other))


def _loose(figure: Figure) -> bool:
    ranges = figure.high is not None
    return bool(figure.rough or figure.bound or figure.spelled or figure.dotted or ranges)


def _all_known(ours: Placed, theirs: Placed) -> bool:
    """Whether both tell when, where, of what and how much of the same."""
    one, other = ours.quantity.figure, theirs.quantity.figure
    if one.dotted or other.dotted or (one.converts(other) and _nearly(one, other)):
        return False
    if ours.either or theirs.either:
        return False
    if _below_zero(ours) != _below_zero(theirs) and (ours.move or one.value == -other.value):
        return False  # -5 degrees are 5 degrees below zero
    return _same_terms(ours, theirs) and ours.move == theirs.move and _same_property(one, other)


def _same_terms(ours: Placed, theirs: Placed) -> bool:
    """Whether both name a period, a place and a whole: what only one names, nobody knows."""
    (_, of), (_, of_other) = ours.base, theirs.base
    return (
        ours.period.keys() == theirs.period.keys()
        and bool(ours.place) == bool(theirs.place)
        and (of <= of_other or of_other <= of)
    )


def _nearly(one: Figure, other: Figure) -> bool:
    value, _ = other.span(one)
    return abs(one.value - value) <= NEARLY * abs(one.value)


def _same_property(one: Figure, other: Figure) -> bool:
    return one.property in other.context | other.units


def _other_base(ours: Placed, theirs: Placed) -> bool:
    (size, of), (other_size, of_other) = ours.base, theirs.base
    if of and of_other:
        return size != other_size or of.isdisjoint(of_other)
    # A share may leave out of what it is; a number is no rate.
    return (size, of) != (other_size, of_other) and "%" not in ours.quantity.figure.units


def _alike(one: Figure, other: Figure) -> bool:
    """Whether both may measure the same: the unit, and the words around them."""
    if not one.comparable(other):
        return False
    if one.kind != "number" and not (once(one) or once(other)):
        return _same_event(one, other)
    if one.kind != "number":
        happened, elsewhere = once(one), once(other)
        same = not happened.isdisjoint(elsewhere)
        return same or bool(happened and elsewhere and one.value == other.value)
    if one.units and other.units and not _one_unit(one, other):
        return False  # 20 loudspeakers and 20 balloons
    return len(_shared(one, other)) >= LEAST_SHARED * len(one.context) and bool(_shared(one, other))


def _shared(one: Figure, other: Figure) -> frozenset[str]:
    """The words around two numbers, or of their units, that both have."""
    around, around_other = one.context | one.units, other.context | other.units
    return (around & around_other) - {"%", *CURRENCIES.values()}


def _same_event(one: Figure, other: Figure) -> bool:
    """Whether two dates are, by the words right before them, of one event."""
    if not one.property or one.property == other.property:
        return bool(one.property)
    shared = len(one.context & other.context)
    either = one.property in other.context and other.property in one.context
    return either and shared >= LEAST_EVENT * len(one.context)


def _nearness(ours: Placed, theirs: Placed) -> tuple[bool, bool, bool, bool, bool, int]:
    one, other = ours.quantity.figure, theirs.quantity.figure
    kinds = ours.period.keys() & theirs.period.keys()
    return (
        one.kind == "number" or not once(one).isdisjoint(once(other)),
        all(ours.period[kind] == theirs.period[kind] for kind in kinds),
        not (ours.place and theirs.place and ours.place.isdisjoint(theirs.place)),
        one.agrees(other),
        ours.quantity.denied == theirs.quantity.denied,
        len(one.context & other.context),
    )


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
