"""Give every quotation its speaker, over sentences and paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.splitting.grammar import FINITE, has_finite_verb
from claims.splitting.quotations import Quotation, share_quoted
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.sentences import Sentence
from claims.splitting.spans import is_in_quotation

UNNAMED = "unnamed"
_NEXT_PARAGRAPH = 6
"""Characters from a colon to the quotation that it announces."""
_ASKING = frozenset("why how what who whom where when whether".split())
"""Behind them nothing is stated: "Lee explained why she left"."""
_NO_THINGS = frozenset({"say", "think", "believe"})
"""Verbs behind which a thing is a statement of which the parser took the verb for a noun."""
_MOSTLY = 0.6
_WHOLLY = 0.9


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence with its sayings (outermost first) and the speaker of its quotation.

    ``quoted`` may also be a poll whose figures go on; ``in_quotation`` is true only
    where the sentence itself stands in quotation marks, ``announces`` where it only
    tells who speaks next, and then ``quoted`` is that speaker, or is a question that
    goes on in quoted words: neither states anything. ``introduces`` is who may speak
    in the next paragraph, though it has no quotation marks; ``speaks_on`` who may in the
    next sentence.
    """

    sentence: Sentence
    sayings: tuple[tuple[Saying, Attribution], ...]
    quoted: Attribution | None
    in_quotation: bool = False
    announces: bool = False
    introduces: Attribution | None = None
    speaks_on: Attribution | None = None

    @property
    def detached(self) -> list[Saying]:
        """The sayings whose words of saying can go."""
        relayed = [saying.verb.i for saying in _relayed(self.sayings)]
        return [saying for saying, _ in self.sayings if saying.verb.i not in relayed]

    def saying_of(
        self, head: int, tokens: frozenset[int]
    ) -> tuple[Saying | None, Attribution | None]:
        """Return the saying of the proposition with this verb and these tokens, and who says it.

        The innermost saying around the verb, or the next one outwards that names
        somebody; failing that, one whose content is most of the proposition;
        failing that, the speaker of the quotation.
        """
        stating = [entry for entry in self.sayings if _states(entry[0])]
        around = [
            entry
            for entry in stating
            if head in entry[0].content or (head == entry[0].verb.i and not entry[0].detachable)
        ]
        around = around or [
            entry
            for entry in stating
            if tokens
            and len(entry[0].content & tokens) >= 0.5 * len(tokens)
            and all(above.i != head for above in entry[0].verb.ancestors)
        ]
        if self._is_parted(tokens):
            around = []
        if around:
            return self._heard(next((e for e in reversed(around) if e[1].named), around[-1]), head)
        if (own := self._told_by(head, tokens)) is not None:
            return own
        doc = self.sentence.tokens.doc
        if self.quoted is None and self.sayings and is_in_quotation(doc[head]):
            outside = (a for s, a in reversed(self.sayings) if not is_in_quotation(s.verb))
            return None, next(outside, None)  # 'said P: "Q"'
        return None, None if self._is_outside(tokens) else self.quoted

    def _is_outside(self, tokens: frozenset[int]) -> bool:
        """Whether it is told beside the quotation of its sentence: 'Lee left, saying, "P"'."""
        mark = next((t for t in self.sentence.tokens if t.text == '"'), None)
        if mark is None or mark.whitespace_ or mark.i + 1 >= self.sentence.tokens.end:
            return False  # it closes one
        return mark.i > 0 and bool(mark.nbor(-1).whitespace_) and max(tokens) < mark.i

    def _heard(
        self, entry: tuple[Saying, Attribution], head: int
    ) -> tuple[Saying | None, Attribution | None]:
        """The one who is heard saying it: of '"Peru said P," Lee said', left whole, it is Lee."""
        saying, told = entry
        if head != saying.verb.i or not told.via:
            return entry
        marked = is_in_quotation(saying.verb)
        outer = (e for e in self.sayings if e[1].name == told.via and (marked or e[1].direct))
        if (own := next((e for e in outer if head in e[0].content), None)) is not None:
            return own
        through = self.quoted is not None and self.quoted.name == told.via
        return (None, self.quoted) if through else entry

    def _told_by(self, head: int, tokens: frozenset[int]) -> tuple[Saying, Attribution] | None:
        """The saying of a sentence that was left whole, "Lee said P, denied Q and said R".

        Only where most of it is what the one party says.
        """
        own = next((e for e in self.sayings if e[0].verb.i == head), None)
        if own is None or not _states(own[0]) or self._is_parted(tokens):
            return None
        if any(t.dep_ in {"nsubjpass", "auxpass"} for t in own[0].verb.children):
            return None  # "Lee was asked if P"
        said = frozenset().union(*(s.content for s, a in self.sayings if a.name == own[1].name))
        others = (s for s, a in self.sayings if a.name != own[1].name)
        parted = any(s.verb.i in tokens - own[0].content for s in others)  # "Lee denies P, Holm Q"
        source = own[0].source
        around = {t.i for t in source.subtree} if source is not None else set()
        whole = own[0].verb.lemma_ == "say" and own[0].verb.tag_ in FINITE
        whole = whole and len((said | own[0].frame | around) & tokens) >= _WHOLLY * len(tokens)
        mostly = whole or len(said & tokens) >= 0.5 * len(tokens)
        return own if mostly and not parted else None

    def _is_parted(self, tokens: frozenset[int]) -> bool:
        """Whether a clause follows a semicolon among them: what is said may end there."""
        doc = self.sentence.tokens.doc
        marks = [i for i in tokens if doc[i].text == ";" and not is_in_quotation(doc[i])]
        return any(
            "that" not in doc[i + 1 : i + 3].text.lower().split()
            and any(doc[n].tag_ in FINITE for n in tokens if n > i)
            for i in marks
        )


