"""Questions about the parser's tree that more than one part of the splitter asks."""

from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSAL = frozenset({"ccomp", "parataxis"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
VERBAL = frozenset({"VERB", "AUX"})
AUXILIARY = frozenset({"aux", "auxpass"})
DASHES = frozenset({"—", "–", "--"})
LONGEST = 400
"""Tokens of a sentence that is understood: a longer one is a list, a table or an attack."""


def positions(sentence: Span) -> frozenset[int]:
    """Return the positions of a sentence's tokens in its paragraph."""
    return frozenset(range(sentence.start, sentence.end))


def subtree(token: Token) -> frozenset[int]:
    """Return the positions of ``token`` and all that depends on it."""
    return frozenset(t.i for t in token.subtree)


def own_subject(verb: Token) -> Token | None:
    """Return the head of the subject printed with the verb."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def subject_of(verb: Token) -> Token | None:
    """Return the head of a verb's subject, shared ones included ("came and said")."""
    if (own := own_subject(verb)) is not None:
        return own
    shares = verb.dep_ in {"conj", "xcomp"} or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return subject_of(verb.head) if shares and verb.head.pos_ in VERBAL else None


def has_auxiliary(verb: Token) -> bool:
    """Whether an auxiliary stands with the verb."""
    return any(child.dep_ in AUXILIARY for child in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether the verb is in a finite form, its auxiliaries counted."""
    return verb.tag_ in FINITE or any(
        child.dep_ in AUXILIARY and child.tag_ in FINITE for child in verb.children
    )


def has_finite_verb(sentence: Span) -> bool:
    """Whether the sentence has a finite verb or an imperative: captions and credits have none."""
    return any(
        t.pos_ in VERBAL and (t.tag_ in FINITE or (t.tag_ == "VB" and t.dep_ == "ROOT"))
        for t in sentence
    )


def first_of_listed(verb: Token) -> Token:
    """The verb that opens the list in which it stands: "opened" in "opened, grew and closed"."""
    while verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        verb = verb.head
    return verb
