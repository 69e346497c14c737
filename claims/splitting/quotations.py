"""Find quotations, also those that run on over paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile

from claims.splitting.paragraphs import Paragraph

_STRAIGHT = '"'
_OPEN, _CLOSE = "“„«", "”»"
_ENDED = {". ", "! ", "? "}
_SPEECH = re.compile(
    r"""(?:(?<=\s)|(?<=:)|^)['‘](?=\w)          # opens in front of a word
    (?P<words>[^"“”\n]*?[^"“”\n\s])
    (?<=[.,?!…—–])['’](?=\s|$|[—–,;:)])         # closes behind a stop or comma, as speech does""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks included; ``goes_on`` when no mark closes them in their paragraph."""

    start: int
    end: int
    goes_on: bool = False


def quotations(paragraphs: Iterable[Paragraph]) -> list[Quotation]:
    """Return the quotations of the paragraphs in order.

    A mark that closes a paragraph and was opened nowhere closes its last sentence, if another
    quotation stands before it. A quotation left open at the end of its paragraph ends there,
    and goes on if the next paragraph opens with a mark again, as print does it.
    """
    found: list[Quotation] = []
    for paragraph in paragraphs:
        text, opened = with_double_marks(paragraph.text), None
        for i, mark in enumerate(text):
            if opened is None and _opens(text, i, mark):
                opened = i
            elif opened is not None and (mark in _CLOSE or mark == _STRAIGHT):
                if _opens_again(text, opened, i):
                    continue
                if i > opened + 1:
                    found.append(Quotation(*paragraph.span(opened, i + 1)))
                opened = None
            elif opened is None and mark in _CLOSE + _STRAIGHT and not text[i + 1 :].strip():
                begins = text.rfind(". ", 0, i - 1) + 2
                if begins > 1 and any(q.end <= paragraph.at(begins) for q in found[-1:]):
                    found.append(Quotation(*paragraph.span(begins, i + 1)))
        if opened is not None and len(text) > opened + 1:
            found.append(Quotation(*paragraph.span(opened, len(text)), goes_on=True))
    return found


def speech_marks(text: str) -> list[tuple[int, int]]:
    """Return where single marks open and close speech: both offsets of each pair.

    Apostrophes, and single marks within double ones or around a mere word, are none.

    >>> speech_marks("'It's over, folks,' she said of the farmers' strike.")
    [(0, 18)]
    """
    found = [(match.start(), match.end() - 1) for match in _SPEECH.finditer(text)]
    return [(opening, closing) for opening, closing in found if not _is_within(text[:opening])]


def _is_within(before: str) -> bool:
    """Whether double marks are open where ``before`` ends."""
    opened = sum(before.count(mark) for mark in _OPEN)
    closed = sum(before.count(mark) for mark in _CLOSE)
    return opened > closed or before.count(_STRAIGHT) % 2 == 1


@lru_cache(maxsize=16)
def with_double_marks(text: str) -> str:
    """Return the text with straight double marks around speech: every offset stays true."""
    for opening, closing in speech_marks(text):
        text = f'{text[:opening]}"{text[opening + 1 : closing]}"{text[closing + 1 :]}'
    return text


def _opens(text: str, i: int, mark: str) -> bool:
    if mark in _OPEN:
        return True
    before, after = text[i - 1] if i else " ", text[i + 1 : i + 2]
    if mark == "”" and after.isalnum():
        return before.isspace() or before in ".!?"  # 'said.”If we had': the wrong way round
    return mark == _STRAIGHT and (before.isspace() or before in "([—–-'‘")


def _opens_again(text: str, opened: int, i: int) -> bool:
    """Whether the mark stands before the next paragraph of a quotation, run into the last one.

    Only in a quotation that itself began a paragraph or a sentence.
    """
    began = text[:opened].rstrip()[-1:] in {"", ".", ":", "!", "?"}
    return (
        text[i] == _STRAIGHT
        and text[i - 2 : i] in _ENDED
        and text[i + 1 : i + 2].isupper()
        and _STRAIGHT in text[i + 1 :]
        and began
        and text[opened + 1 : opened + 2].isupper()
    )


def share_quoted(start: int, end: int, quoted: Sequence[Quotation]) -> float:
    """Return how much of ``start:end`` stands inside quotations, 0 to 1.

    ``quoted`` is in the order of the text.
    """
    first = bisect_right(quoted, start, key=lambda q: q.end)
    near = takewhile(lambda q: q.start < end, islice(quoted, first, None))
    inside = sum(min(end, q.end) - max(start, q.start) for q in near)
    return inside / max(1, end - start)
