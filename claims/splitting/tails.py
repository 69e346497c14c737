"""See by its print that a sentence ends in, or breaks off for, its attribution.

Long sentences often lead the parser astray here, and print does not: a mark, a
few words that name somebody, a verb of saying, and another mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claims.splitting.grammar import FINITE, SUBJECTS
from claims.splitting.verbs import SAYS_BY_ITSELF

_TENSES = frozenset({"VBD", "VBZ", "VBP"})
_MARKS = frozenset({",", '"', ";", "—", "--", "–", ":"})
_CONNECTING = frozenset("that which who whom because if when while as and but".split())
_TALK = SAYS_BY_ITSELF - {"suggest"}
_LONGEST_SOURCE = 14
"""Tokens of the phrase that names who says it."""
_SHORTEST_CONTENT = 3


@dataclass(frozen=True, slots=True)
class Tail:
    """ ", the Herald reported", '," said Ann Lee, a former mayor' or "as Ann Lee noted"."""

    verb: Token
    source: Token
    frame: frozenset[int]


def tails(sentence: Span) -> Iterator[Tail]:
    """Yield the attributions set off by marks, in order."""
    for verb in sentence:
        if verb.lemma_ in _TALK and verb.tag_ in _TENSES and (tail := _tail(verb, sentence)):
            yield tail


def _tail(verb: Token, sentence: Span) -> Tail | None:
    doc = verb.doc
    start, end = _mark_before(verb, sentence), _mark_behind(verb, sentence)
    aside = doc[start].lower_ == "as"
    before, behind = doc[start + aside : verb.i], doc[verb.i + 1 : end]
    source = _source_in(before or behind)
    if (
        source is None
        or _inside_quotation(start, verb)
        or len(before or behind) > _LONGEST_SOURCE
        or (start - sentence.start < _SHORTEST_CONTENT and not aside)
        or any(t.tag_ in FINITE or t.lower_ in _CONNECTING for t in (*before, *behind))
        or (before and behind and not _is_circumstance(behind[0], verb))
        or not (aside or _closes(doc[end : sentence.end]))
    ):
        return None
    rest = doc[end : sentence.end]
    if (not before and _only_describes(rest)) or _cites(rest) or _names_a_show(rest):
        end = sentence.end
    elif verb.lemma_ == "tell":
        end = _up_to_quotation(end, sentence)
    return Tail(verb, source, frozenset(range(start, end)))


def _inside_quotation(start: int, verb: Token) -> bool:
    """Whether the mark before the words opens a quotation: it stands close to them."""
    mark = verb.doc[start - 1] if start else None
    return mark is not None and mark.text == '"' and not mark.whitespace_


def _mark_before(verb: Token, sentence: Span) -> int:
    at = int(verb.i)
    while at > sentence.start and verb.doc[at - 1].text not in _MARKS:
        at -= 1
    return at


def _mark_behind(verb: Token, sentence: Span) -> int:
    at = int(verb.i) + 1
    while at < sentence.end and verb.doc[at].text not in _MARKS | {"."}:
        at += 1
    return at


def _source_in(words: Span) -> Token | None:
    chunks = [c.root for c in words.noun_chunks if c.root.ent_type_ not in {"DATE", "TIME"}]
    roots = chunks or [t for t in words if t.pos_ in {"PROPN", "PRON", "NOUN"}]
    return roots[0] if roots and roots[0].lower_ not in {"i", "we", "you"} else None


def _is_circumstance(token: Token, verb: Token) -> bool:
    """Whether what follows the verb tells when, where or to whom it was said."""
    return (
        verb.lemma_ == "tell"
        or token.pos_ in {"ADP", "ADV", "SCONJ"}
        or token.ent_type_ in {"DATE", "TIME"}
        or token.lower_ in {"last", "this", "earlier", "later"}
    )


def _closes(rest: Span) -> bool:
    """Whether only asides and more quoted words follow."""
    return not any(t.tag_ in FINITE for t in rest) or any(t.text == '"' for t in rest[1:])


def _names_a_show(rest: Span) -> bool:
    """Whether it is 'said on the "Face the Day" programme': marks that quote nobody."""
    return (
        len(rest) > 2
        and rest[0].text == '"'
        and rest[1].is_title
        and not any(t.tag_ in FINITE for t in rest)
        and not any(t.text == '"' for t in rest[-2:])
    )


def _cites(rest: Span) -> bool:
    """Whether the rest tells whom the speaker relays: ", citing two officials."."""
    return len(rest) > 1 and rest[0].text == "," and rest[1].lower_ in {"citing", "quoting"}


def _up_to_quotation(end: int, sentence: Span) -> int:
    """Where the quoted words go on, when only "told Lee, a former mayor," stands between."""
    mark = next((t.i for t in sentence.doc[end : sentence.end] if t.text == '"'), end)
    return end if any(t.tag_ in FINITE for t in sentence.doc[end:mark]) else mark


def _only_describes(rest: Span) -> bool:
    """Whether the rest only says who the speaker is: ", a former mayor of the city."."""
    return not any(
        t.text == '"' or (t.dep_ in SUBJECTS and t.lower_ not in {"who", "which", "that"})
        for t in rest
    )
