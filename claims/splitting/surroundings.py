"""Put together the words a claim is read with."""

from bisect import bisect_left
from collections.abc import Iterable

from claims.splitting.reading import Reading

Place = tuple[int, int]
"""Where words begin and end in the article."""
_GOES_ON = frozenset("he she they it his her their its this that these those".split())
_SHORT = 6
"""Words of a sentence that hardly tells anything without the one before it."""


class Surroundings:
    """The sentences of an article, as that what its claims are read with."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        sentences = [spoken.sentence for spoken in reading.spoken]
        self._places = [(sentence.start, sentence.end) for sentence in sentences]
        body = [(s.start, s.end) for s in sentences if not reading.is_headline(s)]
        self._body = sorted((*body, *reading.asides))  # the headline is read anyway
        self._start = self._body[0][0] if self._body else len(text)

    def of(self, number: int, telling: Iterable[Place], *, part: bool) -> tuple[Place, ...]:
        """What a claim of sentence ``number`` is read with, in the order of the article.

        The places ``telling`` what its own words leave open, the sentence before, which
        tells what it is about, and its own one when it is only a ``part`` of it. What
        follows upon another is one place.
        """
        own = [self._places[number]] if part else []
        told = {(max(start, self._start), end) for start, end in telling if end > self._start}
        return tuple(self._joined(sorted({*self._before(number), *told, *own})))

    def _before(self, number: int) -> list[Place]:
        """The sentence before; if that goes on itself about something, two."""
        at = bisect_left(self._body, self._places[number])
        if not at:
            return []
        words = self._text[slice(*self._body[at - 1])].lower().split()
        goes_on = len(words) <= _SHORT or not _GOES_ON.isdisjoint(words[:2])
        return self._body[max(0, at - 1 - goes_on) : at]

    def _joined(self, places: Iterable[Place]) -> list[Place]:
        joined: list[Place] = []
        for start, end in places:
            if joined and not self._text[joined[-1][1] : start].strip():
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            else:
                joined.append((start, end))
        return joined
