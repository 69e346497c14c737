"""Find a claim's words again in the next version of its article.

Same words are searched first, with ``str.find``; similar words by Sellers'
algorithm (approximate matching by edit distance with free ends, 1980), one
vectorised row for each character of the quote. A place is believed only when
nothing else has come to look like it; the machine never jumps to a look-alike
without saying so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.kinds import Anchor

CONTEXT = 32
"""Characters remembered on each side of a quote."""

_SIMILAR = 0.7
"""Share of the quote's characters that must be left for words to be the same, edited."""
_FAINT = 0.55
"""Share that makes other words a look-alike, and too weak to be the quote itself."""
_LOOK_ALIKE = 0.75
"""Share that makes other words a look-alike of a quote that stands unchanged."""
_SAME_WORDS = 0.9
_RIVAL_MARGIN = 0.3
"""Another place this close in likeness makes the best one unclear."""
_SAME_CONTEXT = 0.6
_SURE_CONTEXT = 0.9
_WHOLE_TEXT = 20_000_000
"""Cells of the alignment up to which the whole text is searched, not only likely windows."""
_SEED = 6
_MOST_PLACES = 100

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "–": "-", "—": "-"}
    | dict.fromkeys("\r\n\t", " ")
)


@dataclass(frozen=True, slots=True)
class Anchored:
    """``new_text[start:end]`` is where the claim now stands.

    An ambiguous place is the likeliest one; an orphaned claim has none (None).
    """

    start: int | None
    end: int | None
    kind: Anchor