def _states(saying: Saying) -> bool:
    """Whether a statement is said, and not only a thing: "Lee explained the plan"."""
    words = [saying.verb.doc[i] for i in sorted(saying.content)]
    if not words or saying.verb.lemma_ in _NO_THINGS:
        return True
    if saying.verb.lower_ == "according" and not has_finite_verb(saying.verb.sent):
        return True  # the parser sees no verb: "a quake registered there, according to Lee"
    that = "that" in {words[0].lower_, words[0].doc[max(0, words[0].i - 1)].lower_}
    if words[0].lower_ in _ASKING and words[0].i > saying.verb.i and not that:
        return False  # "explained when P", not "claims that when P, Q"
    return that or any(t.tag_ in FINITE or t.text == '"' for t in words)


def _relayed(sayings: Sequence[tuple[Saying, Attribution]]) -> list[Saying]:
    """What a named party is said to report of somebody unnamed.

    "The Herald reports that some lawmakers say they will go": the Herald is the
    claimant, and without the words between it would claim what it only reports.
    """
    named = [saying for saying, attribution in sayings if attribution.named]
    return [
        saying
        for saying, attribution in sayings
        if not attribution.named and any(_is_around(outer, saying) for outer in named)
    ]


def _is_around(outer: Saying, inner: Saying) -> bool:
    """Whether one reports the other; what is "according to" a paper is all that it tells."""
    told = outer.content == inner.content and outer.verb.lower_ == "according"
    told = told and inner.source is not None and inner.source.pos_ != "PRON"
    return inner.content < outer.content or told


def with_relayed(
    sayings: Sequence[tuple[Saying, Attribution]],
) -> tuple[tuple[Saying, Attribution], ...]:
    """Return the sayings; what is relayed keeps the words that tell of whom."""
    relayed = _relayed(sayings)
    kept = []
    for saying, attribution in sayings:
        frames = [r.frame for r in relayed if _is_around(saying, r)]
        kept.append((replace(saying, content=saying.content.union(*frames)), attribution))
    return tuple(kept)


