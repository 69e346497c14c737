"""What an article prints in quotation marks, beside the words of a source.

A quotation is told as one of four: word for word; shortened, and marked so;
joined from separate places as if said in one go; or altered. What printing
changes is no alteration: the shape of quotation marks, punctuation, capitals,
``[sic]``. An ellipsis or words in square brackets say openly that something
was left out or put in: they may stand for any words, and what they stand for
is shown. Words are compared, never meanings; but a negation that was left out,
or that stands just before what is quoted, is pointed out: it may turn it round.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

LONGEST_QUOTATION, LONGEST_SOURCE = 150, 1_500  # words; nothing is compared beyond
FEWEST = 3  # words: shorter quotations are found anywhere
LONGEST_LEFT_OUT = 40  # words shown of what was left out
LONGEST_ASIDE = 10  # words that tell within a quotation who speaks
SHORTEST_RUN = 3  # words that must follow each other in a source for a quotation to be joined
LEAST_SHARED = 0.6
"""Share of a quotation's words that must stand in the source in order to be its alteration."""

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_PRINTED = re.compile(
    "|".join(
        rf"(?<!\w){opening}(?P<words{number}>[^{opening}{closing}\n]+)(?:[{closing}]|(?=\n)|\Z)"
        for number, (opening, closing) in enumerate(_PAIRS.items())
    )
    # A single mark may be an apostrophe: it opens before a word and closes after one.
    + r"|(?<![\w’'])[‘'](?P<words4>\w[^‘\n]{8,2000}?[\w.,!?…])[’'](?!\w)"
)
_TOKEN = re.compile(
    r"(?P<nothing>[\[(]\s*sic[\s.!?]*[\])])"
    r"|(?P<gap>[\[(]\s*(?:\.[\s.]*\.|…)\s*[\])]|\.(?:\s?\.){2,}|…)"
    r"|(?P<capital>\[\w\]\w+)"
    r"|(?P<inserted>\[[^\[\]\n]{1,200}\])"
    r"|(?:(?<![^\s(“„«\"])[-−–](?=[\d$€£]))?(?:\d+(?:[.,]\d+)*|[%$€£])"
    r"|[^\W_]+(?:[’'][^\W_]+)*",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…]|\n")
_APART = re.compile(r"[.!?…;:“”„«»\"]|\n|\bbut\b|\bno,", re.IGNORECASE)
JUST_BEFORE = 6  # words before a quotation among which a negation is pointed out
_NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor cannot without hardly deny denies denied refuse
    refuses refused untrue false dont doesnt didnt wont wouldnt cant couldnt isnt arent wasnt werent
    hasnt havent hadnt shouldnt mustnt aint""".split()
)

_NO_DENIAL = re.compile(
    r"\b(?:no (?:doubt|question)\b(?! of\b)|without (?:a |any )?(?:doubt|question)\b|not without\b"
    r"|(?:(?:nobody|none|no one)(?: \w+)?|cannot|not|\w+n[’']t) (?:den(?:y|ies|ied)|be denied)\b)",
    re.IGNORECASE,
)
"""Negations that affirm what follows: "there is no doubt that", "nobody can deny that"."""


class How(StrEnum):
    """How a printed quotation stands to the words of a source."""

    VERBATIM = "verbatim"
    ELLIPSIS = "ellipsis"
    SPLICED = "spliced"
    ALTERED = "altered"


class Part(StrEnum):
    """What became of some words."""

    SAME = "same"
    LEFT_OUT = "left_out"  # the source's, not in the quotation
    PUT_IN = "put_in"  # the quotation's, not in the source
    JOINED = "joined"  # no words: what follows stands elsewhere in the source


class Where(StrEnum):
    """Where a negation of the source is missing from a quotation."""

    LEFT_OUT = "left_out"
    BEFORE = "before"  # just before the first words quoted, in their sentence


@dataclass(frozen=True, slots=True)
class Negation:
    """The source's words in which it is: those left out, or those from it to the quotation."""

    where: Where
    words: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words a text prints in quotation marks: half-open, in code points, without the marks."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the comparison, exactly as the quotation or the source has them."""

    part: Part
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation beside a source; ``pieces`` in the order of the quotation."""

    quotation: str
    how: How
    pieces: tuple[Piece, ...]
    negations: tuple[Negation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    key: str  # what is compared; empty for a gap
    start: int
    end: int
    shown: bool = False  # a gap whose own words are to be seen


def printed(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations that reach into ``text[start:end]``, in order.

    One that its paragraph leaves open ends with it, as where a speech goes on
    in the next.

    >>> [q.words for q in printed("He called it “a plain lie” on Monday.", 0, 37)]
    ['a plain lie']
    """
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    found = []
    for match in _PRINTED.finditer(text, begin, len(text) if stop < 0 else stop):
        first, last = match.span(match.lastgroup or 0)
        words = text[first:last]
        if first < end and last > start and any(word.key for word in _words(words, FEWEST)):
            found.append(Quotation(first, last, words))
    return found


