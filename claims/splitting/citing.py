"""Read whom somebody relays: "the Herald quoted Lee as saying P", "it said, citing two aides"."""

from spacy.tokens import Span, Token

from claims.splitting.grammar import own_subject
from claims.splitting.parties import is_document
from claims.splitting.spans import noun_chunks

_RELAYING = frozenset({"report", "say", "write"})
_QUOTING = frozenset({"quote", "cite"})
_OUTRIGHT = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
"""What tells it for itself; "quoting Lee as saying P, they left" does not."""


def quoted_saying(verb: Token) -> Token | None:
    """Return the "saying" of "quoted Lee as saying P" or "was quoted as saying P"."""
    told = verb.lemma_ in _QUOTING and verb.dep_ in _OUTRIGHT and verb.tag_ != "VBG"
    if not told or any(t.dep_ == "neg" or t.tag_ == "MD" for t in verb.children):
        return None
    return next(
        (
            t
            for role in verb.children
            if role.lower_ == "as" and role.dep_ == "prep"
            for t in role.children
            if t.lower_ == "saying" and t.dep_ == "pcomp"
        ),
        None,
    )


def relayer(verb: Token) -> Token | None:
    """Return who quotes: the subject of "quoted Lee", the Herald in "was quoted by the Herald".

    The one who is quoted, where nobody is named who does it.
    """
    said = quoted_saying(verb)
    behind = {"agent"} if said is None else {"agent", "prep"}
    by = (t for v in (verb, said) if v is not None for t in v.children if t.dep_ in behind)
    named = (t for b in by if b.lower_ == "by" for t in b.children if t.dep_ == "pobj")
    subject = own_subject(verb)
    passive = subject is not None and subject.dep_ == "nsubjpass"
    return next(named, subject) if passive else subject


def cited_by(verb: Token, frame: frozenset[int], sentence: Span) -> Token | None:
    """Return whom a reporter relays, if anybody is named."""
    if quoted_saying(verb) is not None:
        passive = (t for t in verb.children if t.dep_ == "nsubjpass")
        quoted = next((t for t in verb.children if t.dep_ == "dobj"), next(passive, None))
        by = relayer(verb)
        return None if quoted is None or by is None or quoted.i == by.i else quoted
    if verb.lemma_ not in _RELAYING:
        return None
    for token in verb.doc[verb.i + 1 : sentence.end]:
        if token.lower_ in {"citing", "quoting"} and token.i in frame:
            chunks = (c.root for c in noun_chunks(sentence) if c.start == token.i + 1)
            source = next(chunks, None)
            return None if source is None or is_document(source) else source
    return None
