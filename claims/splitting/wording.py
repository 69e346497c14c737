"""Word a proposition so that it stands on its own, in the article's own words."""

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from claims.splitting.grammar import FINITE, SUBJECTS, VERBAL, first_of_listed, own_subject
from claims.splitting.proposition import Proposition
from claims.splitting.quotations import with_double_marks
from claims.splitting.results import Attribution
from claims.splitting.sentences import Sentence
from claims.splitting.spans import marks_before
from claims.splitting.speakers import UNNAMED

_CONNECTIVES = re.compile(
    r"""^(?:(?:however|furthermore|moreover|meanwhile|nevertheless|nonetheless|still|instead|indeed|
    therefore|thus|hence|besides|additionally|also|finally|similarly|likewise|consequently|
    in\ fact|in\ addition|for\ example|for\ instance|of\ course|on\ the\ other\ hand|as\ a\ result|
    after\ all|yes|not\ to\ mention|regardless|naturally|first|second|third)\s*,\s*
    |(?:this|that)(?:\ is|\ was|['’]s)\ because\b(?!\ of)
    |(?:and|but|or|yet|
    so(?!\ (?:far|long|ha[sd]|have|d[io]d?|does|is|are|was|were|will|can)\b
      |\ (?-i:[a-z]+)\ (?:is|are|was|were)\b
      |,\ [^,]{1,40},\ (?:is|are|was|were|d[io]d?|does|ha[sd]|have)\b))\b,?\s+)+""",
    re.IGNORECASE | re.VERBOSE,
)
_ENUMERATED = re.compile(r"^(?:\(\d{1,2}\)|\d{1,2}[.)])\s+(?=[“\"A-Z])")
_IN_BRACKETS = re.compile(r"^\(([^()]+)\)\W*$")
"""All of it: "(He has left.)"."""
RELATIVE_DATE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|ago|(?:earlier|later) (?:this|that)|"
    r"(?:last|this|next) (?:week|month|year|night|spring|summer|autumn|fall|winter)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
"""Words that mean a day only to somebody who knows when the article appeared."""
_TOLD = re.compile(
    r"\b(?:told|informed|advised|assured)\b|^(?:put|had)$|^(?:\w+ly |instead )?\w+ing$"
)
"""Verbs that need a hearer, or something else: "instead saying"."""
_POINTING = frozenset("those these some others many most several both all few none one".split())
_ARTICLES = "an?|the|some|many|most|several|few|other|certain"
_JOINING = frozenset("while whilst whereas although though because after as".split())
_ANNOUNCING = re.compile(r", which (?:also )?(?:says?|said|reads?|states?|stated)(?=:$)")
"""What only announces the words below: "the 14th Amendment, which says:"."""
_LEFT_OPEN = re.compile(r"""^[^“”"]*\w[^“”"]*\s(?P<mark>[“"])\w[^“”"]*$""")
_CLOSING = re.compile(r"(?<=[\w,])[\"”][,\s]*$")
_PRONOUNS = frozenset("he she they it we i who".split())
_INTRANSITIVE = frozenset("return go come become arrive fall rise grow retire resign die".split())
_FULL = {"have": "have", "be": "is", "will": "will", "would": "would"}
_STOPS = (".", "!", "?", "…")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


def worded(
    proposition: Proposition, sentence: Sentence, names: dict[int, str] | None = None
) -> str:
    """Return the proposition as a sentence; ``names`` replaces tokens by position."""
    names = {i: name for i, name in (names or {}).items() if not _is_cited(i, proposition)}
    text = with_double_marks(sentence.paragraph.text)
    lead = proposition.lead
    ends = [not t.whitespace_ and after.i != t.i + 1 for t, after in pairwise(lead)]
    pieces = [
        _piece(t, text, names) + (" " if end else "")
        for t, end in zip(lead, [*ends, False], strict=False)
    ]
    for number, token in enumerate(lead[1:], start=1):
        if token.is_title and token.pos_ == "ADV":
            pieces[number] = pieces[number].lower()  # "Hopefully, Lee will P and Q"
    if pieces:
        pieces[-1] = pieces[-1].rstrip() + " "
    previous: Token | None = None
    gap = -2
    for token in _without_mark(proposition):
        if _parts_verb(previous, token) and pieces:
            pieces[-1], previous = pieces[-1].rstrip(" ,") + " ", token
            continue  # "the board, according to Lee, is": neither comma stays
        if previous is not None and token.i != previous.i + 1 and pieces:
            pieces[-1] = _closed(pieces[-1], previous, token)
            gap = token.i
        goes_on = token.text == '"' and token.i + 1 < len(token.doc) and token.nbor().is_lower
        if goes_on and token.i - gap <= 1 and (end := _CLOSING.search("".join(pieces))):
            # '"If P," he said, "Q"' is one quotation again.
            half = "".join(pieces)[: end.start()]
            verbless = not any(t.tag_ in FINITE for t in proposition.tokens if t.i < token.i)
            pieces, previous = [f"{half.rstrip(',') if verbless else half} "], token
            continue
        if token.i in proposition.supplied:
            pieces.append(proposition.supplied[token.i] + " ")
        if token.i in proposition.replaced:
            possessive = "'s" if token.lower_ == "whose" else ""
            antecedent = _printed(proposition.replaced[token.i], text, names)
            place = "In " if token.lower_ == "where" else ""
            after = ", " if token.lower_ == "where" else token.whitespace_
            pieces.append(place + antecedent + possessive + after)
        elif previous is not None and previous.i in proposition.replaced and _is_short(token):
            pieces.append(f" {_full_form(token)} ")
        else:
            pieces.append(_piece(token, text, names))
        previous = token
    text = "".join(pieces)
    if gap >= 0:
        text = re.sub(r"\b(and|but|that), (?=\w)", r"\1 ", text)
    text = _ANNOUNCING.sub("", text)
    return _closed_inside(_bare(tidy(_quotation_closed(text, proposition.tokens[-1]))))


