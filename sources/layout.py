"""From letters at their places on pages to paragraphs in the order of reading.

Pure geometry, in points from the lower left corner of a page, y upwards.
"""

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STOP = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•‣▪◦●–—*-]\s|\(?\d{1,2}[.)]\s")
_LABEL = re.compile(r"[•‣▪◦●–—*-]|\(?\w{1,3}[.)]|\d{1,2}(\.\d{1,2})+")
_PAGE_NUMBER = re.compile(
    r"\W*([^\W\d_]{1,6}\.?\s*)?\d{1,4}(\s*(of|von|de|sur|/|\|)\s*\d{1,4})?\W*"
)
_NOTE = re.compile(r"[\d*†‡⁰¹²³⁴⁵⁶⁷⁸⁹]")
_MARK_OF_NOTE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\w[.,!?\"'”’»)]))[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?=\W|$)")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Glyph(NamedTuple):
    """A letter: ``y`` is its baseline, ``size`` the height of its font; a blank has no place."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    low: float = 0.0
    high: float = 0.0


class Line(NamedTuple):
    """Words on one baseline, without a wide gap between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def row(self) -> int:
        """The baseline in whole points: equal for what stands beside one another."""
        return round(self.y)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Join the letters of a page, in the order in which they are drawn, into lines."""
    runs: list[list[Glyph]] = []
    blank = False
    for glyph in glyphs:
        if glyph.text == " ":
            blank = True
            continue
        last = runs[-1][-1] if runs else None
        # A run's first letter measures it: what is raised after it is smaller.
        if last is None or not _goes_on(runs[-1], last, glyph):
            runs.append([glyph])
        else:
            gap = max(glyph.x0 - last.x1, last.x0 - glyph.x1)
            if (blank or gap > 0.25 * glyph.size) and not _UNSPACED.match(glyph.text):
                runs[-1].append(Glyph(" ", last.x1, last.x1, last.y, last.size))
            runs[-1].append(glyph)
        blank = False
    lines = [line for run in runs if (line := _line(run)) is not None]
    return _beside_joined(lines)


def _goes_on(run: list[Glyph], last: Glyph, glyph: Glyph) -> bool:
    size = max(run[0].size, glyph.size)
    gap = max(glyph.x0 - last.x1, last.x0 - glyph.x1)
    level = abs(glyph.y - run[0].y) < (0.25 if glyph.size > 0.85 * run[0].size else 0.6) * size
    # From right to left, a program may draw each word, or each letter of it, in either order.
    reach = 6 * size if _is_from_right(last.text + glyph.text) else size
    return level and gap < reach and max(last.size, glyph.size) < 3 * min(last.size, glyph.size)


def _line(run: list[Glyph]) -> Line | None:
    """Return the run as a line; its small raised digits become raised digits, or notes' marks."""
    printed = [glyph for glyph in run if glyph.text != " "]
    size = statistics.median(glyph.size for glyph in printed)
    baseline = statistics.median_low(glyph.y for glyph in printed)
    if _is_from_right("".join(glyph.text for glyph in printed)):
        run = _from_right(printed)
    text = ""
    for glyph in run:
        raised = glyph.size < 0.85 * size and glyph.y > baseline + 0.1 * size
        text += glyph.text.translate(_RAISED) if raised else glyph.text
    # "opened in May.³" and "the council³ said" carry marks of notes; "5 m³" does not.
    text = _MARK_OF_NOTE.sub("", text)
    text = " ".join(text.split())
    if not text:
        return None
    return Line(
        text,
        min(glyph.x0 for glyph in printed),
        max(glyph.x1 for glyph in printed),
        baseline,
        round(size, 1),
    )


def _from_right(printed: list[Glyph]) -> list[Glyph]:
    """Sort letters from right to left, and numbers and foreign words among them back."""
    ordered: list[Glyph] = []
    forwards: list[Glyph] = []
    for glyph in sorted(printed, key=lambda glyph: -glyph.x0):
        beside = (forwards or ordered)[-1] if forwards or ordered else glyph
        apart = beside.x0 - glyph.x1 > 0.2 * glyph.size
        # A blank takes the place of the gap, and goes with the words on both its sides.
        blank = [Glyph(" ", glyph.x1, beside.x0, glyph.y, glyph.size)] if apart else []
        kind = unicodedata.bidirectional(glyph.text[0])
        if kind in {"L", "EN", "AN"} or (forwards and kind in {"CS", "ES", "ET"}):
            (forwards or ordered).extend(blank)
            forwards.append(glyph)
            continue
        ordered += [*reversed(forwards), *blank, glyph]
        forwards = []
    return ordered + forwards[::-1]


