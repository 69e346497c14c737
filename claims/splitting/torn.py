"""Tell where the parser ties to a verb of saying what is not said with it."""

from spacy.tokens import Token

from claims.splitting import verbs
from claims.splitting.grammar import own_subject
from claims.splitting.spans import is_in_quotation


def is_likened(verb: Token) -> bool:
    """Whether it is "as others have said" in "Lee said, as others have said, that P"."""
    before = verb.doc[verb.sent.start : verb.i]
    comma = next((t.i for t in reversed(before) if t.text == ","), 0)
    said = comma > verb.sent.start and verb.doc[comma - 1].lemma_ in verbs.SAYS_BY_ITSELF
    return said and verb.doc[comma + 1].lower_ == "as"


def is_second_half(verb: Token) -> bool:
    """Whether it is "P; Lee noted that Q": the parser makes P a part of what is noted."""
    before = (t for t in verb.lefts if t.dep_ == "ccomp")
    between = (t for clause in before for t in verb.doc[clause.i : verb.i])
    return any(t.text == ";" and not is_in_quotation(t) for t in between)


def opens_list(verb: Token) -> bool:
    """Whether it is the first of three: "Lee said P, several rivals did Q, and the board R"."""
    told = [t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i]
    others = [v for t in told[1:] for v in (t, *(c for c in t.children if c.dep_ == "conj"))]
    own = [s for v in others if (s := own_subject(v)) and s.pos_ != "PRON"]
    return len(own) > 1 and own[0].left_edge.nbor(-1).text == ","


def is_without_pronoun(verb: Token, source: Token | None) -> bool:
    """Whether the noun belongs into what is said: "a step King argues he didn't need to take"."""
    noun = verb.head
    return source is not None and noun.i == source.left_edge.i - 1 and noun.pos_ == "NOUN"
