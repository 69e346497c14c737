"""Cut a document into passages: a few whole sentences that are read and cited together.

A light rule-based splitter, because a library of thousands of documents is
cut in one go. Every span is a half-open range of Unicode code points of the
text that was given.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# An encoder that reads 128 word pieces sees about 90 words of English.
SHORTEST, LONGEST = 45, 90  # words

_EAST_ASIAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Scripts without spaces count a character as a word, and no word is longer
# than so many characters, so that nothing escapes the measure.
LONGEST_WORD = 24
_WORD = re.compile(rf"[{_EAST_ASIAN}]|[^\s{_EAST_ASIAN}]{{1,{LONGEST_WORD}}}")
_EAST_ASIAN_CHARACTER = re.compile(f"[{_EAST_ASIAN}]")
_CLAUSE_ENDS = frozenset(";:,–—、，；")

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE = re.compile(r"[^\n]*\S[^\n]*")

_CLOSERS = "\"'”’»›)\\]"
_OPENERS = "\"'“‘«‹„‚¿¡(\\["
# Begins with a set of characters, so that re looks for nothing else meanwhile;
# only the first of several stops is tried, and none is given back, or a line
# of stops would take time as the square of its length.
_STOP = re.compile(
    rf"(?P<stop>[.!?…](?<![.!?…].)[.!?…]*+)(?P<closers>[{_CLOSERS}]*+)\s+"
    rf"(?=[-–—•*]*\s?[{_OPENERS}]*(?P<next>\w+)(?:\s(?P<second>\w+))?)"
)
_STOP_IN_EAST_ASIA = re.compile(rf"{_STOP.pattern}|[。！？]+[」』”’]*")
_EAST_ASIAN_STOP = re.compile("[。！？]")
_SENTENCE_END = re.compile(rf"[.!?…。！？][{_CLOSERS}」』]*$")
_INITIALS = re.compile(r"([^\W\d_]\.)*[^\W\d_]|[a-z]{1,2}-[a-z]")


def _words(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


# Abbreviations that are always followed by what they belong to.
_NEVER_LAST = {
    language: _words(abbreviations)
    for language, abbreviations in {
        "en": """mr mrs ms messrs mx dr prof gen col maj capt cmdr lt sgt cpl pvt adm sen rep reps
            sens gov pres supt rev fr hon st mt ft vs cf viz approx dept univ assn bros""",
        "de": """hr fr dr prof dipl ing bzw ca vgl st str evtl ggf inkl sog mio mrd okt
            dez 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
            31""",  # numbers are ordinals: der 3. Oktober
        "fr": "mm mme mlle dr prof me st ste cf p.ex env janv févr avr juil déc",
        "es": "sr sra srta sres dña dr dra prof gral lic ing ud uds p.ej ee.uu ene abr ago dic",
    }.items()
}
# Abbreviations before a number only; otherwise they may be words, as in "He voted no."
_BEFORE_NUMBERS = _words(
    """no nos fig figs art sec ch vol pp p nr abs núm pág jan feb mar apr jun jul aug sep sept oct
    nov dec"""
)
# Abbreviations that may end a sentence: the next word decides.
_MAY_BE_LAST = _words("inc ltd corp co jr sr bros etc al est ph.d esq plc llc")
_STARTERS = _words(
    """the a an he she it they we i you this that these those there his her its their our my in on
    at as by for from with to of and but or so yet if when while after before since although though
    however meanwhile according both some many most several one two no not what who where why how
    also then now der die das ein eine er sie es wir im am auf und aber le la les un une il elle en
    et mais el los las una y pero"""
)
_SPEECH = _words("said says asked asks added told replied wrote tweeted")

_LINKS_FOLLOW = re.compile(
    r"(read (more|also|next)|don[’']?t miss|see also|most read|trending|top stories|recommended"
    r"|related( (articles|stories|topics|content|links|news))?|you (may|might) also like"
    r"|more (on|from) [^.]{1,40})\s*:?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"[\W_]*"
    r"|((https?://|www\.)\S+\s*)+"
    r"|(read (more|also|next)|don[’']?t miss|see also|related|watch|listen)\s*:[^.]*"
    r"|(advertisement|(story|article) continues below|continue reading|loading)\b[^.]{0,40}"
    r"|(share|tweet|email|print|save|comments?|subscribe|sign (in|up)|log in|whatsapp|facebook"
    r"|twitter)(\W+(on|this|article|story|via|now|share|tweet|email|print|comments?|facebook|twitter|whatsapp"
    r"|linkedin|reddit|pinterest))*\W*"
    r"|(sign up|subscribe) (for|to) .{0,120}\b(newsletters?|updates|alerts|briefing)\b.{0,60}"
    r"|follow .{1,80} on (twitter|facebook|instagram|x)\b.{0,40}"
    r"|click here .{0,120}"
    r"|(enlarge this image|toggle caption|hide caption|image (caption|copyright|source))\b.*"
    r"|(photos?|images?|pictures?|credits?)( by)?\s*:.{0,80}"
    r"|.*\((images?|photos?|pictures?|pics?|credits?)\s*:[^)]*\)"
    r"|(getty images|ap photo|reuters|afp)( ?/.{0,40})?"
    r"|((copyright\W*)?(©|\(c\))|copyright \d{4}).*|all rights reserved\W*",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """The half-open range ``text[start:end]``."""

    start: int
    end: int


def sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of ``text`` in order; no sentence crosses a paragraph.

    >>> text = "Gov. Lee met J. R. Ito at 5 p.m. Monday. He said: “No. 10 is shut.” Why?"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gov. Lee met J. R. Ito at 5 p.m. Monday.', 'He said: “No. 10 is shut.”', 'Why?']
    """
    return [
        sentence
        for paragraph in paragraphs(text)
        for sentence in _sentences_in(text, paragraph, _never_last(language))
    ]


