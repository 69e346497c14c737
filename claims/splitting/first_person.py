"""Word what a speaker says of "I" under the speaker's name."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.splitting.proposition import Proposition
from claims.splitting.verbs import SAYS_BY_ITSELF

_ONE = frozenset("i me my mine myself".split())
_MANY = frozenset("we us our ours ourselves".split())
_THIRD = {"am": "is", "'m": " is", "are": "is", "'re": " is", "have": "has", "'ve": " has",
          "do": "does", "'ll": " will"}  # fmt: skip
_MOST_NAMES = 3
"""Replaced words: with more of them, a sentence reads better in the speaker's own."""
_UNCLEAR = frozenset({"'d", "ca", "wo", "ai"})


def speaks(proposition: Proposition) -> bool:
    """Whether the proposition says "I" or "we"."""
    tokens = (*proposition.lead, *proposition.tokens)
    return any(t.lower_ in _ONE | _MANY and t.ent_type_ == "" for t in tokens)


def addresses(proposition: Proposition) -> bool:
    """Whether the proposition speaks to somebody: "you have waited"."""
    tokens = (*proposition.lead, *proposition.tokens)
    return any(t.lower_ in {"you", "your", "yours"} for t in tokens)


def quotes_another(proposition: Proposition, saying: Token) -> bool:
    """Whether its "I" speaks in a quotation within what is said: 'said he told her: "I know"'.

    ``saying`` is the verb of saying around the proposition.
    """
    first = next((t.i for t in proposition.tokens if t.lower_ in _ONE), saying.i)
    opening = next((i for i in range(first, saying.i, -1) if saying.doc[i].text == '"'), saying.i)
    return any(t.lemma_ in SAYS_BY_ITSELF for t in saying.doc[saying.i + 1 : opening])


def in_third_person(proposition: Proposition, speaker: str) -> dict[int, str] | None:
    """Return replacements by token position that name the speaker; None where that is unsafe.

    "We" is never replaced: whom else the speaker means is not printed.
    """
    tokens = (*proposition.lead, *proposition.tokens)
    if any(t.lower_ in _MANY | {"mine", "myself"} for t in tokens):
        return None
    if any(t.lower_ == "mean" and t.i and t.nbor(-1).lower_ == "i" for t in tokens):
        return None  # "I mean, just think of it"
    names: dict[int, str] = {}
    for token in tokens:
        word = token.lower_
        if len(names) >= _MOST_NAMES and word in _ONE:
            return None
        if word == "my":
            names[token.i] = f"{speaker}'s"
        elif word == "me":
            if token.i and token.nbor(-1).lower_ == "let":
                return None  # "let me say this"
            names[token.i] = speaker
        elif word == "i":
            verbs = _verbs(token)
            forms = {verb.i: _third(verb) for verb in verbs}
            if token.dep_ not in {"nsubj", "nsubjpass"} or "" in forms.values():
                return None
            names |= {token.i: speaker, **forms}
    return names


def _verbs(subject: Token) -> list[Token]:
    """The inflected verbs of a subject: its own, and those joined to it without a subject."""
    heads: Sequence[Token] = [
        subject.head,
        *(
            t
            for t in subject.head.children
            if t.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in t.children)
        ),
    ]
    found = []
    for head in heads:
        aux = [t for t in head.children if t.dep_ in {"aux", "auxpass"} and t.tag_ != "TO"]
        found.append(min([head, *aux], key=lambda t: t.i) if aux else head)
    return [t for t in found if t.tag_ in {"VBP", "VB"} or t.lower_ in _UNCLEAR | {"'ll"}]


def _third(verb: Token) -> str:
    """The form that goes with "she"; "" where the printed one could be two things."""
    word = verb.lower_
    if word in _UNCLEAR or verb.tag_ == "VB":
        return ""
    if word in _THIRD:
        return _THIRD[word]
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "s"
