"""Tell which verbs say something, and do not merely tell which people are meant."""

from spacy.tokens import Token

from claims.splitting import verbs
from claims.splitting.grammar import SUBJECTS, has_auxiliary, own_subject
from claims.splitting.spans import is_in_quotation

_UNREAL = frozenset({"would", "could", "should", "might", "may", "will", "'d", "can", "ca", "must"})
_REFUSING = frozenset("refuse decline fail forget avoid stop hesitate".split())
"""Who "refused to say when" says nothing."""
_HARDLY = frozenset("nor neither rarely seldom hardly scarcely".split())
_NONE = frozenset("no nobody none neither hardly".split())
_GOING_ON = frozenset({"continue to", "continues to", "continued to"})
_SUPPOSED = frozenset({"believe", "think", "assume", "fear", "expect"})
_SOME = frozenset("a the his her its their our my quite".split())
"""With them a few say something after all."""


def asserts(verb: Token) -> bool:
    """Whether the verb says something here, and does not merely tell which people are meant.

    "Students who said they were robbed" and "with 40 percent saying yes" attribute
    nothing; "which the bank says is enough" does. Nor does "would say".
    """
    no_saying = verb.i > 0 and verb.nbor(-1).text == "-"  # "an under-reported point"
    no_saying = no_saying or _is_plural(verb)
    # "Peru continues to do business"
    no_saying = no_saying or verb.doc[verb.i : verb.i + 2].text.lower() in _GOING_ON
    no_saying = no_saying or verb.doc[max(0, verb.i - 1) : verb.i + 1].text.lower() == "all told"
    # "was responding to claims that P"
    answers = verb.lemma_ == "respond" and any(t.lower_ == "to" for t in verb.children)
    no_saying = no_saying or answers or only_points(verb)
    no_saying = no_saying or any(t.dep_ == "oprd" for t in verb.children)  # "workers deemed safe"
    if verb.lemma_ not in verbs.ASSERTS | verbs.DENIES or verb.dep_ == "acl" or no_saying:
        return False
    subject = own_subject(verb)
    owned = subject is not None and any(t.tag_ == "POS" for t in subject.children)
    if owned or not _is_linked(verb, subject):
        return False  # "the mayor's reported plans"
    where = any(t.lower_ == "where" for t in verb.lefts) and verb.tag_ == "VBD"
    named = subject is not None and (subject.ent_type_ in {"ORG", "PERSON"} or where)
    if verb.dep_ == "relcl" and not named:
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
    denied = is_denied(verb) and verb.lemma_ not in verbs.DENIES
    return not denied and not any(t.dep_ == "aux" and t.lower_ in _UNREAL for t in verb.children)


def _is_plural(verb: Token) -> bool:
    """Whether it is the noun of "like other caucus states the voting is secret"."""
    before = verb.nbor(-1) if verb.i else verb
    named = before.pos_ in {"NOUN", "ADJ"} and before.dep_ not in SUBJECTS
    return verb.lower_ in {"states", "reports", "claims", "notes"} and named


def only_points(verb: Token) -> bool:
    """Whether somebody points at a thing, and does not point out that something is so."""
    return verb.lemma_ == "point" and all(t.lower_ != "out" for t in verb.children)


def is_denied(verb: Token) -> bool:
    """Whether it is "has not said", "no longer says", or "nobody says": said by none or few."""
    turned = any(
        t.dep_ == "neg"
        or t.lower_ in _HARDLY
        or (t.lower_ == "longer" and any(c.lower_ == "no" for c in t.children))
        for t in verb.children
    )
    subject = own_subject(verb)
    return turned or (subject is not None and _means_nobody(subject))


def _means_nobody(subject: Token) -> bool:
    """Whether it is "no study", "neither Lee nor Holm", "few experts" or "not a single one"."""
    doc, first = subject.doc, min(t.i for t in subject.subtree)
    words = {t.lower_ for t in doc[first : subject.i + 1] if t.head.i == subject.i or t == subject}
    words |= {t.lower_ for t in doc[first : subject.i] if t.head.head.i == subject.i}
    if words & _NONE or ("not" in words and "only" not in words):
        return True
    return "few" in words and not words & _SOME


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


def is_hedged(verb: Token) -> bool:
    """Whether the saying itself is in doubt: "reportedly said", "it's likely they have said"."""
    if verb.lemma_ in _SUPPOSED and any(t.dep_ == "auxpass" for t in verb.children):
        return True  # "it is believed"
    above = verb.head if verb.dep_ in {"ccomp", "xcomp"} else verb
    return any(child.lower_ in verbs.HEDGES for t in (verb, above) for child in t.children)
