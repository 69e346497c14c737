"""See who is described beside a verb of saying: "Lee, a nurse, said", "said Lee, a nurse"."""

from itertools import takewhile

from spacy.tokens import Span, Token

from claims.splitting.afterwards import only_accompanies
from claims.splitting.grammar import FINITE, own_subject
from claims.splitting.naming import is_acronym
from claims.splitting.spans import entities, marks_before

_CONNECTING = frozenset(
    "that which who whose whom because if when where while as and but what whatever how".split()
)
_LONGEST_DESCRIPTION = 40
"""Tokens of a name and who bears it, up to the verb."""


def behind_quotation(start: int, sentence: Span) -> int | None:
    """Where the speaker's name begins behind a quotation: '," said' of "Lee, a nurse, said".

    None where the words before ``start`` do not describe somebody named right there.
    """
    doc = sentence.doc
    first = start
    while first > sentence.start and doc[first - 1].text != '"':
        first -= 1
    words = doc[first:start]
    closed = first > sentence.start and closes_quotation(first, doc[first])
    name = takewhile(lambda t: t.text != ",", words)
    named = any(t.ent_type_ == "PERSON" for t in name)
    if not closed or not named or len(words) > _LONGEST_DESCRIPTION or words[-1].text != ",":
        return None
    if words[0].pos_ == "ADP":
        return None  # 'she was "glad" about the call of Lee, but said'
    return first if only_accompanies(words) else None


def behind_comma(start: int, sentence: Span) -> int | None:
    """Where the speaker's name begins at the end of a sentence: ", Lee of the board, said.".

    Or ", Lee, a nurse from Hull, said." and ", the state agency, KCNA, said.".
    """
    doc = sentence.doc
    if doc[start - 1].text != ",":
        return None
    commas = [t.i for t in doc[sentence.start : start - 1] if t.text == ","]
    for comma in reversed(commas[-2:]):
        if (first := _named_from(comma + 1, start, sentence)) is not None:
            return first
    return None


def _named_from(first: int, start: int, sentence: Span) -> int | None:
    """Where somebody begins who is named between the two places; None if nobody is."""
    doc = sentence.doc
    words = doc[first : start - 1]
    if not len(words):
        return None
    names = [e for e in entities(words) if e.label_ == "PERSON"]
    named = bool(names) and all(t.pos_ == "PROPN" or t.is_punct for t in doc[first : names[0].end])
    named = named or _is_named_body(words)
    told = any(t.tag_ in FINITE for t in doc[sentence.start : first])
    owner = any(t.dep_ == "cc" for t in doc[max(sentence.start, first - 4) : first - 1])
    marks = [t.i for t in doc[sentence.start : first] if t.text == '"']
    if marks and not any(t.tag_ in FINITE for t in doc[marks[-1] : first]):
        first = marks[-1] + 1  # '"P," general secretary for health, Ann Lee, said'
    return first if named and told and not owner and is_plain(words) else None


def _is_named_body(words: Span) -> bool:
    """Whether it is "the state news agency, KCNA"."""
    comma = next((n for n, t in enumerate(words) if t.text == ","), 0)
    name = words[comma + 1 :]
    called = comma > 1 and words[0].lower_ == "the" and words[comma - 1].pos_ == "NOUN"
    return called and len(name) > 0 and all(t.pos_ == "PROPN" for t in name)


def up_to_verb(end: int, sentence: Span) -> int:
    """Where the sentence goes on behind "P, says Lee, a nurse in Hull, is Q": its last comma."""
    doc = sentence.doc
    commas = (t.i for t in doc[end + 1 : sentence.end] if t.text == ",")
    for comma in takewhile(lambda i: is_plain(doc[end + 1 : i]), commas):
        verb = doc[comma + 1 : comma + 2]
        subject = next((own_subject(v) for t in verb for v in (t, t.head) if own_subject(v)), None)
        if subject is not None and subject.i < end and any(t.tag_ in FINITE for t in verb):
            return comma if comma > end + 1 else end
    return end


def closes_quotation(start: int, verb: Token) -> bool:
    """Whether the mark before the words ends a quotation."""
    if start < 2 or verb.doc[start - 1].text != '"':
        return False
    marks = marks_before(verb.doc, start)
    stop = verb.doc[start - 2]
    return marks % 2 == 0 or (stop.text in {",", "?", "!"} and not stop.whitespace_)


def is_plain(words: Span) -> bool:
    """Whether the words hold no clause: nothing finite, nothing that joins one."""
    linking = (t for t in words if t.lower_ in _CONNECTING and not is_acronym(t))
    return not any(t.tag_ in FINITE for t in words) and not any(linking)