class Speakers:
    """The speaker of each quotation: said beside it, signed below it, or carried on."""

    def __init__(
        self,
        read: Sequence[Spoken],
        quoted: Sequence[Quotation],
        signatures: Sequence[tuple[int, str]],
    ) -> None:
        self._found: dict[int, Attribution] = {}
        self._quoted = quoted
        self._home = {
            q.start: spoken.sentence.paragraph.start
            for q in quoted
            for spoken in read
            if spoken.sentence.start < q.end and q.start < spoken.sentence.end
        }
        for spoken in read:
            self._said(spoken)
        self._beside = set(self._found)
        for offset, name in signatures:
            self._signed(read, offset, name)
        self._carried_on(read)
        self._told_before(read)

    def of(self, spoken: Spoken) -> Attribution | None:
        """Return the speaker of a sentence that is mostly quoted words."""
        sentence = spoken.sentence
        touching = self._touching(sentence)
        if share_quoted(sentence.start, sentence.end, self._quoted) < _MOSTLY:
            # 'The vote is "a boon. They know it," said Lee': the last words go on behind it.
            last = [q for q in touching if sentence.start < q.start < sentence.end < q.end]
            touching = [] if spoken.sayings else last
        found = next((self._found[q.start] for q in touching if q.start in self._found), None)
        wholly = any(q.start <= sentence.start and sentence.end <= q.end for q in touching)
        if found is None and wholly and not spoken.sayings:
            return Attribution(UNNAMED, named=False, direct=True)
        return found

    def announced(self, read: Sequence[Spoken]) -> None:
        """Give a quotation that starts behind "she said:" in the next paragraph its speaker."""
        for spoken in read:
            speaker = spoken.quoted if spoken.announces else spoken.introduces
            if speaker is None:
                continue
            near = range(spoken.sentence.end, spoken.sentence.end + _NEXT_PARAGRAPH)
            quotation = next((q for q in self._quoted if q.start in near), None)
            if quotation is not None and quotation.start not in self._beside:
                self._found[quotation.start] = speaker
        self._carried_on(read)

    def _touching(self, sentence: Sentence) -> list[Quotation]:
        return [q for q in self._quoted if q.start < sentence.end and sentence.start < q.end]

    def _said(self, spoken: Spoken) -> None:
        """The innermost saying whose verb stands outside quotation marks."""
        outside = [a for saying, a in spoken.sayings if not self._is_inside(saying, spoken)]
        for quotation in self._touching(spoken.sentence) if outside else ():
            self._found.setdefault(quotation.start, outside[-1])

    def _is_inside(self, saying: Saying, spoken: Spoken) -> bool:
        at = spoken.sentence.paragraph.at(saying.verb.idx)
        return any(q.start < at < q.end for q in self._quoted)

    def _signed(self, read: Sequence[Spoken], offset: int, name: str) -> None:
        """Go back from a signature over sentences in quotation marks."""
        before = [s.sentence for s in read if s.sentence.end <= offset]
        for sentence in reversed(before):
            if share_quoted(sentence.start, sentence.end, self._quoted) < _MOSTLY:
                break
            for quotation in self._touching(sentence):
                self._found.setdefault(quotation.start, Attribution(name, named=True, direct=True))

    def _carried_on(self, read: Sequence[Spoken]) -> None:
        """The neighbour in the same paragraph, or across one that was left open."""
        pairs = [(a, b) for a, b in pairwise(self._quoted) if {a.start, b.start} <= set(self._home)]
        for earlier, later in pairs:
            if earlier.start in self._found and self._belong_together(earlier, later):
                self._found.setdefault(later.start, self._found[earlier.start])
        for earlier, later in reversed(pairs):
            if later.start in self._found and self._belong_together(earlier, later):
                self._found.setdefault(earlier.start, self._found[later.start])
        paragraphs = list(dict.fromkeys(s.sentence.paragraph.start for s in read))
        ends = {s.sentence.paragraph.start: s.sentence.paragraph.end for s in read}
        for earlier, later in pairs:
            home = self._home[later.start]
            follows = paragraphs.index(home) == paragraphs.index(self._home[earlier.start]) + 1
            if (
                follows
                and earlier.start in self._found
                and share_quoted(home, ends[home], self._quoted) > _WHOLLY
            ):
                self._found.setdefault(later.start, self._found[earlier.start])

    def _told_before(self, read: Sequence[Spoken]) -> None:
        """Who speaks a paragraph of quoted words: "Lee added that P." right before it tells."""
        for before, spoken in pairwise(read):
            start = spoken.sentence.paragraph.start
            words = next((q for q in self._quoted if q.start == start), None)
            parted = before.sentence.paragraph.start != start
            ends = words is not None and words.end >= spoken.sentence.paragraph.end - 1
            if words is None or not parted or not ends or words.goes_on:
                continue
            verb = before.sentence.tokens.root
            told = (a for s, a in before.sayings if s.verb.i == verb.i and not a.direct)
            person = next((a for a in told if a.named and a.name[:1].isupper()), None)
            if person is not None and words.start not in self._found:
                self._found[words.start] = replace(person, direct=True, verb="", via="")

    def _belong_together(self, earlier: Quotation, later: Quotation) -> bool:
        return earlier.goes_on or self._home[earlier.start] == self._home[later.start]
