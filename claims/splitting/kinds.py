"""Say what kind of statement a claim is, from its words and its grammar."""

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Span, Token

from claims.kinds import Kind
from claims.splitting.grammar import CLAUSAL, FINITE, has_auxiliary, is_finite, own_subject
from claims.splitting.results import Attribution
from claims.splitting.spans import is_in_quotation

_QUANTITY_LABELS = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
_COMPARING = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|better|worse|greater|bigger|faster|slower|"
    r"older|younger|cheaper|stronger|weaker|earlier|later)\b(?:\W+\w+){0,6}?\W+than\b|"
    r"\b(?:compared (?:with|to)|the (?:most|least|first|largest|biggest|highest|lowest|worst|best)|"
    r"ahead of|doubled|tripled|outnumber\w*|as \w+ as)\b",
    re.IGNORECASE,
)
_CAUSING = re.compile(
    r"\b(?:because(?: of)?|due to|caused?(?: by)?|led to|leads to|leading to|"
    r"result(?:ed|s|ing)? in|"
    r"as a result|thanks to|triggered|sparked|prompted|owing to|responsible for|drove|driven by|"
    r"brought (?:about|an end))\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:law|laws|legal(?:ly)?|illegal(?:ly)?|unlawful\w*|constitution\w*|statut\w+|court|courts|"
    r"regulation|regulations|treaty|violat\w+|charged|convicted|sentenced|indicted|sued|lawsuit|"
    r"ruling|ruled|verdict|required to|prohibit\w*|mandate[sd]?|penalty|permitted|banned|"
    r"agreement|accord|pact|act of|amendment|executive order|rights?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d|\b(?:percent|million|billion|hundreds|thousands|dozens)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MODALS = frozenset("will would could should might may must shall 'll wo can".split())
_FEELING = re.compile(
    r"\b(?:i|we|my|our) (?:think|believe|hope|feel|want|wish|love|thank)\b|"
    r"\b(?:shame\w*|disgrac\w+|outrag\w+|hypocri\w+|wonderful|terrible|horrible|great|proud)\b",
    re.IGNORECASE,
)
_WISHING = re.compile(r"May (?:God|the (?:Lord|Son|Almighty)|(?:he|she|they) rest)\b")
_COULD = frozenset({"could", "might", "may"})
_IMAGINING = frozenset({"imagine", "suppose", "picture", "pretend"})
_ASKING = frozenset({"how", "why", "what", "who"})
_POINTED = frozenset(
    "rundown recap list look text transcript highlight takeaway summary overview way thing "
    "reason question excerpt example some portion rest".split()
)
"""What "here is" only announces."""
_OPENING = 5
"""Words at the head of a sentence."""
_FUTURE = frozenset({"will", "'ll", "wo", "could", "might", "may", "shall"})


def kind_of(
    text: str,
    head: Token,
    labels: frozenset[str],
    *,
    checkable: bool,
    only_said: bool,
    attributed: bool,
) -> Kind:
    """Return the kind of a claim.

    ``labels`` are the entity labels inside it; ``checkable`` whether it is worth
    a check at all; ``only_said`` whether only the saying of it can be checked;
    ``attributed`` whether anybody but the article says it.
    """
    if text.rstrip('.…”" ').endswith("?"):
        return Kind.OPINION
    if not attributed and _is_guess(text, head):
        return Kind.PREDICTION
    if not attributed and (_bids_or_exclaims(head) or _says_what_ought_to_be(head)):
        return Kind.OPINION
    if not checkable:
        future = any(t.dep_ == "aux" and t.lower_ in _FUTURE for t in head.children)
        return Kind.PREDICTION if future else Kind.OPINION
    figures = bool(labels & _QUANTITY_LABELS) and bool(_FIGURE.search(_YEAR.sub("", text)))
    present = head.lemma_ == "be" and head.tag_ in {"VBZ", "VBP"}
    signs = (
        (Kind.QUOTE, only_said),
        (Kind.CAUSAL, _CAUSING.search(text)),
        (Kind.COMPARISON, _COMPARING.search(text)),
        (Kind.QUANTITY, figures),
        (Kind.LEGAL, _LEGAL.search(text)),
        (Kind.BACKGROUND, present),
    )
    return next((kind for kind, sign in signs if sign), Kind.EVENT)


def _says_what_ought_to_be(head: Token) -> bool:
    """Whether it is "The cap should stay", and not "Lee should have told the council"."""
    helping = {t.lower_ for t in head.children if t.dep_ == "aux"}
    return bool(helping & {"should", "ought"}) and "have" not in helping


def _bids_or_exclaims(head: Token) -> bool:
    """Whether it is "Remember the hard facts." or "And what a perfect gateway!".

    Not where a statement hangs on what it bids: "Remember that 40 people died". Nor does
    "Or that P." state anything, which goes on another sentence, nor "Here are the figures.".
    """
    words = [t for t in head.sent if t.is_alpha and t.dep_ != "cc"]
    if not words:
        return False
    first, root = words[0], head.sent.root
    if first.lower_ in _IMAGINING | {"thanks"} and first.i == root.i:
        return True
    if first.lower_ == "that" and first.dep_ == "mark":
        joined = first.i > head.sent.start  # "Or that P" goes on another sentence
        return joined and first.head.i == root.i
    if head.dep_ != "relcl" and (_exclaims(words) or _points(head.sent, first)):
        return True
    asks = first.lower_ in _ASKING and first.head.i == root.i
    if asks and head.sent[-1].text != ".":
        return True  # the heading "How Lee came out on top"
    bids = first.i == root.i and root.tag_ == "VB" and own_subject(root) is None
    told = any(t.dep_ in CLAUSAL and is_finite(t) for t in words)
    return bids and not told


def _exclaims(words: Sequence[Token]) -> bool:
    """Whether it is "What a day", "How low has Lee gone" or "Thanks to Lee for finding it"."""
    first, sentence = words[0], words[0].sent
    if any(t.text == ":" for t in sentence[:-1]) and first.lower_ != "thanks":
        return False  # "What a change: crime fell"
    if [t.lower_ for t in words[:2]] in (["what", "a"], ["what", "an"]):
        return True
    if _WISHING.match(first.doc[first.i : sentence.end].text):
        return True
    if [t.lower_ for t in words[:2]] == ["thanks", "to"]:
        told = (t for t in words if t.tag_ in FINITE and not is_in_quotation(t))
        thanks = any(a.lower_ == "for" and b.tag_ == "VBG" for a, b in pairwise(words))
        return thanks and not any(True for _ in told)
    turned = (
        (t, own_subject(t.head))
        for t in words[1:_OPENING]
        if t.dep_ == "aux" and t.tag_ in FINITE and t.head.i == sentence.root.i
    )
    return first.lower_ in _ASKING and any(s is not None and s.i > t.i for t, s in turned)


def _points(sentence: Span, first: Token) -> bool:
    """Whether it points to what follows or goes on another: "Here's a recap", "As is P"."""
    behind = sentence.doc[first.i + 1 : min(first.i + 2, sentence.end)]
    if not any(t.lemma_ == "be" and t.i == sentence.root.i for t in behind):
        return False
    shown = (t.lemma_.lower() for t in sentence.root.children if t.dep_ in {"nsubj", "attr"})
    return first.lower_ == "as" or (first.lower_ == "here" and not _POINTED.isdisjoint(shown))


def _is_guess(text: str, head: Token) -> bool:
    """Whether the article itself only says what could happen, without a figure."""
    joined = head.dep_ == "conj" and own_subject(head) is None and not has_auxiliary(head)
    first = head.head if joined else head  # "could have stayed and lost"
    could = any(t.dep_ == "aux" and t.lower_ in _COULD for t in first.children)
    denied = any(t.dep_ == "neg" for t in head.children)
    return could and not denied and not _FIGURE.search(text)


def is_only_said(text: str, head: Token, attribution: Attribution) -> bool:
    """Whether only the saying can be checked: a promise, a guess, an opinion, an insult.

    Figures and past events can be checked whoever tells them; what "could" or
    "should" be, and what the speaker feels, cannot.
    """
    if attribution.named and _WISHING.match(text):
        return True
    if not attribution.named or _FIGURE.search(text):
        return False
    modal = any(t.dep_ == "aux" and t.lower_ in _MODALS for t in head.children)
    past = head.tag_ in {"VBD", "VBN"} and not modal
    if modal or _FEELING.search(text):
        return True
    return attribution.direct and not past
