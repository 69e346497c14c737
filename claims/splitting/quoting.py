"""See by its marks that somebody is quoted: behind a colon, or behind any verb and a comma."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from claims.splitting import verbs
from claims.splitting.grammar import FINITE, VERBAL, own_subject, positions
from claims.splitting.parties import can_speak
from claims.splitting.saying import Saying

_SHORTEST = 3
"""Words of a quotation without a verb."""


def behind_colon(colon: Token, sentence: Span) -> Iterator[Saying]:
    """'The mayor's spokeswoman, Ann Lee, tweeted: "P"': somebody is named and then quoted."""
    doc = colon.doc
    if colon.text != ":" or colon.i + 2 >= sentence.end or doc[colon.i + 1].text != '"':
        return
    before = doc[sentence.start : colon.i]
    spoken = [t for t in before if t.pos_ in VERBAL]
    put = _puts_it(spoken)
    if len(spoken) == 1 and spoken[0].lemma_ in verbs.SAYS_BY_ITSELF:
        name = own_subject(spoken[0])
    elif put is not None:
        name = own_subject(put)
    elif spoken and spoken[-1].tag_ == "VBG" and spoken[-1].lemma_ in verbs.SAYS_BY_ITSELF:
        name = own_subject(sentence.root)  # "Lee issued a statement explaining:"
    else:
        name = None if spoken else doc[colon.i - 1]
    if name is None or (name.ent_type_ != "PERSON" and (put is None or name.pos_ != "PROPN")):
        return
    frame = frozenset(range(sentence.start, colon.i + 1))
    verb = sentence.root if sentence.root.i in frame else colon
    verb = put or (spoken[-1] if spoken else verb)
    yield Saying(verb, name, frame, positions(sentence) - frame)


def _puts_it(spoken: Sequence[Token]) -> Token | None:
    """The verb of "as Lee puts it:" and "Lee, who left in May, had this to say:"."""
    last = spoken[-1] if spoken else None
    if last is None:
        return None
    if last.lemma_ == "put" and last.i + 1 < len(last.doc) and last.nbor().lower_ == "it":
        return last
    this = last.doc[max(0, last.i - 2) : last.i + 1].text.lower() == "this to say"
    return last.head if this and last.head.lemma_ == "have" else None


def in_front(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'Chris Bell gushed, "P"': between a comma and a mark any verb tells how it was said."""
    doc, source = verb.doc, own_subject(verb)
    opens = [t.text for t in doc[verb.i + 1 : verb.i + 3]] in ([",", '"'], [":", '"'])
    if not opens or verb.tag_ not in {"VBD", "VBZ"} or verb.lemma_ in verbs.ASSERTS | verbs.DENIES:
        return
    named = source is not None and source.pos_ != "PRON" and can_speak(source)
    before = doc[sentence.start : verb.i]
    closes = any(t.text == '"' for t in doc[verb.i + 4 : sentence.end])
    if not named or any(t.tag_ in FINITE for t in before) or not closes:
        return
    frame = frozenset(range(sentence.start, verb.i + 2))
    yield Saying(verb, source, frame, positions(sentence) - frame)


def is_short_quotation(sentence: Span, frame: frozenset[int]) -> bool:
    """Whether it is '"Very nice day," Lee said', and no mere "Yes"."""
    words = sum(t.is_alpha for t in sentence if t.i not in frame)
    return sentence[0].text == '"' and sentence.start not in frame and words >= _SHORTEST
