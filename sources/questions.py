"""What search services are asked about a claim: its names, its figures, its rare words.

A search for a whole sentence finds little where every word must match, and
anything where one is enough. Same claim, same questions: they are recorded,
and answers to them are kept for a while.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sources.bert import VOCABULARY
from sources.ports import Found

LONGEST = 250
"""Characters of the claim itself that are asked; more is refused by some services."""
TERMS = 6
"""Names, figures and words in one question: with more, services that want all find none."""

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")  # a number is one word, with its thousands
_CONNECTS = frozenset("of the de la van von bin al".split())
_FIGURE = re.compile(
    r"\b(?:19|20)\d\d\b(?![.,]?\d|\s?%)"
    r"|[$€£¥]?\d+(?:[.,]\d+)*(?:\s?%|\sper\scent|\spercent)?"
    r"(?:\s(?:hundred|thousand|million|billion|trillion))?(?:\s[^\W\d_]{3,})?"
)
_COMMON = frozenset(
    """a about after again all almost also although among an and any are around as at be because
    been before being between both but by can could did do does during each either every few first
    for four from had has have having he her here his how however if in into is it its just last
    least less made make many may might more most much must new next no nobody nor not now of off
    on once one only or other our out over own per roughly said same say says second she should
    since so some such than that the their them then there these they this those three through
    to told too two under until up very was way we were what when where whether which while who
    whole whose why will with within without would year years yet you your
    monday tuesday wednesday thursday friday saturday sunday""".split()
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a claim from others. ``words`` are the rest of it, the rarest first."""

    names: tuple[str, ...]
    figures: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """At most TERMS of all, names before words before figures."""
        return (*self.names[:2], *self.words[:3], *self.figures)[:TERMS]


def telling(text: str) -> Telling:
    """Take a claim apart.

    >>> told = telling("The Lund dam cost 4.2 million crowns and opened in May 2020.")
    >>> told.names, told.figures, told.words
    (('Lund',), ('4.2 million crowns', '2020'), ('dam', 'cost', 'opened'))
    """
    figures = tuple(dict.fromkeys(_figure(found[0]) for found in _FIGURE.finditer(text)))
    names = tuple(dict.fromkeys(_names(text)))
    used = {word.casefold() for part in (*names, *figures) for word in _WORD.findall(part)}
    words = dict.fromkeys(
        word
        for word in _WORD.findall(text)
        if len(word) > 2 and not word[0].isdigit() and word.casefold() not in used | _COMMON
    )
    return Telling(names, figures, tuple(sorted(words, key=_commonness)))


def questions(text: str) -> tuple[str, ...]:
    """Up to three questions, the most specific first; none when nothing in it tells.

    >>> questions("The Lund dam cost 4.2 million crowns.")
    ('Lund dam cost 4.2 million crowns', 'Lund 4.2 million crowns',
     'The Lund dam cost 4.2 million crowns.')
    >>> questions("He is in it.")
    ()
    """
    told = telling(text)
    if not told.terms:
        return ()
    asked = [" ".join(told.terms)]
    if told.names and told.figures:
        asked.append(" ".join((*told.names[:2], *told.figures[:2])))
    whole = " ".join(text.split())
    asked.append(whole if len(whole) <= LONGEST else whole[:LONGEST].rpartition(" ")[0])
    return tuple(dict.fromkeys(asked))


def any_of(text: str, most: int) -> tuple[str, ...]:
    """The words that tell something, in the order of the text: for services that know OR."""
    words = [
        word
        for word in _WORD.findall(text)
        if (len(word) > 3 or word[0].isupper() or (_is_number(word) and len(word) > 1))
        and word.casefold() not in _COMMON
    ]
    return tuple(dict.fromkeys(words))[:most]


def _is_number(word: str) -> bool:
    return word[0].isdigit() and word[-1].isdigit()


def nearest(found: Iterable[Found], text: str, limit: int) -> list[Found]:
    """Order passages by the telling words they share with ``text``, rare ones counting more.

    One that shares a single word is left out.
    """
    passages = list(found)
    asked = {word.casefold() for word in any_of(text, 100)}
    shared = [asked.intersection(map(str.casefold, _WORD.findall(one.text))) for one in passages]
    weight = {
        word: math.log(1 + len(passages) / sum(word in each for each in shared))
        for word in set().union(*shared)
    }
    enough = min(2, len(asked))
    scored = [
        (sum(weight[word] for word in sorted(each)), one)
        for each, one in zip(shared, passages, strict=True)
        if len(each) >= enough
    ]
    return [one for _, one in sorted(scored, key=lambda pair: -pair[0])[:limit]]


def in_turn(answers: Sequence[Sequence[Found]]) -> list[Found]:
    """Everything several questions found, each document once: the first of each answer first."""
    longest = max(map(len, answers), default=0)
    ordered = [
        answer[place] for place in range(longest) for answer in answers if place < len(answer)
    ]
    return list({(one.url, one.text): one for one in ordered}.values())


def _figure(found: str) -> str:
    number, _, unit = found.rpartition(" ")
    return number if number and unit.casefold() in _COMMON else found


def _names(text: str) -> Iterator[str]:
    """Words with capitals that stand side by side, but for the first of a sentence alone."""
    run: list[str] = []
    began = ended = 0
    for found in (*_WORD.finditer(text), None):
        word = found[0] if found else ""
        beside = found is not None and text[ended : found.start()] == " "
        if run and beside and (word[0].isupper() or word in _CONNECTS):
            run.append(word)
        else:
            yield from _name(run, first=not _WORD.search(text[:began]))
            run = [word] if word and word[0].isupper() else []
            began = found.start() if found else 0
        ended = found.end() if found else 0


def _name(run: Sequence[str], *, first: bool) -> Iterator[str]:
    words = list(run)
    while words and words[-1] in _CONNECTS:
        words.pop()
    while words and words[0].casefold() in _COMMON:
        words.pop(0)
        first = False
    if words and not (first and len(words) == 1):  # a first word has a capital whatever it is
        yield " ".join(words)


def _commonness(word: str) -> float:
    # A tokenizer's vocabulary lists words by how often they are used.
    return -_vocabulary().get(word.casefold(), math.inf)


@cache
def _vocabulary() -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads(VOCABULARY.read_text())["model"]["vocab"]
    return vocabulary