def _beside_joined(lines: list[Line]) -> list[Line]:
    """Join what stands on one baseline unless a white gap runs on above or below it.

    A list's bullet or number belongs to the words after it, whatever the gap.
    """
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        near = next(
            (row for row in (line.row, line.row - 1, line.row + 1) if row in rows), line.row
        )
        rows[near].append(line)
    joined: list[Line] = []
    for row in rows.values():
        row.sort(key=lambda line: line.x0)
        current = row[0]
        for line in row[1:]:
            middle = (current.x1 + line.x0) / 2
            near_ones = [
                other
                for other in lines
                if 0.5 * line.size < abs(other.y - line.y) < 2.5 * line.size
            ]
            crossed = any(other.x0 < middle < other.x1 for other in near_ones)
            close = line.x0 - current.x1 < 3 * line.size
            if close and (crossed or not near_ones or _LABEL.fullmatch(current.text)):
                current = _merged(current, line)
            else:
                joined.append(current)
                current = line
        joined.append(current)
    return joined


def _merged(left: Line, right: Line) -> Line:
    parts = (right, left) if _is_from_right(left.text + right.text) else (left, right)
    text = f"{parts[0].text} {parts[1].text}"
    return Line(text, left.x0, right.x1, left.y, max(left.size, right.size))


