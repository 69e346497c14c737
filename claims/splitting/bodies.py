"""Say which body "the company" or "it" means, only when no other can be meant."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_REACH = 3
"""Sentences before its own in which a body is looked for."""
_KINDS = frozenset(
    "agency bureau department committee university union bank council commission ministry "
    "institute association foundation board".split()
)
_FIRMS = frozenset({"company", "firm", "airline", "carmaker", "retailer", "manufacturer"})
_UNKNOWN = _FIRMS | {"agency", "bureau", "department"}
"""Not "the council": a town has one."""
_FIRM_NAMES = frozenset(
    "inc corp co company companies ltd llc plc group motors airlines airways holdings systems "
    "technologies pharmaceuticals industries stores foods".split()
)


class Bodies:
    """The bodies named in an article, sentence by sentence."""

    def __init__(self, spoken: Sequence[Spoken]) -> None:
        self._spoken = spoken
        self._named = [
            {_name(e): e for e in entities(s.sentence.tokens) if e.label_ == "ORG" and _is_name(e)}
            for s in spoken
        ]
        self._countries = [
            {e.text for e in entities(s.sentence.tokens) if e.label_ in {"GPE", "NORP"}}
            for s in spoken
        ]

    def meant_by(self, number: int, noun: Token) -> str:
        """Return the one body that "the company" or "the agency" can mean, or "".

        ``number`` is the position of its sentence in the article.
        """
        word = noun.lower_
        if word not in _KINDS | _FIRMS or noun.ent_type_ or not _is_bare(noun):
            return ""
        names = self._around(number, noun.i)
        if word in _KINDS:
            fitting = {n for n in names if n.casefold().split()[-1].rstrip(".") == word}
            kinds = {n for n in names if word in n.casefold()}
            return next(iter(fitting)) if len(fitting) == len(kinds) == 1 else ""
        if len(names) != 1:
            return ""
        name = next(iter(names))
        return name if _is_firm(name) and not self._quoted_before(number) else ""

    def named(self, noun: Token, body: str) -> dict[int, str]:
        """Return what to print for the noun, and for a "the" that goes with it."""
        if noun.lower_ in _FIRMS:
            return {noun.i: body, noun.i - 1: ""}
        return {noun.i: body}

    def is_open(self, noun: Token) -> bool:
        """Whether it is "the company" or its like, and the reader must know which."""
        return noun.lower_ in _UNKNOWN and not noun.ent_type_ and _is_bare(noun)

    def speaking(self, number: int, pronoun: Token, speaker: str) -> str:
        """Return the body that says something of itself ("Target said it closed"), or "".

        It must be the only body and the only country near.
        """
        if any(t.text == '"' for t in pronoun.doc[max(0, pronoun.i - 1) : pronoun.i]):
            return ""  # a quotation that starts with "it" goes on from what was asked
        names = self._around(number, pronoun.i)
        window = range(max(0, number - _REACH), number + 1)
        countries = set().union(*(self._countries[n] for n in window))
        return speaker if names == {speaker} and not countries else ""

    def _around(self, number: int, before: int) -> set[str]:
        names = {n for n, e in self._named[number].items() if e.start < before}
        for earlier in range(max(0, number - _REACH), number):
            names |= set(self._named[earlier])
        return _merged(names)

    def _quoted_before(self, number: int) -> bool:
        return number > 0 and self._spoken[number - 1].in_quotation


def _merged(names: set[str]) -> set[str]:
    """Without names that are the beginning of a longer one: Exxon, Exxon Mobil Corp."""
    return {n for n in names if not any(o != n and o.startswith(f"{n} ") for o in names)}


def _is_bare(noun: Token) -> bool:
    """Whether it is "the company", and nothing else is said of it."""
    children = list(noun.children)
    return (
        noun.i > 0
        and noun.nbor(-1).lower_ == "the"
        and not any(t.dep_ in {"prep", "relcl", "acl", "appos", "conj", "amod"} for t in children)
        and noun.dep_ != "compound"
    )


def _is_firm(name: str) -> bool:
    return any(word.rstrip(".").casefold() in _FIRM_NAMES for word in name.split()[1:])


def _is_name(ent: Span) -> bool:
    whole = not any(t.tag_ == "POS" for t in ent[:-1])  # not "Lee's union"
    return whole and ent.text[:1].isupper() and any(t.pos_ == "PROPN" for t in ent)


def _name(ent: Span) -> str:
    words = [t for t in ent if t.tag_ != "POS"]
    return str(ent.doc[words[0].i : words[-1].i + 1].text).removeprefix("the ").removeprefix("The ")
