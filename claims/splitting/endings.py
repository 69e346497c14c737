"""Tell whether the parser counts more to what is said than the speaker said."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from claims.splitting import verbs
from claims.splitting.clauses import PAST_ONLY, agree
from claims.splitting.grammar import (
    AUXILIARY,
    CLAUSAL,
    DASHES,
    FINITE,
    SUBJECTS,
    VERBAL,
    has_auxiliary,
    is_finite,
    own_subject,
)
from claims.splitting.spans import is_in_quotation

_SPEAKING = verbs.SAYS_BY_ITSELF - {"agree", "suggest", "continue"} | {
    "cite",
    "point",
    "refer",
    "describe",
}
_PEOPLE = frozenset("i you he she we they who".split())


def may_end_before(verb: Token, content: frozenset[int]) -> bool:
    """Whether the parser may count more to what is said than the speaker said.

    "They believe P; in fact, Q", "she said P and left", "she admits it was hard, but
    remained calm": nobody knows without reading where P ends.
    """
    tokens = [verb.doc[i] for i in sorted(content)]
    if any(t.text == ";" for t in tokens[1:]) and not is_in_quotation(tokens[0].nbor()):
        return True
    conceded = (t for t in tokens if t.dep_ == "mark" and t.lower_ in {"although", "though"})
    grants = any(t.i and t.nbor(-1).text == "," and not is_in_quotation(t) for t in conceded)
    if grants or (verb.i < tokens[0].i and _has_remark(tokens)):
        return True
    opposed = [t for t in tokens[1:] if t.dep_ == "mark" and t.lower_ in {"while", "whereas"}]
    if any(t.head.lemma_ in verbs.ASSERTS and _quotes(t.head) for t in opposed):
        return True  # 'said P while Holm declared, "Q"'
    if any(not is_in_quotation(t) and is_finite(t.head) and _is_behind(t, verb) for t in opposed):
        return True  # "said P while talks went on"
    heads = [verb, *(t for t in tokens if t.dep_ in CLAUSAL and t.head.i == verb.i)]
    if any(is_apart(t) and not is_in_quotation(t) for t in tokens for is_apart in _APART):
        return True
    return any(
        child.pos_ in VERBAL
        and verb.i < child.i
        and verb.i < max(content)  # not '"P," said Lee, who came and was first'
        and child.lemma_ not in verbs.ASSERTS | verbs.DENIES
        and own_subject(child) is None
        and not (has_auxiliary(child) and own_subject(head) is None)
        and (
            head.i == verb.i
            or (is_in_quotation(head) and not is_in_quotation(child))
            or _is_impersonal(head)
            or not _fits(head, child)
            or (
                _is_told_back(child, head)
                and verb.tag_ == "VBD"
                and (_is_present(head) or _is_perfect(head, child))
            )
        )
        for head in heads
        for child in head.children
        if child.dep_ == "conj"
    )


def _has_remark(tokens: Sequence[Token]) -> bool:
    """Whether words behind a mark may be the writer's: "said P, but Q", "said P — despite Q".

    Of what is printed between quotation marks all is the speaker's.
    """
    outside = [t for t in tokens if not is_in_quotation(t)]
    dashes = sum(t.text in DASHES for t in outside)
    if dashes % 2:
        return True  # a second one would close an aside
    pairs = [(a, b) for a, b in pairwise(tokens) if b.i == a.i + 1 and not is_in_quotation(b)]
    goes_on = (b.head for a, b in pairs if a.text == '"' and b.dep_ == "cc" and b.lower_ == "and")
    joined = (t for verb in goes_on for t in verb.children if t.dep_ == "conj")
    return any(own_subject(t) is not None for t in joined) or any(
        _opens_remark(b) for a, b in pairs if a.text == ","
    )


def _opens_remark(first: Token) -> bool:
    """Whether it is ", despite Q", ", something that Q", ", leaving Q" or ", but they are Q"."""
    if first.lower_ in {"despite", "something", "but"}:
        return True
    return first.tag_ == "VBG" and first.dep_ == "advcl"


def _is_behind(mark: Token, verb: Token) -> bool:
    """Whether its clause follows what is said."""
    speaks = mark.head.lemma_ in verbs.ASSERTS and mark.nbor(-1).text == ","
    return mark.i > mark.head.head.i > verb.i and not speaks


def _repeats(word: Token) -> bool:
    """Whether it is the "did" of "they believed P, as did most of them"."""
    auxiliary = word.pos_ == "AUX" or word.lemma_ in {"do", "have", "be"}
    return auxiliary and word.i > 1 and word.doc[word.i - 2 : word.i].text.lower() == ", as"


def _goes_back(verb: Token) -> bool:
    """Whether it is no infinitive beside one: "said she will allow P but signaled Q"."""
    ahead = verb.head.tag_ == "VB" and any(t.tag_ == "MD" for t in verb.head.children)
    joined = verb.dep_ == "conj" and verb.tag_ in FINITE and own_subject(verb) is None
    return ahead and joined and not has_auxiliary(verb)


def _may_speak(token: Token) -> bool:
    """Whether a verb of saying within what is said may not be its subject's.

    "Said the plan will cost less but vowed", "said there are votes, forecasting a win".
    """
    if token.lemma_ not in _SPEAKING or own_subject(token) is not None:
        return False
    if token.dep_ == "conj" and not _fits(token.head, token):
        return True  # "critics say Lee is wrong and have warned"
    if has_auxiliary(token):
        return False
    if token.dep_ in {"acl", "advcl"}:
        return token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).text == ","
    subject = own_subject(token.head)
    if token.dep_ != "conj" or token.tag_ not in FINITE or subject is None:
        return False
    person = subject.pos_ == "PROPN" or subject.ent_type_ in {"PERSON", "ORG"}
    return not person and subject.lower_ not in _PEOPLE


_APART = (_may_speak, _goes_back, _repeats)


def _quotes(verb: Token) -> bool:
    """Whether a quotation opens right behind the verb."""
    return any(t.text == '"' for t in verb.doc[verb.i + 1 : verb.i + 3])


def _fits(head: Token, child: Token) -> bool:
    """Whether the number of the second verb is that of the first one's subject."""
    subject = own_subject(head)
    return subject is None or agree(subject, child)


def _is_present(verb: Token) -> bool:
    """Whether it is "is" or "is concerned"; "has come" may be followed by a past form."""
    being = (t for t in verb.children if t.dep_ in AUXILIARY and t.lemma_ == "be")
    return any(t.tag_ in {"VBZ", "VBP"} for t in (verb, *being))


def _is_told_back(child: Token, head: Token) -> bool:
    """Whether it is a past form; the parser takes the one of "has a son and called" for another."""
    other = child.tag_ == "VBN" and not has_auxiliary(child) and not has_auxiliary(head)
    return child.tag_ == "VBD" or (other and head.lemma_ == "have")


def _is_perfect(verb: Token, past: Token) -> bool:
    """Whether no past form can go on with it: "said they had lost and took some blame"."""
    return verb.tag_ == "VBN" and has_auxiliary(verb) and past.lower_ in PAST_ONLY


def _is_impersonal(verb: Token) -> bool:
    """Whether its subject is a mere "it" or "that", of which a second verb is rarely told."""
    impersonal = {"it", "there", "that", "this"}
    return any(t.lower_ in impersonal for t in verb.children if t.dep_ in SUBJECTS | {"expl"})