def _quotation_closed(text: str, last: Token) -> str:
    """Close the quotation with which the next sentence goes on."""
    opened = _LEFT_OPEN.search(text) if marks_before(last.doc, last.i + 1) % 2 else None
    if opened is None:
        return text
    return text.rstrip() + ("”" if opened.group("mark") == "“" else '"')


def _parts_verb(before: Token | None, comma: Token) -> bool:
    """Whether two commas that set off words now left out stand between subject and verb."""
    if before is None or before.text != "," or comma.text != "," or comma.i <= before.i + 1:
        return False
    behind = comma.doc[comma.i + 1 : comma.i + 2]
    verbs = (v for t in behind if t.pos_ in VERBAL and t.tag_ in FINITE for v in (t, t.head))
    return any(c.dep_ in SUBJECTS and c.i < before.i for v in verbs for c in v.children)


def _is_cited(position: int, proposition: Proposition) -> bool:
    """Whether it stands between marks that stay: printed words are not changed there."""
    marks = [t.i for t in proposition.tokens if t.text == '"']
    whole = marks[:1] == [proposition.tokens[0].i]
    return not whole and sum(mark < position for mark in marks) % 2 == 1


def _repeats_that(token: Token, proposition: Proposition) -> bool:
    """Whether it is a later "that" of "said that P, that Q and that R", without the first."""
    if token.lower_ != "that" or token.dep_ != "mark":
        return False
    head, first = proposition.head, first_of_listed(token.head)
    saying = head.head if head.dep_ == "ccomp" else head
    told = first.dep_ == "ccomp" and first.head.i == saying.i and saying not in proposition.tokens
    if first.i != head.i and not told:
        return False
    marks = [t for verb in (first, head) for t in verb.children if t.dep_ == "mark"]
    opening = next((t for t in marks if t.lower_ == "that"), None)
    later = token.head.dep_ == "conj" or opening != token
    return later and not (opening in proposition.tokens or any(t.lower_ != "that" for t in marks))


def _is_short(token: Token) -> bool:
    """Whether it is the verb of "who've"."""
    return token.text[:1] == "'" and token.lemma_ in _FULL


def _full_form(verb: Token) -> str:
    been = verb.doc[verb.i + 1 : verb.i + 2].text.lower() == "been"
    perfect = verb.head.tag_ == "VBN" and verb.head.lemma_ in _INTRANSITIVE  # "who's returned"
    return "has" if been or perfect else _FULL[verb.lemma_]


def _closed(piece: str, before: Token, after: Token) -> str:
    """The piece before words that were left out, without a mark that only set them off."""
    set_off = before.text == "," and after.nbor(-1).text == ","
    return ("" if set_off else piece.rstrip()) + " "


def _without_mark(proposition: Proposition) -> Sequence[Token]:
    """The tokens without the "while" or "after" that joined the clause to another."""
    tokens = proposition.tokens
    tokens = tuple(t for t in tokens if not _repeats_that(t, proposition))
    first = tokens[0]
    opens = first.i == first.sent.start  # "That, as they hate us, makes no sense"
    if first.lower_ == "that" and first.dep_ == "mark" and first.head.dep_ != "csubj" and not opens:
        return tokens[1:]  # "that, while R, P"
    if first.lower_ == "because" and first.dep_ == "mark" and first.head.dep_ == "ROOT":
        return tokens[1:]  # a sentence that only gives the reason for the one before
    subject = own_subject(proposition.head)
    before = [t for t in tokens if subject is not None and t.i < subject.i]
    marks = proposition.head.dep_ == "advcl" and first.head.i == proposition.head.i
    if first.lower_ == "after" and any(t.text == "," for t in before):
        return tokens  # "After three days, the toll stood at 40"
    return tokens[1:] if marks and first.lower_ in _JOINING else tokens


def _bare(text: str) -> str:
    """Without the marks of a quotation that is the whole text."""
    inner = text[1:].rstrip('"”')
    if text[:1] in '"“' and inner != text[1:] and not re.search('["“”]', inner):
        inner = inner[:1].upper() + inner[1:]
        return inner if inner[-1:] in _STOPS else f"{inner}."
    return text