_ORPHANED = Anchored(None, None, Anchor.ORPHANED)


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return up to 32 characters before and after ``text[start:end]``.

    >>> context("One. Two. Three.", 5, 9)
    ('One. ', ' Three.')
    """
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def anchor(
    quote: str, prefix: str, suffix: str, old_start: int, new_text: str, *, old_text: str = ""
) -> Anchored:
    """Return where ``quote`` stands in ``new_text``.

    ``prefix`` and ``suffix`` are its old ``context``; ``old_start`` breaks ties
    between look-alikes when an ambiguous place is suggested. With ``old_text``,
    look-alikes that stood there already make nothing unclear as long as the
    quote keeps its context. Curly and straight quotation marks, dashes and
    blanks count as the same. Raise ValueError for an empty quote.

    >>> anchor("Prices rose.", "Yes. ", "", 5, "Yes. Prices rose.").kind.value
    'exact'
    >>> anchor("Prices rose.", "Yes. ", "", 5, "Prices rose. Yes. Prices rose.").kind.value
    'ambiguous'
    """
    if not quote.strip():
        raise ValueError("An empty quote has no place in a text.")
    return _Search(quote, (prefix, suffix), old_start, new_text, old_text).result()


class _Search:
    def __init__(
        self, quote: str, around: tuple[str, str], old_start: int, text: str, old_text: str
    ) -> None:
        self.quote, self.prefix, self.suffix, self.text, self.old_text = (
            part.translate(_SAME_LENGTH) for part in (quote, *around, text, old_text)
        )
        self.old_start = old_start

    def result(self) -> Anchored:
        places = _occurrences(self.text, self.quote)
        if not places:
            return self._edited()
        size = len(self.quote)
        best = max(places, key=lambda p: (self._support(p, p + size), -abs(p - self.old_start)))
        keeping = [p for p in places if self._before(p) == self._after(p + size) == 1.0]
        kept = keeping == [best]
        more = self._new_look_alikes()
        if kept and not more:
            return Anchored(best, best + size, Anchor.EXACT)
        if more or len(places) > 1 or self._rivalled(best):
            return Anchored(best, best + size, Anchor.AMBIGUOUS)
        return Anchored(best, best + size, Anchor.MOVED)

    def _new_look_alikes(self) -> bool:
        """Whether more than in the old text looks like the quote, apart from itself."""
        now = len(_look_alikes(self.quote, self.text))
        return now > max(1, len(_look_alikes(self.quote, self.old_text)) if now > 1 else 0)

    def _edited(self) -> Anchored:
        """Find the quote with some of its characters changed."""
        places = self._similar_places()
        if not places or places[0][0] < _SIMILAR:
            return _ORPHANED
        likeness, start, end = places[0]
        if len(places) > 1 and places[1][0] > likeness - _RIVAL_MARGIN:
            _, start, end = max(
                places[:2], key=lambda p: (self._support(p[1], p[2]), -abs(p[1] - self.old_start))
            )
            return Anchored(start, end, Anchor.AMBIGUOUS)
        if self._stood_before(start, end) or self._support(start, end) < _SAME_CONTEXT:
            # Another sentence of the old text, or similar words among strangers.
            return Anchored(start, end, Anchor.AMBIGUOUS)
        return Anchored(start, end, Anchor.MOVED)

    def _stood_before(self, start: int, end: int) -> bool:
        """Whether the old text had these words already, apart from the quote."""
        if not self.old_text:
            return False
        old_end = self.old_start + len(self.quote)
        return any(
            right <= self.old_start or left >= old_end
            for _, left, right in _similar(self.text[start:end], self.old_text, _SAME_WORDS)
        )

    def _rivalled(self, found: int) -> bool:
        """Whether similar words elsewhere have as good a claim to the old place.

        Same words in new surroundings may be a copy, while the original was
        edited where it stood.
        """
        size = len(self.quote)
        support = self._support(found, found + size)
        return any(
            self._support(start, end) >= support
            or (likeness > 1 - _RIVAL_MARGIN and support < _SURE_CONTEXT)
            for likeness, start, end in self._similar_places()
            if end <= found or start >= found + size
        )

    def _similar_places(self) -> list[tuple[float, int, int]]:
        """Return likeness, start and end of similar words, the likest first."""
        found = [
            (likeness, *self._refined(start, end))
            for likeness, start, end in _similar(self.quote, self.text, _FAINT)
        ]
        return sorted(found, reverse=True)

    def _refined(self, start: int, end: int) -> tuple[int, int]:
        """Move the ends to where the old context stops and starts, if that is near.

        Edited first or last words are inside the context's gap, though they no
        longer look like the quote. No word is cut in two.
        """
        reach = max(4, len(self.quote) // 4)
        tail, head = self.prefix[-CONTEXT // 2 :], self.suffix[: CONTEXT // 2]
        if tail.strip():
            at = self.text.rfind(tail, max(0, start - reach - len(tail)), start + reach)
            start = at + len(tail) if at >= 0 and at + len(tail) < end else start
        if head.strip():
            at = self.text.find(head, max(start + 1, end - reach), end + reach + len(head))
            end = at if at >= 0 else end
        if not self.prefix and start <= reach:
            start = 0
        if not self.suffix and len(self.text) - end <= reach:
            end = len(self.text)
        while start > 0 and self.text[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end - 1 : end + 1].isalnum():
            end += 1
        return start, end

    def _support(self, start: int, end: int) -> float:
        return max(self._before(start), self._after(end))

    def _before(self, start: int) -> float:
        """Likeness, 0 to 1, of what stands before ``start`` to the old prefix."""
        return _likeness(self.prefix, self.text[max(0, start - len(self.prefix)) : start], start)

    def _after(self, end: int) -> float:
        here = self.text[end : end + len(self.suffix)]
        return _likeness(self.suffix, here, len(self.text) - end)


def _look_alikes(quote: str, text: str) -> list[tuple[float, int, int]]:
    """Return the places where the quote stands, or words that may be taken for it."""
    return _similar(quote, text, _LOOK_ALIKE)


def _similar(quote: str, text: str, least: float) -> list[tuple[float, int, int]]:
    """Return likeness, start and end of words at least so similar, in no order."""
    size = len(quote)
    found: list[tuple[float, int, int]] = []
    for left, right in _windows(quote, text):
        window = text[left:right]
        distance = _distances(quote, window)
        while len(found) < _MOST_PLACES:
            end = int(distance.argmin())
            likeness = 1 - float(distance[end]) / size
            if likeness < least or end == 0:
                break
            start = _start_of(quote, window, end)
            found.append((likeness, left + start, left + end))
            distance[max(0, end - size // 2) : end + size // 2 + 1] = size
    return found


def _windows(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the ranges of the text in which the quote may stand."""
    size = len(quote)
    if size * len(text) <= _WHOLE_TEXT:
        return [(0, len(text))]
    ranges = sorted(
        (max(0, place - at - size // 2), min(len(text), place - at + size + size // 2))
        for at in range(0, size - _SEED, _SEED)
        for place in _occurrences(text, quote[at : at + _SEED])
    )
    merged: list[tuple[int, int]] = []
    for left, right in ranges:
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _likeness(old: str, new: str, room: int) -> float:
    """Compare two contexts; an edge of the text is like an edge only."""
    if old == new and (old or room == 0):
        return 1.0
    if not old.strip() or not new:
        return 0.0
    distances = _distances(old, new)
    return max(0.0, 1 - float(distances.min()) / len(old))


def _occurrences(text: str, words: str) -> list[int]:
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _distances(pattern: str, text: str) -> NDArray[np.int32]:
    """Return, for each end in ``text``, the edits that turn its best stretch into ``pattern``.

    >>> _distances("abc", "xabdx").tolist()
    [3, 3, 2, 1, 1, 2]
    """
    symbols, steps = _codes(text), np.arange(len(text) + 1, dtype=np.int32)
    row = np.zeros(len(text) + 1, dtype=np.int32)
    for symbol in _codes(pattern):
        below = row + 1
        below[1:] = np.minimum(below[1:], row[:-1] + (symbols != symbol))
        # An insertion costs one per step from the best cell to the left.
        row = np.minimum.accumulate(below - steps) + steps
    return row


def _start_of(pattern: str, text: str, end: int) -> int:
    """Return where the best match that stops at ``end`` starts."""
    stretch = text[max(0, end - 2 * len(pattern)) : end][::-1]
    symbols, steps = _codes(stretch), np.arange(len(stretch) + 1, dtype=np.int32)
    row = steps.copy()
    for symbol in _codes(pattern[::-1]):
        below = row + 1
        below[1:] = np.minimum(below[1:], row[:-1] + (symbols != symbol))
        row = np.minimum.accumulate(below - steps) + steps
    return end - int(row.argmin())
