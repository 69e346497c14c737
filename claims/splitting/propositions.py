"""Cut a sentence into propositions: one statement each, nothing invented or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Span, Token

from claims.splitting.grammar import AUXILIARY, SUBJECTS, VERBAL, is_finite, positions, subtree
from claims.splitting.sayings import Saying

_SUBJECTS = SUBJECTS | {"expl"}
_ANTECEDENTS = frozenset({"nsubj", "nsubjpass", "attr", "dobj", "appos"})
"""Elsewhere "which" too often means the whole clause before it."""
_SHORTEST_LIST = 3
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_INSEPARABLE = frozenset({"or", "nor", "either", "neither", "both"})
_POINTING = frozenset("it they this that these those".split())
_CONTRAST = frozenset("while whilst whereas although though".split())
_TOGETHER = frozenset({"after", "as"})


@dataclass(frozen=True, slots=True)
class Proposition:
    """``tokens`` are printed in their order; ``lead`` stands before them (a shared subject).

    ``head`` is the verb, ``replaced`` maps the position of a relative pronoun
    to the tokens of what it stands for.
    """

    head: Token
    tokens: tuple[Token, ...]
    lead: tuple[Token, ...] = ()
    replaced: dict[int, tuple[Token, ...]] = field(default_factory=dict)


def propositions(sentence: Span, sayings: list[Saying]) -> list[Proposition]:
    """Return the propositions of a sentence in the order of their words.

    Clauses under a condition stay with their main clause, and so does anything
    under a negated or questioned verb. Words that only attribute are left out.
    """
    cutter = _Cutter([saying for saying in sayings if saying.detachable])
    found = list(cutter.split(_Part(sentence.root, positions(sentence))))
    if not found or not all(_says_something(p) for p in found):
        tokens = tuple(t for t in sentence if t.i not in cutter.frames) or tuple(sentence)
        return [Proposition(sentence.root, tokens)]
    return sorted(found, key=lambda p: p.tokens[0].i)


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause to be: its verb, the tokens it may use, and what it shares with another."""

    head: Token
    mine: frozenset[int]
    lead: tuple[Token, ...] = ()
    replaced: dict[int, tuple[Token, ...]] = field(default_factory=dict)


class _Cutter:
    """Distributes the tokens of a sentence over its clauses."""

    def __init__(self, sayings: list[Saying]) -> None:
        self._told = {saying.verb.i: saying for saying in sayings}
        self.frames: frozenset[int] = frozenset().union(*(saying.frame for saying in sayings))

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
                mine -= clause.mine | _link(child, part.head)
                hedge = hedge or self._only_hedges(part.head, child)
        own = tuple(t for t in part.head.doc if t.i in mine - self._attributing(part.head))
        if own and not hedge:
            for listed in _listed(part.head, own):
                yield Proposition(part.head, listed, part.lead, part.replaced)
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
        return _Part(below, part.mine & (saying.content | (self.frames - saying.frame)))

    def _clause(self, child: Token, part: _Part, mine: frozenset[int]) -> _Part | None:
        """The clause below ``child``, if it can stand apart."""
        below = subtree(child) & mine
        saying = self._told.get(child.i)
        if saying is not None and saying.content and saying.content <= below:
            return _Part(child, below)
        if _is_second_clause(child, part.head):
            lead = _shared_lead(child, part.head, part.lead)
            return _Part(child, below, lead, part.replaced)
        if _is_contrast(child, part.head):
            return _Part(child, below)
        if relative := _relative_fact(child):
            return _Part(child, below, (), {relative.i: _antecedent(child)})
        return None

    def _only_hedges(self, head: Token, child: Token) -> bool:
        """ "It's looking likely ..." only colours what somebody is said to have said."""
        impersonal = any(t.dep_ in _SUBJECTS and t.lower_ == "it" for t in head.children)
        return child.i in self._told and child.dep_ in {"ccomp", "xcomp"} and impersonal


