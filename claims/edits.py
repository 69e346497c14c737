"""What an edit of an article's words does to a claim that stood in them."""

import re
from collections import Counter
from collections.abc import Sequence

from claims.splitting.gender import gender_of
from sources.stance.agreement import agreement, names
from sources.stance.figure import Figure
from sources.stance.figures import CURRENCIES, MONTHS, figures
from sources.stance.words import stem

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_MONTH_OF = {month[:3]: month.capitalize() for month in MONTHS.split()}
_month = "|".join(MONTHS.split())
_short = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_REWRITINGS = [
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\ba dozen\b", "12"),
        (r"\bno (?:fewer|less) than\b", "at least"),
        (r"\bno more than\b", "at most"),
        (r"\bunited states(?: of america)?\b", "US"),
        (r"\bunited kingdom\b", "UK"),
        (r"\bunited nations\b", "UN"),
        (r"\beuropean union\b", "EU"),
        (r"\b(?:claim|suggest|warn)(?:s|ed)\b|\bargue[sd]\b", "said"),
        (r"\b(?:is|are) to (?=[a-z])", "will "),
        (r"\bfail(?:s|ed)? to\b", "does not"),
    )
]
"""What says the same in other words; a verb of saying alone casts no doubt."""
_SHORT_MONTH = re.compile(
    rf"\b{_short}(?=\s\d)|(?<=\d\s){_short}|(?<=\bin\s){_short}(?<=\.)", re.IGNORECASE
)
_NTH = re.compile(rf"(?<!\w)([1-9]|10)(?:st|nd|rd|th)\b(?!\s(?:of\s)?(?:{_month}))", re.IGNORECASE)
_OF_MONTH = re.compile(rf"\b(?:{_month})\s$", re.IGNORECASE)
_UNITS = [
    (re.compile(rf"[\s-]?(?:{pattern})\b", re.IGNORECASE), unit)
    for unit, pattern in {
        **{name: f"{name}s?" for name in (*CURRENCIES.values(), "second", "minute", "hour")},
        **{name: f"{name}s?" for name in ("day", "week", "month", "year", "decade")},
        "century": "century|centuries",
        "point": "percentage points?",
        "tonne": "tonnes?|metric tons?",
        "ton": "tons?",
    }.items()
]
"""Units besides those of ``sources.stance.units``."""
_EXCLUDING = [
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in pair.split("/"))
    for pair in """
        all|every/some all|every/most most/some few/many always/sometimes always/often
        killed|killing|dead|died|deaths/hurt|injured|injuring|injuries|wounded|wounding
    """.split()
]
"""Words of which one is not true where the other is all that can be said."""
_RATE = re.compile(
    r"\b(?:per|an?|each|every) (?P<each>hour|day|week|month|year)\b"
    r"|\b(?:(?P<ly>hour|week|month|year)ly|(?P<day>daily)|(?P<year>annual(?:ly)?))\b",
    re.IGNORECASE,
)
_SPARING = re.compile(r"\b(?:hardly|barely|scarcely|rarely|seldom)\b", re.IGNORECASE)
_PERHAPS = re.compile(r"\b(?:may|might|could)\b")
_SAYING = re.compile(
    r"\b(?:say|says|said|claim|claims|claimed|believe[sd]?|argue|argues|argued|according to)\b",
    re.IGNORECASE,
)
_ALTERING = (_SPARING, _PERHAPS, _SAYING)
_SOME = re.compile(r"\b(?:some|few|certain)(?: of)?(?: the)? (?P<what>[a-z]+)", re.IGNORECASE)
_STEP = re.compile(r"\b(by|to|from) (?=[$£€]?\d)")
_TURNING = ("un", "in", "im", "ir", "il", "dis", "non")
"""Beginnings that turn a word into its opposite."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")


def says_otherwise(before: str, after: str) -> bool:
    """Whether words were edited so that they make another claim than before.

    That is so when a figure, its unit or a date is another, one of them denies or doubts
    what the other states or puts it into somebody's mouth, a word became one that excludes
    it, or one name stands for another. Told by words alone, in English; other edits are
    taken for rewriting.

    >>> says_otherwise("Rents rose by 9.4 percent.", "Rents rose by 9.6 percent.")
    True
    >>> says_otherwise("Rents rose by 9.4 percent.", "The rents rose by 9.4% in all.")
    False
    >>> says_otherwise("Anna Smith, 47, spoke on Sept. 4.", "Mayor Smith spoke on September 4.")
    False
    """
    before, after = _plain(before), _plain(after)
    there, back = agreement(before, after, after), agreement(after, before, before)
    return (
        _counts_otherwise(before, after)
        or there.one_denies
        or there.negation_differs
        or there.opposites
        or there.hedged
        or back.hedged
        or _excludes(before, after)
        or _turns(before, after)
        or _names_another(before, after)
    )


def _plain(text: str) -> str:
    """The text with one way of writing for what has several.

    >>> _plain("The 1st boat failed to leave the United States on Sept. 4.")
    'The first boat does not leave the US on September 4.'
    """
    text = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), text)
    for pattern, words in _REWRITINGS:
        text = pattern.sub(words, text)
    text = _SHORT_MONTH.sub(lambda month: _MONTH_OF[month[0][:3].lower()], text)
    return _NTH.sub(
        lambda nth: (
            nth[0]
            if _OF_MONTH.search(text[max(0, nth.start() - 12) : nth.start()])
            else _ORDINALS[int(nth[1]) - 1]
        ),
        text,
    )


def _counts_otherwise(before: str, after: str) -> bool:
    ours, theirs = figures(before), figures(after)
    old, new = (Counter(map(_value, found)) for found in (ours, theirs))
    if old - new and new - old:
        return True
    # A year behind a day, or an age, may be told by one of them only.
    left = _left_out(before, ours, old - new) + _left_out(after, theirs, new - old)
    if left != (old - new) + (new - old):
        return True
    first, second = _by_unit(before, ours, old & new), _by_unit(after, theirs, old & new)
    turned_round = any(
        first[unit] != second[unit] and sorted(first[unit]) == sorted(second[unit])
        for unit in first.keys() & second.keys()
    )
    return turned_round or _units_differ(before, ours, after, theirs)


def _value(figure: Figure) -> tuple[str, float, float, int]:
    high = figure.value if figure.high is None else figure.high
    return figure.kind, figure.value, high, figure.bound


def _left_out(text: str, found: Sequence[Figure], surplus: Counter) -> Counter:
    """Of the figures that only one text has, those that say no more of what happened."""
    spare: Counter = Counter()
    for number, figure in enumerate(found):
        day = found[number - 1] if number and found[number - 1].kind == "day" else None
        year = figure.kind == "year" and day and text[day.end : figure.start] in (" ", ", ")
        age = (
            figure.kind == "number"
            and re.search(r"\b[^\W\d_a-z]\w+, $", text[max(0, figure.start - 40) : figure.start])
            and text[figure.end : figure.end + 1] == ","
        )
        if year or age:
            spare[_value(figure)] += 1
    return spare & surplus


def _by_unit(text: str, found: Sequence[Figure], both: Counter) -> dict[str, list]:
    """The figures that both texts have, in order, by what they measure or count."""
    order: dict[str, list] = {}
    for figure in found:
        if _value(figure) in both:
            unit = _unit(text, figure) or min(figure.units, default="")
            order.setdefault(unit if figure.kind == "number" else figure.kind, []).append(
                _value(figure)
            )
    return order


def _units_differ(
    before: str, ours: Sequence[Figure], after: str, theirs: Sequence[Figure]
) -> bool:
    old, new = _units_of(before, ours), _units_of(after, theirs)
    return any(
        old[value] - new[value] and new[value] - old[value] for value in old.keys() & new.keys()
    )


def _units_of(text: str, found: Sequence[Figure]) -> dict[tuple, Counter]:
    units: dict[tuple, Counter] = {}
    for figure in found:
        unit = _unit(text, figure)
        units.setdefault(_value(figure), Counter()).update([unit] if unit else [])
    return units


def _unit(text: str, figure: Figure) -> str:
    """The currency, measure or time a number counts; none for people and things.

    >>> [_unit(text, figures(text)[0]) for text in ("£5 million", "5 tonnes", "3-day", "3 boats")]
    ['pound', 'tonne', 'day', '']
    >>> _unit("5 kg", figures("5 kg")[0]) == _unit("5 kilos", figures("5 kilos")[0])
    True
    """
    if figure.kind != "number":
        return ""
    if text[figure.start] in CURRENCIES:
        return CURRENCIES[text[figure.start]]
    if "%" in figure.units:
        return "%"
    if figure.measure is not None:
        return figure.measure.unit
    return next((unit for form, unit in _UNITS if form.match(text, figure.end)), "")


def _excludes(before: str, after: str) -> bool:
    for pair in _EXCLUDING:
        (one, other), (now_one, now_other) = (
            [bool(words.search(text)) for words in pair] for text in (before, after)
        )
        if one != other and now_one not in (now_other, one):
            return True
    return _replaced(_ordinals(before), _ordinals(after)) or _replaced(
        _rates(before), _rates(after)
    )


def _turns(before: str, after: str) -> bool:
    """Whether one says sparingly, perhaps or by somebody what the other simply says.

    >>> _turns("It was safe.", "It was unsafe."), _turns("Fares rose.", "Some fares rose.")
    (True, True)
    >>> _turns("Rents rose by 4%.", "Rents rose to 4%."), _turns("It may fall.", "It will fall.")
    (True, True)
    >>> _turns("Fares rose.", "Critics say fares rose."), _turns("It rose.", "It rose again.")
    (True, False)
    """
    one, other = (set(_WORD.findall(text.lower())) for text in (before, after))
    lost, new = one - other, other - one
    return (
        any(bool(said.search(before)) != bool(said.search(after)) for said in _ALTERING)
        or any(start + word in new for start in _TURNING for word in lost)
        or any(start + word in lost for start in _TURNING for word in new)
        or bool((_some(before) & other) - _some(after) or (_some(after) & one) - _some(before))
        or _replaced(_steps(before), _steps(after))
    )


def _some(text: str) -> set[str]:
    return {found["what"].lower() for found in _SOME.finditer(text)}


def _steps(text: str) -> set[str]:
    """The words before figures that tell a change from where it leads."""
    return set(_STEP.findall(text))


def _ordinals(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) & set(_ORDINALS)


def _rates(text: str) -> set[str]:
    return {
        (rate["each"] or rate["ly"] or (rate["day"] and "day") or "year").lower()
        for rate in _RATE.finditer(text)
    }


def _replaced(old: set[str], new: set[str]) -> bool:
    return bool(old - new and new - old)


def _names_another(before: str, after: str) -> bool:
    """Whether a name stands for another; a title or a first name beside it may come or go."""
    old, new = _last_names(before), _last_names(after)
    if old - names(after) and new - names(before):
        return True
    first, second = _first_names(before), _first_names(after)
    return any(first[last] != second[last] for last in first.keys() & second.keys())


def _first_names(text: str) -> dict[str, str]:
    """The first name before each last name, where it is one that people have.

    >>> _first_names("Mayor Anna Kroll met Senator Lee.")
    {'kroll': 'anna'}
    """
    found = re.findall(r"\b(?=([A-Z][a-z]+) ([A-Z][\w’'-]+))", text)
    return {last.lower(): first.lower() for first, last in found if gender_of(first)}


def _last_names(text: str) -> set[str]:
    """The last word of each name.

    >>> sorted(_last_names("In Paris, President Joe Biden met the mayor, Ann Lee, on Monday."))
    ['biden', 'france', 'lee']
    """
    known, last = names(text), set()
    found = list(_WORD.finditer(text))
    for word, behind in zip(found, [*found[1:], None], strict=True):
        goes_on = (
            behind
            and text[word.end() : behind.start()].isspace()
            and behind[0][0].isupper()
            and stem(behind[0]) in known
        )
        if word[0][0].isupper() and stem(word[0]) in known and not goes_on:
            last.add(stem(word[0]))
    return last
