"""Say which state "the state" is, when only one American state was named of late."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_REACH = 3
"""Sentences before its own in which the state must have been named."""
_TITLE = 3
"""Words between a state and the name of whoever comes from there."""


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
        before = (e for e in found if e.doc is not noun.doc or e.start < noun.i)
        named = {e.text: e for e in before if e.text in _states()}
        if len(named) != 1:
            return ""
        name, place = named.popitem()
        # "Ohio Gov. Ann Lee" is where she comes from, and the state another.
        bearer = place.doc[place.end : place.end + _TITLE]
        titled = place.root.dep_ == "compound" and any(t.ent_type_ == "PERSON" for t in bearer)
        return "" if titled else name


def _is_bare(noun: Token) -> bool:
    """Whether it is "the state" or "this state", and nothing else is said of it."""
    before = noun.doc[max(0, noun.i - 1) : noun.i].text.lower()
    behind = noun.doc[noun.i + 1 : noun.i + 2]
    goes_on = any(
        t.lower_ == "of" or t.tag_ == "POS" or t.pos_ in {"NOUN", "PROPN"} for t in behind
    )
    alone = noun.tag_ == "NN" and noun.dep_ != "compound" and not goes_on
    return alone and before in {"the", "this", "that"}


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The American states whose names are no city's and no other country's."""
    text = files(__package__).joinpath("states.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line[:1] != "#")