def _listed(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """One statement for each of three or more things that the verb is said of.

    "It includes new rules, a higher fee and a longer term" is three statements;
    lists of single words, alternatives and denials stay whole.
    """
    objects = [t for t in head.children if t.dep_ in {"dobj", "attr"}]
    if len(objects) != 1 or any(t.dep_ == "neg" for t in head.children):
        return [own]
    inside = {t.i for t in own}
    chain = [objects[0]]
    while following := [t for t in chain[-1].children if t.dep_ == "conj" and t.i in inside]:
        chain.append(following[0])
    links = [t for item in chain for t in item.children if t.dep_ == "cc"]
    alternatives = any(t.lower_ in {"no", "either", "both", "between"} for t in own)
    if len(chain) < _SHORTEST_LIST or alternatives or any(t.lower_ != "and" for t in links):
        return [own]
    whole = subtree(chain[0]) & inside
    parts = [(subtree(a) - subtree(b)) & inside for a, b in pairwise(chain)]
    parts.append(subtree(chain[-1]) & inside)
    glue = {t.i for t in links} | {i for i in whole if head.doc[i].text in {",", ";"}}
    parts = [part - glue for part in parts]
    if any(sum(head.doc[i].is_alpha for i in part) < 2 for part in parts):
        return [own]
    return [tuple(t for t in own if t.i not in whole or t.i in part) for part in parts]


def _link(child: Token, head: Token) -> frozenset[int]:
    """The "and" or "but" that joined a clause which is now apart, or the marks around it."""
    first, last = min(t.i for t in child.subtree), max(t.i for t in child.subtree)
    if child.dep_ == "relcl":
        around = [i for i in (first - 1, last + 1) if 0 <= i < len(child.doc)]
        return frozenset(i for i in around if child.doc[i].text in {",", "—", "–", "--"})
    return frozenset(
        t.i for t in head.children if t.dep_ == "cc" and head.i < t.i < first and first - t.i <= 3
    )


def _head_of(content: frozenset[int], verb: Token) -> Token | None:
    """The highest verb of what is said."""
    tokens = [verb.doc[i] for i in sorted(content)]
    tops = [t for t in tokens if t.pos_ in VERBAL and t.head.i not in content]
    tops = tops or [t for t in tokens if t.pos_ in VERBAL and is_finite(t)]
    return next((t for t in tops if is_finite(t)), tops[0] if tops else None)


def _is_second_clause(child: Token, head: Token) -> bool:
    if child.dep_ != "conj" or child.head.i != head.i or child.pos_ not in VERBAL:
        return False
    linked = any(t.lower_ in _INSEPARABLE for t in head.children)
    if linked or head.pos_ not in VERBAL or not is_finite(head):
        return False
    own = next((t for t in child.children if t.dep_ in _SUBJECTS), None)
    if own is not None:
        # "... and that is unlikely to change" says nothing without what comes before.
        return is_finite(child) and own.lower_ not in _POINTING
    if not any(t.dep_ == "cc" and t.i < child.i for t in head.children) and not any(
        t.text == "," for t in head.doc[max(head.i, child.i - 2) : child.i]
    ):
        return False
    if not is_finite(child):
        return child.tag_ == head.tag_ and any(t.dep_ in AUXILIARY for t in head.children)
    subject = next((t for t in head.children if t.dep_ in _SUBJECTS), None)
    return subject is None or _agree(subject, child)


def _agree(subject: Token, verb: Token) -> bool:
    """Whether the subject's number fits the verb; if not, the parser joined the wrong verbs."""
    inflected = next((t for t in verb.children if t.dep_ in AUXILIARY), verb)
    plural = (
        subject.tag_ in {"NNS", "NNPS"}
        or subject.lower_ in {"they", "we", "you", "these", "those", "who", "which", "that"}
        or any(t.dep_ == "conj" for t in subject.children)
    )
    if inflected.tag_ == "VBZ" or inflected.lower_ == "was":
        return not plural or subject.lower_ in {"who", "which", "that"}
    if inflected.tag_ == "VBP" or inflected.lower_ == "were":
        return plural or subject.lower_ == "i" or subject.pos_ == "PROPN"
    return True


def _shared_lead(child: Token, head: Token, lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """Subject, and auxiliaries if the second verb has none, of the first verb."""
    if any(t.dep_ in _SUBJECTS for t in child.children):
        return ()
    subject = next((t for t in head.children if t.dep_ in _SUBJECTS), None)
    shared = tuple(subject_phrase(subject)) if subject is not None else lead
    if child.tag_ in {"VBN", "VBG", "VB"} and not any(t.dep_ in AUXILIARY for t in child.children):
        shared += tuple(
            t for t in head.children if t.dep_ in {"aux", "auxpass", "neg"} and t.i < head.i
        )
    return shared


def subject_phrase(subject: Token) -> list[Token]:
    """Return a subject's tokens without the clauses and asides that hang on it."""
    dropped: set[int] = set()
    for token in subject.subtree:
        if token.dep_ in {"relcl", "acl"} or (token.dep_ == "appos" and token.i > subject.i):
            dropped |= subtree(token)
    tokens = [t for t in subject.subtree if t.i not in dropped]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _is_contrast(child: Token, head: Token) -> bool:
    if child.dep_ != "advcl" or child.head.i != head.i or not is_finite(child):
        return False
    mark = min(child.subtree, key=lambda t: t.i)
    if not any(t.dep_ in _SUBJECTS for t in child.children):
        return False
    if mark.lower_ in _TOGETHER:
        # "after" and "as" clauses are facts only when told as past.
        past = any(t.tag_ == "VBD" for t in (child, *child.children))
        return past and child.i > head.i
    return mark.lower_ in _CONTRAST


def _relative_fact(child: Token) -> Token | None:
    """The relative pronoun of a clause set off by a comma: it adds a fact of its own."""
    if child.dep_ != "relcl" or not is_finite(child):
        return None
    if child.head.dep_ not in _ANTECEDENTS and child.head.ent_type_ != "PERSON":
        return None
    first = min(child.subtree, key=lambda t: t.i)
    pronoun = next((t for t in child.subtree if t.lower_ in {"which", "who", "whose"}), None)
    if pronoun is None or pronoun.i > first.i + 2 or first.i == 0:
        return None
    if first.nbor(-1).text not in {",", "—", "--", "–"} or pronoun.i != first.i:
        return None
    return pronoun if pronoun.lower_ == "whose" or _agree(child.head, child) else None


def _antecedent(child: Token) -> tuple[Token, ...]:
    noun = child.head
    below = subtree(child)
    return tuple(t for t in subject_phrase(noun) if t.i not in below and t.i < child.i)


def _says_something(proposition: Proposition) -> bool:
    """Whether the words make a statement: a verb of theirs, a subject, and enough between."""
    tokens = (*proposition.lead, *proposition.tokens)
    words = [t for t in proposition.tokens if t.is_alpha or t.like_num]
    has_subject = any(t.dep_ in _SUBJECTS for t in tokens) or bool(proposition.lead)
    telling = sum(t.pos_ in _TELLING or t.like_num for t in words)
    return has_subject and len(words) >= 3 and telling >= 2
