"""Cut an article into paragraphs whose every character knows its place in the article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)|\u2029|\f")
_LINE_END = re.compile(r"\r\n?|\n|\u2028|\x0b|\x85")
_ENDS_SENTENCE = re.compile(r"""[.!?:…]["'”’)\]]*\s*$""")
_ITEM = re.compile(r"[-–—•*·] |\d{1,2}[.)] ")
_BOUNDARY = re.compile(r"""[.!?…]["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9])""")
LONGEST = 5_000
"""Characters of a paragraph. Longer ones, of texts without line ends, are parsed in pieces."""
_FEWEST_BROKEN = 5
"""Words of a line of prose; shorter ones are labels."""
_GLUED = re.compile(
    r"""[a-z’'][a-z][.?!](?P<next>["”“]{0,2}\[?(?!(?:Com|Org|Net|Gov)\b)[A-Z][\w’'\]]*[ ,])"""
)
"""A stop in small letters and the next sentence, with no blank between."""
_PAIRED_MARKS = re.compile(r"(?<!\d)(?:’’|‘‘|''|``)")
"""Two single marks for a double one, as some houses set it; 5'' is a measure."""
_NEVER_LAST = frozenset(
    "the a an of to for and or that with by from his her their its especially including".split()
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text`` is what a reader reads; ``at(i)`` is the article offset of ``text[i]``.

    The two differ where something pasted into the paragraph (another article's
    headline, a dateline) was cut out: the text closes over the gap.
    """

    start: int
    end: int
    text: str
    cuts: tuple[tuple[int, int], ...] = field(default=())
    """Article ranges that are not part of ``text``, in order."""

    def at(self, index: int) -> int:
        """Return the article offset of character ``index`` of ``text``.

        >>> Paragraph(5, 20, "abcdef", ((7, 16),)).at(1)
        6
        >>> Paragraph(5, 20, "abcdef", ((7, 16),)).at(2)
        16
        """
        offset = self.start + index
        for start, end in self.cuts:
            if offset >= start:
                offset += end - start
        return offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the article range of the non-empty range ``start:end`` of ``text``."""
        return self.at(start), self.at(end - 1) + 1


def cut(article: str, start: int, end: int, cuts: Sequence[tuple[int, int]] = ()) -> Paragraph:
    """Make the paragraph ``article[start:end]`` without ``cuts`` (sorted, inside it).

    Two single marks that stand for a double one become it: one of them is cut.

    >>> cut("``No,'' he said", 0, 15).text
    '“No,” he said'
    """
    pieces, at = [], start
    left_out = []
    for cut_start, cut_end in (*cuts, (end, end)):
        for pair in _PAIRED_MARKS.finditer(article, at, cut_start):
            opens = pair.start() == start or article[pair.start() - 1].isspace()
            pieces += [article[at : pair.start()], "“" if opens else "”"]
            left_out.append((pair.start() + opens, pair.start() + opens + 1))
            at = pair.end()
        pieces.append(article[at:cut_start])
        at = cut_end
        left_out.append((cut_start, cut_end))
    return Paragraph(start, end, "".join(pieces), tuple(c for c in left_out if c[0] < c[1]))


def lines_of(article: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each paragraph of ``article``, blanks around it left out.

    A line end is the end of a paragraph unless the text was wrapped by hand:
    in a block of several long lines, a line that stops in mid-sentence goes on
    in the next one, and so does any line of prose before one that begins small.

    >>> text = "One.\\nTwo.\\n\\nThree"
    >>> [text[a:b] for a, b in lines_of(text)]
    ['One.', 'Two.', 'Three']
    """
    first = last = (0, 0)
    for start, end in _separated(article):
        prose = first[1] > first[0] and _opens_sentence(article[slice(*first)])
        near = _BLANK_LINE.search(article, last[1], start) is None
        if prose and _goes_on(article[slice(*last)], article[start:end], near=near):
            last = start, end
            continue
        yield from _in_pieces(article, first[0], last[1])
        first = last = (start, end)
    yield from _in_pieces(article, first[0], last[1])


def _in_pieces(article: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range, cut between sentences where it is too long for one paragraph."""
    while end - start > LONGEST:
        found = _BOUNDARY.finditer(article, start, start + LONGEST)
        blank = article.rfind(" ", start + 1, start + LONGEST) + 1
        at = max((match.end() for match in found), default=blank) or start + LONGEST
        yield from _unglued(article, start, at)
        start = at
    yield from _unglued(article, start, end)


def _unglued(article: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range, cut where a page lost the line ends: 'the vote."Lee went."We', he said.

    Not within a quotation, where only a blank is missing.
    """
    for match in _GLUED.finditer(article, start, end):
        at = match.start("next")
        straight = article.count('"', start, at) % 2 == 1
        inside = straight or article.count("“", start, at) > article.count("”", start, at)
        if inside and article[at] not in '"”':
            continue
        at += inside
        yield from _trimmed(article, start, at)
        start = at
    yield from _trimmed(article, start, end)


def _separated(article: str) -> Iterator[tuple[int, int]]:
    at = 0
    for block_end, next_block in [
        *((m.start(), m.end()) for m in _BLANK_LINE.finditer(article)),
        (len(article), len(article)),
    ]:
        yield from _paragraphs(article, at, block_end)
        at = next_block


def _opens_sentence(line: str) -> bool:
    """Whether a broken sentence may begin with it; labels are shorter, and items begin small."""
    return not line[0].islower() and len(line.split()) >= _FEWEST_BROKEN


def _goes_on(before: str, line: str, *, near: bool) -> bool:
    """Whether a sentence was broken between the two: "Float it the next time he" / "pushes it".

    ``near`` says that no blank line stands there: a quotation may go on then.
    """
    first = line.partition(" ")[0]
    small = first[0].islower() and first[1:].islower()  # not "iPhone"
    small = small or (len(first) == 1 and first.islower())
    open_quotation = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    broken = small or (near and open_quotation and before[-1].isalpha())
    broken = broken or before.rsplit(maxsplit=1)[-1] in _NEVER_LAST
    return broken and not (_ENDS_SENTENCE.search(before) or _ITEM.match(before))


def _paragraphs(article: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines, at = [], start
    for match in _LINE_END.finditer(article, start, end):
        lines.append((at, match.start()))
        at = match.end()
    lines.append((at, end))
    wrapped = _is_wrapped([article[a:b] for a, b in lines])
    open_from: int | None = None
    for line_start, line_end in lines:
        first = line_start if open_from is None else open_from
        if wrapped and not _ENDS_SENTENCE.search(article[line_start:line_end]):
            open_from = first
            continue
        yield from _trimmed(article, first, line_end)
        open_from = None
    if open_from is not None:
        yield from _trimmed(article, open_from, end)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines look broken at a fixed width, as in mail and plain-text files."""
    full = [len(line.rstrip()) for line in lines[:-1] if line.strip()]
    if len(full) < 2:
        return False
    broken = [line for line in lines[:-1] if line.strip() and not _ENDS_SENTENCE.search(line)]
    return (
        40 <= max(full) <= 100
        and min(full) >= 0.6 * max(full)
        and len(broken) >= 0.5 * len(full)
        and any(line.strip()[:1].islower() for line in lines[1:])
    )


def _trimmed(article: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = article[start:end]
    if stripped := text.strip():
        start += len(text) - len(text.lstrip())
        yield start, start + len(stripped)
