"""Cut a sentence into propositions: one statement each, nothing invented or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from claims.splitting.asides import Aside, apposition, relative_clause
from claims.splitting.clauses import (
    SUBJECT_LIKE,
    beginning,
    is_second_clause,
    link,
    shared_lead,
)
from claims.splitting.contents import is_behind_quotation
from claims.splitting.contrasts import is_before_colon, is_contrast
from claims.splitting.doubts import are_doubtful, is_fragment
from claims.splitting.grammar import LONGEST, VERBAL, is_finite, positions, subtree
from claims.splitting.lists import listed
from claims.splitting.proposition import Proposition
from claims.splitting.saying import Saying
from claims.splitting.spans import is_in_quotation
from claims.splitting.verbs import ASSERTS

_NEARLY = 0.9
_FEWEST_QUOTED = 5
"""Tokens of a quotation that is told without the rest of its sentence."""
_OPENING = frozenset("when where while whereas although though because since after before".split())


def propositions(sentence: Span, sayings: list[Saying]) -> list[Proposition]:
    """Return the propositions of a sentence in the order of their words.

    Clauses under a condition stay with their main clause, and so does anything
    under a negated or questioned verb. Words that only attribute are left out.
    """
    if len(sentence) > LONGEST:
        return [Proposition(sentence.root, tuple(sentence))]
    cutter = _Cutter([saying for saying in sayings if saying.detachable])
    found = list(cutter.split(_Part(sentence.root, positions(sentence))))
    whole = _correlates(sentence) or _opens_with_mark(sentence) or _asks(sentence)
    doubtful = not found or whole or are_doubtful(found, cutter.frames)
    for saying in reversed(cutter.sayings):
        left_in = any(saying.verb.i in {t.i for t in p.tokens} for p in found)
        if (doubtful or left_in) and (words := _quoted_before(saying, sentence)):
            return [Proposition(_head_of(saying.content, saying.verb) or saying.verb, words)]
    if doubtful:
        bare = Proposition(sentence.root, cutter.bare(sentence))
        return [Proposition(sentence.root, tuple(sentence)) if is_fragment(bare) else bare]
    return sorted(found, key=lambda p: p.tokens[0].i)


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause to be: its verb, the tokens it may use, and what it shares with another."""

    head: Token
    mine: frozenset[int]
    lead: tuple[Token, ...] = ()
    replaced: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    supplied: dict[int, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()


class _Cutter:
    """Distributes the tokens of a sentence over its clauses."""

    def __init__(self, sayings: list[Saying]) -> None:
        self.sayings = sayings
        self._told = {saying.verb.i: saying for saying in sayings}
        self.frames: frozenset[int] = frozenset().union(*(saying.frame for saying in sayings))

    def bare(self, sentence: Span) -> tuple[Token, ...]:
        """The sentence without the words that attribute nearly all of it."""
        frames = [
            s.frame
            for s in self._told.values()
            if len(s.content) + len(s.frame) >= _NEARLY * len(sentence)
        ]
        outside = frozenset().union(*frames)
        return tuple(t for t in sentence if t.i not in outside) or tuple(sentence)

    def split(self, part: _Part) -> Iterator[Proposition]:
        """Yield the part's own proposition, then those of the clauses below it."""
        apart, mine = [], part.mine
        if (said := self._said(part)) is not None:
            apart.append(said)
            mine -= said.mine | self._told[part.head.i].frame
        hedge = False
        for child in sorted(part.head.subtree, key=lambda t: t.i):
            if child.i not in mine or child.i == part.head.i:
                continue
            if (clause := self._clause(child, part, mine)) is not None:
                apart.append(clause)
                mine -= clause.mine | clause.dropped | link(child, part.head)
                hedge = hedge or self._only_hedges(part.head, child)
        own = tuple(part.head.doc[i] for i in sorted(mine - self._attributing(part.head)))
        if not hedge and any(not t.is_punct for t in own):
            supplied = part.supplied | _last_link(own) if apart else part.supplied
            for tokens in listed(part.head, own):
                yield Proposition(part.head, tokens, part.lead, part.replaced, supplied)
        for clause in apart:
            yield from self.split(clause)

    def _attributing(self, head: Token) -> frozenset[int]:
        """The words that only say who says the clause; a saying told inside it stays whole."""
        around = [s for s in self._told.values() if head.i in s.content or s.verb.i == head.i]
        return frozenset().union(*(saying.frame for saying in around))

    def _said(self, part: _Part) -> _Part | None:
        """What the part's verb says, if all that verb does is to say it."""
        saying = self._told.get(part.head.i)
        if saying is None or part.head.i not in self.frames or not saying.content & part.mine:
            return None
        below = _head_of(saying.content & part.mine, part.head)
        if below is None:
            return None
        return _Part(below, part.mine & (saying.content | self._frames_inside(saying)))

    def _frames_inside(self, saying: Saying) -> frozenset[int]:
        """The frames of what is said within: "X said Y had told her that P"."""
        inside = [
            s.frame
            for s in self._told.values()
            if s.verb.i != saying.verb.i and (s.content <= saying.content or not s.content)
        ]
        return frozenset().union(*inside) - saying.frame

    def _clause(self, child: Token, part: _Part, mine: frozenset[int]) -> _Part | None:
        """The clause below ``child``, if it can stand apart."""
        below = subtree(child) & mine
        saying = self._told.get(child.i)
        if saying is not None and saying.content:
            marks = {i for i in saying.content & mine if child.doc[i].is_punct}
            if saying.content <= below | marks:  # the last mark may hang on the sentence's verb
                return _Part(child, below | marks)
        if is_second_clause(child, part.head) and not self._may_be_said(child, part.head):
            shared = shared_lead(child, part.head, part.lead)
            lead = tuple(word for t in shared for word in part.replaced.get(t.i, (t,)))
            return _Part(child, below | _around(child, part.head, mine), lead, part.replaced)
        if is_contrast(child, part.head) or is_before_colon(child, part.head):
            return _Part(child, below)
        for aside in (relative_clause, apposition):
            if (found := aside(child, part.head)) is not None:
                return _part_of(found, mine)
        return None

    def _may_be_said(self, child: Token, head: Token) -> bool:
        """Whether "Q" in "Lee said doing so P, and Q" may be Lee's too: the saying stays whole."""
        told = (t for t in head.children if t.dep_ in {"ccomp", "xcomp"})
        return (
            head.lemma_ in ASSERTS
            and head.i not in self._told
            and child.lemma_ not in ASSERTS
            and not is_behind_quotation(child)
            and any(head.i < t.i < child.i for t in told)
        )

    def _only_hedges(self, head: Token, child: Token) -> bool:
        """ "It's looking likely ..." only colours what somebody is said to have said."""
        impersonal = any(t.dep_ in SUBJECT_LIKE and t.lower_ == "it" for t in head.children)
        return child.i in self._told and child.dep_ in {"ccomp", "xcomp"} and impersonal


def _around(child: Token, head: Token, mine: frozenset[int]) -> frozenset[int]:
    """What goes with a second clause though the parser hangs it on the first.

    "... and this year, P": what stands behind the "and", and all behind the clause
    unless a third one follows.
    """
    last = max(t.i for t in child.subtree)
    behind = frozenset(i for i in mine if i > last)
    third = any(t.dep_ in {"conj", "cc"} and t.i > last for t in head.children)
    start = beginning(child, head)
    between = frozenset(i for i in mine if start <= i < child.i)
    return between | (frozenset() if third else behind)


def _part_of(aside: Aside, mine: frozenset[int]) -> _Part:
    tokens = aside.tokens & mine
    return _Part(aside.head, tokens, aside.lead, aside.replaced, aside.supplied, aside.dropped)


def _head_of(content: frozenset[int], verb: Token) -> Token | None:
    """The highest verb of what is said."""
    tokens = [verb.doc[i] for i in sorted(content)]
    tops = [t for t in tokens if t.pos_ in VERBAL and t.head.i not in content]
    tops = tops or [t for t in tokens if t.pos_ in VERBAL and is_finite(t)]
    return next((t for t in tops if is_finite(t)), tops[0] if tops else None)


def _quoted_before(saying: Saying, sentence: Span) -> tuple[Token, ...]:
    """The quoted words of '"P," Lee said, after Q', which end where print closes them.

    None where more of them follows.
    """
    doc = sentence.doc
    words = tuple(doc[i] for i in sorted(saying.content) if i < saying.verb.i)
    behind = doc[words[-1].i + 1 : saying.verb.i] if words else ()
    closed = [t.text for t in (*words[-2:], *behind[:2])]
    opens = sentence[0].text == '"' or is_in_quotation(sentence[0])
    more = any(t.text == '"' for t in doc[saying.verb.i : sentence.end])
    alone = opens and not more and '"' in closed and len(words) >= _FEWEST_QUOTED
    whole = alone and words[0].i <= sentence.start + 1 and len(words) == len(saying.content)
    return words if whole and words[-1].i - words[0].i == len(words) - 1 else ()


def _last_link(own: tuple[Token, ...]) -> dict[int, str]:
    """Return where "and" is missing since the last of several verbs went: "came, saw"."""
    inside = {t.i for t in own}
    for verb in reversed(own):
        if verb.pos_ not in VERBAL or any(t.dep_ in SUBJECT_LIKE for t in verb.children):
            continue
        earlier = [verb.head] if verb.dep_ == "conj" else list(verb.lefts)
        earlier = [
            t
            for t in earlier
            if t.i in inside and t.pos_ in VERBAL and t.tag_ == verb.tag_ and t.dep_ != "advcl"
        ]
        if not earlier:
            continue
        between = [t for t in own if earlier[-1].i < t.i < verb.i]
        linked = any(t.dep_ == "cc" for t in between)
        parted = any(
            t.pos_ == "AUX" or t.lemma_ == "have" for t in verb.doc[verb.i - 4 : verb.i - 1]
        )
        if between and not (linked or parted) and any(t.text == "," for t in between[-2:]):
            return {verb.i: "and"}
        return {}
    return {}


def _opens_with_mark(sentence: Span) -> bool:
    """Whether its "when" hangs on the main verb: the parser missed the main clause."""
    first = sentence[0]
    asks = sentence[-1].text == "?"
    return (
        first.tag_ in {"WRB", "IN"}
        and first.dep_ in {"advmod", "mark"}
        and (first.head.dep_ == "ROOT" and first.lower_ in _OPENING and not asks)
    )


def _asks(sentence: Span) -> bool:
    """Whether it quotes a question, of which the half asks something else."""
    return any(t.text == "?" for t in sentence)


def _correlates(sentence: Span) -> bool:
    """Whether it is "the more they owe, the fewer they have", which is one statement."""
    pairs = [
        t
        for t in sentence[:-1]
        if t.lower_ == "the"
        and t.nbor().tag_ in {"JJR", "RBR"}
        and (t.i == sentence.start or t.nbor(-1).is_punct)
    ]
    return len(pairs) > 1
