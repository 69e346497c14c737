"""Recognise sentences that state nothing: items of lists, tags of quotations, questions told."""

from itertools import pairwise

from spacy.tokens import Span

from claims.splitting.grammar import CLAUSAL, FINITE, has_auxiliary, is_finite, own_subject
from claims.splitting.spans import marks_before
from claims.splitting.verbs import SAYS_BY_ITSELF

_SHORTEST = 7
"""Tokens of a sentence."""
_LONGEST_ANSWER = 3
"""Tokens between quotation marks, the comma among them."""
_LONGEST_LABEL = 6
"""Tokens before a colon."""
_UTTERING = frozenset({"read", "write"})
_SPOKEN = frozenset({"say", "tell", "add", "tweet", "learn", "ask"})
_AGREEING = frozenset({"right", "sure", "yeah", "yes"})
_OF_TITLES = frozenset({"what", "why", "how"})
_POINTS_OUT = frozenset("a an the those these people all".split())


def states_nothing(tokens: Span) -> bool:
    """Whether a sentence lacks what would make it a statement, or only tells who spoke."""
    return any(lacks(tokens) for lacks in _LACKING)


def only_asks(tokens: Span) -> bool:
    """Whether it is '"Did he go?" wondered Lee.': a question, and who asks it."""
    root = tokens.root
    end = next((t.i for t in tokens if t.text == "?"), None)
    if end is None or root.i < end or tokens.doc[end + 1 : end + 2].text != '"':
        return False
    asks = root.lemma_ in SAYS_BY_ITSELF | {"ask", "wonder"}
    only_once = sum(t.text in {"?", "."} for t in tokens[: end - tokens.start + 1]) == 1
    behind = tokens.doc[end + 2 : tokens.end]
    return asks and only_once and not any(t.tag_ in FINITE and t.i != root.i for t in behind)


def only_ends_quotation(tokens: Span) -> bool:
    """Whether a quotation ends in it without a verb, and who spoke: 'More control," Lee said.'."""
    doc, root = tokens.doc, tokens.root
    closing = next((t for t in tokens if t.text == '"'), None)
    says = root.lemma_ in SAYS_BY_ITSELF | _UTTERING
    if (
        closing is None
        or not says
        or root.i < closing.i
        or marks_before(doc, tokens.start) % 2 == 0
    ):
        return False
    quoted = doc[tokens.start : closing.i]
    return len(quoted) > 1 and not any(t.tag_ in FINITE or t.tag_ == "VB" for t in quoted)


def only_answers(tokens: Span) -> bool:
    """Whether it is '"Correct," Lee replied.': no more than yes or no, and who says it."""
    root, closing = tokens.root, next((t for t in tokens[1:] if t.text == '"'), None)
    if tokens[0].text != '"' or closing is None or root.lemma_ not in SAYS_BY_ITSELF:
        return False
    quoted = tokens[1 : closing.i - tokens.start]
    others = (t for t in tokens if t.tag_ in FINITE and t.i != root.i)
    return root.i > closing.i and 0 < len(quoted) <= _LONGEST_ANSWER and next(others, None) is None


def _hangs_on_before(tokens: Span) -> bool:
    """Whether it is "Which it did." or "Nor that P.", torn off the sentence before."""
    denies = tokens[0].lower_ in {"nor", "not"} and tokens[1:2].text == "that"
    denies = denies and all(t.text != ":" for t in tokens)  # "Not that P: Q"
    denies = denies or (tokens[0].text == "(" and tokens[1:3].text.lower() == "or that")
    # "Not by hand, as Lee thinks, but by machine."
    begins = tokens[0].lower_ == "not" and tokens[1:2].text.lower() in {"by", "with", "for", "in"}
    likened = {i.i for t in tokens if t.lower_ == "as" for i in t.head.subtree}
    begins = begins and all(t.i in likened for t in tokens if t.tag_ in FINITE)
    # "Where Jobs Grew.", "As it was in May."
    where = tokens[0].lower_ == "where" or (tokens[0].dep_ == "mark" and len(tokens) <= _SHORTEST)
    where = where and tokens[0].lower_ in {"where", "as"} and tokens[0].head == tokens.root
    where = where and tokens[-1].text != ":"
    return (
        denies
        or begins
        or where
        or (tokens[0].lower_ == "which" and tokens[0].tag_ in {"WDT", "WP"})
    )


