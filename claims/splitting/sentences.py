"""Find sentences, each at its exact place in the article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from claims.splitting.grammar import DASHES
from claims.splitting.paragraphs import Paragraph

_CLOSERS = frozenset("\"')]")
_OPENERS = frozenset("\"'([")
_LONGEST_REPORTING = 6
"""Tokens from a closing mark to the verb in '"Why?" former Mayor Ann Lee asked.'"""
_LONGEST_INSERTION = 5
_REPORTING = frozenset(
    "said says asked asks wrote writes tweeted added adds replied answered told explained "
    "shouted began continued recalled quipped joked insisted argued warned".split()
)
BEFORE_NAMES = frozenset(
    "Sec Secs Sens Reps Govs Gens Drs Profs Messrs Sgt Pvt Pfc Brig Maj Lt Cpl Capt Cmdr Col Gen "
    "Adm Supt Sen Rep Gov Dr Prof Rev Mr Mrs Ms MR MRS MS DR SEN REP GOV Hon hon Rt Dept".split()
)
_HALVES = frozenset({"a.m.", "p.m."})
_ZONES = frozenset("ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET Eastern".split())
_POINTING = frozenset({"This", "That", "Every", "Each", "Next", "Last", "The", "By", "It", "No"})
_BEGINNING = frozenset("I We You He She They It This That There The If When But And".split())
"""Words with which a quoted sentence begins, and no title of a programme."""
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_TURNING = frozenset("But And However Yet So Now".split())
_INITIAL = re.compile(r"[A-Z]\.")
_STOPS = re.compile(r"[.!?…]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: ``article[start:end]`` is it as printed."""

    paragraph: Paragraph
    tokens: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence without what was cut out of the paragraph."""
        return self.paragraph.text[self._first() : self._last()]

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"'”’) ").endswith("?")

    @property
    def opens_quotation(self) -> bool:
        """Whether a quotation begins in it, behind words of its own, and goes on behind it."""
        marks = sum(t.text == '"' for t in self.tokens)
        return marks % 2 == 1 and self.tokens[0].text != '"'

    def _first(self) -> int:
        return int(self.tokens.start_char)

    def _last(self) -> int:
        return int(self.tokens.end_char)


@Language.component("printed_boundaries")
def printed_boundaries(doc: Doc) -> Doc:
    """Fix, before parsing, the boundaries that print shows beyond doubt.

    The parser decides the rest, and never against these.
    """
    marks = doc[:1].text.count('"')
    for token in doc[1:]:
        unstopped = marks % 2 == 1 and token.nbor(-1).is_alpha  # in the middle of a quotation
        if unstopped or _goes_on(token):
            token.is_sent_start = False
        elif _starts(token) or (marks % 2 == 0 and _opens_behind_letters(token)):
            token.is_sent_start = True
        elif marks % 2 == 0 and _opens_unspaced(token):
            token.is_sent_start = True
            token.nbor().is_sent_start = False
        marks += token.text == '"'
    return doc


def _goes_on(token: Token) -> bool:
    """Whether no sentence can start at ``token``."""
    before = token.nbor(-1)
    dashed = before.text in DASHES and before.i > 0 and before.nbor(-1).is_lower
    within = dashed or before.text == ":" or (before.text == "]" and _is_inserted(before))
    if within or _is_abbreviated(before) or _runs_on(before, token):
        return True
    after = token.doc[token.i + 1 : token.i + 2]
    joined = token.text == "[" and after.text in {"and", "or", "but"}  # "it failed ... [and] is"
    dashed = token.text in DASHES and after.text.islower()  # "they — at last! — have decided"
    if joined or dashed:
        return True
    if before.text in _CLOSERS:
        if token.is_lower:
            return True
        stopped = token.i >= 2 and token.nbor(-2).text == "."  # not a comma: nothing follows
        return before.text == '"' and not stopped and _is_reporting(token)
    if token.text in _OPENERS or token.text in _CLOSERS:
        # "the DPRK [North Korea]", or a closing mark glued to its word.
        return before.is_alpha or (not before.whitespace_ and token.text in ")]")
    return False


def _runs_on(before: Token, token: Token) -> bool:
    """Whether nothing ends here: "May 19 his plans", "2nd Street", "9 a.m. Hawaii time"."""
    if token.is_lower:
        return before.is_alpha or before.is_digit
    if before.lower_ in _HALVES:
        following = token.doc[token.i + 1 : token.i + 2].text
        return token.text in _ZONES or (following == "time" and token.text not in _POINTING)
    return bool(_ORDINAL.fullmatch(before.lower_)) and token.is_alpha


def _is_inserted(closing: Token) -> bool:
    """Whether the brackets add a word to a name or a phrase: "Rep. [Nancy] Pelosi"."""
    doc = closing.doc
    behind = range(closing.i - 1, max(0, closing.i - _LONGEST_INSERTION), -1)
    opening = next((i for i in behind if doc[i].text == "["), 0)
    at = opening - 1
    while at > 0 and doc[at].text in _CLOSERS:
        at -= 1
    before = doc[max(0, at)]
    stopped = _STOPS.search(before.text) and not _is_abbreviated(before)
    ends = stopped or _STOPS.search(doc[opening + 1 : closing.i].text)
    return bool(opening) and not ends


def _is_abbreviated(token: Token) -> bool:
    """Whether it is the "Sgt." before a name, of which the parser makes a sentence's end."""
    word = token.nbor(-1).text if token.text == "." and token.i else token.text
    return token.text.endswith(".") and word.rstrip(".") in BEFORE_NAMES