_BRAND = re.compile(r"[a-z]{1,4}[A-Z]")
"""Of "eBay" and "easyJet", which keep their small letter in front."""
_OPENED = re.compile(r"(?<=[,:] )‘(?=[A-Z])")
_CLOSED = re.compile(r"’(?!\w)")


def tidy(text: str) -> str:
    """Return the text as a sentence: no connective in front, marks paired, one stop.

    >>> tidy("But , the price “ rose ,")
    'The price rose.'
    """
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:!?]|(?<=\d\s)%)", r"\1", text)
    text = re.sub(r"^([“\"]?)[\s,;:.•–—-]+", r"\1", text)
    text = _CONNECTIVES.sub("", _ENUMERATED.sub("", text))
    text = _IN_BRACKETS.sub(r"\1", text)
    text = _paired(text)
    text = re.sub(r"\s+([,.;:!?]|(?<=\d\s)%)", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"(?:\s[-–—]+){2,}\s", " ", text)
    text = re.sub(r",\s*([\"”])\s*(?=[,.]|$)", r"\1", text)
    text = re.sub(r"(?<!\banything)(?<!\ba)[\s,]+(?:and|but|or|while)(?=\W*$)", "", text)
    text = re.sub(r"^[\s,;:–—-]+|[\s,;:–—-]+$|,\s*…\.?$", "", text)
    text = re.sub(r"(?:[,;:]|\s[–—-]+)([.!?])", r"\1", text)
    text = re.sub(r"\s{2,}", " ", text)
    text = re.sub(r"(?<!\.)\.\.$", ".", text)
    if text and text[-1] not in '.!?…”"':
        text += "."
    return text if _BRAND.match(text) else text[:1].upper() + text[1:]


def as_said(bare: str, attribution: Attribution, sentence: str = "") -> str:
    """Return "X said P" for a saying of which only the saying can be checked.

    ``sentence`` tells whether it is "an aide" or "the aide", "some voters" or all of them.

    >>> as_said("Taxes will fall.", Attribution("Ann Lee", named=True, verb="has promised"))
    'Ann Lee has promised: Taxes will fall.'
    >>> aide = Attribution("White House aide", named=True, verb="said")
    >>> as_said("Taxes will fall.", aide, "A White House aide said taxes will fall.")
    'A White House aide said: Taxes will fall.'
    """
    name = attribution.name if attribution.name != UNNAMED else "somebody"
    article = re.search(rf"\b(?:{_ARTICLES}) {re.escape(name)}\b", sentence, re.IGNORECASE)
    counted = article and article.group().partition(" ")[0].lower() not in {"a", "an", "the"}
    described = name.split(" ")[-1][:1].islower()
    who = article.group() if article and (described or counted) else name
    if attribution.verb.lower() in {"according to", "in"}:
        return f"According to {who}: {bare}"
    last = name.split(" ")[-1]
    owned = "'s " in name or "’s " in name
    named = article or owned or name == "somebody"
    alone = last in _PRONOUNS or last in _POINTING
    if not named and last.islower() and not alone and last[-1] != "s":
        who = f"the {name}"
    who = who[:1].upper() + who[1:]
    verb = _TOLD.sub("said", re.sub(r"\btells?\b|^puts$", "says", attribution.verb))
    verb = re.sub(r"^['’]s (?=.*\w+ing\b)", "is ", verb)
    verb = verb[:1].lower() + verb[1:] or "said"
    if verb.startswith("have ") and not name.endswith("s") and name.lower() != "they":
        verb = f"has {verb[5:]}"
    return f"{who} {verb}: {bare}"


def _closed_inside(text: str) -> str:
    """Put the stop inside a quotation that ends within another one, and its mark behind it."""
    text = re.sub(r",’\s*\.$", ".’", text)
    left_open = text[-1:] in ".!?" and len(_OPENED.findall(text)) > len(_CLOSED.findall(text))
    return text + "’" * left_open


_ASIDE_LEFT_OPEN = re.compile(r"(?<=\w\s)(\((?:[^\s()]+\s){0,5}[^\s()]+?)[\s.,;]*$")
"""A few words in brackets that end the text: "half a mile (1 kilometer"."""
_STRAY = re.compile(r"(?<=[.!?])['’]\.?$")
"""A single mark that closes what was quoted further up: "So much is lost.'"."""
_OPENING_SINGLE = re.compile(r"(?:^|[\s“\"])['‘]\w")


def _paired(text: str) -> str:
    text = _ASIDE_LEFT_OPEN.sub(r"\1)", text)
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = re.sub(r"\s{2,}", " ", text).strip()
    return text if _OPENING_SINGLE.search(text) else _STRAY.sub("", text)


def _piece(token: Token, text: str, names: dict[int, str]) -> str:
    word = names.get(token.i, text[token.idx : token.idx + len(token)])
    return word + (" " if token.whitespace_ else "")


def _printed(tokens: Sequence[Token], text: str, names: dict[int, str]) -> str:
    return "".join(_piece(t, text, names) for t in tokens).strip(" ,")
