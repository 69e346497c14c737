"""What a text measures: its figures with the words that say when, where, of what and how.

A figure alone is a number with a unit. Here it gets its period, its place and
what it is a share of, whether the text denies it, whether it tells a change or
what something came to, and whose it most likely is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from operator import itemgetter

from sources.moves import Move, moved, without_movement
from sources.passages import sentences
from sources.qualifiers import clause, meant_for, qualifiers
from sources.stance.figure import Figure
from sources.stance.figures import DAYS, MONTHS, ONCE, PERIODS, figures
from sources.stance.words import content_stems

LONGEST = 20_000
"""Characters read of a text."""
MOST = 100  # figures read of a text: two with more are tables, and each is set beside each
NEAR = 60  # characters from a number in which it is said out of what it is, or denied
_NAME = r"[A-Z][\w’'-]+"
_SIZE = r"(?:[\d,.]*\d|million|thousand|hundred)"
_OF_UNITS = r"(?:cubic|square|metric|nautical|fluid)"
_MEASURED = re.compile(rf"\b{_OF_UNITS}\s")
_BASE = re.compile(  # "out of the river" tells from where
    r"\b(?:per|for every|in every|out of(?: every)?(?!\s+(?:(?:the|its|their|his)\b|[A-Z])))"
    rf"\s+(?:{_SIZE}\s+)?(?:{_OF_UNITS}\s+)?[\w’'-]+"
    r"|\b(?:an?|each|every)\s+(?:second|minute|hour|day|night|week|month|year|person|head)\b"
)
_SHARE_OF = re.compile(
    r"\s+of\s+(?:(?:all|the|its|their)\s+)*(?:[\w-]+[’']s?\s+|[A-Z]\w*(?:sh|ch|ese|an)\s+)?[\w’'-]+"
)
_BASE_SIZE = re.compile(_SIZE)
_BASE_WORDS = content_stems("per each every head")
_SAYS_WHEN = re.compile(r"(?:last|previous|this|next)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|rather than|instead of|far from)|n[’']t)\s+"
    r"(?:(?:quite|really|actually|even|anything like|the|a|an|about|some)\s+)*$",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)\s+(?:not|never)"
    r"|cannot|(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should)n[’']t|never)\s+"
    r"(?:(?!(?:only|just|because|that|who|which|when|until|before|after|since|and|but|or|if|as|in|at"
    r"|on|for|with)\b)[\w’'-]+\s+){1,3}$",
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
_WORD = re.compile(r"[^\W\d_]+")
_AND = re.compile(r"\band\s+$", re.IGNORECASE)
_OR_BEFORE, _OR_BEHIND = (
    re.compile(r"(?<!,)\s+or\s+$"),
    re.compile(r"\s+or\s(?!(?:more|less|fewer|so|over|under|higher|lower|above|below)\b)"),
)
_LOOSELY_BEHIND = re.compile(r"\sor\s|\sat\s|-odd\b")
_SOMEBODY_ELSE = content_stems(
    "rival opponent competitor challenger neighbour predecessor successor another former previous"
)
_SHARED = re.compile(r"[^,;:()]*\b(?:and|to|or|of)\b[^,;:()]*", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:compared|than|against|versus|vs|including|unlike|up|down)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\W*(?:he|she|it|they|his|her|its|their|this|these|those)\b", re.IGNORECASE)

_AROUND = 4  # periods or places to each side of a number that may be its own
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
        loosely = "" if _LOOSELY_BEHIND.search(self.words) else loosely
        said = ("not" if self.denied else "", loosely, self.words, self.base, place)
        return " ".join(filter(None, (*said, period if self.period else "")))


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with what it is compared by.

    Of its base the size and the stems, of its place and of the last name
    before it the stems, of its period a value for each kind. ``move`` is
    what it is to a change; ``upward`` is 1 if that rose, -1 if it fell. ``sentence`` counts from 0;
    ``listed`` is whether an "and" stands right before, ``either`` whether an "or" stands beside.
    ``moving`` are the stems of its clause but for the movement's own, and ``rises`` is whether
    the movement surely is one; ``qualified`` says which of several it is, and what for.
    """

    quantity: Quantity
    subject: frozenset[str]
    sentence: int
    names: frozenset[str]
    base: tuple[str, frozenset[str]] = ("", frozenset())
    place: frozenset[str] = frozenset()
    period: dict[str, float] = field(default_factory=dict)
    move: Move = Move.NONE
    upward: int = 0
    listed: bool = False
    either: bool = False
    somebody_else: frozenset[str] = frozenset()
    rises: bool = True
    moving: frozenset[str] = frozenset()
    qualified: frozenset[str] = frozenset()


