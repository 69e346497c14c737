"""Tell which clauses of a sentence can stand apart, and what each must take along."""

from spacy.tokens import Token

from claims.splitting.grammar import AUXILIARY, SUBJECTS, VERBAL, is_finite, subtree
from claims.splitting.verbs import HEDGES

SUBJECT_LIKE = SUBJECTS | {"expl"}
_INSEPARABLE = frozenset({"or", "nor", "either", "neither", "both"})
_POINTING = frozenset("it they this that these those".split())
_CONTRAST = frozenset("while whilst whereas although though".split())
_OPENING = frozenset("whether if that how why what who".split())
_CONDITIONS = frozenset({"if", "unless", "until", "provided"})
_COMPLEMENTS = frozenset("dobj attr acomp oprd xcomp ccomp agent npadvmod prt dative".split())
_TOGETHER = frozenset({"after", "as"})


def is_second_clause(child: Token, head: Token) -> bool:
    """Whether ``child`` is a second verb beside ``head`` that says something by itself."""
    if child.dep_ != "conj" or child.head.i != head.i or child.pos_ not in VERBAL:
        return False
    linked = any(t.lower_ in _INSEPARABLE for t in head.children)
    if linked or _is_conditional(head) or head.pos_ not in VERBAL or not is_finite(head):
        return False
    own = next((t for t in child.children if t.dep_ in SUBJECT_LIKE), None)
    if own is not None:
        # "... and that is unlikely to change" says nothing without what comes before.
        opening = min(child.subtree, key=lambda t: t.i).lower_
        dependent = opening in _OPENING or any(t.dep_ == "mark" for t in child.children)
        return is_finite(child) and own.lower_ not in _POINTING and not dependent
    return _is_joined(child, head) and not _is_conditional(child) and _shares_subject(child, head)


def _is_joined(child: Token, head: Token) -> bool:
    """Whether "and" or a comma stands before the second verb."""
    return any(t.dep_ == "cc" and t.i < child.i for t in head.children) or any(
        t.text == "," for t in head.doc[max(head.i, child.i - 2) : child.i]
    )


def _shares_subject(child: Token, head: Token) -> bool:
    if child.tag_ in {"VB", "VBP"} and any(t.dep_ == "xcomp" for t in head.children):
        return False  # "threatens to obscure P, repeal Q"
    if not is_finite(child):
        return child.tag_ == head.tag_ and any(t.dep_ in AUXILIARY for t in head.children)
    subject = next((t for t in head.children if t.dep_ in SUBJECT_LIKE), None)
    return subject is None or agree(subject, child)


def _is_conditional(verb: Token) -> bool:
    """Whether it holds on a condition, which a second verb may share."""
    clauses = [t for t in verb.children if t.dep_ == "advcl"]
    return any(t.lower_ in _CONDITIONS for clause in clauses for t in clause.children)


def agree(subject: Token, verb: Token) -> bool:
    """Whether the subject's number fits the verb; if not, the parser joined the wrong verbs."""
    inflected = next((t for t in verb.children if t.dep_ in AUXILIARY), verb)
    plural = (
        subject.tag_ in {"NNS", "NNPS"}
        or subject.lower_ in {"they", "we", "you", "these", "those", "who", "which", "that"}
        or any(t.dep_ == "conj" for t in subject.children)
    )
    if inflected.tag_ == "VBZ" or inflected.lower_ == "was":
        return not plural or subject.lower_ in {"who", "which", "that"}
    if inflected.tag_ == "VBP" or inflected.lower_ == "were":
        return plural or subject.lower_ == "i" or subject.pos_ == "PROPN"
    return True


def shared_lead(child: Token, head: Token, lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the subject, and auxiliaries if the second verb has none, of the first verb."""
    if any(t.dep_ in SUBJECT_LIKE for t in child.children):
        return ()
    subject = next((t for t in head.children if t.dep_ in SUBJECT_LIKE), None)
    shared = tuple(subject_phrase(subject)) if subject is not None else lead
    if child.tag_ in {"VBN", "VBG", "VB"} and not any(t.dep_ in AUXILIARY for t in child.children):
        shared += tuple(
            t
            for t in head.children
            if t.i < head.i and (t.dep_ in AUXILIARY | {"neg"} or t.lower_ in HEDGES)
        )
    return shared


def subject_phrase(subject: Token) -> list[Token]:
    """Return a subject's tokens without the clauses and asides that hang on it."""
    dropped: set[int] = set()
    for token in subject.subtree:
        if token.dep_ in {"relcl", "acl"} or (token.dep_ == "appos" and token.i > subject.i):
            dropped |= subtree(token)
    tokens = [t for t in subject.subtree if t.i not in dropped]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def is_contrast(child: Token, head: Token) -> bool:
    """Whether ``child`` is a "while" clause, or an "after" or "as" clause told as past."""
    if child.dep_ != "advcl" or child.head.i != head.i or not is_finite(child):
        return False
    mark = min(child.subtree, key=lambda t: t.i)
    if not any(t.dep_ in SUBJECT_LIKE and t.i < child.i for t in child.children):
        return False
    if mark.lower_ in _TOGETHER:
        # "after" and "as" clauses are facts only when told as past.
        past = any(t.tag_ == "VBD" for t in (child, *child.children))
        return past and child.i > head.i and _is_complete(head)
    return mark.lower_ in _CONTRAST


def _is_complete(head: Token) -> bool:
    """Whether the main clause says more than that something came or went."""
    return any(
        t.i > head.i and (t.dep_ in _COMPLEMENTS or (t.dep_ == "prep" and t.lower_ != "as"))
        for t in head.children
    )


def link(child: Token, head: Token) -> frozenset[int]:
    """Return the "and" or "but" that joined a clause which is now apart, or the marks around it."""
    first, last = min(t.i for t in child.subtree), max(t.i for t in child.subtree)
    if child.dep_ == "relcl":
        around = [i for i in (first - 1, last + 1) if 0 <= i < len(child.doc)]
        return frozenset(i for i in around if child.doc[i].text in {",", "—", "–", "--"})
    return frozenset(
        t.i for t in head.children if t.dep_ == "cc" and head.i < t.i < first and first - t.i <= 3
    )
