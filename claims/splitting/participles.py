"""Who says it with a participle: "Lee left, saying P", "P, Lee said, adding that Q"."""

from spacy.tokens import Token

from claims.splitting import verbs
from claims.splitting.grammar import is_finite, own_subject, subject_of
from claims.splitting.parties import are_a_share, can_speak, is_body, is_document, is_somebody

_UTTERING = frozenset("say tell write tweet post state testify note explain reply respond".split())


def source_of_participle(verb: Token, subject: Token) -> tuple[bool, Token | None]:
    """The same for "saying P" behind another verb, of which ``subject`` is the subject."""
    if goes_on_saying(verb):
        return True, own_subject(verb.head)
    shown = verb.lemma_ in verbs.SIGNS and not is_document(subject)  # "they fell, suggesting P"
    above = verb.head.head
    told = verb.head.dep_ == "ccomp" and above.i < verb.i and above.lemma_ in verbs.ASSERTS
    told = told and complainer(verb) is None
    teller, first = subject_of(above), own_subject(verb.head)
    lifeless = first is not None and not is_somebody(first)
    if told and lifeless and teller is not None and verb.nbor(-1).text in {",", '"'}:
        return True, teller  # "groups said the rules failed, claiming P"
    below = verb.head.dep_ == "advcl" or told  # "critics argue that Lee failed, saying P"
    below = below and verb.i > verb.head.i and verb.nbor(-1).text == ","
    shown = shown or below  # "it came after Lee agreed, saying P": she, or whoever sent it
    if (nearer := _nearer(verb, subject)) is not None:
        return may_tell(verb, nearer), nearer
    if shown or not is_somebody(subject) or are_a_share(verb):
        return False, None  # "the concessions come on the heels of leaders declaring P"
    return may_tell(verb, subject), subject


def _nearer(verb: Token, subject: Token) -> Token | None:
    """The person of a clause in between: "Sony cut it, a thing Lee disparaged, saying P"."""
    if subject.ent_type_ == "PERSON" or subject.pos_ == "PRON" or verb.i < verb.head.i:
        return None
    if is_document(subject):  # "the memos show Lee complaining about Holm, saying P"
        shown = (t for t in verb.head.children if t.dep_ == "dobj" and t.i < verb.i)
        return next((t for t in shown if t.ent_type_ == "PERSON"), None)
    between = reversed(verb.doc[verb.head.i + 1 : verb.i])
    return next((t for t in between if t.dep_ == "nsubj" and t.ent_type_ == "PERSON"), None)


def goes_on_saying(verb: Token) -> bool:
    """Whether whoever spoke says more: "P, Lee said, adding that Q"."""
    above = verb.head
    spoke = verb.dep_ == "advcl" and above.lemma_ in _UTTERING and above.i < verb.i
    spoke = spoke and (verb.lemma_ == "add" or verb.lemma_ not in verbs.SIGNS)
    told = any(t.dep_ == "ccomp" and t.i < above.i and is_finite(t) for t in above.children)
    return spoke and told and own_subject(above) is not None


def may_tell(verb: Token, subject: Token) -> bool:
    """Whether the subject tells something with the verb, and does not merely show it."""
    if verb.lemma_ in {"confirm", "reveal", "conclude"}:  # not "a test confirmed"
        return is_somebody(subject) or subject.lemma_ == "source" or is_body(subject)
    if verb.lemma_ == "show" and subject.ent_type_ == "GPE":
        return False  # "Peru has shown that it can"
    return verb.lemma_ not in verbs.SIGNS or can_speak(subject)


def complainer(verb: Token) -> Token | None:
    """Who is quoted in 'Lee complained that they failed, tweeting, "P"'."""
    quotes = verb.i > 0 and any(t.text == '"' for t in verb.doc[verb.i + 1 : verb.i + 3])
    if not (quotes and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.nbor(-1).text == ","):
        return None
    said = next((a for a in verb.ancestors if a.lemma_ in verbs.ASSERTS), None)
    over = () if said is None else (own_subject(a) for a in (said, *said.ancestors))
    return next((s for s in over if s is not None and can_speak(s)), None)
