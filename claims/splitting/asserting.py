"""Tell which verbs say something, and do not merely tell which people are meant."""

from spacy.tokens import Token

from claims.splitting import verbs
from claims.splitting.grammar import has_auxiliary, own_subject
from claims.splitting.spans import is_in_quotation

_UNREAL = frozenset({"would", "could", "should", "might", "may", "will", "'d", "can", "ca", "must"})
_REFUSING = frozenset("refuse decline fail forget avoid stop hesitate".split())
"""Who "refused to say when" says nothing."""


def asserts(verb: Token) -> bool:
    """Whether the verb says something here, and does not merely tell which people are meant.

    "Students who said they were robbed" and "with 40 percent saying yes" attribute
    nothing; "which the bank says is enough" does. Nor does "would say".
    """
    no_saying = verb.i > 0 and verb.nbor(-1).text == "-"  # "an under-reported point"
    no_saying = no_saying or verb.doc[max(0, verb.i - 1) : verb.i + 1].text.lower() == "all told"
    # "was responding to claims that P"
    answers = verb.lemma_ == "respond" and any(t.lower_ == "to" for t in verb.children)
    no_saying = no_saying or answers
    if verb.lemma_ not in verbs.ASSERTS | verbs.DENIES or verb.dep_ == "acl" or no_saying:
        return False
    subject = own_subject(verb)
    owned = subject is not None and any(t.tag_ == "POS" for t in subject.children)
    if owned or not _is_linked(verb, subject):
        return False  # "the mayor's reported plans"
    if verb.dep_ == "relcl" and (subject is None or subject.ent_type_ not in {"ORG", "PERSON"}):
        return False
    bare = verb.tag_ == "VB" and not any(t.dep_ == "aux" for t in verb.children)
    likely = verb.tag_ == "VB" and (verb.head.pos_ == "ADJ" or subject is not None)
    heard = bare or (likely and any(t.lower_ == "to" for t in verb.children))
    meant = verb.tag_ == "VB" and verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"
    heard = heard or (meant and any(t.dep_ == "aux" and t.tag_ == "TO" for t in verb.children))
    if heard or (verb.dep_ == "xcomp" and verb.head.lemma_ in _REFUSING):
        return False  # "heard her say P", "more likely than Lee to say P", "refused to say when"
    bare = verb.tag_ == "VBG" and not has_auxiliary(verb)
    if bare and (subject is not None or verb.lemma_ in verbs.THINKS):
        return False
    turned = any(t.dep_ == "neg" or t.lower_ in {"nor", "neither"} for t in verb.children)
    denied = turned and verb.lemma_ not in verbs.DENIES
    return not denied and not any(t.dep_ == "aux" and t.lower_ in _UNREAL for t in verb.children)


def _is_linked(verb: Token, subject: Token | None) -> bool:
    """Whether print joins it to a clause before; "ten ships the city proposed that P" is one."""
    follows = verb.dep_ == "conj" or any(t.dep_ == "ccomp" and t.i < verb.i for t in verb.children)
    if not follows or subject is None or subject.i > verb.i:
        return True
    before = min(subject.subtree, key=lambda t: t.i)
    before = before.nbor(-1) if before.i else before
    if before.text == '"' and before.i and is_in_quotation(before):  # it closes one
        before = before.nbor(-1)
    return before.pos_ not in {"NOUN", "PROPN"}