def quantities(text: str) -> list[Placed]:
    """The quantities of a text and the dates of what it tells, in order; the first MOST."""
    text = text[:LONGEST]
    told = (_in_sentence(text[a:b], number) for number, (a, b) in enumerate(sentences(text)))
    return list(islice(chain.from_iterable(told), MOST))


def _in_sentence(text: str, number: int) -> Iterable[Placed]:
    found = figures(text, MOST)
    bases = [_base(figure, text) for figure in found]
    inside = {
        index
        for index, figure in enumerate(found)
        for base in bases[max(0, index - _AROUND) : index]
        if base and base.start() < figure.start < base.end()
    }
    periods = [figure for figure in found if figure.kind in PERIODS]
    places = [match for match in _PLACE.finditer(text) if content_stems(match[1]) - _DATE_WORDS]
    periods_at = [period.start for period in periods]
    places_at = [place.start() for place in places]
    named = frozenset[str]().union(*names(text, found))
    measured = any(figure.kind == "number" for figure in found)
    blanked = _blanked(text, found)
    several = qualifiers(blanked)
    subjects, others = _named(blanked), _first_of_others(text)
    for index, figure in enumerate(found):
        before = text[max(0, figure.start - 2 * NEAR) : figure.start]
        subject = _subject(subjects, figure.start)
        if index in inside:
            continue
        if figure.kind != "number":
            date = Quantity(figure, _dated(figure, text))
            qualified = several | meant_for(clause(text, figure.start, figure.end))
            either = _either(figure, text)
            placed = Placed(date, subject, number, named, either=either, qualified=qualified)
            if once(figure):
                yield placed
            elif figure.kind == "day":
                yield _with_year(placed, found[index + 1 : index + 2], text)
            elif (
                figure.kind == "year"
                and not measured
                and not _ends_date(figure, found[max(0, index - 1) : index])
            ):
                yield placed
            continue
        base = bases[index]
        later = _later(found, index, inside)
        beside = clause(text, figure.start, figure.end)
        when = _nearest(
            figure,
            [
                period
                for period in periods[_near(figure, periods_at)]
                if not _of_later(figure, later, period.start, text)
            ],
        )
        where = min(
            (
                place
                for place in places[_near(figure, places_at)]
                if not later or place.start() < later.start
            ),
            key=lambda place: _distance(_span(figure), place.span()),
            default=None,
        )
        move, upward, rises = moved(before, text[figure.end : figure.end + 2 * NEAR])
        yield Placed(
            Quantity(
                figure,
                _with_unit(figure, text, base.start() if base else len(text)),
                base[0].strip() if base else "",
                " ".join(_BEFORE_PERIOD.sub("", _written(period, text)) for period in when),
                where[1] if where else "",
                bool(_DENIED.search(before[-NEAR:]) or _NOT_DONE.search(before[-NEAR:])),
            ),
            subject,
            number,
            named,
            _said_of(base[0]) if base else ("", frozenset()),
            frozenset(content_stems(where[1])) if where else frozenset(),
            {period.kind: period.value for period in when},
            move,
            upward,
            bool(_AND.search(before)),
            _either(figure, text),
            frozenset(stem for stem, at in others.items() if at < figure.start),
            rises,
            _moving(figure, beside) if upward else frozenset(),
            several | meant_for(beside),
        )


def _near(figure: Figure, starts: Sequence[int]) -> slice:
    """Which of what starts there in a sentence are near a figure."""
    at = bisect_left(starts, figure.start)
    return slice(max(0, at - _AROUND), at + _AROUND)


