"""Tell which verbs beside a mark tell who said something."""

from spacy.tokens import Token

from claims.splitting.asserting import only_points
from claims.splitting.grammar import has_auxiliary, own_subject
from claims.splitting.parties import is_somebody
from claims.splitting.verbs import SAYS_BY_ITSELF

CHIPPING_IN = frozenset({"chip", "chime"})
"""Only marks tell '"P," he chipped in' from "he chipped a tooth"."""
_TENSES = frozenset({"VBD", "VBZ", "VBP"})
_TALK = SAYS_BY_ITSELF - {"suggest"} | CHIPPING_IN
_TAKEN = frozenset({"dobj", "attr", "acomp", "xcomp", "ccomp", "oprd"})
"""What a verb of another kind goes on with: '"P," he was glad to hear'."""


def tells(verb: Token) -> bool:
    """Whether the verb, in a tense, may say who said what stands beside a mark next to it."""
    spoken = verb.lemma_ in _TALK or _puts_it(verb) or _follows_quotation(verb)
    spoken = spoken and not only_points(verb)
    return ((spoken or _is_inverted(verb)) and _is_told(verb)) or _is_printed(verb)


def _puts_it(verb: Token) -> bool:
    """Whether it is "as he put it": what stands before are his words."""
    doc = verb.doc
    return (
        verb.lower_ in {"put", "puts"}
        and verb.i + 1 < len(doc)
        and doc[verb.i + 1].lower_ == "it"
        and any(t.lower_ == "as" for t in doc[max(0, verb.i - 4) : verb.i])
    )


def _follows_quotation(verb: Token) -> bool:
    """Whether it is '"P," she began.': behind such a mark any verb tells how it was said."""
    subject = own_subject(verb)
    if subject is None or subject.i > verb.i or verb.i + 1 >= len(verb.doc):
        return False
    if not is_somebody(subject):
        return False  # "surveying “likely voters,” her lead grew"
    first = min(t.i for t in subject.subtree)
    closed = first > 1 and verb.doc[first - 1].text == '"' and verb.doc[first - 2].text == ","
    behind = verb.nbor()
    ends = (
        behind.is_punct
        or behind.pos_ in {"ADP", "ADV", "SCONJ"}
        or behind.ent_type_ in {"DATE", "TIME"}
    )
    return closed and ends and not any(t.dep_ in _TAKEN and t.i > verb.i for t in verb.children)


def _is_inverted(verb: Token) -> bool:
    """Whether it is '"P," reflected Ann Lee': right between such a mark and a person's name."""
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    named = verb.doc[verb.i + 1 : verb.i + 2]
    return before.text in {',"', '?"', '!"'} and any(t.ent_type_ == "PERSON" for t in named)


def _is_printed(verb: Token) -> bool:
    """Whether it is '"P," read the ads', of which the parser may take the form for another."""
    listed = any(t.text == ":" for t in verb.doc[verb.i : verb.sent.end])
    return verb.lower_ in {"read", "reads"} and verb.doc[verb.i - 1].text == '"' and not listed


def _is_told(verb: Token) -> bool:
    """Whether it is in a tense; the parser takes some past forms for participles."""
    return verb.tag_ in _TENSES or (verb.tag_ == "VBN" and not has_auxiliary(verb))
