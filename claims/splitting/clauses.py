"""Tell which clauses of a sentence can stand apart, and what each must take along."""

from itertools import count

from spacy.tokens import Token

from claims.splitting.grammar import (
    AUXILIARY,
    DASHES,
    SUBJECTS,
    VERBAL,
    first_of_listed,
    has_auxiliary,
    is_finite,
    subtree,
)
from claims.splitting.verbs import ASSERTS, HEDGES

SUBJECT_LIKE = SUBJECTS | {"expl"}
_INSEPARABLE = frozenset({"or", "nor", "either", "neither", "both"})
_NOT_ALL = frozenset({"only", "just", "merely", "simply"})
"""Behind "not" they announce more: "has not only won but"."""
POINTING = frozenset("it they this that these those".split())
_BREAKS = DASHES | {";", "-", ":"}
CONTRAST = frozenset("while whilst whereas although though".split())
_OPENING = frozenset("whether if that how why what who which whose whom where when".split())
CONDITIONS = frozenset({"if", "unless", "until", "provided"})
OCCASIONS = frozenset({"when", "whenever", "once"})
"""Conditions too, of what is not told as past."""
_UNCHANGING = frozenset(
    "put set cut hit let cost hurt shut spread split quit bet cast beat read upset lay".split()
)
"""Past forms that are also what follows "could"."""
PAST_ONLY = frozenset(
    "was were went came took gave saw knew did began wrote spoke broke chose drove ate fell flew "
    "grew rose became ran sang drew threw wore swore forgot shook stole withdrew undertook "
    "overcame arose".split()
)
"""Past forms that no participle shares: "had won and went", not "had won and lost"."""


_OPEN_ENDED = frozenset({"letting", "wish", "wishes", "wished"})


def is_second_clause(child: Token, head: Token) -> bool:
    """Whether ``child`` is a second verb beside ``head`` that says something by itself."""
    if child.dep_ != "conj" or child.head.i != head.i or child.pos_ not in VERBAL:
        return False
    torn = _is_behind_dash(child) or _is_behind_dash(head) or _is_wished(head)
    torn = torn or any(t.lower_ in _OPEN_ENDED for t in head.doc[head.i : child.i])
    linked = any(t.lower_ in _INSEPARABLE for t in head.children) or any(
        t.lower_ == "only" and t.i and t.nbor(-1).lower_ == "not"
        for t in head.doc[head.i : child.i]
    )
    not_only = any(
        t.lower_ in _NOT_ALL and t.i and t.nbor(-1).lower_ in {"not", "n't"}
        for t in head.subtree
        if t.i < head.i
    )
    before = head.doc[max(0, head.i - 2) : head.i]
    linked = linked or not_only or any(t.lower_ in {"both", "either"} for t in before)
    if linked or torn or _is_conditional(head) or head.pos_ not in VERBAL or not is_finite(head):
        return False
    crosses = _crosses_quotation(child, head) or _is_behind_colon(child, head)
    crosses = crosses or _is_not_yet(child) or _is_far_off(child, head)
    if crosses or not _is_joined(child, head) or _may_hang(child, head):
        return False
    own = subject_of_clause(child)
    if own is not None:
        # "... and that is unlikely to change" says nothing without what comes before.
        opening = min(child.subtree, key=lambda t: t.i).lower_
        dependent = opening in _OPENING or any(t.dep_ == "mark" for t in child.children)
        dependent = dependent and not _is_told_too(child)
        dependent = dependent or _may_be_listed(own) or _is_denied_before_dash(child, head)
        return is_finite(child) and own.lower_ not in POINTING and not dependent
    told = any(t.dep_ == "ccomp" and head.i < t.i < child.i for t in head.children)
    if told and head.lemma_ in ASSERTS and child.lemma_ not in ASSERTS:
        return False  # "said P and was asked": the second verb may be part of P
    return not _is_conditional(child) and _shares_subject(child, head)


def _is_not_yet(child: Token) -> bool:
    """Whether it takes from the first what one would think: "signed up but have not yet paid"."""
    words = [t.lower_ for t in child.doc[beginning(child, child.head) - 1 : child.i]]
    return words[:1] == ["but"] and {"not", "yet"} <= set(words)


def _is_far_off(child: Token, head: Token) -> bool:
    """Whether a joined verb between them parts them: "came and told us that Q, would mean"."""
    links = [t.dep_ for t in head.children if t.dep_ in {"cc", "conj"} and t.i < child.i]
    last = all(t.dep_ != "conj" for t in child.children)  # not "came and saw, won and left"
    return last and subject_of_clause(child) is None and links[-2:] == ["cc", "conj"]


