"""See by its print that a sentence ends in, or breaks off for, its attribution.

Long sentences often lead the parser astray here, and print does not: a mark, a
few words that name somebody, a verb of saying, and another mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claims.splitting.afterwards import (
    cites,
    closes,
    names_a_show,
    only_accompanies,
    only_describes,
    resumes_at,
    turns_away,
    withholds,
)
from claims.splitting.described import (
    behind_comma,
    behind_quotation,
    closes_quotation,
    is_plain,
    up_to_verb,
)
from claims.splitting.grammar import FINITE, SUBJECTS, is_finite, own_subject
from claims.splitting.parties import is_somebody
from claims.splitting.spans import entities, is_in_quotation, noun_chunks
from claims.splitting.telling import CHIPPING_IN, tells
from claims.splitting.verbs import ASSERTS, WANTS

_MARKS = frozenset({",", '"', ";", "—", "--", "–", ":"})
_SUBORDINATING = frozenset("as when while after before because although though".split())
_GRANTING = frozenset("note observe explain acknowledge admit concede confirm point".split())
"""What is said with them is so."""
_DENYING = frozenset("no none nobody nothing never untrue false wrong".split())
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
        if (verb.i and verb.nbor(-1).text == "-") or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
            continue  # "an under-reported point", "workers deemed "essential" stayed"
        if tells(verb) and (tail := _tail(verb, sentence)):
            yield tail


def _tail(verb: Token, sentence: Span) -> Tail | None:
    doc = verb.doc
    start, end = _mark_before(verb, sentence), _mark_behind(verb, sentence)
    described = behind_quotation(start, sentence)
    if described is None and end >= sentence.end - 1:
        described = behind_comma(start, sentence)
    start = start if described is None else described
    aside = doc[start].lower_ == "as"
    before, behind = doc[start + aside : verb.i], doc[verb.i + 1 : end]
    source = _source_in(before or behind, named=described is not None)
    if described is None and not before:
        end = up_to_verb(end, sentence)  # "P, says Lee, a nurse, is Q"
    subject = own_subject(verb)
    inverted = not before and subject is not None and subject.i > verb.i
    one_side = (bool(before) and not behind) or inverted
    interrupts = one_side and _interrupts(start, end, sentence)
    if (
        source is None
        or (end >= sentence.end - 1 and doc[min(end, len(doc) - 1)].text == ":")
        or _inside_quotation(start, verb)
        or _ends_quoted(verb, end)
        or _is_told_before_colon(start, sentence)
        or _behind_label(start, sentence)
        or _tells_how(end, sentence)
        or _is_half(doc[sentence.start : start], verb)
        or (verb.lemma_ == "conclude" and source.pos_ == "NOUN" and aside)  # "as talks concluded"
        or (aside and (_is_torn(start, sentence) or _is_contradicted(verb, start, sentence)))
        or any(t.dep_ == "pcomp" and t.head.lower_ == "on" for t in behind)  # "insisted on P"
        or (len(behind) > 1 and behind[0].tag_ == "TO")  # "claimed to know"
        or (
            verb.lemma_ == "tell" and any(t.tag_ == "TO" and t.head.head == verb for t in behind)
        )  # "told her not to go"
        or (
            verb.lemma_ == "agree" and behind[:1].text == "with"
        )  # "and on that, he agrees with Lee"
        or before.text.lower() == "all"  # "All told, P"
        or (bool(before) and _opens_phrase(before[0], source))
        or any(t.dep_ == "agent" for t in behind)  # "a deadline announced by Peru"
        or (described is None and len(before or behind) > _LONGEST_SOURCE)
        or (start - sentence.start < _SHORTEST_CONTENT and not aside and not interrupts)
        or not (before or interrupts or _can_be_inverted(verb, start, end, sentence))
        or (described is None and not is_plain(before))
        or not (is_plain(behind) or (closes_quotation(start, verb) and bool(before)))
        or (before and behind and not _is_circumstance(behind[0], verb))
        or (_opens_quotation(end, sentence) and doc[sentence.start].lower_ in _SUBORDINATING)
        or not (aside or interrupts or _tells_who(verb, end) or _may_end(doc[end : sentence.end]))
    ):
        return None
    end = _behind_date(end, sentence)
    rest = doc[end : sentence.end]
    lead = doc[sentence.start : start]
    if _opens_quotation(end, sentence) and _is_lead(lead) and not _goes_on(lead, doc[end + 2]):
        start = sentence.start  # 'The mayor, Ann Lee, said, "P"'
    resumed = resumes_at(rest)
    if resumed is not None and start > sentence.start and end < resumed < sentence.end:
        return Tail(verb, source, frozenset(range(start, resumed)))
    behind_all = cites(rest) or names_a_show(rest) or (withholds(rest) and closes(rest))
    if behind_all or (not before and only_describes(rest)):
        end = sentence.end
    elif (interrupts and doc[end + 1].pos_ in {"VERB", "AUX", "ADV"}) or _stands_between(
        start, end, sentence
    ):
        start, end = start - 1, end + 1
    elif closes_quotation(start, verb) and only_accompanies(rest):
        end = sentence.end
    elif verb.lemma_ == "tell" or closes_quotation(start, verb):
        end = _up_to_quotation(end, sentence)
    that = next((t for t in rest[1:] if t.lower_ == "that" and t.nbor(-1).text == ","), None)
    if that is not None and any(t.dep_ == "conj" and t.lemma_ in ASSERTS for t in verb.children):
        return None  # "told them, after R, that P and suggested that Q"
    if that is not None and that.tag_ == "IN" and is_plain(doc[sentence.start : start]):
        start, end = sentence.start, that.i + 1  # "This week, Lee said, after R, that P"
    return Tail(verb, source, frozenset(range(start, end)))


def _is_half(lead: Span, verb: Token) -> bool:
    """Whether what is said stands behind: 'though it is called "a mess," Lee said P'."""
    first = next((t for t in lead if t.dep_ != "cc" and not t.is_punct), None)
    behind = (t for t in verb.children if t.i > verb.i and t.dep_ in {"ccomp", "advcl"})
    told = any(is_finite(t) and all(c.dep_ != "mark" for c in t.children) for t in behind)
    return told and first is not None and first.lower_ in _SUBORDINATING - {"as"}


def _may_end(rest: Span) -> bool:
    return closes(rest) or turns_away(rest)


def _tells_who(verb: Token, end: int) -> bool:
    """Whether the rest of the sentence tells of the speaker: ", said Lee, who left in May."."""
    rest = verb.doc[end : verb.sent.end]
    who = rest[:1].text == "," and rest[1:2].text.lower() == "who" and only_describes(rest)
    return who and any(t.dep_ in SUBJECTS and t.i > verb.i for t in verb.children)


def _tells_how(end: int, sentence: Span) -> bool:
    """Whether marks only hold how it is said: 'they asserted "with confidence" that P'."""
    doc = sentence.doc
    closing = next((t for t in doc[end + 1 : sentence.end - 1] if t.text == '"'), None)
    if closing is None or doc[end].text != '"':
        return False
    return doc[end + 1].pos_ == "ADP" and closing.nbor().lower_ == "that"


def _is_torn(start: int, sentence: Span) -> bool:
    """Whether a verb of saying waits for what follows: "it notes, as she does, the number"."""
    return start - 2 >= sentence.start and sentence.doc[start - 2].lemma_ in ASSERTS


def _is_contradicted(verb: Token, start: int, sentence: Span) -> bool:
    """Whether the writer may deny what is said: "crime has not doubled, as Lee claimed"."""
    before = sentence.doc[sentence.start : start]
    if verb.lemma_ in _GRANTING or any(t.text == '"' for t in before):
        return False
    return any(t.dep_ == "neg" or t.lower_ in _DENYING for t in before)


def _inside_quotation(start: int, verb: Token) -> bool:
    """Whether the mark before the words opens a quotation: it stands close to them."""
    mark = verb.doc[start - 1] if start else None
    return mark is not None and mark.text == '"' and not mark.whitespace_


def _ends_quoted(verb: Token, end: int) -> bool:
    """Whether it is said within a quotation to its end: '"After P, Peru agrees to Q," Lee said'."""
    behind = verb.doc[end : end + 2].text
    return behind == ',"' and is_in_quotation(verb)


def _is_told_before_colon(start: int, sentence: Span) -> bool:
    """Whether the article leads up to what is quoted: 'Many added a line: "P," said Lee'."""
    before = sentence.doc[sentence.start : start]
    opens = next((t for t in before if t.text == '"'), None)
    if opens is None or opens.i <= sentence.start or before[-1].text != '"':
        return False
    led = sentence.doc[sentence.start : opens.i]
    return led[-1].text == ":" and any(t.tag_ in FINITE for t in led)


def _behind_label(start: int, sentence: Span) -> bool:
    """Whether a colon closes the quotation before: 'it is more than "a show:" Lee tweeted that'."""
    before = sentence.doc[max(sentence.start, start - 2) : start].text
    return before == ':"'


def _is_lead(words: Span) -> bool:
    """Whether the words before the speaker state nothing: "The mayor,", "Asked if P,"."""
    if any(t.text == '"' for t in words):
        return False  # '"Peace," said Lee, "is near."'
    if not any(t.tag_ in FINITE for t in words):
        return True
    return words[0].tag_ in {"VBN", "VBG", "VBD"} and any(t.tag_ in FINITE for t in words[1:])


def _goes_on(lead: Span, quoted: Token) -> bool:
    """Whether the quotation goes on with the lead: 'In the weeks before, he noted, "many came"'."""
    timed = any(t.ent_type_ in {"DATE", "TIME"} for t in lead)
    return timed and lead[0].pos_ == "ADP" and quoted.is_lower


def _opens_phrase(first: Token, source: Token) -> bool:
    """Whether it is '"the truth" of what he promised' or "by all means say so"."""
    return first.lower_ == "of" or (first.pos_ == "ADP" and source.dep_ == "pobj")


def _opens_quotation(end: int, sentence: Span) -> bool:
    """Whether a quotation follows the mark behind the verb."""
    doc = sentence.doc
    return end + 2 < sentence.end and doc[end].text in {",", ":"} and doc[end + 1].text == '"'


def _can_be_inverted(verb: Token, start: int, end: int, sentence: Span) -> bool:
    """Whether something stands before "said X" that X can have said."""
    doc = verb.doc
    opens = end < sentence.end and doc[end].text == '"' and bool(doc[end - 1].whitespace_)
    said = any(t.tag_ in FINITE for t in doc[sentence.start : start]) or doc[start - 1].text == '"'
    subject = own_subject(verb)
    timed = doc[verb.i + 1].ent_type_ in {"DATE", "TIME"}
    wanted = verb.lemma_ in WANTS and any(t.tag_ == "TO" for t in doc[verb.i + 1 : end])
    gains = any(t.dep_ == "dobj" and not is_somebody(t) for t in doc[verb.i + 1 : end])
    if wanted:
        return False  # "— asked his friends to go"
    if subject is not None and subject.i < verb.i and (timed or gains):
        return False  # "Lee, the director, said Friday at a conference", "posted a loss"
    # "Testified on Capitol Hill", but "chipped in Lee".
    placed = doc[verb.i + 1].pos_ == "ADP" and verb.lemma_ not in CHIPPING_IN
    return verb.lemma_ != "tell" and said and not opens and not placed


def _interrupts(start: int, end: int, sentence: Span) -> bool:
    """Whether it stands between a subject and its verb: "Peru, he said, has a stake"."""
    doc = sentence.doc
    return (
        start > sentence.start
        and doc[start - 1].text == doc[min(end, sentence.end - 1)].text == ","
        and all(_depends(t, start) for t in doc[sentence.start : start] if t.tag_ in FINITE)
        and any(t.tag_ in FINITE for t in doc[end : sentence.end])
    )


def _depends(verb: Token, end: int) -> bool:
    """Whether the clause of a verb before ``end`` hangs on one behind: "if P, he said, Q"."""
    above = verb
    while above.head.i < end and above.dep_ != "ROOT":
        above = above.head
    return above.dep_ in {"advcl", "csubj"} and above.head.i >= end


def _stands_between(start: int, end: int, sentence: Span) -> bool:
    """Whether commas only set it off: "it is, she said, the result", "set, she said, to rise"."""
    doc, stop = sentence.doc, sentence.end
    return (
        start - 2 >= sentence.start
        and end + 1 < stop
        and doc[start - 1].text == doc[end].text == ","
        and (
            doc[start - 2].pos_ == "AUX"
            or (doc[start - 2].pos_ == "VERB" and doc[start].lower_ == "as")
            or (doc[end + 1].tag_ == "TO" and not any(t.tag_ in FINITE for t in doc[end:stop]))
        )
    )


def _mark_before(verb: Token, sentence: Span) -> int:
    at = int(verb.i)
    while at > sentence.start and (
        verb.doc[at - 1].text not in _MARKS or _is_between_adjectives(verb.doc[at - 1])
    ):
        at -= 1
    return at


def _is_between_adjectives(mark: Token) -> bool:
    """Whether it is the comma of "an unnamed, senior official"."""
    before = mark.doc[max(0, mark.i - 2) : mark.i]
    tags = [t.tag_[:2] for t in before]
    behind = mark.doc[mark.i + 1 : mark.i + 2]
    return (
        mark.text == ","
        and tags in (["DT", "JJ"], ["DT", "VB"])
        and any(t.tag_ == "JJ" for t in behind)
    )


def _mark_behind(verb: Token, sentence: Span) -> int:
    at = int(verb.i) + 1
    while at < sentence.end and verb.doc[at].text not in _MARKS | {"."}:
        at += 1
    return at


def _behind_date(end: int, sentence: Span) -> int:
    """Where the day ends that a mark divides: "said Friday, May 6, 2016"."""
    doc, at = sentence.doc, end
    if doc[end - 1].ent_type_ != "DATE":
        return end
    while at < sentence.end and (doc[at].ent_type_ == "DATE" or doc[at].text == ","):
        at += 1
    return at - (doc[at - 1].text == ",")


def _source_in(words: Span, *, named: bool = False) -> Token | None:
    """The one who speaks; the first person with a name if ``named``."""
    people = [e.root for e in entities(words) if e.label_ == "PERSON"] if named else []
    if people:
        return people[0]
    chunks = [c.root for c in noun_chunks(words) if c.root.ent_type_ not in {"DATE", "TIME"}]
    if all(t.dep_ == "pobj" for t in chunks):  # "Secretary of State Ann Lee" has no other chunk
        chunks = [t for t in words if t.dep_ in SUBJECTS] or chunks
    roots = chunks or [t for t in words if t.pos_ in {"PROPN", "PRON", "NOUN"}]
    return roots[0] if roots and roots[0].lower_ not in {"i", "we", "you"} else None


def _is_circumstance(token: Token, verb: Token) -> bool:
    """Whether what follows the verb tells when, where or to whom it was said."""
    return (
        verb.lemma_ in {"tell", "put"}
        or token.pos_ in {"ADP", "ADV", "SCONJ"}
        or token.ent_type_ in {"DATE", "TIME"}
        or token.lower_ in {"last", "this", "earlier", "later"}
    )


def _up_to_quotation(end: int, sentence: Span) -> int:
    """Where the quoted words go on, when only "told Lee, a former mayor," stands between."""
    mark = next((t.i for t in sentence.doc[end : sentence.end] if t.text == '"'), end)
    if any(t.tag_ in FINITE for t in sentence.doc[end:mark]):
        return end
    linked = mark > end + 1 and sentence.doc[mark - 1].dep_ == "cc"
    return mark - linked  # 'was "safe," she said, and "new"'
