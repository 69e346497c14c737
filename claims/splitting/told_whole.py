"""Hear who speaks in a sentence that stays whole, as the parser sees no clause in it."""

from itertools import takewhile

from spacy.tokens import Span

from claims.splitting.asserting import asserts
from claims.splitting.grammar import FINITE, own_subject, subtree
from claims.splitting.parties import is_body, is_somebody
from claims.splitting.saying import Saying

_TAGS = frozenset({"say", "note", "report", "write", "add"})
_LONGEST_NAME = 6


def closing_tag(sentence: Span) -> Saying | None:
    """Who says it in "P, the Tarn Herald notes." where the parser sees no clause in P."""
    doc, verb = sentence.doc, sentence[max(0, len(sentence) - 2)]
    says = verb.lemma_ in _TAGS and (verb.tag_ in FINITE or verb.tag_ == "NNS")
    if not says or any(t.text == '"' for t in sentence):
        return None
    named = takewhile(
        lambda i: doc[i].pos_ in {"PROPN", "DET"}, range(verb.i - 1, sentence.start, -1)
    )
    first = min(named, default=verb.i)
    told = doc[sentence.start : first - 1]
    short = 0 < verb.i - first <= _LONGEST_NAME and doc[first - 1].text == ","
    if not short or doc[verb.i - 1].pos_ != "PROPN" or not any(t.tag_ in FINITE for t in told):
        return None
    frame = frozenset(range(first - 1, sentence.end))
    return Saying(verb, doc[verb.i - 1], frame, frozenset(t.i for t in told))


def told_whole(sentence: Span) -> Saying | None:
    """Who says it where the parser sees no clause behind: "Lee said many who came left"."""
    verb, doc = sentence.root, sentence.doc
    source = own_subject(verb)
    if verb.lemma_ != "say" or verb.tag_ not in FINITE or source is None or source.i > verb.i:
        return None
    if source.dep_ != "nsubj" or any(t.dep_ == "auxpass" for t in verb.children):
        return None  # "Lee was asked if P"
    between = doc[max(subtree(source)) + 1 : verb.i]
    if not all(t.pos_ in {"AUX", "ADV"} or t.text == "," for t in between):
        return None  # "although boards lost, Lee said P"
    several = any(t.dep_ == "conj" for t in source.children)  # "8% back Lee and 6% said P"
    if several or any(t.dep_ == "conj" and own_subject(t) is not None for t in verb.children):
        return None  # "Lee said so, but the host left"
    behind = doc[verb.i + 1 : sentence.end]
    states = any(t.tag_ in FINITE for t in behind) and not any(t.text == '"' for t in sentence)
    if not states or not asserts(verb) or not (is_somebody(source) or is_body(source)):
        return None
    frame = subtree(source) | {verb.i}
    content = frozenset(t.i for t in behind)
    return Saying(verb, source, frame, content, detachable=False)