def _is_told_too(verb: Token) -> bool:
    """Whether it is the Q of "said that P and that Q"."""
    marks = [t for t in verb.children if t.dep_ == "mark"]
    first = first_of_listed(verb)
    if [t.lower_ for t in marks] != ["that"] or first.dep_ != "ccomp":
        return False
    between = verb.doc[first.i : marks[0].i]
    nested = any(t.lower_ == "that" and first_of_listed(t.head).i != first.i for t in between)
    return first.head.lemma_ in ASSERTS and not nested  # "said P for fear that Q and that R"


def _is_wished(verb: Token) -> bool:
    """Whether it is "may the bridge hold": what follows is wished too."""
    first = next((t for t in verb.lefts if not t.is_punct), verb)
    return first.lower_ == "may" and first.dep_ == "aux"


def _is_behind_dash(verb: Token) -> bool:
    """Whether the parser sees its subject in an aside: "plans — cameras, cars — would help"."""
    first = min([verb.i, *(t.i for t in verb.children if t.dep_ in AUXILIARY and t.i < verb.i)])
    subject = subject_of_clause(verb)
    if subject is None or first == verb.sent.start or verb.doc[first - 1].text not in DASHES:
        return False
    return sum(t.text in DASHES for t in verb.doc[subject.i : first]) == 1


def _is_denied_before_dash(child: Token, head: Token) -> bool:
    """Whether the denial goes on: "they won't change, I think — and we see them give in"."""
    between = head.doc[head.i : child.i]
    denied = any(t.dep_ == "neg" for t in head.children)
    return denied and any(t.text in DASHES and t.nbor().lower_ == "and" for t in between)


def _may_be_listed(subject: Token) -> bool:
    """Whether it may be the last of several: "in Iowa, Texas, and Kansas considered safe"."""
    before = [t for t in subject.doc[max(0, subject.i - 5) : subject.i] if t.text != ","]
    names = [t for t in before[:-1] if t.pos_ == "PROPN"]
    commas = sum(t.text == "," for t in subject.doc[max(0, subject.i - 5) : subject.i])
    linked = bool(before) and before[-1].lower_ == "and"
    return subject.pos_ == "PROPN" and linked and len(names) >= 2 and commas >= 1


def subject_of_clause(verb: Token) -> Token | None:
    """The subject printed with a verb, or with its auxiliary."""
    auxiliaries = [t for t in verb.children if t.dep_ in AUXILIARY]
    return next(
        (t for v in (verb, *auxiliaries) for t in v.children if t.dep_ in SUBJECT_LIKE), None
    )


def _may_hang(child: Token, head: Token) -> bool:
    """Whether it may belong to a clause between them: "until P, Q and R"."""
    first = min(child.subtree, key=lambda t: t.i).i
    return any(
        t.dep_ in {"mark", "advmod"}
        and t.lower_ in CONDITIONS | OCCASIONS | {"after", "before"}
        and is_finite(t.head)
        and not _is_past(t.head)
        for t in head.doc[head.i : first]
    )


def _crosses_quotation(one: Token, other: Token) -> bool:
    """Whether only one of the two stands in quotation marks."""
    first, last = sorted((one.i, other.i))
    return sum(t.text == '"' for t in one.doc[first:last]) % 2 == 1


def _is_behind_colon(child: Token, head: Token) -> bool:
    """Whether it may go on what a colon announced: "he had a warning: P, but Q"."""
    return any(t.text == ":" for t in head.doc[head.i : child.i])


def _is_in_aside(child: Token, head: Token) -> bool:
    """Whether a dash between them opened an aside: "cut jobs — people who work but earn little"."""
    between = head.doc[head.i : child.i]
    dashes = sum(t.text in DASHES for t in between)
    return dashes % 2 == 1 and between[-1].text not in DASHES


def _is_joined(child: Token, head: Token) -> bool:
    """Whether "and" or a dash stands before the second verb, or before one that follows it."""
    first = min(child.subtree, key=lambda t: t.i)
    before = first.nbor(-1) if first.i else first
    linked = any(t.dep_ == "cc" and t.i < child.i for t in head.children)
    goes_on = any(t.dep_ in {"conj", "cc"} and t.i > child.i for t in child.children)
    broken = before.text in _BREAKS and (is_finite(child) or subject_of_clause(child) is not None)
    # "After Ann Lee, a nurse, was held and died": who was held stands in the aside before.
    described = any(
        t.dep_ == "appos" and t.right_edge.i == before.i - 1 for t in before.head.subtree
    )
    return linked or broken or (before.text == "," and goes_on and not described)


