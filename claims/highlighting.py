"""Where an article's words are marked: blocks of text cut at every boundary of a span."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from claims.kinds import Placement

_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that is to be marked: half-open, in code points."""

    start: int
    end: int
    key: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with the same marks. ``keys`` names the spans over them, the longest first.

    ``begins`` names those of them that begin here.
    """

    start: int
    text: str
    keys: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and where in the article it stands."""

    start: int
    end: int
    placement: Placement


def segments(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Segment]:
    """Cut ``text[start:end]`` wherever a span begins or ends.

    The segments' texts joined are ``text[start:end]``; spans may overlap,
    touch, lie inside one another or reach beyond the stretch.

    >>> cut = segments("Crime fell in 2023.", 0, 19, [Span(0, 18, 1), Span(11, 18, 2)])
    >>> [(s.text, s.keys, s.begins) for s in cut]
    [('Crime fell ', (1,), (1,)), ('in 2023', (1, 2), (2,)), ('.', (), ())]
    """
    over = sorted(
        (span for span in spans if span.start < end and span.end > start),
        key=lambda span: (span.start - span.end, span.start, span.key),
    )
    cuts = {start, end}
    for span in over:
        cuts.update((max(span.start, start), min(span.end, end)))
    places = sorted(cuts)
    return [
        Segment(
            here,
            text[here:there],
            tuple(span.key for span in over if span.start <= here < span.end),
            tuple(span.key for span in over if span.start == here),
        )
        for here, there in pairwise(places)
    ]


def blocks_of(text: str, stored: Sequence[tuple[int, int, str]], title: str = "") -> list[Block]:
    """Return the blocks of a text in order: those stored, and paragraphs between them.

    Words that no stored block holds are body text, so that nothing of an
    article is ever hidden; a first paragraph equal to ``title`` is its headline.

    >>> [(b.start, b.end, str(b.placement)) for b in blocks_of("Title\\n\\nWords.", [], "Title")]
    [(0, 5, 'headline'), (7, 13, 'body')]
    """
    blocks: list[Block] = []
    reached = 0
    for start, end, placement in sorted(stored, key=lambda block: block[0]):
        begin = max(start, reached)
        blocks += _paragraphs(text, reached, begin)
        reached = max(begin, end)
        if begin < reached:
            blocks.append(Block(begin, reached, Placement(placement)))
    blocks += _paragraphs(text, reached, len(text))
    first = blocks[0] if blocks else None
    if first and not stored and text[first.start : first.end] == title.strip():
        blocks[0] = Block(first.start, first.end, Placement.HEADLINE)
    return blocks


def found_in(text: str, quote: str, start: str, end: str) -> tuple[int, int] | None:
    """Where in ``text`` a person's selection stands; None if that is not clear.

    ``start`` and ``end`` are believed only if the text holds ``quote`` there;
    otherwise the quote, however it is spaced, must stand in it exactly once.

    >>> found_in("Boats left.\\nBoats came.", "Boats", "12", "17")
    (12, 17)
    >>> found_in("Boats left.\\nBoats came.", "left. Boats", "", "")
    (6, 17)
    >>> found_in("Boats left.\\nBoats came.", "Boats", "", "")
    """
    words = " ".join(quote.split())
    if not words:
        return None
    if start.isdecimal() and end.isdecimal() and len(start) < 10 > len(end):
        first = int(start)
        for begin, stop in _places(text[first : int(end)], words):
            return first + begin, first + stop
    places = list(islice(_places(text, words), 2))
    return places[0] if len(places) == 1 else None


def is_printed(text: str, quote: str) -> bool:
    """Whether a text has the words at all, however it is spaced.

    >>> is_printed("Boats left.\\nBoats came.", "left. Boats"), is_printed("Boats left.", "came")
    (True, False)
    """
    words = " ".join(quote.split())
    return bool(words) and next(_places(text, words), None) is not None


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where words with single spaces stand in a text, however it is spaced.

    A search for a plain string takes time in proportion to the text, which a
    pattern does not where words repeat.
    """
    printed = list(_WORD.finditer(text))
    spaced = " ".join(word[0] for word in printed)
    begins = list(accumulate((len(word[0]) + 1 for word in printed), initial=0))

    def in_text(at: int) -> int:
        word = bisect_right(begins, at) - 1
        return printed[word].start() + at - begins[word]

    at = spaced.find(words)
    while at >= 0:
        stop = at + len(words)
        yield in_text(at), in_text(stop - 1) + 1
        at = spaced.find(words, stop)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    for found in _PARAGRAPH.finditer(text, start, end):
        yield Block(found.start(), found.end(), Placement.BODY)
