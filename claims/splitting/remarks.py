"""See where what somebody says ends, and the writer goes on in the same sentence."""

from spacy.tokens import Span, Token

from claims.splitting.grammar import DASHES, SUBJECTS, own_subject, subtree
from claims.splitting.spans import is_in_quotation

_SUMMING_UP = frozenset(
    "move step concession decision claim charge charges allegation assertion practice shift "
    "change policy position prospect development stance hope fear view point figure".split()
)
"""What the writer calls that of which somebody tells: ", a move that others followed"."""
_SEEMING = frozenset("seemingly apparently evidently presumably perhaps".split())
_COMPARING = frozenset("contradict echo mirror reverse refer allude reiterate".split())
"""How the writer sets what is said beside something else."""
_HINTING = frozenset({"suggest", "imply", "indicate", "signal", "hint"})
_PROMPTING = frozenset("prompt draw spark trigger provoke earn".split())
_GLOSSES = frozenset({"reference", "allusion", "nod"})
_JUDGED = frozenset("true false wrong untrue incorrect misleading".split())
_WHEN = frozenset({"after", "before", "when", "as"})
_RELATIVE = frozenset({"WDT", "WP"})


def end_of_saying(verb: Token, start: int, sentence: Span) -> int:
    """Return the position behind what is said from ``start`` on, the sentence's end at most."""
    return min(
        _closing_dash(verb, start, sentence),
        _remark(start, sentence),
        _hint(start, sentence),
        _gloss(start, sentence),
        _circumstance(verb, start, sentence),
        _own_view(start, sentence),
    )


def _closing_dash(verb: Token, start: int, sentence: Span) -> int:
    """Where what is said ends in "the vote -- Lee has said it will pass -- led to talks"."""
    subject = own_subject(verb)
    first = min(subtree(subject)) if subject is not None else verb.i
    before = verb.doc[first - 1 : first].text if first > sentence.start else ""
    closing = (t.i for t in verb.doc[start : sentence.end] if t.text == before)
    return next(closing, sentence.end) if before in DASHES else sentence.end


def _remark(start: int, sentence: Span) -> int:
    """Where the writer remarks on what is said: "Lee said he would go — a step that may hurt"."""
    doc = sentence.doc
    last = next((t for t in reversed(sentence) if t.lower_ == "which"), None)
    if last is not None and last.i > start + 2 and _judges(doc[last.i - 1 : sentence.end]):
        return int(last.i) - 1
    aside = next((t for t in reversed(sentence) if t.i > start + 2 and _opens_aside(t)), None)
    if aside is not None:
        return int(aside.i)
    dash = next((t for t in reversed(sentence) if t.text in DASHES and t.i > start + 2), None)
    rest = doc[dash.i + 1 : sentence.end] if dash is not None else doc[0:0]
    if dash is None or len(rest) < 4 or rest[0].lower_ not in {"a", "an", "something"}:
        return sentence.end
    quoted = is_in_quotation(dash) or is_in_quotation(rest[0]) or any(t.text == '"' for t in rest)
    told = next((t for t in rest if t.tag_ in _RELATIVE and t.head.dep_ == "relcl"), None)
    return sentence.end if quoted or told is None else int(dash.i)


def _opens_aside(comma: Token) -> bool:
    """Whether it is the comma of ", even as he fell" or ", a move that others followed".

    Or of ", seemingly contradicting what he said before".
    """
    behind = comma.doc[comma.i + 1 : comma.i + 4]
    words = [t.lower_ for t in behind]
    if comma.text != "," or len(words) < 3 or is_in_quotation(comma):
        return False
    sums_up = words[0] == "a" and words[1] in _SUMMING_UP
    sums_up = sums_up and (words[2] in {"that", "which"} or behind[2].tag_ == "VBN")
    compares = behind[0].tag_ == "VBG" and behind[0].lemma_ in _COMPARING
    seems = words[0] in _SEEMING and behind[1].tag_ in {"VBG", "VBN", "JJ"}
    compares = compares or seems  # ", apparently unaware of it"
    return (
        sums_up
        or compares
        or (words[:2] == ["even", "as"] and behind[2].pos_ in {"PRON", "PROPN", "DET"})
    )


def _hint(start: int, sentence: Span) -> int:
    """Where the quotation ends in 'Lee said "P," suggesting that Q': what is meant is not said."""
    doc = sentence.doc
    if '"' not in doc[start - 1 : start + 1].text:
        return sentence.end
    first = start + (doc[start].text == '"')
    closing = next((t.i for t in doc[first : sentence.end] if t.text == '"'), sentence.end)
    behind = [t for t in doc[closing + 1 : closing + 3] if not t.is_punct]
    comma = "," in doc[closing - 1 : closing + 2].text
    meant = bool(behind) and behind[0].tag_ == "VBG" and behind[0].lemma_ in _HINTING
    return closing + 1 if comma and meant else sentence.end


def _gloss(start: int, sentence: Span) -> int:
    """Where the writer goes on: 'said it was "war," prompting a reply', '"P," a nod to Lee'."""
    for mark in sentence.doc[start + 2 : sentence.end - 3]:
        if mark.text != '"' or mark.nbor(-1).text != ",":
            continue
        first, second, third = mark.doc[mark.i + 1 : mark.i + 4]
        glossed = second.lower_ in _GLOSSES and third.lower_ == "to"
        if glossed or (first.tag_ == "VBG" and first.lemma_ in _PROMPTING):
            return int(mark.i) + 1
    return sentence.end


def _circumstance(verb: Token, start: int, sentence: Span) -> int:
    """Where the quotation ends in 'Lee wrote "P" after Holm left': when it was written."""
    if '"' not in verb.doc[start - 1 : start + 1].text:
        return sentence.end
    first = start + (verb.doc[start].text == '"')
    closing = next((t for t in verb.doc[first : sentence.end] if t.text == '"'), None)
    behind = (
        verb.doc[closing.i + 1] if closing is not None and closing.i + 1 < sentence.end else None
    )
    timed = behind is not None and behind.lower_ in _WHEN and behind.head.head.i == verb.i
    return closing.i + 1 if timed and closing is not None else sentence.end


def _own_view(start: int, sentence: Span) -> int:
    """Where the writer goes on: "they say they won't tell before May, so we'll have to wait"."""
    for link in sentence.doc[start + 2 : sentence.end - 3]:
        if (
            link.lower_ not in {"so", "but", "and", "yet"}
            or link.nbor(-1).text != ","
            or is_in_quotation(link)
        ):
            continue
        behind = (t for t in link.doc[link.i + 1 : link.i + 6] if t.dep_ in SUBJECTS)
        subject = next(behind, None)
        if subject is not None and subject.lower_ in {"i", "we"} and not is_in_quotation(subject):
            return int(link.i) - 1
    return sentence.end


def _judges(words: Span) -> bool:
    """Whether it is ", which isn't true."."""
    plain = [t.lower_ for t in words if t.is_alpha or t.lower_ == "n't"]
    judged = plain[:1] == ["which"] and plain[1:2] in (["is"], ["was"])
    return judged and words[0].text == "," and len(plain) <= 4 and plain[-1] in _JUDGED