def compared(quotation: str, source: str) -> Compared | None:
    """A quotation beside a source's words; None where the source does not have it.

    >>> compared("It is over [...] for all of us", "“It is over, he said, for all of us.”").how
    <How.ELLIPSIS: 'ellipsis'>
    >>> compared("I would resign", "I never said that I would resign.").negations
    (Negation(where=<Where.BEFORE: 'before'>, words='never said that'),)
    """
    said, stands = _words(quotation, LONGEST_QUOTATION), _words(source, LONGEST_SOURCE)
    stands = [word for word in stands if word.key]
    runs = _runs(said)
    if sum(map(len, runs)) < FEWEST or not stands:
        return None
    keys = [word.key for word in stands]
    placed = _in_order(runs, keys)
    if placed is None:
        spoken = _spoken(source, stands)
        placed = _in_order(runs, [word.key for word in spoken])
        stands = spoken if placed else stands
    if placed is not None:
        marked = len(runs) > 1 or any(word.shown for word in said)
        how = How.ELLIPSIS if marked else How.VERBATIM
    else:
        flat = [word for run in runs for word in run]
        joined = _joined(flat, keys, stands, source)
        if joined is None:
            return _altered(quotation, flat, source, stands)
        how, (runs, placed) = How.SPLICED, joined
    told = _told(quotation, said, source, stands, (runs, placed))
    gaps = pairwise((place, place + len(run)) for run, place in zip(runs, placed, strict=True))
    left_out = [(end, begin) for (_, end), (begin, _) in gaps if end < begin]
    negations = _negations(source, stands, placed[0], left_out)
    return Compared(quotation, how, tuple(told), negations)


def _words(text: str, most: int) -> list[_Word]:
    found: list[_Word] = []
    for match in _TOKEN.finditer(text):
        if match["nothing"]:
            continue
        if match["gap"] or match["inserted"]:
            found.append(_Word("", *match.span(), shown=bool(match["inserted"])))
        else:
            key = re.sub(r"[\[\]’']|,(?=\d{3}(?!\d))", "", match[0]).casefold()
            found.append(_Word(re.sub("^[−–]", "-", key), *match.span()))
        if len(found) == most:
            break
    return found


def _spoken(source: str, stands: Sequence[_Word]) -> list[_Word]:
    """The words a source has in quotation marks, if only a few each time tell who speaks.

    "It is over," he said, "for all of us" are words said in one go.
    """
    quotations = printed(source, 0, len(source))
    among = [
        index
        for index, word in enumerate(stands)
        if any(each.start <= word.start < each.end for each in quotations)
    ]
    asides = (there - here - 1 for here, there in pairwise(among))
    return [stands[index] for index in among] if max(asides, default=0) <= LONGEST_ASIDE else []


def _runs(said: Sequence[_Word]) -> list[list[_Word]]:
    """The words between gaps."""
    runs: list[list[_Word]] = [[]]
    for word in said:
        if word.key:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _in_order(runs: Sequence[Sequence[_Word]], keys: Sequence[str]) -> list[int] | None:
    """Where each run stands word for word, one after the other, as closely as can be."""
    best: list[int] | None = None
    for first in _places([word.key for word in runs[0]], keys, 0):
        placed, reached = [first], first + len(runs[0])
        for run in runs[1:]:
            place = next(_places([word.key for word in run], keys, reached), None)
            if place is None:
                return best
            placed.append(place)
            reached = place + len(run)
        if best is None or placed[-1] - placed[0] < best[-1] - best[0]:
            best = placed
        if len(runs) == 1:
            break
    return best


def _places(run: Sequence[str], keys: Sequence[str], begin: int) -> Iterator[int]:
    for place in range(begin, len(keys) - len(run) + 1):
        if keys[place] == run[0] and keys[place : place + len(run)] == run:
            yield place


def _joined(
    said: list[_Word], keys: list[str], stands: list[_Word], source: str
) -> tuple[list[list[_Word]], list[int]] | None:
    """Cut a quotation into the longest runs that stand word for word in the source.

    None if some words stand nowhere, or if nothing happened but that words
    within one sentence were dropped: that is an alteration.
    """
    runs: list[list[_Word]] = []
    placed: list[int] = []
    reached = 0
    while reached < len(said):
        place, length = _longest_from(said, reached, keys)
        if length < SHORTEST_RUN:
            return None
        runs.append(said[reached : reached + length])
        placed.append(place)
        reached += length
    ends = [place + len(run) for place, run in zip(placed, runs, strict=True)]
    apart = any(
        there < end or _STOP.search(source, stands[end - 1].end, stands[there].start)
        for end, there in zip(ends, placed[1:], strict=False)
    )
    return (runs, placed) if apart else None