def passages(text: str, language: str = "en") -> list[Span]:
    """Cut ``text`` into passages of about 45 to 90 words, in order.

    A passage is made of whole sentences and ends with a paragraph where it
    can. Headings begin a passage. Lines that are no part of what the document
    says (links to other pages, credits, buttons) belong to none.
    """
    never_last = _never_last(language)
    found: list[Span] = []
    for section in _sections(text):
        units: list[_Unit] = []
        for paragraph in section:
            units += _units(text, _sentences_in(text, paragraph, never_last))
        found += _windows(units)
    return found


class Cut(NamedTuple):
    """A passage and what the library keeps of it: place, words, their digest and number."""

    start: int
    end: int
    text: str
    digest: str
    words: int


def cut(text: str, spans: Iterable[Span]) -> list[Cut]:
    """The passages at these places of ``text``."""
    found = []
    for start, end in spans:
        passage = text[start:end]
        words = passage.split()
        found.append(Cut(start, end, passage, _digest(words), len(words)))
    return found


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of ``text`` without the space around them.

    A line is a paragraph, unless its block between blank lines is one
    paragraph that was wrapped at a fixed width.
    """
    start = 0
    for end in [*(blank.start() for blank in _BLANK_LINE.finditer(text)), len(text)]:
        lines = [_trimmed(text, *line.span()) for line in _LINE.finditer(text, start, end)]
        start = end
        full = all(line.end - line.start >= 45 for line in lines[:-1])
        if full and any(text[line.start].islower() for line in lines[1:]):
            lines = [Span(lines[0].start, lines[-1].end)]
        yield from lines


def digest(text: str) -> str:
    """Return what tells two texts apart by their words, however they are laid out.

    >>> digest("One  two\\n") == digest("One two")
    True
    """
    return _digest(text.split())


def _digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _sections(text: str) -> Iterator[list[Span]]:
    """Yield the paragraphs that belong together, from their heading on.

    What is no part of the document's own words ends a section and is left out.
    """
    section: list[Span] = []
    under_heading = True
    links_left = 0
    for paragraph in paragraphs(text):
        line = text[paragraph.start : paragraph.end]
        whole = len(line) > 300 or bool(_SENTENCE_END.search(line))
        introduces_links = bool(_LINKS_FOLLOW.fullmatch(line))
        links_left = 6 if introduces_links else 0 if whole else max(links_left - 1, 0)
        if introduces_links or links_left or (len(line) <= 300 and _FURNITURE.fullmatch(line)):
            yield section
            section, under_heading = [], True
        elif _is_heading(line):
            if not under_heading:
                yield section
                section = []
            section.append(paragraph)
            under_heading = True
        else:
            section.append(paragraph)
            under_heading = False
    yield section


def _is_heading(line: str) -> bool:
    words = len(line.split())
    if line.endswith("?"):
        return words <= 8
    return words <= 15 and not _SENTENCE_END.search(line) and line[-1] not in ",;:"


def _never_last(language: str) -> frozenset[str]:
    return _NEVER_LAST.get(language[:2], _NEVER_LAST["en"])


def _sentences_in(text: str, paragraph: Span, never_last: frozenset[str]) -> Iterator[Span]:
    start, end = paragraph
    plain = text.isascii() or not _EAST_ASIAN_STOP.search(text, start, end)
    for stop in (_STOP if plain else _STOP_IN_EAST_ASIA).finditer(text, start, end):
        if stop["stop"] and not _ends_sentence(text, start, stop, never_last):
            continue
        yield Span(start, stop.end("closers") if stop["stop"] else stop.end())
        start = stop.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], never_last: frozenset[str]) -> bool:
    following = stop["next"]
    if following[0].islower():
        return False
    if stop["stop"] != "." or stop["closers"]:
        # “Why?” Smith asked.
        return stop["stop"] == "." or not stop["closers"] or stop["second"] not in _SPEECH
    # Cut short, because a list of abbreviations never ends its sentence.
    words = text[max(start, stop.start() - 40) : stop.start()].split()
    word = words[-1].lstrip(_OPENERS).lower() if words else ""
    if word.isdigit() and len(word) < 3 and stop.start() - len(word) == start:
        return False  # "1. First point"
    if word in _BEFORE_NUMBERS:
        return not following[0].isdigit()
    if word in _MAY_BE_LAST or _INITIALS.fullmatch(word):
        return following.lower() in _STARTERS
    return word not in never_last


class _Unit(NamedTuple):
    """A sentence, or a piece of one that is too long for any passage."""

    start: int
    end: int
    words: int
    left: int
    """Words from here to the end of the paragraph, this unit's included."""


