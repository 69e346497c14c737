"""Tell the article's own paragraphs from the page around them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.kinds import Placement
from claims.splitting import noise
from claims.splitting.interviews import answers
from claims.splitting.language import plain
from claims.splitting.paragraphs import Paragraph, cut, lines_of
from claims.splitting.reprinted import reprinted
from claims.splitting.results import Block, Dropped
from claims.splitting.speakers import UNNAMED
from claims.splitting.unquoted import (
    announces_transcript,
    checked,
    excerpts,
    labels,
    speakers,
    turns_below_names,
    turns_within,
)

_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d\d\W*$")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]+")
"""Breaks without width, which web pages put around words and marks."""
_QUOTED = re.compile(r"\A(?:> ?)++(?=[^\n]*[.!?…][\"'”’)]*\s*\Z)")
"""Before a sentence of somebody else's, in plain text and mail; a link has no stop."""
_VIA = re.compile(r" ?\((?:via|h/t|hat tip):? [^()\n]{2,40}\)", re.IGNORECASE)
_REMARK = re.compile(
    r" ?[\[(](?:(?:emphasis|italics|bold) (?:is )?(?:added|mine|ours|in (?:the )?original)"
    r"|laughter|applause|cheers|crosstalk)[\])]",
    re.IGNORECASE,
)
"""What the writer remarks on a quotation: "[emphasis added]"."""
_LONGEST_CAPTION = 350
_PLACES = {
    noise.CAPTION: Placement.CAPTION,
    noise.CREDIT: Placement.CAPTION,
    noise.LINK: Placement.LINK_BLOCK,
}
_MOST_LINKS = 8
_HEADLINE_AMONG_FIRST = 6
_DATELINE_AMONG_FIRST = 3
"""Paragraphs: summaries and names of authors may stand above the one with the dateline."""
_SHORTEST_TITLE = 20
"""Characters: shorter titles may be part of a sentence."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph with its placement; ``why`` is set when it gives no claims."""

    paragraph: Paragraph
    placement: Placement
    why: str = ""
    speaker: str = ""
    """Who speaks all of it, without quotation marks."""


def lay_out(
    article: str, title: str, apart: Sequence[tuple[int, int]] = ()
) -> tuple[list[Laid], list[Dropped]]:
    """Return the paragraphs in order, and what was cut out of the middle of some.

    ``apart`` are the ranges that the page sets apart as quotations; a text does it with ">".

    Steps: lines by their own form; what stands above the headline; linked
    headlines under a "READ MORE"; a caption printed once plain and once with
    its credit; repeated paragraphs; datelines and pasted headlines cut out.
    """
    ranges = [
        turn for span in _apart_from_title(article, title) for turn in _by_turns(article, *span)
    ]
    lines = [article[start:end] for start, end in ranges]
    why = [noise.why_noise(line) for line in lines]
    placement = [Placement.BODY] * len(lines)
    for n, (start, end) in enumerate(ranges):
        marked = _QUOTED.match(lines[n]) is not None
        if marked or any(first <= start and end <= last for first, last in apart):
            placement[n] = Placement.QUOTATION
    _place_headline(lines, why, placement, title)
    _mark_links(lines, why)
    _mark_captions(lines, why)
    _mark_repeated(lines, why)
    own = [
        line if not reason or announces_transcript(line) else ""
        for line, reason in zip(lines, why, strict=True)
    ]
    labelled = labels(own)
    quoted_from = reprinted(lines) | excerpts(lines)
    kept = {"", noise.REPEATED}  # a name is repeated above every turn
    told = [line if reason in kept else "" for line, reason in zip(lines, why, strict=True)]
    spoken = turns_below_names(told) | speakers(own, labelled)
    lengths, claimed = checked(told)
    lengths |= {number: length for number, (_, length) in labelled.items()}
    lengths |= {number: length for number, (_, length) in quoted_from.items()}
    sources = {number: name for number, (name, _) in quoted_from.items()}
    spoken = answers(told) | dict.fromkeys(claimed, UNNAMED) | sources | spoken
    laid: list[Laid] = []
    dropped: list[Dropped] = []
    bodies = 0
    for number, (start, end) in enumerate(ranges):
        reason, place = why[number], placement[number]
        if reason:
            laid.append(Laid(cut(article, start, end), _PLACES.get(reason, place), reason))
            continue
        opens = place is Placement.BODY and bodies < _DATELINE_AMONG_FIRST
        bodies += place is Placement.BODY
        label = lengths.get(number, 0)
        cuts = list(_cuts(article[start:end], start, opens=opens, label=label))
        dropped += cuts
        invisible = ((m.start(), m.end()) for m in _INVISIBLE.finditer(article, start, end))
        paragraph = cut(article, start, end, _apart([(c.start, c.end) for c in cuts], invisible))
        laid.append(Laid(paragraph, place, speaker=spoken.get(number, "")))
    return laid, dropped