def _is_from_right(text: str) -> bool:
    kinds = Counter(unicodedata.bidirectional(character) for character in text)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[tuple[str, float]]:
    """Return the paragraphs of all pages with the size of their letters, footnotes last."""
    pages = _without_running_heads(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    text: list[_Block] = []
    notes: list[_Block] = []
    for page in pages:
        ordered = _in_order(_blocks(page))
        under = {id(block) for block in _footnotes(ordered, usual)}
        for block in ordered:
            (notes if id(block) in under else text).append(block)
    known = set(_WORD.findall(" ".join(line.text for page in pages for line in page).lower()))
    return [
        (_joined(lines, known), max(line.size for line in lines))
        for lines in [*_paragraphs(text), *_paragraphs(notes)]
    ]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop what comes again at the same height of several pages, and page numbers."""
    edges: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for line in _first_and_last(page):
            edges[_edge(line)].add(number)
    kept = []
    for page in pages:
        outer = _first_and_last(page)
        dropped = {line for line in outer if len(edges[_edge(line)] | edges[_edge(line, 1)]) > 1}
        rows = sorted({line.row for line in page if line not in dropped})
        for row in (rows[:1] + rows[-1:]) if len(rows) > 1 else []:
            beside = [line for line in page if line.row == row and line not in dropped]
            if all(_PAGE_NUMBER.fullmatch(line.text) for line in beside):
                dropped.update(beside)
        kept.append([line for line in page if line not in dropped])
    return kept


def _first_and_last(page: Sequence[Line]) -> list[Line]:
    rows = sorted({line.row for line in page})
    outer = {*rows[:2], *rows[-2:]}
    return [line for line in page if line.row in outer]


def _edge(line: Line, lower: int = 0) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), line.row // 3 - lower


class _Block:
    """Lines under one another in one column, from the top."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.x0 = min(line.x0 for line in lines)
        self.x1 = max(line.x1 for line in lines)
        self.top, self.bottom = lines[0].y, lines[-1].y
        self.size = statistics.median(line.size for line in lines)
        gaps = [upper.y - lower.y for upper, lower in pairwise(lines)]
        self.leading = statistics.median_low(gaps) if gaps else 1.25 * self.size

    def beside(self, other: "_Block") -> bool:
        """Whether the two share no vertical strip of the page."""
        return self.x1 <= other.x0 + 1 or other.x1 <= self.x0 + 1


def _blocks(page: Sequence[Line]) -> list[_Block]:
    """Link each line to the one under it where there is exactly one on both sides."""
    lines = sorted(page, key=lambda line: (-line.y, line.x0))
    under: dict[int, list[int]] = defaultdict(list)
    over: dict[int, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        reach = line.y - 2.2 * line.size
        nearest = None
        for m in range(n + 1, len(lines)):
            other = lines[m]
            if other.y < reach or (nearest is not None and other.y < nearest - 0.3 * line.size):
                break
            overlap = min(line.x1, other.x1) - max(line.x0, other.x0)
            if line.y - other.y > 0.4 * line.size and overlap > 0:
                nearest = other.y if nearest is None else nearest
                under[n].append(m)
                over[m].append(n)
    blocks, taken = [], set()
    for n in range(len(lines)):
        if n in taken:
            continue
        chain = [n]
        while len(under[chain[-1]]) == 1:
            following = under[chain[-1]][0]
            alike = lines[following].size / lines[chain[-1]].size
            if len(over[following]) != 1 or not 0.87 < alike < 1.15:
                break
            chain.append(following)
        taken.update(chain)
        blocks.append(_Block([lines[m] for m in chain]))
    return blocks


def _in_order(blocks: list[_Block]) -> list[_Block]:
    """Sort by two rules: upper before lower in one strip; left before right unless parted.

    Two blocks beside one another are parted when something that spans both
    stands between their heights, such as a heading over two columns.
    """
    before: dict[int, set[int]] = {n: set() for n in range(len(blocks))}
    for n, a in enumerate(blocks):
        for m, b in enumerate(blocks):
            if n == m:
                continue
            if not a.beside(b):
                if a.top > b.top:
                    before[m].add(n)
            elif a.x1 <= b.x0 + 1 and not any(
                not c.beside(a) and not c.beside(b) and (a.bottom - c.top) * (b.bottom - c.top) < 0
                for c in blocks
            ):
                before[m].add(n)
    ordered: list[_Block] = []
    waiting = set(before)
    while waiting:
        ready = [n for n in waiting if not before[n] & waiting] or list(waiting)
        chosen = min(ready, key=lambda n: (-blocks[n].top, blocks[n].x0))
        # Go down the column that was begun before starting another.
        if ordered:
            last = ordered[-1]
            same = [n for n in ready if not blocks[n].beside(last) and blocks[n].top < last.bottom]
            chosen = min(same, key=lambda n: -blocks[n].top, default=chosen)
        waiting.remove(chosen)
        ordered.append(blocks[chosen])
    return ordered


def _footnotes(blocks: list[_Block], usual: float) -> list[_Block]:
    """Return the small print at the bottom of its column that begins with a mark."""
    found: list[_Block] = []
    for block in sorted(blocks, key=lambda block: block.bottom):
        below = [other for other in blocks if other.top < block.bottom and not other.beside(block)]
        small = block.size < 0.93 * usual
        if small and all(other in found for other in below) and _NOTE.match(block.lines[0].text):
            found.append(block)
    return found


def _paragraphs(blocks: Sequence[_Block]) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    for number, block in enumerate(blocks):
        for n, line in enumerate(block.lines):
            if n:
                new = _starts_inside(block, block.lines[n - 1], line, paragraphs[-1][0])
            else:
                new = not paragraphs or not _runs_on(blocks[number - 1], paragraphs[-1], line)
            if new:
                paragraphs.append([line])
            else:
                paragraphs[-1].append(line)
    return paragraphs


def _starts_inside(block: _Block, last: Line, line: Line, first: Line) -> bool:
    em = block.size
    width = block.x1 - block.x0
    if not 0.87 < line.size / last.size < 1.15 or last.y - line.y > 1.3 * block.leading:
        return True
    if _BULLET.match(line.text):
        return True
    if _is_from_right(line.text):
        indent, before = block.x1 - line.x1, block.x1 - last.x1
        room = last.x0 - block.x0
    else:
        indent, before = line.x0 - block.x0, last.x0 - block.x0
        room = block.x1 - last.x1
    listed = bool(_BULLET.match(first.text))
    if 0.7 * em < indent < 5 * em and before < 0.4 * em and not listed:
        return True
    if listed and line.x0 < first.x0 - 0.5 * em:
        return True
    return room > 0.25 * width and bool(_STOP.search(last.text))


def _runs_on(before: _Block, paragraph: list[Line], line: Line) -> bool:
    """Whether a paragraph goes on at the top of the next column or page."""
    last = paragraph[-1]
    if not 0.93 < line.size / last.size < 1.07 or _STOP.search(last.text):
        return False
    if line.text[0].islower() or last.text.endswith("-"):
        return True
    return len(before.lines) > 2 and before.x1 - last.x1 < 0.2 * (before.x1 - before.x0)


def _joined(lines: Sequence[Line], known: set[str]) -> str:
    """Join the lines of a paragraph and undo the hyphens of its line ends."""
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith(("-", "‐")) and text[-2:-1].isalpha():
            text = _unhyphenated(text, line.text, known)
        elif _UNSPACED.search(text[-1]) and _UNSPACED.match(line.text):
            text += line.text
        else:
            text += f" {line.text}"
    return text


def _unhyphenated(text: str, following: str, known: set[str]) -> str:
    first, second = re.search(r"[\w-]+[-‐]$", text), _WORD.match(following)
    if not first or not second or not following[0].islower():
        return text + following  # COVID-19, Franco-German
    whole = (first[0][:-1] + second[0]).lower()
    hyphened = f"{first[0][:-1]}-{second[0]}".lower()
    if hyphened in known and whole not in known:
        return text + following
    return text[:-1] + following
