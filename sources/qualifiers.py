"""Which of several things of one kind a text speaks of, and what for.

The average rent is not the median one, the first round not the second, and
money for schools is no money for roads.
"""

import re

from sources.stance.figures import DAYS, MONTHS
from sources.stance.words import content_stems

_QUALIFIERS = content_stems(
    "average median mean typical net gross minimum maximum lowest highest first second third fourth"
    " fifth final north south east west northern southern eastern western central upper inner outer"
    " annual yearly quarterly monthly weekly daily hourly urban rural male female men women boys"
    " girls public private domestic foreign"
) | {"other"}
"""What of several it is: a value of one is no value of the other."""
_MEANT_FOR = re.compile(r"\b(?:on|for)\s+((?:[^\W\d_][\w’'-]*\s*){1,3})", re.IGNORECASE)
_DATE_WORDS = content_stems(f"{MONTHS} {DAYS}")
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;:()](?=\s|$)|\s[–—-]\s")
_REACH = 120
"""Characters to each side of a figure in which its clause is looked for."""


def qualifiers(sentence: str) -> frozenset[str]:
    """The words of a sentence that single out one of several.

    >>> sorted(qualifiers("The average rent of other flats rose."))
    ['averag', 'other']
    """
    said = content_stems(sentence) | ({"other"} if _OTHER.search(sentence) else set())
    return frozenset(said & _QUALIFIERS)


def clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a figure, up to the next comma or stop."""
    before = _PARTS.split(text[max(0, start - _REACH) : start])[-1]
    return before, _PARTS.split(text[end : end + _REACH])[0]


def meant_for(clause: tuple[str, str]) -> frozenset[str]:
    """The words behind "on" and "for": money for schools is no money for roads."""
    meant = " ".join(_MEANT_FOR.findall(" , ".join(clause)))
    return frozenset(f"for {stem}" for stem in content_stems(meant) - _DATE_WORDS)