def _cuts(line: str, start: int, *, opens: bool, label: int) -> Iterator[Dropped]:
    """Yield what does not belong into a paragraph, in order and without overlap.

    ``label`` is how many characters at its start only name who speaks.
    """
    found = [(m.start(), m.end(), noise.MARK) for m in [_QUOTED.match(line)] if m]
    found += [(a, b, noise.PASTED) for a, b in noise.pasted_headlines(line)]
    found += [(*m.span(), noise.SOURCE) for m in _VIA.finditer(line)]
    found += [(*m.span(), noise.REMARK) for m in _REMARK.finditer(line)]
    found += [(a, b, noise.EMBED) for a, b in noise.embedded(line)]
    if label := label or noise.section_label(line):
        found.append((0, label, noise.HEADING))
    if opens and (length := noise.dateline(line)):
        found.append((0, length, noise.DATELINE))
    at = 0
    for first, last, why in sorted(found):
        if first >= at:
            yield Dropped(start + first, start + last, why)
            at = last


def _apart(cuts: list[tuple[int, int]], more: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges to cut out in order, with ``more`` that lie in none of them."""
    outside = [(a, b) for a, b in more if not any(c < b and a < d for c, d in cuts)]
    return sorted((*cuts, *outside))


def blocks_of(laid: list[Laid]) -> tuple[Block, ...]:
    """Return what is believed of each paragraph, for storing with the article."""
    return tuple(
        Block(entry.paragraph.start, entry.paragraph.end, entry.placement) for entry in laid
    )


def without_verb(entry: Laid) -> Laid:
    """Return a paragraph without a verb marked as what it is: a caption, a heading, a row.

    Captions are mostly printed as a sentence, with a stop; headings are not.
    """
    text = entry.paragraph.text
    if "|" in text and any(character.isdigit() for character in text):
        return replace(entry, why=noise.ROW)
    letters = [character for character in text if character.isalpha()]
    if letters and 2 * sum(map(_is_latin, letters)) < len(letters):
        return replace(entry, why=noise.SCRIPT)
    if entry.paragraph.text.rstrip().endswith("."):
        return replace(entry, placement=Placement.CAPTION, why=noise.CAPTION)
    return replace(entry, why=noise.HEADING)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _apart_from_title(article: str, title: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the paragraphs; one that holds the whole headline is cut around it."""
    title, printed = plain(title.strip()), plain(article)
    for number, (start, end) in enumerate(lines_of(article)):
        at = printed.find(title, start, end) if len(title) >= _SHORTEST_TITLE else -1
        glued = at > start and article[at - 1].isalpha()  # another name runs into it
        if number >= _HEADLINE_AMONG_FIRST or at < 0 or glued:
            yield start, end
            continue
        for left, right in ((start, at), (at, at + len(title)), (at + len(title), end)):
            if part := article[left:right].strip():
                first = article.index(part, left)
                yield first, first + len(part)


def _by_turns(article: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a paragraph, or the turns of a conversation that it holds."""
    cuts = [start + at for at in turns_within(article[start:end]) if at]
    for first, last in pairwise((start, *cuts, end)):
        yield first, first + len(article[first:last].rstrip())


def _place_headline(
    lines: list[str], why: list[str], placement: list[Placement], title: str
) -> None:
    if not lines:
        return
    wanted = _key(title)
    at = next(
        (
            i
            for i, line in enumerate(lines[:_HEADLINE_AMONG_FIRST])
            if wanted and _key(line) == wanted
        ),
        None,
    )
    if at is None and not wanted and len(lines) > 2 and _is_title_line(lines[0]) and not why[0]:
        at = 0
    if at is None:
        return
    placement[at], why[at] = Placement.HEADLINE, ""
    for i in range(at):
        why[i] = why[i] or noise.ABOVE_HEADLINE
    byline = next(
        (i for i in range(at + 1, min(at + 4, len(lines))) if why[i] == "byline or date line"), None
    )
    for i in range(at + 1, byline or at + 1):
        if not why[i]:
            placement[i] = Placement.STANDFIRST


def _is_title_line(line: str) -> bool:
    return noise.looks_like_headline(line) and len(line.split()) >= 4 and not line.endswith(":")


def _mark_links(lines: list[str], why: list[str]) -> None:
    i = 0
    while i < len(lines):
        line = lines[i]
        if why[i] in {"", noise.LINK} and noise.is_labelled_link(line):
            why[i] = noise.LINK
        if noise.is_link_header(line):
            why[i] = noise.LINK
            for following in range(i + 1, min(i + 1 + _MOST_LINKS, len(lines))):
                if why[following] or not noise.looks_like_headline(lines[following]):
                    break
                why[following] = noise.LINK
        i += 1


def _mark_captions(lines: list[str], why: list[str]) -> None:
    for i in range(len(lines) - 1):
        if not why[i] and why[i + 1] == noise.CREDIT:
            key = _key(lines[i])
            printed_twice = len(key) >= 8 and _key(lines[i + 1]).startswith(key)
            dated = len(lines[i]) < _LONGEST_CAPTION and _ENDS_IN_YEAR.search(lines[i])
            if printed_twice or dated:
                why[i] = noise.CAPTION


def _mark_repeated(lines: list[str], why: list[str]) -> None:
    seen: set[str] = set()
    for i, line in enumerate(lines):
        key = _key(line)
        if not why[i] and len(key) > 20 and key in seen:
            why[i] = noise.REPEATED
        seen.add(key)


def _key(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()