def _starts(token: Token) -> bool:
    """Whether a sentence must start at ``token``."""
    before = token.nbor(-1)
    if token.text in _TURNING and _INITIAL.fullmatch(before.text) and before.whitespace_:
        return True  # "Medicare Part D. But that failed."
    if before.text in {"…", "..."}:
        return bool(before.whitespace_) and token.text[:1].isupper() and token.text != "I"
    return bool(
        token.text == '"'
        and before.text == '"'
        and token.i >= 2
        and _STOPS.search(token.nbor(-2).text)
    )


def _opens_behind_letters(mark: Token) -> bool:
    """Whether a quotation begins behind "the U.N.", whose stop ends the sentence too."""
    follows = mark.doc[mark.i + 1 : mark.i + 2].text
    lettered = re.fullmatch(r"(?:[A-Z]\.){2,}", mark.nbor(-1).text) is not None
    opens = mark.text == '"' and bool(mark.nbor(-1).whitespace_) and not mark.whitespace_
    return opens and lettered and follows in _BEGINNING


def _opens_unspaced(mark: Token) -> bool:
    """Whether print lost the blank before a quotation: 'the poll."I would bet', she said."""
    before = mark.nbor(-1)
    follows = mark.nbor() if mark.i + 1 < len(mark.doc) else mark
    unspaced = not before.whitespace_ and bool(_STOPS.search(before.text))
    return mark.text == '"' and unspaced and follows.text[:1].isupper() and not mark.whitespace_


def _is_reporting(token: Token) -> bool:
    """Whether '"...?" Trump wrote.' goes on here: a few words, a verb of saying, and an end."""
    doc = token.doc
    for at in range(token.i, min(token.i + _LONGEST_REPORTING, len(doc))):
        word = doc[at].lower_
        if word in _REPORTING:
            return at > token.i and doc[at - 1].text not in _CLOSERS
        if doc[at].is_punct and word not in {"-", "."}:
            return False
    return False


def sentences(paragraphs: Iterable[tuple[Paragraph, Doc]]) -> Iterator[Sentence]:
    """Yield the sentences of each parsed paragraph, blanks around them left out."""
    for paragraph, doc in paragraphs:
        for span in _without_strays(doc):
            start, end = paragraph.span(span.start_char, span.end_char)
            yield Sentence(paragraph, span, start, end)


def _without_strays(doc: Doc) -> Iterator[Span]:
    """Give a closing mark that the parser took for a sentence back to the one before."""
    starts = [span.start for span in doc.sents if not span.text.isspace()]
    kept: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        if kept and all(token.text in _CLOSERS or token.is_space for token in doc[start:end]):
            continue
        kept.append(start)
    for start, end in zip(kept, [*kept[1:], len(doc)], strict=True):
        words = [token.i for token in doc[start:end] if not token.is_space]
        if words:
            yield doc[words[0] : words[-1] + 1]