def _longest_from(said: list[_Word], first: int, keys: list[str]) -> tuple[int, int]:
    """Where the longest run that begins with this word stands, and how many words it has."""
    best = (0, 0)
    for place in range(len(keys)):
        length = 0
        while (
            first + length < len(said)
            and place + length < len(keys)
            and said[first + length].key == keys[place + length]
        ):
            length += 1
        best = max(best, (place, length), key=lambda found: found[1])
    return best


def _altered(
    quotation: str, said: list[_Word], source: str, stands: list[_Word]
) -> Compared | None:
    """The quotation beside the words it is nearest to, if those are near enough."""
    ours, theirs = [word.key for word in said], [word.key for word in stands]
    seed = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
    if seed.size < min(SHORTEST_RUN, len(ours) // 2):
        return None
    slack = 5 + len(ours) // 3
    begin = max(0, seed.b - seed.a - slack)
    window = stands[begin : seed.b - seed.a + len(ours) + slack]
    matcher = SequenceMatcher(None, ours, [word.key for word in window], autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in same) < LEAST_SHARED * len(ours):
        return None
    first, last = same[0].b, same[-1].b + same[-1].size
    pieces, left_out = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        c, d = max(c, first), min(d, last)  # noqa: PLW2901 - what stands around is not left out
        if tag == "equal":
            pieces.append(Piece(Part.SAME, _slice(quotation, said[a:b])))
            continue
        if c < d:
            pieces.append(Piece(Part.LEFT_OUT, _short(source, window[c:d])))
            if not any(word.key in _NEGATIONS for word in said[a:b]):
                left_out.append((begin + c, begin + d))  # "don't" for "do not" leaves none out
        if a < b:
            pieces.append(Piece(Part.PUT_IN, _slice(quotation, said[a:b])))
    negations = _negations(source, stands, begin + first, left_out)
    return Compared(quotation, How.ALTERED, tuple(pieces), negations)


def _negations(
    source: str, stands: Sequence[_Word], first: int, left_out: Iterable[tuple[int, int]]
) -> tuple[Negation, ...]:
    """The negation just before the first word quoted, and those among the words left out."""
    found = [
        Negation(Where.LEFT_OUT, _short(source, stands[begin:end]))
        for begin, end in left_out
        if _negates(source, stands, begin, end)
    ]
    denying = _denying(source, stands, 0, first)
    for place in range(first - 1, max(-1, first - 1 - JUST_BEFORE), -1):
        if _APART.search(source, stands[place].start, stands[first].start):
            break
        if stands[place] in denying:
            return (Negation(Where.BEFORE, _slice(source, stands[place:first])), *found)
    return tuple(found)


def _negates(source: str, stands: Sequence[_Word], begin: int, end: int) -> bool:
    """Whether a negation is among words left out, in the sentence quoted before or behind."""
    left, right = stands[begin - 1].end, stands[end].start
    return any(
        not (_STOP.search(source, left, word.start) and _STOP.search(source, word.end, right))
        for word in _denying(source, stands, begin, end)
    )


def _denying(source: str, stands: Sequence[_Word], begin: int, end: int) -> list[_Word]:
    """The negations among some words, but for those that together affirm."""
    among = stands[begin:end]
    if not among:
        return []
    affirming = [m.span() for m in _NO_DENIAL.finditer(source, among[0].start, among[-1].end)]
    return [
        word
        for word in among
        if word.key in _NEGATIONS
        and not any(start <= word.start < stop for start, stop in affirming)
    ]


def _told(
    quotation: str,
    said: Sequence[_Word],
    source: str,
    stands: Sequence[_Word],
    found: tuple[Sequence[Sequence[_Word]], Sequence[int]],
) -> Iterator[Piece]:
    """What stands in the source, and between it what was left out and openly put in."""
    reached, spoken = None, 0
    for run, place in zip(*found, strict=True):
        if reached is not None:
            if place < reached:
                yield Piece(Part.JOINED, "")
            elif place > reached:
                yield Piece(Part.LEFT_OUT, _short(source, stands[reached:place]))
        for gap in said:
            if gap.shown and spoken <= gap.start < run[0].start:
                yield Piece(Part.PUT_IN, quotation[gap.start : gap.end])
        yield Piece(Part.SAME, _slice(quotation, run))
        reached, spoken = place + len(run), run[-1].end
    for gap in said:
        if gap.shown and gap.start >= spoken:
            yield Piece(Part.PUT_IN, quotation[gap.start : gap.end])


def _slice(text: str, words: Sequence[_Word]) -> str:
    return text[words[0].start : words[-1].end]


def _short(text: str, words: Sequence[_Word]) -> str:
    """Words of the source; of many, those at both ends."""
    if len(words) <= LONGEST_LEFT_OUT:
        return _slice(text, words)
    half = LONGEST_LEFT_OUT // 2
    return f"{_slice(text, words[:half])} … {_slice(text, words[-half:])}"
