"""Figures as people write them: 2300, 2,300 and 2 300 are one wherever words are looked for."""

import re

_PARTED = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![\w,]|\.[0-9])")
_WHOLE = re.compile(r"(?<![\w.,])[1-9][0-9]{3,}(?![\w,]|\.[0-9])")
_LEFT_OUT = re.compile(r"(?:^|\s)-")
"""How a search says what it does not want."""


def readings(words: str) -> list[str]:
    """The words of a full-text search, then the same with its figures whole, and with commas.

    A comma stands for a blank: PostgreSQL parts a figure at both. Nothing else of a text is left
    parted. Of a search that leaves something out there is one reading: what one leaves out the
    other would find.

    >>> readings("boats of 1 200")
    ['boats of 1 200', 'boats of 1200', 'boats of 1,200']
    >>> readings("240000 -boats"), readings("40 boats")
    (['240000 -boats'], ['40 boats'])
    """
    whole = _PARTED.sub(lambda figure: figure[0].replace(" ", ""), words)
    if _LEFT_OUT.search(words) or not _WHOLE.search(whole):
        return [words]
    parted = _WHOLE.sub(lambda figure: f"{int(figure[0]):,}", whole)
    return list(dict.fromkeys([words, whole, parted]))
