"""Whether a number tells by how much something rose or fell, or to what."""

import re
from enum import StrEnum

_UP = r"""r(?:ises?|ose|isen|ising)|increas\w+|gr(?:ows?|ew|own|owing|owth)|gain\w*|climb\w*|jump\w*
    |soar\w*|surg\w+|add(?:s|ed|ing)?|rais\w+|(?P<won>w[io]ns?)|up(?!\s+to\b)"""
_DOWN = r"""f(?:alls?|ell|allen|alling)|decreas\w+|drop\w*|declin\w+|(?P<lost>los(?:es?|t|ing|s))
    |shr[aiu]nk\w*|cuts?|cutting|reduc\w+|lower(?:s|ed|ing)?|slump\w*|plung\w+|shed|down"""
_LOOSELY = r"""(?:(?:about|around|some|nearly|almost|roughly|approximately|at|least|most|more|less
    |than|up\s+to|over|only|just|an?|estimated|the)\s+)*"""
_MOVED = re.compile(
    rf"""\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+
    (?:(?!(?:in|on|at|for|with|after|before|because|that|when|who|which|and|but|or|as|to|by|from|of
        |up|down)\b)[\w’'-]+\s+){{0,3}}
    (?:(?P<way>by|of|to)\s+|(?P<from>from)\s+(?:[^.;:()]{{1,30}}?\s(?P<fro_to>to)\s+)?)?{_LOOSELY}$""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM_TO = re.compile(r"\bfrom\s+(?:[^.;:()]{1,30}?\s(?P<to>to)\s+)?$", re.IGNORECASE)
_MORE_OR_LESS = re.compile(
    r"""[\s-]+(?:(?P<up>higher|more|up|rise|increase|growth|gain)
        |(?P<down>lower|less|fewer|down|fall|drop|decrease|decline|loss|cut))\b
        (?![^.;]{0,40}\bthan\b)""",
    re.IGNORECASE | re.VERBOSE,
)

_MOVEMENT = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|high(?:er)?|more|less|fewer|rises?|losses|there|\w+ly)\b",
    re.IGNORECASE | re.VERBOSE,
)


class Move(StrEnum):
    """What a number is to a change."""

    NONE = ""
    BY = "by"  # so much more or less
    TO = "to"  # what it came to
    FROM = "from"  # what it was before


def without_movement(text: str) -> str:
    """A text without the words that say that something rises or falls, and how.

    >>> without_movement("Rents fell").strip()
    'Rents'
    """
    return _MOVEMENT.sub(" ", text)


def moved(before: str, after: str) -> tuple[Move, int, bool]:
    """What a number between two stretches of text is to a change, and 1 if that is upward.

    -1 if it is downward, 0 if that is not said; and whether it surely is a rise or a fall:
    what one loses another may win.

    >>> moved("Rents rose to ", "%.")[0].value, moved("Rents fell by ", "%.")[1]
    ('to', -1)
    """
    if found := _MOVED.search(before):
        way = (found["fro_to"] or found["from"] or found["way"] or "by").lower()
        upward = 1 if found["up"] else -1
        gambled = bool(found["won"] or found["lost"])
        return Move.BY if way == "of" else Move(way), upward, not gambled
    if found := _FROM_TO.search(before):
        return Move.TO if found["to"] else Move.FROM, 0, True
    if found := _MORE_OR_LESS.match(after):
        return Move.BY, 1 if found["up"] else -1, True
    return Move.NONE, 0, True