def _shares_subject(child: Token, head: Token) -> bool:
    together = child.i == head.i + 2 and _takes_object(child)  # "shot and killed a man"
    apart = (_is_in_aside, _points_back, _may_be_participle, _may_be_infinitive, _nearer_subject)
    if together or any(is_apart(child, head) for is_apart in apart):
        return False
    if child.tag_ in {"VB", "VBP"} and any(t.dep_ == "xcomp" for t in head.children):
        return False  # "threatens to obscure P, repeal Q"
    passive = any(t.lemma_ == "be" for t in head.children if t.dep_ in AUXILIARY)
    if passive and child.tag_ == "VBN" and _takes_object(child):
        return False  # "is not involved but organized rallies"
    if not is_finite(child):
        denied = any(t.dep_ == "neg" for t in head.children)  # "did not return P and call"
        denied = denied and all(t.lower_ != "or" for t in child.children)
        return child.tag_ == head.tag_ and has_auxiliary(head) and not denied
    subject = next((t for t in head.children if t.dep_ in SUBJECT_LIKE), None)
    if subject is None:
        return head.dep_ != "ROOT"  # "Lee has, for a long time, known P and said Q"
    return subject.dep_ != "expl" and agree(subject, child)  # "there were ships which P and Q"


def _points_back(child: Token, head: Token) -> bool:
    """Whether it is "was sold in May and remains so": it says nothing without the first."""
    return child.doc[child.i + 1 : child.i + 2].text.lower() == "so" and child.i > head.i


def _may_be_participle(child: Token, head: Token) -> bool:
    """Whether what looks like a past form may share the first verb's auxiliary.

    "Could have stood up and defended it" may be "could have defended it", "was a start
    and intended to help" may be "was intended".
    """
    if head.lemma_ == "be" and child.tag_ in {"VBD", "VBN"} and not _has_object(child):
        return True
    if child.lower_ in _UNCHANGING and has_auxiliary(head) and not has_auxiliary(child):
        return child.tag_ == "VBD"  # "could spell trouble and put pressure on"
    if not _looks_past(child) or _has_object(child):
        return False
    between = child.doc[head.i + 1 : child.i]
    nearer = any(t.dep_ in {"acl", "ccomp"} and t.tag_ == "VBN" for t in between)
    # "read a letter written by Lee and sent to Holm", "has her arm bound and held"
    return nearer or (has_auxiliary(head) and not _shares_auxiliary(child, head))


def _may_be_infinitive(child: Token, head: Token) -> bool:
    """Whether it may share a modal: "should not overlook P but remain", "who could P and Q"."""
    bare = child.tag_ in {"VB", "VBP"} and not has_auxiliary(child)
    modal = any(t.tag_ == "MD" and t.head.dep_ == "relcl" for t in child.doc[head.i : child.i])
    return bare and (modal or (child.tag_ == "VBP" and head.tag_ == "VB" and has_auxiliary(head)))


def _looks_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" and verb.lower_ not in PAST_ONLY and not has_auxiliary(verb)


def _shares_auxiliary(child: Token, head: Token) -> bool:
    """Whether it is "has won and returned" or "are made and sold": no plain past follows these."""
    auxiliaries = [t for t in head.children if t.dep_ in AUXILIARY]
    being = any(t.lower_ == "been" for t in auxiliaries)
    if being and (head.tag_ == "VBG" or _takes_object(child)):
        return False  # "had been working at a firm and joined the campaign"
    return _looks_past(child) and any(
        t.lemma_ in {"have", "'ve"}
        or (t.lemma_ == "be" and t.tag_ in {"VBP", "VBZ"} and not _takes_object(child))
        for t in auxiliaries
    )


def _nearer_subject(child: Token, head: Token) -> bool:
    """Whether a clause between the two has a subject of which the second verb may be told.

    "Stopped the attack that destroyed files and shut down offices": who shut them down?
    """
    if child.lemma_ in ASSERTS and head.lemma_ in ASSERTS:
        return False
    form = _inflected(child).tag_
    between = head.doc[head.i + 1 : min(child.subtree, key=lambda t: t.i).i]
    if any(t.lower_ in CONTRAST for t in between):
        return True
    for verb in between:
        subject = subject_of_clause(verb) if verb.pos_ in VERBAL else None
        if subject is not None and _inflected(verb).tag_ == form and agree(subject, child):
            return True
    return False


def _inflected(verb: Token) -> Token:
    """The verb's auxiliary, or the verb if it has none."""
    return next((t for t in verb.children if t.dep_ in AUXILIARY), verb)


def _has_object(verb: Token) -> bool:
    return has_auxiliary(verb) or _takes_object(verb)


def _takes_object(verb: Token) -> bool:
    return any(t.dep_ == "dobj" for t in verb.children)


