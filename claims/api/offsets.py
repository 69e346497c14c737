"""Where something stands in a text, for readers that count differently.

Python and PostgreSQL count code points; JavaScript, Java and C# count UTF-16
units, of which a character outside the basic plane takes two.
"""

import re
from bisect import bisect_left
from typing import TypedDict

WIDE = re.compile(r"[\U00010000-\U0010FFFF]")
"""Characters that take two units of UTF-16."""


class Span(TypedDict):
    """A stretch of a text, counted both ways: ``text[start:end]`` in either."""

    start: int
    end: int
    start_utf16: int
    end_utf16: int


class Counted:
    """A text whose spans can be told in UTF-16 too."""

    def __init__(self, text: str) -> None:
        self._wide = [letter.start() for letter in WIDE.finditer(text)]

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end``, which are code points.

        >>> Counted("😀 Rents rose.").span(2, 7)
        {'start': 2, 'end': 7, 'start_utf16': 3, 'end_utf16': 8}
        """
        return {
            "start": start,
            "end": end,
            "start_utf16": start + bisect_left(self._wide, start),
            "end_utf16": end + bisect_left(self._wide, end),
        }
