"""Read an article: its own sentences, who speaks them, and what the page put around them."""

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claims.kinds import NO_STATEMENT, QUESTION, Placement
from claims.splitting import blocks, noise
from claims.splitting.attribution import Attributor
from claims.splitting.cast import Cast
from claims.splitting.grammar import (
    CLAUSAL,
    SUBJECTS,
    has_finite_verb,
    is_finite,
)
from claims.splitting.language import parsed
from claims.splitting.paragraphs import Paragraph
from claims.splitting.quotations import Quotation, quotations
from claims.splitting.results import Block, Dropped
from claims.splitting.sentences import Sentence, sentences
from claims.splitting.speakers import Spoken
from claims.splitting.unstated import (
    only_answers,
    only_asks,
    only_ends_quotation,
    states_nothing,
)

_LONGEST_VERBLESS = 30
_LONGEST_LABEL = 6
_SHORTEST_HEADLINE = 4
"""Words: buttons and menus are shorter than sentences, and "Home" is no headline."""
_LONGEST_SIGNATURE = 8
"""Words."""
_SHORTEST_UNPARSED = 10
"""Words: a longer sentence has a verb, even if the parser sees none."""
_SHORTEST_REPEATED = 6
"""Words: shorter sentences are said twice."""
_WORD = re.compile(r"\w+")
_MOST_NAMES = 0.8
_MOST_FIGURES = 0.45
_FEWEST_SMALL = 0.25
"""Shares, in prose, of figures with marks, and of words in small letters."""
_NEXT = 4
"""Characters between two sentences with nothing between them."""
_LAST_PARAGRAPHS = 4
_PARTICLES = frozenset("de la del der di da du van von den bin al el and of".split())
"""Small words of names: "Ann de la Cruz", "University of Tarn"."""
_NO_NAMES = frozenset("this that watch read listen more here top news how why what".split())
_LIVES_BY = frozenset("be write cover report serve work teach".split())
_TRADES = frozenset(
    "professor fellow columnist author writer editor director analyst reporter correspondent "
    "contributor journalist lecturer president strategist attorney lawyer consultant host "
    "producer scholar historian economist blogger commentator founder politics staff entrepreneur "
    "scientist physician engineer bioengineer novelist veteran".split()
)
_MAY_SIGN = frozenset(
    {noise.CAPTION, noise.HEADING, noise.CREDIT, NO_STATEMENT, "byline or date line"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences that may state something, in order, and all the rest with reasons."""

    spoken: tuple[Spoken, ...]
    quoted: tuple[Quotation, ...]
    cast: Cast
    dropped: tuple[Dropped, ...]
    blocks: tuple[Block, ...]

    def is_headline(self, sentence: Sentence) -> bool:
        """Whether the sentence stands in the article's headline."""
        return any(
            block.placement is Placement.HEADLINE and block.start <= sentence.start < block.end
            for block in self.blocks
        )

    @property
    def left_out(self) -> tuple[Dropped, ...]:
        """All that gives no claim, in order, announcements of a quotation included."""
        unstated = (
            Dropped(s.sentence.start, s.sentence.end, why)
            for s in self.spoken
            if (why := self.why_unstated(s))
        )
        return tuple(sorted((*self.dropped, *unstated), key=lambda d: (d.start, d.end)))

    @staticmethod
    def why_unstated(spoken: Spoken) -> str:
        """Why a sentence states nothing that only tells who speaks; "" if it states something."""
        tokens = spoken.sentence.tokens
        # "Here's Lee on the vote:"
        shows = tokens[0].lower_ == "here" and tokens[-1].text == ":" and spoken.introduces
        if (spoken.sentence.asks and spoken.announces) or only_asks(tokens):
            return QUESTION
        if spoken.announces or shows:
            return "announces a quotation"
        says_nothing = only_ends_quotation(tokens) or only_answers(tokens)
        return NO_STATEMENT if says_nothing else ""

    @property
    def asides(self) -> Iterator[tuple[int, int]]:
        """Where sentences state nothing and are read all the same: they ask, or have no verb."""
        return ((d.start, d.end) for d in self.dropped if d.why in {QUESTION, NO_STATEMENT})

    @property
    def captions(self) -> Iterator[Dropped]:
        """The captions that may say something of a picture."""
        return (d for d in self.dropped if d.why == noise.CAPTION)


def read(text: str, title: str, apart: Sequence[tuple[int, int]] = ()) -> Reading:
    """Read an article; ``title`` may be empty, ``apart`` are its quotations set apart."""
    laid, cut_out = blocks.lay_out(text, title, apart)
    prose = [entry for entry in laid if not entry.why]
    docs = parsed(entry.paragraph.text for entry in prose)
    parsed_prose = [(e, doc) for e, doc in zip(prose, docs, strict=True)]
    verbless = {e.paragraph.start for e, doc in parsed_prose if _is_verbless(e, doc)}
    laid = [blocks.without_verb(e) if e.paragraph.start in verbless else e for e in laid]
    body = [(e.paragraph, doc) for e, doc in parsed_prose if e.paragraph.start not in verbless]
    headlines = {e.paragraph.start for e in laid if e.placement is Placement.HEADLINE}
    quoted = quotations(paragraph for paragraph, _ in body)
    kept, left_out = _sorted_out(body, headlines)
    kept, repeated = _without_repeated(kept, quoted, text)
    turns = {e.paragraph.start: e.speaker for e in prose if e.speaker}
    cited = {e.paragraph.start for e in prose if e.placement is Placement.QUOTATION}
    # "Lee Lays Out Her Plan" makes a name of a verb.
    cast = Cast((paragraph, doc) for paragraph, doc in body if paragraph.start not in headlines)
    dropped = [
        *cut_out,
        *(Dropped(e.paragraph.start, e.paragraph.end, e.why) for e in laid if e.why),
        *left_out,
        *repeated,
    ]
    return Reading(
        tuple(
            Attributor(cast, quoted, _signatures(dropped, text, quoted), turns, cited).attribute(
                kept
            )
        ),
        tuple(quoted),
        cast,
        tuple(sorted(dropped, key=lambda d: (d.start, d.end))),
        blocks.blocks_of(laid),
    )


def _without_repeated(
    kept: Sequence[Sentence], quoted: Sequence[Quotation], text: str
) -> tuple[list[Sentence], list[Dropped]]:
    """Leave out what was quoted before, word for word: a post printed below its quotation."""
    quotes = [(q.end, _plain(text[q.start : q.end])) for q in quoted]
    once: list[Sentence] = []
    repeated: list[Dropped] = []
    for sentence in kept:
        words = _plain(sentence.text)
        if words.count(" ") > _SHORTEST_REPEATED and any(
            end <= sentence.start and words in quote for end, quote in quotes
        ):
            repeated.append(Dropped(sentence.start, sentence.end, noise.REPEATED))
        else:
            once.append(sentence)
    return once, repeated


def _plain(words: str) -> str:
    """The words alone, with a blank around each."""
    return f" {' '.join(_WORD.findall(words)).casefold()} "


def _signatures(
    dropped: Sequence[Dropped], text: str, quoted: Sequence[Quotation]
) -> list[tuple[int, str]]:
    """Return names printed alone, with their offsets: "Ann Lee, The Herald" below a quotation."""
    found = []
    for entry in dropped:
        words = text[entry.start : entry.end].split()
        name = " ".join(words).partition(",")[0].strip(" .—–-")
        if any(q.start < entry.start < q.end for q in quoted):
            continue  # "Ninety-eight percent. Tesla. Freud.", all of it somebody's words
        if entry.why in _MAY_SIGN and len(words) <= _LONGEST_SIGNATURE and _is_name(name):
            found.append((entry.start, name))
    return found


def _is_name(words: str) -> bool:
    """Whether it may name somebody: not "From the Right", nor "According to Lee:"."""
    names_none = words.partition(" ")[0].casefold() in _NO_NAMES  # but "NBC News"
    shouted = words.isupper() and " " in words  # "NUCLEAR CLUB" is a heading
    if names_none or shouted or words in month_name or words.endswith(":"):
        return False
    return bool(words) and all(
        word[0].isupper() or word in _PARTICLES for word in words.removeprefix("— ").split()
    )


def _is_verbless(entry: blocks.Laid, doc: Doc) -> bool:
    """A short paragraph without a finite verb, or a very short one without a stop.

    Of headlines only those that are too short to state anything. "It can carry 7.5 tonnes"
    is an item of a list, although it has no stop.
    """
    words = sum(t.is_alpha for t in doc)
    if entry.placement is Placement.HEADLINE:
        tells = any(t.tag_.startswith("VB") or t.tag_ in {"MD", "TO"} or t.like_num for t in doc)
        return not tells or (words < _SHORTEST_HEADLINE and not has_finite_verb(doc[:]))
    if entry.placement is Placement.BODY and words <= _LONGEST_LABEL and not _ends(doc):
        return not _states_a_figure(doc)
    return len(doc) <= _LONGEST_VERBLESS and not has_finite_verb(doc[:])


def _states_a_figure(doc: Doc) -> bool:
    said = any(t.dep_ in SUBJECTS and is_finite(t.head) for t in doc)
    return said and any(t.like_num for t in doc)


def _ends(doc: Doc) -> bool:
    return bool(noise.SENTENCE_STOP.search(doc.text.rstrip()))


def _sorted_out(
    body: Sequence[tuple[Paragraph, Doc]], headlines: set[int]
) -> tuple[list[Sentence], list[Dropped]]:
    kept: list[Sentence] = []
    left_out: list[Dropped] = []
    last = {paragraph.start for paragraph, _ in body[-_LAST_PARAGRAPHS:]}
    for sentence in sentences(body):
        why = ""
        if sentence.paragraph.start not in headlines:
            why = _why_no_statement(sentence)
            if (
                not why
                and kept  # the first sentence tells of whom the article is
                and sentence.paragraph.start in last
                and (_is_author(sentence, kept) or _goes_on_about(sentence, left_out))
            ):
                why = noise.AUTHOR
        if why:
            left_out.append(Dropped(sentence.start, sentence.end, why))
        else:
            kept.append(sentence)
    return kept, left_out


def _why_no_statement(sentence: Sentence) -> str:
    if why := noise.why_noise(sentence.text):
        return why
    if sentence.asks and not sentence.opens_quotation:
        return QUESTION
    words = [t for t in sentence.tokens if t.is_alpha]
    if _is_table(sentence.tokens):
        return NO_STATEMENT
    if states_nothing(sentence.tokens):
        return NO_STATEMENT
    verbless = not has_finite_verb(sentence.tokens)
    unparsed = any(t.tag_ == "VBN" or (t.tag_ == "VB" and not _is_purpose(t)) for t in words)
    if verbless and (len(words) < _SHORTEST_UNPARSED or not unparsed or _is_listing(words)):
        return NO_STATEMENT
    return ""


def _is_purpose(verb: Token) -> bool:
    """Whether it is the infinitive of "a million dollars to build it"."""
    return verb.dep_ in {"acl", "relcl"} and any(t.tag_ == "TO" for t in verb.children)


def _goes_on_about(sentence: Sentence, left_out: Sequence[Dropped]) -> bool:
    """Whether it tells more of the author of whom the sentence before told: "Her latest book"."""
    after = left_out[-1] if left_out else None
    return (
        after is not None
        and after.why == noise.AUTHOR
        and 0 <= sentence.start - after.end <= _NEXT
        and sentence.tokens[0].lower_ in {"he", "she", "his", "her", "they", "their"}
    )


def _is_table(tokens: Span) -> bool:
    """Whether it is figures with labels, "Ohio 5.9 Iowa 4.2", and hardly a word between."""
    figures = sum(t.like_num or not t.text[0].isalnum() for t in tokens)
    small = sum(t.is_alpha and t.is_lower for t in tokens)
    if any(t.tag_ in {"VBD", "VBZ", "MD"} for t in tokens):
        return False  # "GW Pharma GWPH, -3.69% was down 3.0%."
    return figures > _MOST_FIGURES * len(tokens) and small < _FEWEST_SMALL * len(tokens)


def _is_listing(words: Sequence[Token]) -> bool:
    """Whether nearly every word is a name, as in a menu of countries."""
    return sum(t.text[0].isupper() for t in words) >= _MOST_NAMES * len(words)


def _is_author(sentence: Sentence, kept: Sequence[Sentence]) -> bool:
    """ "Ann Lee is a professor at ...": at the end, about somebody the article never named."""
    root = sentence.tokens.root
    subject = next((t for t in root.children if t.dep_ == "nsubj"), None)
    if root.lemma_ not in _LIVES_BY or subject is None or subject.ent_type_ != "PERSON":
        return False
    if not any(t.lemma_.lower() in _TRADES for t in sentence.tokens):
        return False
    told = any(t.lower_ == "that" and t.dep_ == "mark" for t in sentence.tokens)
    if told or any(t.dep_ in CLAUSAL for t in root.children):
        return False  # "Ann Lee wrote that P, that Q and that R"
    return not any(subject.text in earlier.text for earlier in kept)
