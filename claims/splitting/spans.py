"""What stands in a stretch of a paragraph, without reading the whole paragraph for it.

spaCy lists the names, noun phrases and marks of a document anew for each of its
stretches: an article without paragraphs took time with the square of its length.
They are listed once here and kept with the document, which must not change any more.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Span, Token

_Spans = tuple[list[Span], list[int]]
"""Stretches in their order, and where each starts."""


def entities(stretch: Span) -> list[Span]:
    """The names that lie wholly in the stretch."""
    return _within(stretch, _kept(stretch.doc, "names", lambda doc: doc.ents))


def entity_of(token: Token) -> Span | None:
    """The name that the token is a part of."""
    names, starts = _kept(token.doc, "names", lambda doc: doc.ents)
    place = bisect_left(starts, token.i + 1) - 1
    return names[place] if place >= 0 and token.i < names[place].end else None


def noun_chunks(stretch: Span) -> list[Span]:
    """The noun phrases that lie wholly in the stretch."""
    return _within(stretch, _kept(stretch.doc, "phrases", lambda doc: doc.noun_chunks))


def is_in_quotation(token: Token) -> bool:
    """Whether double marks are open where the token stands in its paragraph."""
    return marks_before(token.doc, token.i) % 2 == 1


def marks_before(doc: Doc, place: int) -> int:
    """How many double marks stand before a place."""
    if "marks" not in doc.user_data:
        doc.user_data["marks"] = [t.i for t in doc if t.text == '"']
    return bisect_left(doc.user_data["marks"], place)


def _kept(doc: Doc, name: str, find: Callable[[Doc], Iterable[Span]]) -> _Spans:
    if name not in doc.user_data:
        found = sorted(find(doc), key=lambda span: span.start)
        doc.user_data[name] = found, [span.start for span in found]
    kept: _Spans = doc.user_data[name]
    return kept


def _within(stretch: Span, kept: _Spans) -> list[Span]:
    spans, starts = kept
    first, behind = bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)
    return [span for span in spans[first:behind] if span.end <= stretch.end]
