"""Tell which clauses below a main clause are facts of their own."""

from spacy.tokens import Token

from claims.splitting.clauses import (
    CONDITIONS,
    CONTRAST,
    OCCASIONS,
    POINTING,
    SUBJECT_LIKE,
    subject_of_clause,
)
from claims.splitting.grammar import DASHES, is_finite
from claims.splitting.spans import is_in_quotation
from claims.splitting.verbs import ASSERTS

_PARTING = frozenset({",", '"', ")", *DASHES})
_TOGETHER = frozenset({"after", "as"})
_SPANS = frozenset(
    "moment minute hour morning afternoon evening night day week month season year decade".split()
)
"""Of "the day after it was sold", which only tells the day."""
_FEARED = frozenset("risk danger threat scenario possibility option".split())
_COMPLEMENTS = frozenset("dobj attr acomp oprd xcomp ccomp agent npadvmod prt dative".split())


def is_contrast(child: Token, head: Token) -> bool:
    """Whether ``child`` is a "while" clause, or an "after" or "as" clause told as past."""
    if child.dep_ != "advcl" or child.head.i != head.i or not is_finite(child):
        return False
    mark = min(child.subtree, key=lambda t: t.i)
    if not any(t.dep_ in SUBJECT_LIKE and t.i < child.i for t in child.children):
        return False
    # "If P while Q, R"
    clauses = (t for t in head.children if t.dep_ == "advcl" and t.i < child.i)
    supposed = mark.nbor(-1).text != "," if mark.i else False
    supposed = supposed and any(c.lower_ in CONDITIONS for t in clauses for c in t.children)
    unreal = mark.nbor().lower_ in {"though", "if"} or _only_cites(child) or _repeats(child)
    end = max(t.i for t in child.subtree) + 1
    torn = child.doc[end : end + 1].text in DASHES and child.doc[end + 1 : end + 2].text == "and"
    torn = torn or _holds_main_clause(child)
    torn = torn or (is_in_quotation(mark) and not is_in_quotation(head))  # 'told Lee: "Although'
    torn = torn or supposed or (mark.lower_ == "as" and (unreal or _goes_on_saying(child, head)))
    quoted = mark.lower_ in _TOGETHER and is_in_quotation(mark)  # the speaker's very point
    quoted = quoted or (mark.i > 0 and mark.nbor(-1).lower_ == "that")  # "that while Q, P"
    if torn or quoted or _belongs(mark, child, head) or (mark.i and mark.nbor(-1).text == "("):
        return False
    ahead = any(t.tag_ == "MD" for t in head.children)
    if _hangs_between(child) or (ahead and mark.i > head.i and mark.nbor(-1).text != ","):
        return False  # "would put it off while he recovered"
    if mark.lower_ in _TOGETHER:
        # "after" and "as" clauses are facts only when told as past.
        past = any(t.tag_ == "VBD" for t in (child, *child.children))
        timed = mark.i > 0 and mark.lower_ == "after" and mark.nbor(-1).lemma_ in _SPANS
        denied = any(t.dep_ == "neg" for t in head.children)
        return past and child.i > head.i and not (timed or denied) and _is_complete(head)
    return mark.lower_ in CONTRAST and not _is_meanwhile(mark, child, head)


def _holds_main_clause(clause: Token) -> bool:
    """Whether print lost the comma behind it: "Although it is less harmful than P it is Q"."""
    return any(
        t.dep_ == "relcl"
        and any(c.dep_ in {"acomp", "attr"} and c.i > t.i for c in t.children)
        and any(c.dep_ in SUBJECT_LIKE and c.lower_ in POINTING for c in t.children)
        and t.left_edge.tag_ == "PRP"
        for t in clause.subtree
    )


def _is_meanwhile(mark: Token, clause: Token, head: Token) -> bool:
    """Whether it tells how long: "wait in Peru while their cases are heard", without a comma."""
    subject = subject_of_clause(clause)
    if mark.lower_ != "while" or clause.i < head.i or mark.nbor(-1).text in _PARTING:
        return False
    return subject is not None and any(t.tag_ in {"PRP", "PRP$"} for t in subject.subtree)


def _belongs(mark: Token, clause: Token, head: Token) -> bool:
    """Whether the verb says nothing without it: "as cold as it was", "risks include P while Q"."""
    likening = [t for t in head.doc[head.i : mark.i] if t.lower_ == "as"]
    likened = mark.lower_ == "as" and len(likening) == 1 and likening[0].dep_ == "advmod"
    subject = subject_of_clause(head)
    feared = subject is not None and subject.lemma_ in _FEARED and clause.i > head.i
    return likened or (feared and head.lemma_ in {"include", "involve"})


def is_before_colon(child: Token, head: Token) -> bool:
    """Whether two sentences stand in one: "She chose another way: Knowing P, she resigned".

    Not what only announces the second: "It was clear: He had lost".
    """
    if child.dep_ != "ccomp" or child.head.i != head.i or child.i > head.i:
        return False
    last = max(t.i for t in child.subtree)
    mark = next((t for t in child.doc[last : last + 2] if t.text == ":"), None)
    if mark is None or child.lemma_ in ASSERTS | {"be"}:
        return False
    both = [v for v in (child, head) if is_finite(v) and subject_of_clause(v) is not None]
    subject = subject_of_clause(child)
    pointing = any(t.lower_ in POINTING for t in child.subtree if t != subject)
    torn = mark.nbor(-1).pos_ == "ADP"  # "It has to do with: P"
    torn = torn or not child.doc[mark.i + 1 : mark.i + 2].text.istitle()
    return len(both) == 2 and not (pointing or torn) and head.sent[-1].text != "?"


def _hangs_between(clause: Token) -> bool:
    """Whether a "when" behind it may tell of the main clause: "came after P, when he led Q"."""
    return any(
        t.dep_ == "advcl"
        and t.i > clause.i
        and (opening := min(t.subtree, key=lambda word: word.i)).lower_ in OCCASIONS
        and opening.nbor(-1).text == ","
        for t in clause.children
    )


def _goes_on_saying(clause: Token, head: Token) -> bool:
    """Whether a participle behind it tells what its subject says: "as Lee said P, adding Q"."""
    return any(
        t.dep_ == "advcl" and t.tag_ == "VBG" and t.lemma_ in ASSERTS and t.i > clause.i
        for t in head.children
    )


def _repeats(clause: Token) -> bool:
    """Whether it is "as he did in May", which tells nothing without the main clause."""
    return clause.lemma_ in {"do", "be", "have"} and not any(
        t.dep_ in _COMPLEMENTS for t in clause.children
    )


def _only_cites(clause: Token) -> bool:
    """Whether it is "as the mayor used to say": a verb of saying, and what is said elsewhere."""
    said = [t for t in (clause, *clause.children) if t.lemma_ in ASSERTS and t.i >= clause.i]
    return any(not any(t.i > v.i and not t.is_punct for t in v.children) for v in said)


def _is_complete(head: Token) -> bool:
    """Whether the main clause says more than that something came or went."""
    return any(
        t.i > head.i and (t.dep_ in _COMPLEMENTS or (t.dep_ == "prep" and t.lower_ != "as"))
        for t in head.children
    )
