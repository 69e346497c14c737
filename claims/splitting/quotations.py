"""Find quotations, also those that run on over paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.splitting.paragraphs import Paragraph

_STRAIGHT = '"'
_OPEN, _CLOSE = "“„«", "”»"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks included; ``goes_on`` when no mark closes them in their paragraph."""

    start: int
    end: int
    goes_on: bool = False


def quotations(paragraphs: Iterable[Paragraph]) -> list[Quotation]:
    """Return the quotations of the paragraphs in order.

    A quotation left open at the end of its paragraph ends there, and goes on
    if the next paragraph opens with a mark again, as print does it.
    """
    found: list[Quotation] = []
    for paragraph in paragraphs:
        text, opened = paragraph.text, None
        for i, mark in enumerate(text):
            if opened is None and _opens(text, i, mark):
                opened = i
            elif opened is not None and (mark in _CLOSE or (mark == _STRAIGHT)):
                if i > opened + 1:
                    found.append(Quotation(*paragraph.span(opened, i + 1)))
                opened = None
        if opened is not None and len(text) > opened + 1:
            found.append(Quotation(*paragraph.span(opened, len(text)), goes_on=True))
    return found


def _opens(text: str, i: int, mark: str) -> bool:
    if mark in _OPEN:
        return True
    before = text[i - 1] if i else " "
    return mark == _STRAIGHT and (before.isspace() or before in "([—–-'‘")


def share_quoted(start: int, end: int, quoted: Iterable[Quotation]) -> float:
    """Return how much of ``start:end`` stands inside quotations, 0 to 1."""
    inside = sum(max(0, min(end, q.end) - max(start, q.start)) for q in quoted)
    return inside / max(1, end - start)
