"""Say which bill "the bill" is, when the article has told of only one.

The words in which it was told of first are set behind the noun in square brackets, as
an editor would. Nothing is said where two could be meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from claims.splitting.grammar import FINITE
from claims.splitting.pointing import is_definite_alone, is_demonstrative, points_back
from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_FAR = 25
"""Sentences before its own in which "the bill" may have been told of."""
_NEAR = 3
"""Sentences before its own in which a state must have been named."""
_LONGEST = 14
"""Words that are still read in passing."""
_ENOUGH = 4
"""Words behind the noun that tell enough without a name among them."""
_RESTRICTING = frozenset({"prep", "acl", "relcl"})
_TIMES = frozenset({"DATE", "TIME"})
_POINTING = frozenset({"this", "that", "these", "those"})
_OTHERS = frozenset(
    "another other others first second third next last previous earlier later new latest separate "
    "similar different".split()
)
"""Words with which a noun means one more of its kind."""
_AUTHOR = frozenset("reporter author writer columnist correspondent column article".split())
"""With "this", whoever writes, or what is read."""
_NOT_ONE = frozenset("no any every each neither either some several few many all most both".split())


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    noun: Token
    words: str
    """The phrase that tells which one it is; "" when none does."""


class Glosses:
    """The things an article tells of, by the noun it uses for them."""

    def __init__(self, spoken: Sequence[Spoken]) -> None:
        self._spoken = spoken
        self._told: dict[tuple[str, str], list[_Told]] = {}
        for number, entry in enumerate(spoken):
            for noun in entry.sentence.tokens:
                if _introduces(noun):
                    told = _Told(number, noun, _phrase(noun))
                    self._told.setdefault(_key(noun), []).append(told)

    def _state(self, number: int, noun: Token) -> str:
        """The one American state named of late: "the state" has a name rather than a story."""
        window = self._spoken[max(0, number - _NEAR) : number + 1]
        found = [e for entry in window for e in entities(entry.sentence.tokens)]
        places = {e.text for e in found if e.doc is not noun.doc or e.start < noun.i}
        named = places & _states()
        owned = {e.text for e in found if e.root.dep_ == "compound"}  # "Ohio Gov. John Lee"
        return next(iter(named)) if len(named) == 1 and not named & owned else ""

    def of(self, number: int, noun: Token) -> str:
        """Return how the one thing that the noun can mean was told of before, or "".

        ``number`` is the position of the noun's sentence in the article.
        """
        if not _points(noun):
            return ""
        if noun.lower_ == "state":
            return self._state(number, noun)
        before = [
            told
            for told in self._told.get(_key(noun), ())
            if number - _FAR <= told.number < number
            or (told.number == number and told.noun.i < noun.i)
        ]
        return before[0].words if len(before) == 1 else ""


def _key(noun: Token) -> tuple[str, str]:
    return noun.lemma_.lower(), noun.tag_


def _points(noun: Token) -> bool:
    """Whether it is "the bill" or "that bill", with no word of its own that tells more."""
    if noun.tag_ not in {"NN", "NNS"} or any(t.dep_ != "det" for t in noun.lefts):
        return False
    behind = noun.doc[noun.i + 1 : noun.i + 2]
    if any(t.tag_ in {"IN", "POS"} for t in behind):
        return False
    pointing = any(is_demonstrative(t) and t.lower_ in _POINTING for t in noun.children)
    told = any(t.dep_ in _RESTRICTING | {"appos"} for t in noun.rights)
    author = any(t.lower_ == "this" for t in noun.children) and noun.lower_ in _AUTHOR
    return (pointing and not told and not author) or (is_definite_alone(noun) and points_back(noun))


def _introduces(noun: Token) -> bool:
    """Whether it is told of, and not only pointed to: "a bill", "Lee's bill on fur"."""
    if noun.tag_ not in {"NN", "NNS"} or noun.dep_ in {"compound", "nmod", "npadvmod"}:
        return False
    pointed = any(t.lower_ in _POINTING and t.dep_ in {"det"} for t in noun.children)
    return not pointed and not is_definite_alone(noun)


def _phrase(noun: Token) -> str:
    """What tells which one it is, or "" when nothing does or leaves it open itself."""
    lefts = [t for child in noun.lefts for t in child.subtree]
    rights: list[Token] = []
    for child in noun.rights:
        more = _undated(list(child.subtree))
        follows = more and [t.i for t in more] == _places(noun, *rights, count=len(more))
        if child.dep_ not in _RESTRICTING or not follows or _is_torn(child, more):
            break
        rights += more
    words = [*lefts, noun, *rights]
    whole = words[-1].i - words[0].i == len(words) - 1 and len(words) <= _LONGEST
    if not whole or any(_leaves_open(t) for t in words):
        return ""
    names = any(t.pos_ == "PROPN" or t.dep_ == "compound" for t in (*lefts, *rights))
    if not names and len(rights) < _ENOUGH:
        return ""
    if all(t.dep_ in {"det", "nummod"} for t in lefts):
        return str(noun.doc[noun.i + 1 : words[-1].i + 1].text)
    phrase = str(noun.doc[words[0].i : words[-1].i + 1].text)
    return phrase[:1].lower() + phrase[1:] if words[0].pos_ == "DET" else phrase


def _places(*before: Token, count: int) -> list[int]:
    """The places that follow upon the last of the words."""
    return list(range(before[-1].i + 1, before[-1].i + 1 + count))


def _undated(words: list[Token]) -> list[Token]:
    """The words up to the "on Monday" that ends them."""
    dated = next((n for n, t in enumerate(words) if t.ent_type_ in _TIMES), len(words))
    while dated and dated < len(words) and words[dated - 1].pos_ in {"ADP", "DET"}:
        dated -= 1
    return words[:dated]


def _is_torn(child: Token, words: Sequence[Token]) -> bool:
    """Whether a participle brought the rest of a sentence with it."""
    return child.dep_ == "acl" and any(t.tag_ in FINITE for t in words)


def _leaves_open(word: Token) -> bool:
    """Whether the word itself is not understood alone, or tells of no one thing."""
    pronoun = word.tag_ in {"PRP", "PRP$"} or (word.lower_ in _POINTING and word.dep_ != "nsubj")
    timed = word.ent_type_ in _TIMES
    return pronoun or timed or word.is_punct or word.lower_ in _OTHERS | _NOT_ONE


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The American states whose names are no city's and no other country's."""
    text = files(__package__).joinpath("states.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line[:1] != "#")
