"""Split an article that is not in English: whole sentences, and no guess about any of them.

Who says something, of which kind it is and whether it is worth a check, only
the English rules and models can tell. Here all that stays unknown.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import spacy
from spacy.language import Language

from claims.kinds import NO_STATEMENT, QUESTION, Kind, Placement
from claims.splitting import noise
from claims.splitting.paragraphs import lines_of
from claims.splitting.results import Block, Dropped, FoundClaim, NothingToSplit, Splitting

ENGINE = f"factcheck-sentences 3 (spaCy {spacy.__version__})"

_SAME_RULES = {"ja": "zh"}  # spaCy needs a dictionary to find Japanese words; sentences need none
_ORDINALS = frozenset("bs cs da de et fi hr hu is lv nb nn no pl sk sl sr tr".split())
"""Languages that write "3." for third."""

_CLOSED = "\"'”’“‘»›«‹)\\]」』）】"
_ENDS = re.compile(rf"[.!?…。！？｡؟۔।։:：][{_CLOSED}\s]*$")
_QUESTION = re.compile(rf"[?？؟\u037e][{_CLOSED}\s]*$")
_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_WORD = re.compile(r"[^\W_]+")
_HEADLINE_AMONG_FIRST = 6
_SHORTEST_REPEATED = 20
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 6
"""Of a sentence in a script without blanks between words."""


def split_whole_sentences(text: str, *, title: str, language: str) -> Splitting:
    """Return every sentence of ``text`` that may state something as a claim.

    Left out, with the reason: questions, headings, datelines, paragraphs printed twice.
    Raise NothingToSplit when no sentence is found.
    """
    claims: list[FoundClaim] = []
    dropped: list[Dropped] = []
    blocks: list[Block] = []
    seen: set[str] = set()
    before: tuple[tuple[int, int], ...] = ()  # of the headline none: it is read anyway
    for number, (begin, end) in enumerate(lines_of(text)):
        start, line = begin, text[begin:end]
        headline = number < _HEADLINE_AMONG_FIRST and bool(title) and _key(line) == _key(title)
        headline = headline and all(block.placement is Placement.BODY for block in blocks)
        blocks.append(Block(start, end, Placement.HEADLINE if headline else Placement.BODY))
        if len(line) > _SHORTEST_REPEATED and _key(line) in seen:
            dropped.append(Dropped(start, end, noise.REPEATED))
            continue
        seen.add(_key(line))
        if not headline and not _ENDS.search(line):
            dropped.append(Dropped(start, end, noise.HEADING))
            continue
        opens = number < _HEADLINE_AMONG_FIRST and not headline
        cut = noise.dateline(line) if opens else 0
        if cut:
            dropped.append(Dropped(start, start + cut, noise.DATELINE))
            start, line = start + cut, line[cut:]
        for first, last in _sentences(line, language):
            quote = line[first:last]
            if why := _why_no_statement(quote):
                dropped.append(Dropped(start + first, start + last, why))
                before = ((start + first, start + last),)
            else:
                claims.append(
                    FoundClaim(
                        start=start + first,
                        end=start + last,
                        quote=quote,
                        text=quote,
                        kind=Kind.UNKNOWN,
                        check_worthiness=None,
                        surroundings=before,
                    )
                )
                before = () if headline else ((start + first, start + last),)
    if not claims:
        raise NothingToSplit(
            "There is no sentence in this text. Hand in the words of the article itself."
        )
    return Splitting(tuple(claims), tuple(dropped), tuple(blocks), ENGINE)


def _key(line: str) -> str:
    return " ".join(_WORD.findall(line)).casefold()


def _why_no_statement(sentence: str) -> str:
    if _QUESTION.search(sentence):
        return QUESTION
    words = _WORD.findall(sentence)
    unspaced = any(len(word) >= _FEWEST_LETTERS and not _is_spaced(word[0]) for word in words)
    return "" if len(words) >= _FEWEST_WORDS or unspaced else NO_STATEMENT


def _is_spaced(letter: str) -> bool:
    """Whether the letter's script puts blanks between words."""
    name = unicodedata.name(letter, "")
    return not name.startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))


@lru_cache(maxsize=16)
def _pipeline(language: str) -> Language:
    """The language's words and abbreviations as spaCy knows them, and its ends of sentences."""
    try:
        nlp = spacy.blank(_SAME_RULES.get(language, language))
    except (ImportError, OSError, ValueError):  # unknown, or it needs a dictionary
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def _sentences(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each sentence of a paragraph, blanks around it left out."""
    starts = [0]
    for span in list(_pipeline(language)(line).sents)[1:]:
        start = _with_openers(line, span.start_char)
        if start > starts[-1] and _parts(line[starts[-1] : start], line[start:], language):
            starts.append(start)
    for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
        sentence = line[start:end]
        if words := sentence.strip():
            first = start + len(sentence) - len(sentence.lstrip())
            yield first, first + len(words)


def _with_openers(line: str, start: int) -> int:
    """Give a mark that opens a sentence to it: spaCy ends the one before with every mark."""
    while start:
        before = line[start - 1]
        spaced = start < 2 or line[start - 2].isspace() or not _is_spaced(line[start - 2])
        after_stop = start >= 2 and line[start - 2] in "。！？｡"
        opens = unicodedata.category(before) in {"Ps", "Pi"} or before in "\"'¿¡"
        glued = opens and (spaced or after_stop or before in "¿¡")
        french = before.isspace() and start >= 2 and line[start - 2] in "«‹„"
        if glued:
            start -= 1
        elif french:
            start -= 2
        else:
            break
    return start


def _parts(before: str, after: str, language: str) -> bool:
    """Whether a sentence may end between the two."""
    following = next((character for character in after if character.isalnum()), "")
    if not following or following.islower():
        return False
    before = before.rstrip()
    if _INITIAL.search(before):
        return False
    return not (language in _ORDINALS and _ORDINAL.search(before))
