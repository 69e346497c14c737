"""See who says it in "according to X, P" and "in the words of X, P"."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from claims.splitting.afterwards import is_title, title_from
from claims.splitting.grammar import DASHES, FINITE, subtree
from claims.splitting.naming import name_of
from claims.splitting.parties import is_somebody
from claims.splitting.saying import Saying
from claims.splitting.spans import noun_chunks
from claims.splitting.verbs import ASSERTS

_MARKS = frozenset({",", '"', "(", *DASHES})
_DESCRIBING = frozenset({"NOUN", "ADJ"})
_RELATIVE = frozenset({"who", "which", "whose"})
_MEASURES = frozenset(
    "plan schedule timetable law rule regulation constitution principle standard tradition custom "
    "size age need taste rank order merit value theory logic script signal criterion preference "
    "ability means way interpretation view".split()
)
"""By which something is done, and which tell nobody anything: "paid according to rank"."""


def according_to(token: Token, sentence: Span) -> Iterator[Saying]:
    """'According to X, P', 'P, according to X' and 'In the words of X: "P"'."""
    doc = token.doc
    if doc[token.i : token.i + 2].text.lower() == "according to":
        rest = token.i + 2
    elif doc[token.i : token.i + 4].text.lower() == "in the words of":
        rest = token.i + 4
    else:
        return
    if token.i > sentence.start + 1 and doc[token.i - 2].tag_ in {"WDT", "WP"}:
        return  # "a party that, according to its website, believes P"
    chunks = (c.root for c in noun_chunks(sentence) if c.start <= rest + 1 and c.end > rest)
    source = next(chunks, None)
    if source is None or not (rest == token.i + 4 or _can_be_heard(source, token, sentence)):
        return  # "they vote according to signals"
    end = int(source.i) + 1
    while end < sentence.end and doc[end].text not in {",", ":", ".", '"', ";"}:
        end += 1
    title = title_from(doc[min(rest + 1, sentence.end - 1)])
    incomplete = doc[end - 1].tag_ in {"DT", "JJ", "VBN", "PRP$"} and doc[end : end + 1].text == '"'
    if incomplete:  # 'according to data compiled in a recently released "report card" by Lee'
        end = next((t.i + 1 for t in doc[end + 1 : sentence.end] if t.text == '"'), end)
        while end < sentence.end and doc[end].text not in {",", ":", ".", '"', ";"}:
            end += 1
    end = _behind_title(_behind_partners(source, end, sentence), sentence)
    end = max(end, title.end + 1) if len(title) else end
    end = _behind_name(source, end, rest, sentence)
    rest_of = doc[end : sentence.end]
    quoted = token.i > sentence.start and (len(title) > 0 or doc[token.i - 1].text == '"')
    released = len(rest_of) > 2 and rest_of[0].text == "," and rest_of[1].tag_ == "VBN"
    if (token.i > sentence.start and _only_describes(rest_of)) or (
        (quoted or (released and token.i > sentence.start)) and _is_verbless(rest_of)
    ):
        end = sentence.end
    if (
        end < sentence.end
        and doc[end].text == '"'
        and _is_verbless(doc[end + 1 : sentence.end - 2])
    ):
        end = sentence.end - 1  # 'according to the book "The Long Walk"'
    if token.i == sentence.start:  # "According to the Forum, which notes R, P"
        clauses = [c for t in doc[token.i : end] for c in t.children if c.dep_ == "relcl"]
        end = max([end, *(max(subtree(c)) + 1 for c in clauses if c.sent == sentence)])
    made = any(t.dep_ == "acl" and t.tag_ == "VBN" for t in doc[token.i : end])
    if made and doc[end + 1 : end + 3].text in {"just before", "just after", "shortly before"}:
        end = sentence.end  # "a poll taken in May, just before P"
    hedged = doc[max(sentence.start, token.i - 2) : token.i].text.lower() == "at least"
    frame = frozenset(range(token.i - 2 * hedged, end))
    told = frozenset(range(_first_told(token, sentence), _last_told(end, token, sentence)))
    yield Saying(token, source, frame, told - frame)


def _can_be_heard(source: Token, according: Token, sentence: Span) -> bool:
    """Whether somebody is heard: whoever it is, where marks set the words off.

    Not in "it has a reply - likely a strike, according to aides - in its plans".
    """
    if _stands_in_dashes(according, source, sentence):
        return False
    if is_somebody(source):
        return True
    words = according.doc[max(sentence.start, according.i - 2) : according.i]
    parted = not words or words[-1].text in _MARKS
    parted = parted and all(t.lemma_ not in ASSERTS for t in words)  # "reported, according to"
    return parted and source.pos_ == "NOUN" and source.lemma_ not in _MEASURES


def _stands_in_dashes(according: Token, source: Token, sentence: Span) -> bool:
    """Whether only what dashes part from the rest is told by the source."""
    doc = sentence.doc
    before = (t.i for t in doc[sentence.start : according.i] if t.text in DASHES)
    opening = max(before, default=None)
    closing = any(t.text in DASHES for t in doc[source.i + 1 : sentence.end])
    within = doc[opening : according.i] if opening is not None else ()
    return closing and len(within) > 2 and not any(t.tag_ in FINITE for t in within)


def _first_told(according: Token, sentence: Span) -> int:
    """Where that begins which is told: at the "and" of "P, and, according to X, Q"."""
    before = according.doc[max(sentence.start, according.i - 2) : according.i]
    links = [t for t in before if t.dep_ == "cc" and t.lower_ in {"and", "but"}]
    clause = any(t.tag_ in FINITE for t in sentence.doc[sentence.start : before.start])
    return int(links[0].i) if links and clause else sentence.start


def _last_told(end: int, according: Token, sentence: Span) -> int:
    """Where it ends: in "P, according to X, but Q" before the second comma."""
    doc = sentence.doc
    opposed = doc[end : end + 2].text == ", but" and according.i > sentence.start
    return (
        end if opposed and any(t.tag_ in FINITE for t in doc[end : sentence.end]) else sentence.end
    )


def _behind_partners(source: Token, end: int, sentence: Span) -> int:
    """Where the clause goes on in 'according to Ann Lee, Peter Holm and Eva Berg, authors, P'."""
    doc = sentence.doc
    last = max((t.i for t in source.conjuncts if t.pos_ == "PROPN"), default=0)
    if last < end or doc[end : end + 1].text != ",":
        return end
    end = last + 1
    if doc[end : end + 1].text == "," and any(t.tag_ == "NNS" for t in doc[end + 1 : end + 2]):
        end = next((t.i for t in doc[end + 1 : sentence.end] if t.text == ","), end)
    return end + (doc[end : end + 2].text in {',"', ', "'}) * 2


def _behind_name(source: Token, end: int, first: int, sentence: Span) -> int:
    """Where the clause goes on in "according to the Bureau of Tar, Tobacco, and Rope, P"."""
    doc = sentence.doc
    name = name_of(source, doc.text)
    at = doc.text.find(name, doc[first].idx) if "," in name else -1
    within = (t.i + 1 for t in doc[end : sentence.end] if t.idx < at + len(name))
    return max(within, default=end) if at >= 0 else end


def _behind_title(end: int, sentence: Span) -> int:
    """Where the clause goes on in 'according to a paper called "The Long Walk," P'."""
    doc = sentence.doc
    closing = next((t.i for t in doc[end + 1 : sentence.end] if t.text == '"'), end)
    named = closing > end and doc[end].text == '"' and doc[closing - 1].text == ","
    return closing + 1 if named and is_title(doc[end + 1 : closing]) else end


def _is_verbless(rest: Span) -> bool:
    return not any(t.tag_ in FINITE or t.text == '"' for t in rest)


def _only_describes(rest: Span) -> bool:
    """Whether it only tells who somebody is: ", an official with the ministry"."""
    if len(rest) < 2 or rest[0].text != ",":
        return False
    if any(t.text == '"' for t in rest) and rest[1].lower_ not in _RELATIVE:
        return False
    opens = (
        rest[1].lower_ in {"a", "an", "the", "who", "which", "whose"} or rest[1].pos_ in _DESCRIBING
    )
    opens = opens or all(t.pos_ == "PROPN" or t.is_punct for t in rest)
    opens = opens or rest[1].dep_ == "appos" or rest[1].head.dep_ == "appos"  # ", Ann Lee, who R"
    return opens and all(
        any(a.dep_ in {"relcl", "acl"} and a.i >= rest.start for a in (t, *t.ancestors))
        for t in rest
        if t.tag_ in FINITE
    )
