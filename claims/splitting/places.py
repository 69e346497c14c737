"""Say which state "the state" is, when one American state and no other place was named."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Span, Token

from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_REACH = 3
"""Sentences before its own in which the state must have been named."""
_BEHIND = frozenset({"VERB", "AUX", "ADP", "ADV", "SCONJ", "PRON", "DET"})
"""What may follow "the state", not "the state high court"."""


class Places:
    """The places named in an article, sentence by sentence."""

    def __init__(self, spoken: Sequence[Spoken]) -> None:
        self._spoken = spoken

    def state(self, number: int, noun: Token) -> str:
        """Return the one state that "the state" or "this state" can mean, or "".

        ``number`` is the position of its sentence in the article.
        """
        if noun.lower_ != "state" or not _is_bare(noun):
            return ""
        window = self._spoken[max(0, number - _REACH) : number + 1]
        found = [e for entry in window for e in entities(entry.sentence.tokens)]
        named = {e.text for e in found if e.label_ == "GPE" and not _is_behind(e, noun)}
        plain = {e.text for e in found if e.root.dep_ != "compound"}  # not "Ohio Gov. Ann Lee"
        return named.pop() if len(named) == 1 and named <= _states() & plain else ""


def _is_behind(place: Span, noun: Token) -> bool:
    return place.doc is noun.doc and place.start > noun.i


def _is_bare(noun: Token) -> bool:
    """Whether it is "the state" or "this state", and nothing else is said of it."""
    before = noun.doc[max(0, noun.i - 1) : noun.i].text.lower()
    behind = noun.doc[noun.i + 1 : noun.i + 2]
    ends = all(t.is_punct or t.pos_ in _BEHIND for t in behind) and behind.text != "-"
    alone = noun.tag_ == "NN" and noun.dep_ != "compound" and behind.text.lower() != "of"
    return alone and ends and before in {"the", "this", "that"}


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The American states whose names are no city's and no other country's."""
    text = files(__package__).joinpath("states.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line[:1] != "#")