def _is_conditional(verb: Token) -> bool:
    """Whether it holds on a condition, which a second verb may share."""
    first = first_of_listed(verb)
    run_on = [t for t in first.lefts if t.dep_ == "ccomp"]  # "when P, he is Q, he is R and S"
    clauses = [t for v in {verb, first, *run_on} for t in v.children if t.dep_ == "advcl"]
    conditions = CONDITIONS if _is_past(verb) else CONDITIONS | OCCASIONS
    return any(t.lower_ in conditions for clause in clauses for t in clause.children)


def _is_past(verb: Token) -> bool:
    return any(t.tag_ == "VBD" for t in (verb, *verb.children))


def agree(subject: Token, verb: Token) -> bool:
    """Whether the subject's number fits the verb; if not, the parser joined the wrong verbs."""
    inflected = _inflected(verb)
    plural = (
        subject.tag_ in {"NNS", "NNPS"}
        or subject.lower_ in {"they", "we", "you", "these", "those", "who", "which", "that"}
        or any(t.dep_ == "conj" for t in subject.children)
    )
    if inflected.tag_ == "VBZ" or inflected.lower_ == "was":
        return not plural or subject.lower_ in {"who", "which", "that"}
    if inflected.tag_ == "VBP" or inflected.lower_ == "were":
        named = subject.pos_ == "PROPN" and subject.ent_type_ != "PERSON"
        return plural or subject.lower_ == "i" or named
    return True


def shared_lead(child: Token, head: Token, lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the subject, and auxiliaries if the second verb has none, of the first verb."""
    if subject_of_clause(child) is not None:
        return ()
    subject = subject_of_clause(head)
    shared = tuple(subject_phrase(subject)) if subject is not None else lead
    shared += tuple(t for t in head.children if t.i < head.i and t.lower_ in HEDGES)
    bare = child.tag_ in {"VBN", "VBG", "VB"} and not has_auxiliary(child)
    been = any(t.dep_ in AUXILIARY and t.lower_ == "been" for t in child.children)
    been = (
        been and sum(t.dep_ in AUXILIARY for t in child.children) == 1
    )  # "will have P and been Q"
    if bare or been or _shares_auxiliary(child, head):
        shared += tuple(t for t in head.children if t.i < head.i and t.dep_ in AUXILIARY | {"neg"})
    return shared


def subject_phrase(subject: Token) -> list[Token]:
    """Return a subject's tokens without the clauses and asides that hang on it."""
    dropped: set[int] = set()
    vague = subject.lower_ in {"those", "anyone", "everyone", "people", "one", "somebody"}
    for token in () if vague else subject.subtree:
        listed = any(t.dep_ == "conj" for t in token.children) or token.head.dep_ == "conj"
        apart = token.dep_ == "appos" and token.i > subject.i and not listed
        if token.dep_ in {"relcl", "acl"} or apart:
            dropped |= subtree(token)
    tokens = [t for t in subject.subtree if t.i not in dropped]
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].pos_ in {"ADV", "CCONJ"}):
        tokens.pop()
    return tokens


def beginning(child: Token, head: Token) -> int:
    """The position behind the "and" that joins a second clause, or its first token."""
    first = min(t.i for t in child.subtree)
    links = [t.i for t in head.children if t.dep_ == "cc" and head.i < t.i < first]
    between = head.doc[links[-1] + 1 : first] if links else ()
    verbal = any(t.pos_ in VERBAL and t.lower_ != "according" for t in between)
    return first if verbal or not links else links[-1] + 1


def link(child: Token, head: Token) -> frozenset[int]:
    """Return the "and" or "but" that joined a clause which is now apart, or the marks around it."""
    below = {t.i for t in child.subtree}
    first = min(below)
    if child.dep_ == "relcl":
        last = next(i for i in count(first) if i + 1 not in below)
        opened = any(t.text in {",", "("} for t in child.doc[child.head.i : first - 1])
        # "Ann Lee, 59, who left in May, said": the second comma closes what the first opened.
        # "... in Rome, where he lives, is known and was seen": the second one parts the verbs.
        behind = child.doc[last + 2 : last + 3]
        verbs = (t for t in behind if t.dep_ == "conj" and is_finite(t))
        listed = any(subject_of_clause(t) is None for t in verbs)
        sides = (first - 1,) if opened or listed else (first - 1, last + 1)
        around = [i for i in sides if 0 <= i < len(child.doc)]
        return frozenset(i for i in around if child.doc[i].text in DASHES | {","})
    return frozenset(
        word.i  # with the "as well" of "as well as"
        for t in head.children
        if t.dep_ == "cc" and head.i < t.i < first and beginning(child, head) - t.i <= 3
        for word in t.subtree
    )