def _units(text: str, spans: Iterable[Span]) -> list[_Unit]:
    pieces = [piece for span in spans for piece in _bounded(text, span)]
    left = sum(words for _, words in pieces)
    units = []
    for (start, end), words in pieces:
        units.append(_Unit(start, end, words, left))
        left -= words
    return units


def _bounded(text: str, span: Span) -> Iterator[tuple[Span, int]]:
    """Yield ``span`` with its number of words, in pieces if it has too many."""
    number = _number_of_words(text[span.start : span.end])
    if number <= LONGEST:
        yield span, number
        return
    words = [word.span() for word in _WORD.finditer(text, *span)]
    while words:
        cut = len(words)
        if cut > LONGEST:
            cut = min(LONGEST, math.ceil(cut / 2))
            ends = (
                n for n in range(cut, cut // 2, -1) if text[words[n - 1][1] - 1] in _CLAUSE_ENDS
            )
            cut = next(ends, cut)
        yield Span(words[0][0], words[cut - 1][1]), cut
        words = words[cut:]


def _number_of_words(text: str) -> int:
    """How often _WORD matches.

    >>> _number_of_words("two words"), _number_of_words("北京 and more"), _number_of_words("x" * 25)
    (2, 4, 2)
    """
    if not text.isascii() and _EAST_ASIAN_CHARACTER.search(text):
        return sum(1 for _ in _WORD.finditer(text))
    words = text.split()
    if len(text) > LONGEST_WORD and max(map(len, words), default=0) > LONGEST_WORD:
        return sum(math.ceil(len(word) / LONGEST_WORD) for word in words)
    return len(words)


def _windows(section: list[_Unit]) -> Iterator[Span]:
    """Join the sentences between two headings into passages.

    A passage is closed when the next sentence would make it too long, or when
    it is long enough, the rest is too, and the paragraph is over or has
    enough left to begin the next one.
    """
    rest = sum(unit.words for unit in section)
    first, words, previous = 0, 0, None
    for index, unit in enumerate(section):
        if previous is not None and (
            words + unit.words > LONGEST
            or (
                words >= SHORTEST
                and rest >= SHORTEST
                and (previous.left == previous.words or unit.left >= SHORTEST)
            )
        ):
            yield Span(section[first].start, previous.end)
            first, words = index, 0
        words += unit.words
        rest -= unit.words
        previous = unit
    if previous is not None:
        yield Span(section[first].start, previous.end)