def _named(blanked: str) -> list[tuple[int, frozenset[str]]]:
    """The stems of each name, with where it ends."""
    found = ((name.end(), frozenset(content_stems(name[0]))) for name in _NAMES.finditer(blanked))
    return [(end, stems - _DATE_WORDS) for end, stems in found if stems - _DATE_WORDS]


def _subject(named: Sequence[tuple[int, frozenset[str]]], start: int) -> frozenset[str]:
    """The last name before a figure: most likely whose it is."""
    at = bisect_right(named, start, key=itemgetter(0))
    return named[at - 1][1] if at else frozenset()


def _first_of_others(text: str) -> dict[str, int]:
    """Where each word for somebody else stands first."""
    first: dict[str, int] = {}
    for word in _WORD.finditer(text):
        for stem in content_stems(word[0]) & _SOMEBODY_ELSE:
            first.setdefault(stem, word.start())
    return first


def _blanked(text: str, found: Sequence[Figure]) -> str:
    """A text with blanks for its figures, so that what stands elsewhere stays where it is."""
    parts, reached = [], 0
    for figure in found:
        parts += [text[reached : figure.start], " " * (figure.end - max(reached, figure.start))]
        reached = max(reached, figure.end)
    return "".join([*parts, text[reached:]])


def _later(found: Sequence[Figure], index: int, inside: set[int]) -> Figure | None:
    """The number that follows in the sentence, but for one that is part of a base."""
    for later in range(index + 1, len(found)):
        if found[later].kind == "number" and later not in inside:
            return found[later]
    return None


def _of_later(figure: Figure, later: Figure | None, start: int, text: str) -> bool:
    """Whether a period is a later number's: "60%, compared with 55% in 2019"."""
    if not later or start < later.start:
        return False
    between = text[figure.end : later.start]
    return not _SHARED.fullmatch(between) or bool(_COMPARES.search(between))


def _moving(figure: Figure, beside: tuple[str, str]) -> frozenset[str]:
    return frozenset(content_stems(without_movement(" ".join(beside))) - _DATE_WORDS - figure.units)


def begins_with_pronoun(text: str) -> bool:
    """Whether nobody can tell from a text alone of whom it speaks first."""
    return bool(_PRONOUN.match(text))


def once(figure: Figure) -> frozenset[str]:
    """What happened then, of what can happen only once."""
    own = {figure.property} & ONCE
    return frozenset(own or figure.context & ONCE)


def _either(figure: Figure, text: str) -> bool:
    before = text[max(0, figure.start - NEAR) : figure.start]
    return bool(_OR_BEFORE.search(before) or _OR_BEHIND.match(text, figure.end))


def _with_year(day: Placed, periods: Sequence[Figure], text: str) -> Placed:
    figure = day.quantity.figure
    for year in periods:
        if year.kind == "year" and 0 <= year.start - figure.end <= len(", "):
            words = f"{day.quantity.words}{text[figure.end : year.end]}"
            quantity = replace(day.quantity, words=" ".join(words.split()))
            return replace(day, quantity=quantity, period={"year": year.value})
    return day


def _ends_date(year: Figure, found: Sequence[Figure]) -> bool:
    return any(0 <= year.start - day.end <= len(", ") for day in found if day.kind == "day")


def _dated(figure: Figure, text: str) -> str:
    """A date with the word for what happened then."""
    before = text[max(0, figure.start - 2 * NEAR) : figure.start]
    known = once(figure)
    happened = next(
        (
            word
            for word in reversed(_WORD.findall(before))
            if (known or word[0].islower())  # a name tells nothing of what happened
            and not content_stems(word).isdisjoint(known or {figure.property})
        ),
        "",
    )
    return f"{happened} {_written(figure, text)}".strip()


def _written(figure: Figure, text: str) -> str:
    return text[figure.start : figure.end].strip()


def names(text: str, found: Sequence[Figure]) -> list[frozenset[str]]:
    """The stems of each name; a sentence's first word may be one, and is taken for one.

    Without the figures that were ``found`` in it, which may begin as names do: "March".
    """
    ends = [0, *(figure.end for figure in found)]
    begins = [*(figure.start for figure in found), len(text)]
    without = " ".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))
    found_names = (frozenset(content_stems(name)) - _DATE_WORDS for name in _NAMES.findall(without))
    return [name for name in found_names if name]


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