def _only_names(tokens: Span) -> bool:
    """Whether all its verbs tell which ones are meant, or when: "The people who are out there."."""
    root = tokens.root
    verbs = [t for t in tokens if t.tag_ in FINITE]
    label = next((t.i for t in tokens[:_LONGEST_LABEL] if t.text == ":"), None)
    if label is not None and root.pos_ in {"NOUN", "PROPN"}:  # "Ann Lee: the mayor, who left"
        outside = (t for t in verbs if all(a.dep_ != "relcl" for a in (t, *t.ancestors)))
        return bool(verbs) and next(outside, None) is None
    return (
        root.pos_ in {"NOUN", "PRON"}
        and bool(verbs)
        and tokens[0].lower_ in _POINTS_OUT
        and all(any(a.dep_ in {"relcl", "acl", "advcl"} for a in (t, *t.ancestors)) for t in verbs)
    )


def _only_opens(tokens: Span) -> bool:
    """Whether it is "In the years before they left:", with a list behind it.

    Or "They framed the question this way, Lee said:", with the question behind it.
    """
    if tokens[-1].text != ":":
        return False
    words = [t.lower_ for t in tokens]
    thus = ("this", "way") in pairwise(words)
    return thus or (tokens.root.dep_ == "ROOT" and tokens.root.pos_ == "ADP")


def _is_title(tokens: Span) -> bool:
    """Whether it is "What the drop means for Ohio.", the title of something else."""
    first, root = next((t for t in tokens if t.is_alpha), tokens[0]), tokens.root
    subject = own_subject(root)
    if first.lower_ not in _OF_TITLES or first.head.i != root.i or subject is None:
        return False
    asked = any(t.dep_ == "aux" and t.i < subject.i for t in root.children)
    others = (t for t in tokens if t.tag_ in FINITE and root.i not in {t.i, t.head.i})
    return not asked and next(others, None) is None


def _mocks(tokens: Span) -> bool:
    """Whether it is "Right, because that worked so well.", which means the opposite."""
    return tokens[0].lower_ in _AGREEING and tokens[1:3].text.lower() == ", because"


def _only_attributes(tokens: Span) -> bool:
    """Whether it tells who spoke the words printed around it: "Lee, a nurse, said in May."."""
    root = tokens.root
    return (
        root.lemma_ in _SPOKEN
        and is_finite(root)
        and tokens.doc[root.i + 1 : root.i + 2].text.lower()
        not in {"for", "of"}  # "They asked for 10 boats."
        and tokens[-1].text != ":"
        and all(
            t.dep_ in {"prep", "npadvmod", "punct"} or (root.lemma_ == "tell" and t.pos_ == "PROPN")
            for t in root.children
            if t.i > root.i
        )
        and not any(
            t.dep_ == "mark" and t.lower_ == "that" for t in tokens[root.i - tokens.start :]
        )
        and not any(t.dep_ in CLAUSAL | {"auxpass"} or t.text == '"' for t in root.children)
    )


def _has_no_subject(tokens: Span) -> bool:
    """Whether it is an item of a list: "Directs the agency to use its powers."."""
    first = next((t for t in tokens if t.is_alpha), tokens[0])
    bare = first.tag_ in {"VBZ", "VBN"} and first.dep_ == "ROOT" and own_subject(first) is None
    return bare and not any(t.dep_ == "ccomp" for t in first.children)  # "Turns out he won."


def _is_gerund(tokens: Span) -> bool:
    """Whether it is an item of a list: "2) Failing to stand for those who left"."""
    root = tokens.root
    first = next((t for t in tokens if t.is_alpha), tokens[0])
    bare = root.tag_ == "VBG" and root.i == first.i and not has_auxiliary(root)
    return bare and all(
        any(a.dep_ in {"relcl", "acl"} for a in (t, *t.ancestors))
        for t in tokens
        if t.tag_ in FINITE
    )


_LACKING = (
    _hangs_on_before,
    _only_names,
    _only_opens,
    _is_title,
    _mocks,
    _only_attributes,
    _has_no_subject,
    _is_gerund,
)
