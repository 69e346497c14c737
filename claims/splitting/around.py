"""Hear who is quoted by the words around the marks, where the parser lost its way.

A long quotation and the few words that tell whose it is are often read as one clause. These rules
look at what stands at once before or behind the marks, and are asked last.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from claims.splitting import verbs
from claims.splitting.asserting import is_denied
from claims.splitting.contents import content_of
from claims.splitting.grammar import FINITE, VERBAL, own_subject
from claims.splitting.saying import Saying

_SHORTEST = 3
"""Words that are a quotation and no title."""
_LONG = 6
"""Words that need no verb to be one: "They putting nets over the pier"."""
_LONGEST_LEAD = 12
"""Words between a verb and the quotation: "said in a letter to the board that"."""
_RELATIVE = frozenset({"who", "that", "which"})
_NOBODY = frozenset({"i", "we", "you", "it", "this", "there", *_RELATIVE})
_LEADING = frozenset({",", ":", "that"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MODIFYING = frozenset({"compound", "det", "amod", "poss", "nummod"})
_AUXILIARY = frozenset({"aux", "auxpass"})


def around_marks(sentence: Span, found: Iterable[Saying]) -> Saying | None:
    """Who is quoted at the beginning or at the end of the sentence, if nobody was found there."""
    around = _around(sentence)
    if around is None:
        return None
    told = any(s.verb.i in around.frame and s.content & around.content for s in found)
    return None if told else around


def _around(sentence: Span) -> Saying | None:
    doc = sentence.doc
    marks = [t.i for t in sentence if t.text == '"']
    if not marks:
        return None
    if len(marks) > 1 and marks[0] == sentence.start:
        return _behind(doc, marks, sentence)
    closing = marks[1] if len(marks) > 1 else sentence.end
    rest = doc[closing : sentence.end]
    ends = len(marks) < 3 and not any(t.is_alpha for t in rest)
    return _before(doc, marks[0], closing, sentence) if ends else None


def _behind(doc: Doc, marks: list[int], sentence: Span) -> Saying | None:
    """'"P," said the site set up to herald Q', '"P," as Lee puts it in "Q"'."""
    quoted, tail = doc[marks[0] + 1 : marks[1]], doc[marks[1] + 1 : sentence.end]
    within = [t for t in quoted if t.text != "'"]
    behind = doc[marks[2] : sentence.end] if marks[2:] else ()
    titles = all(t.tag_ not in FINITE for t in behind)  # 'in "The Long Pier"'
    if not within or within[-1].text not in {",", "?", "!"} or not titles or not _states(quoted):
        return None
    start = tail.start + (tail.text[:3].lower() == "as ")
    told = _verb_first(doc, start, sentence) or _name_first(doc, start, sentence)
    if told is None or told[0].lower_ in _NOBODY:
        return None
    frame = frozenset({marks[0], *range(marks[1], sentence.end)})
    return Saying(told[1], told[0], frame, frozenset(t.i for t in quoted))


def _states(quoted: Span) -> bool:
    words = sum(t.is_alpha for t in quoted)
    return words > _SHORTEST and (words > _LONG or any(t.tag_ in FINITE for t in quoted))


def _verb_first(doc: Doc, start: int, sentence: Span) -> tuple[Token, Token] | None:
    if start >= sentence.end or not _tells(doc[start]):
        return None
    source = _named_at(doc, start + 1, sentence)
    return (source, doc[start]) if source is not None else None


def _name_first(doc: Doc, start: int, sentence: Span) -> tuple[Token, Token] | None:
    last = doc[sentence.end - 2]
    if last.i > start and _is_plural_of_saying(last):
        return last.nbor(-1), last
    source = _named_at(doc, start, sentence)
    described = False
    for token in doc[source.i + 1 : sentence.end] if source is not None else ():
        described = described or token.lower_ in _RELATIVE
        added = token.tag_ == "VBN" and token.nbor(-1).text == ","  # "Lee, a nurse, added"
        if (token.tag_ not in FINITE and not added) or token.dep_ in _AUXILIARY:
            continue
        if _tells(token) and source is not None:
            return source, token
        if not described:
            return None
        described = False
    return None


def _is_plural_of_saying(noun: Token) -> bool:
    """Whether it is the verb of '"P," the letter states.', taken for a noun."""
    ends = noun.i + 1 < len(noun.doc) and noun.nbor().is_punct
    return noun.tag_ == "NNS" and noun.lemma_ in verbs.SAYS_BY_ITSELF and ends


def _named_at(doc: Doc, start: int, sentence: Span) -> Token | None:
    """The noun whose phrase begins there; the mark before it may hang on it."""
    return next(
        (
            t
            for t in doc[start : sentence.end]
            if t.pos_ in _NAMING
            and t.dep_ not in _MODIFYING
            and start - 1 <= t.left_edge.i <= start
        ),
        None,
    )


def _tells(verb: Token) -> bool:
    put = verb.lemma_ == "put" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "it"
    return verb.pos_ in VERBAL and (put or verb.lemma_ in verbs.SAYS_BY_ITSELF)


def _before(doc: Doc, opening: int, closing: int, sentence: Span) -> Saying | None:
    """'Lee added, "P', 'As the board reported back in May: "P"', of one finite verb before it."""
    before, quoted = doc[sentence.start : opening], doc[opening + 1 : closing]
    finite = [t for t in before if _is_told(t) and t.dep_ not in _AUXILIARY]
    if len(finite) != 1 or not _states(quoted) or not any(t.tag_ in FINITE for t in quoted):
        return None
    (verb,) = finite
    source = own_subject(verb)
    lead = doc[verb.i + 1 : opening]
    leads = 0 < len(lead) <= _LONGEST_LEAD and lead[-1].lower_ in _LEADING
    told = source is not None and source.i < verb.i and source.lower_ not in _NOBODY
    passive = any(t.dep_ in {"auxpass", "nsubjpass"} for t in verb.children)
    if not leads or not told or passive or is_denied(verb):
        return None
    if verb.lemma_ not in verbs.SAYS_BY_ITSELF or verb.lemma_ in verbs.THINKS:
        return None
    frame = frozenset({*range(sentence.start, opening + 1), *range(closing, sentence.end)})
    return Saying(verb, source, frame, frozenset(t.i for t in quoted))


def _is_told(verb: Token) -> bool:
    """Whether it is finite, or taken for a participle that stands alone: "Lee tweeted,"."""
    alone = verb.tag_ == "VBN" and verb.dep_ == "ROOT"
    return verb.tag_ in FINITE or (alone and all(t.dep_ not in _AUXILIARY for t in verb.children))


def goes_on(verb: Token, sentence: Span) -> Iterator[Saying]:
    """The officer "went on to state that P", or "has gone so far as to declare that P"."""
    going = verb.head
    goes = going.lemma_ == "go" and going.i < verb.i and verb.lemma_ in verbs.SAYS_BY_ITSELF
    if not goes or verb.tag_ != "VB" or verb.nbor(-1).lower_ != "to" or is_denied(going):
        return
    between = {t.lower_ for t in verb.doc[going.i + 1 : verb.i]}
    source = own_subject(going) if going.i == sentence.root.i else None
    content = content_of(verb, sentence) if between & {"on", "far"} else frozenset()
    if source is None or not content or min(content) < verb.i or source.lower_ in _NOBODY:
        return
    frame = frozenset(range(sentence.start, min(content)))
    yield Saying(going, source, frame, content, verbal=False)
