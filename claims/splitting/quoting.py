"""See by its marks that somebody is quoted: behind a colon, or behind any verb and a comma."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from claims.splitting import verbs
from claims.splitting.grammar import FINITE, VERBAL, own_subject, positions
from claims.splitting.parties import can_speak, is_somebody
from claims.splitting.saying import Saying
from claims.splitting.spans import entities, marks_before

_SHORTEST = 3
"""Words of a quotation without a verb."""
_LONGEST_LEAD = 16
"""Words, marks among them, that may lead up to a quotation and tell nothing else."""
_OWN = frozenset({"his", "her", "their"})


def behind_colon(colon: Token, sentence: Span) -> Iterator[Saying]:
    """'The mayor's spokeswoman, Ann Lee, tweeted: "P"': somebody is named and then quoted."""
    doc = colon.doc
    if colon.text != ":" or colon.i + 2 >= sentence.end or doc[colon.i + 1].text != '"':
        return
    before = doc[sentence.start : colon.i]
    spoken = [t for t in before if t.pos_ in VERBAL]
    put = _puts_it(spoken)
    last = spoken[-1] if spoken else None
    back = last is not None and doc[last.i + 1 : colon.i].text.lower() == "back"
    alone = len(spoken) == 1 or last == sentence.root  # "Lee, who left in May, told them:"
    if last is not None and (back or (alone and last.lemma_ in verbs.SAYS_BY_ITSELF)):
        name = own_subject(last)
    elif put is not None:
        name = own_subject(put)
    elif spoken and spoken[-1].tag_ == "VBG" and spoken[-1].lemma_ in verbs.SAYS_BY_ITSELF:
        name = own_subject(sentence.root)  # "Lee issued a statement explaining:"
    else:
        name = None if spoken else doc[colon.i - 1]
    known = name is not None and (
        name.ent_type_ == "PERSON"
        or (put is not None and name.pos_ == "PROPN")
        or (back and name.pos_ in {"NOUN", "PROPN"})  # "the chair of the board shot back:"
    )
    if name is None or not known:
        return
    frame = frozenset(range(sentence.start, colon.i + 1))
    if before[0].lower_ == "for":  # 'For Ann Lee: "She has no plans."'
        yield Saying(colon, None, frame, positions(sentence) - frame, verbal=False)
        return
    verb = sentence.root if sentence.root.i in frame else colon
    verb = put or (spoken[-1] if spoken else verb)
    yield Saying(verb, name, frame, positions(sentence) - frame)


def presented(sentence: Span) -> Saying | None:
    """'Here is more: "P"', 'Lee had a simple answer: "P"': whoever it is, not the article.

    It is whom the words before the colon are told of, or whose they are, or nobody known.
    """
    doc = sentence.doc
    colon = next((t for t in sentence if t.text == ":"), None)
    if colon is None or [t.text for t in doc[colon.i : colon.i + 2]] != [":", '"']:
        return None
    before, told = doc[sentence.start : colon.i], doc[colon.i + 2 : sentence.end]
    marks = [t.i for t in told if t.text == '"']
    ends = not marks or marks[0] >= sentence.end - 2  # a full stop may stand behind it
    finite = [t for t in before if t.tag_ in FINITE]
    teller = own_subject(finite[-1]) if len(finite) == 2 and _says(finite[-1]) else None
    short = 0 < len(before) <= _LONGEST_LEAD and (len(finite) < 2 or teller is not None)
    words = [t for t in told if t.is_alpha]
    titled = sum(t.is_lower for t in words) < len(words) / 2  # "American Democracy is Doomed"
    states = len(words) > _SHORTEST and not titled and any(t.tag_ in FINITE for t in told)
    if not ends or not short or not states or any(t.text == '"' for t in before):
        return None
    frame = frozenset(range(sentence.start, colon.i + 1))
    verb = sentence.root if sentence.root.i in frame else colon
    source = teller or _presenter(before)
    tells = any(t.ent_type_ == "PERSON" for t in before)
    figures = any(t.like_num for t in before)
    if figures or (source is None and (tells or (finite and finite[-1].lemma_ != "be"))):
        return None  # "It cut 40 jobs:", "Another target was Lee:", "It goes beyond that:"
    return Saying(verb, source, frame, positions(sentence) - frame, verbal=_says(verb))


def _says(verb: Token) -> bool:
    return verb.lemma_ in verbs.ASSERTS | verbs.SAYS_BY_ITSELF


def _presenter(before: Span) -> Token | None:
    if before[0].lower_ == "according":
        return next((t for t in before if t.dep_ == "pobj" and t.head.lower_ == "to"), None)
    root = before.root
    subject = own_subject(root)
    if subject is not None and _speaks(root):
        return subject
    noun = subject or root
    owner = next((t for t in noun.children if t.dep_ == "poss"), None)
    if owner is not None and noun.lemma_ in verbs.UTTERANCES:
        return owner if is_somebody(owner) or owner.lower_ in _OWN else None
    named = root.ent_type_ in {"PERSON", "ORG"} and root.pos_ == "PROPN"
    return root if named and subject is None else None


def _speaks(verb: Token) -> bool:
    """Whether somebody says something: "Lee responded", "had an answer", "fired back"."""
    objects = [t for t in verb.children if t.dep_ in {"dobj", "attr"}]
    if any(t.dep_ in {"nsubjpass", "auxpass"} for t in verb.children):
        return False
    given = any(t.lemma_ in verbs.UTTERANCES for t in objects)
    thus = any(t.lower_ == "thus" for t in verb.children)
    back = any(t.lower_ == "back" for t in verb.children)
    return given or thus or (not objects and (back or _says(verb)))


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
    announced = doc[verb.i + 1].text == ":" and source is not None and source.ent_type_ == "PERSON"
    closes = announced or any(t.text == '"' for t in doc[verb.i + 4 : sentence.end])
    if not named or any(t.tag_ in FINITE for t in before) or not closes:
        return
    frame = frozenset(range(sentence.start, verb.i + 2))
    yield Saying(verb, source, frame, positions(sentence) - frame)


def behind_marks(mark: Token, sentence: Span) -> Iterator[Saying]:
    """'"P," Ann Lee, a nurse.': the verb of saying is missing, and who speaks is named."""
    doc, start = mark.doc, sentence.start
    quoted, rest = doc[start : mark.i], doc[mark.i + 1 : sentence.end]
    alone = mark.text == doc[start].text == '"' and sum(t.text == '"' for t in sentence) == 2
    if not alone or len(rest) < _SHORTEST or not quoted.text.endswith((",", "?", "!")):
        return
    name = next((e for e in entities(rest) if e.label_ == "PERSON"), None)
    titled = name is not None and all(t.pos_ == "PROPN" for t in doc[rest.start : name.end])
    states = any(t.tag_ in FINITE for t in quoted) and not any(t.tag_ in FINITE for t in rest)
    if name is not None and titled and states:
        frame = frozenset(range(mark.i, sentence.end))
        verb = sentence.root if sentence.root.i in frame else mark
        yield Saying(verb, name.root, frame, positions(sentence) - frame, verbal=False)


def is_short_quotation(sentence: Span, frame: frozenset[int]) -> bool:
    """Whether it is '"Very nice day," Lee said', or the end of a quotation."""
    quoted = sentence[0].text == '"' or marks_before(sentence.doc, sentence.start) % 2 == 1
    return quoted and any(t.is_alpha for t in sentence if t.i not in frame)
