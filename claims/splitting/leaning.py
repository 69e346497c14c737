"""Tell which sentence says who is meant by a claimant or a surname that names nobody by itself."""

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from claims.splitting.cast import Cast
from claims.splitting.pointing import HE_OR_SHE, could_mean, title_words
from claims.splitting.proposition import Proposition
from claims.splitting.results import Attribution
from claims.splitting.speakers import UNNAMED, Spoken

_REACH = 8
"""Sentences before its own in which the claimant "she" may have been named."""
_PRONOUNS = frozenset({*HE_OR_SHE, "they", "them", "it"})

Place = tuple[int, int]
"""Where sentences begin and end in the article."""


class Leaning:
    """The sentences that name those of whom an article goes on to speak."""

    def __init__(self, spoken: Sequence[Spoken], cast: Cast, title: str) -> None:
        """``title`` is read with every claim: whom it names is known."""
        self._spoken = spoken
        self._cast = cast
        self._title = title_words(title)
        self._first: dict[str, int] = {}
        for number, entry in enumerate(spoken):
            for token in entry.sentence.tokens:
                if token.pos_ == "PROPN":
                    self._first.setdefault(token.text.casefold(), number)

    def on(
        self, number: int, proposition: Proposition, attribution: Attribution | None
    ) -> Place | None:
        """The sentence before sentence ``number`` that tells who says it, or of whom it tells."""
        if attribution is not None and attribution.name != UNNAMED:
            near = self._naming(number, attribution)
            if near is not None:
                return near
        strangers = (t.text for t in proposition.tokens if self._is_stranger(t))
        places = (self._introducing(number, name) for name in strangers)
        return next((place for place in places if place is not None), None)

    def _naming(self, number: int, attribution: Attribution) -> Place | None:
        name = attribution.name
        word = name.casefold()
        if word in _PRONOUNS:
            return self._last(number, lambda token: _names(word, token))
        if " " in name or attribution.described_as not in {"", name}:
            return None
        if name.islower():
            return self._last(number, lambda token: token.lemma_.lower() == word)
        return self._introducing(number, name)

    def _last(self, number: int, tells: Callable[[Token], bool]) -> Place | None:
        """The nearest sentence before with a token that ``tells``, up to the one before."""
        for earlier in range(number - 1, max(-1, number - 1 - _REACH), -1):
            if any(tells(token) for token in self._spoken[earlier].sentence.tokens):
                return self._place(earlier)
        return None

    def _is_stranger(self, token: Token) -> bool:
        """Whether it is a surname alone: "Dear's shack"."""
        if token.ent_type_ != "PERSON" or token.ent_iob_ != "B" or token.pos_ != "PROPN":
            return False
        after = token.doc[token.i + 1 : token.i + 2]
        alone = all(t.ent_iob_ != "I" or t.tag_ == "POS" for t in after)
        titled = token.i > 0 and token.doc[token.i - 1].dep_ == "compound"
        return alone and not titled and self._cast.full_name(token.text) == token.text

    def _introducing(self, number: int, name: str) -> Place | None:
        """The sentence that first has a name, if that is not this one."""
        if name.casefold() in self._title:
            return None
        first = self._first.get(name.casefold(), number)
        return self._place(first) if first < number else None

    def _place(self, number: int) -> Place:
        sentence = self._spoken[number].sentence
        return sentence.start, sentence.end


def _names(pronoun: str, token: Token) -> bool:
    """Whether a pronoun that speaks could mean the token: a person by name, for "she"."""
    named = token.ent_type_ == "PERSON" or pronoun not in HE_OR_SHE
    return named and could_mean(pronoun, token)
