"""Find sentences, each at its exact place in the article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.splitting.paragraphs import Paragraph

_CLOSERS = frozenset("\"')]")
_OPENERS = frozenset("\"'([")
_STOPS = re.compile(r"[.!?…]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: ``article[start:end]`` is it as printed."""

    paragraph: Paragraph
    tokens: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence without what was cut out of the paragraph."""
        return self.paragraph.text[self._first() : self._last()]

    def _first(self) -> int:
        return int(self.tokens.start_char)

    def _last(self) -> int:
        return int(self.tokens.end_char)


@Language.component("printed_boundaries")
def printed_boundaries(doc: Doc) -> Doc:
    """Fix, before parsing, the boundaries that print shows beyond doubt.

    A sentence never starts in lower case after a closing quotation mark ("...?"
    she asked), and always after a stop and a closing quotation mark that a
    capital opening quotation mark follows.
    """
    for token in doc[1:]:
        before = doc[token.i - 1]
        if token.is_lower and before.text in _CLOSERS:
            token.is_sent_start = False
        elif (
            token.text == '"'
            and before.text == '"'
            and token.i >= 2
            and _STOPS.search(doc[token.i - 2].text)
        ):
            token.is_sent_start = True
    return doc


def sentences(paragraphs: Iterable[tuple[Paragraph, Doc]]) -> Iterator[Sentence]:
    """Yield the sentences of each parsed paragraph, blanks around them left out."""
    for paragraph, doc in paragraphs:
        for span in _without_strays(doc):
            start, end = paragraph.span(span.start_char, span.end_char)
            yield Sentence(paragraph, span, start, end)


def _without_strays(doc: Doc) -> Iterator[Span]:
    """Give a closing mark that the parser took for a sentence back to the one before."""
    starts = [span.start for span in doc.sents if not span.text.isspace()]
    kept: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        words = any(token.is_alpha or token.like_num for token in doc[start:end])
        if kept and not words:
            continue
        kept.append(start)
    for start, end in zip(kept, [*kept[1:], len(doc)], strict=True):
        while start < end and doc[start].is_space:
            start += 1
        while start < end and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield doc[start:end]
