"""Figures as people write them: 2300, 2,300 and 2 300 are one wherever words are looked for."""

import re

_PARTED_BY = ",\u00a0\u2009\u202f "
"""What stands between thousands: a comma, or one of the blanks that printers use."""
_PARTED = re.compile(
    rf"(?<![\w.,])[1-9][0-9]{{0,2}}([{_PARTED_BY}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?![\w,]|\.[0-9])"
)
_WHOLE = re.compile(r"(?<![\w.,])[1-9][0-9]{3,}(?![\w,]|\.[0-9])")
_LEFT_OUT = re.compile(r"(?:^|\s)-")
"""How a search says what it does not want."""
_SIGNS = ("", "£", "€")
"""PostgreSQL takes a sign that is no ASCII for a letter of the figure behind it."""


def readings(words: str) -> list[str]:
    """The words of a full-text search, then the same with all their figures written alike.

    A comma stands for a blank too: PostgreSQL parts a figure at both. At the blanks that do not
    break a line it does not. Of a search that leaves something out there is one reading: what
    one leaves out the others would find.

    >>> [words for words in readings("boats of 1,200") if "\\xa0" not in words][:3]
    ['boats of 1,200', 'boats of 1200', 'boats of £1200']
    >>> readings("240000 -boats"), readings("40 boats")
    (['240000 -boats'], ['40 boats'])
    """
    whole = _PARTED.sub(lambda figure: _digits(figure[0]), words)
    if _LEFT_OUT.search(words) or not _WHOLE.search(whole):
        return [words]
    written = (
        _written(whole, sign, between)
        for between in ("", *_PARTED_BY.rstrip(" "))
        for sign in _SIGNS
    )
    return list(dict.fromkeys([words, *written]))


def pattern(words: str) -> str:
    """A regular expression for the words with their figures in any writing; empty without any.

    >>> bool(re.search(pattern("cost 2,300 p.a."), "It cost 2300 p.a."))
    True
    >>> pattern("40 boats")
    ''
    """
    whole = _PARTED.sub(lambda figure: _digits(figure[0]), words)
    if not _WHOLE.search(whole):
        return ""
    between = f"[{_PARTED_BY}]?"
    written = (
        _parted(part, between) if _WHOLE.fullmatch(part) else re.escape(part)
        for part in re.split(f"({_WHOLE.pattern})", whole)
    )
    return "".join(written)


def _written(words: str, sign: str, between: str) -> str:
    return _WHOLE.sub(lambda figure: sign + _parted(figure[0], between), words)


def _digits(figure: str) -> str:
    return re.sub(r"[^0-9]", "", figure)


def _parted(figure: str, between: str) -> str:
    """The digits of a figure in threes.

    >>> _parted("2300000", ",")
    '2,300,000'
    """
    return between.join(f"{int(figure):,}".split(","))
