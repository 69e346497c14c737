"""Say who makes each claim: one attribution for every saying and every quotation."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.splitting.cast import LONGEST_NAME, Cast, bare_name
from claims.splitting.quotations import Quotation, share_quoted
from claims.splitting.results import Attribution, Role
from claims.splitting.sayings import Saying, hedging_adverb, sayings, subtree
from claims.splitting.sentences import Sentence

UNNAMED = "unnamed"
_PRONOUNS = frozenset("he she they it i we who".split())
_PERSONAL = frozenset({"he", "she"})
_MOSTLY_QUOTED = 0.6
_DETERMINERS = frozenset("the a an this that these those its his her their our".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence with its sayings (outermost first) and the speaker of its quotation."""

    sentence: Sentence
    sayings: tuple[tuple[Saying, Attribution], ...]
    quoted: Attribution | None
    reported: Attribution | None = None

    def innermost(self, position: int) -> tuple[Saying, Attribution] | None:
        """Return the saying whose content most narrowly holds the token at ``position``."""
        holding = [entry for entry in self.sayings if position in entry[0].content]
        return min(holding, key=lambda entry: len(entry[0].content), default=None)


class Attributor:
    """Reads the sentences of one article in order and keeps who spoke last."""

    def __init__(self, cast: Cast, quoted: Sequence[Quotation], signed: dict[int, str]) -> None:
        """``signed`` gives the name on the source line below a quoted paragraph, by its start."""
        self._cast = cast
        self._quoted = quoted
        self._signed = signed
        self._last: Attribution | None = None

    def attribute(self, sentences: Iterable[Sentence]) -> list[Spoken]:
        """Return every sentence with its attributions."""
        read = [self._read(sentence) for sentence in sentences]
        speakers = self._speakers(read)
        return [
            Spoken(
                spoken.sentence,
                spoken.sayings,
                self._speaker_of(spoken, speakers),
                spoken.reported,
            )
            for spoken in read
        ]

    def _read(self, sentence: Sentence) -> Spoken:
        named: list[tuple[Saying, Attribution]] = []
        via = ""
        for saying in sayings(sentence.tokens):
            attribution = self._attribution(saying, sentence, via)
            named.append((saying, attribution))
            via = attribution.name
            if attribution.named:
                self._last = attribution
        adverb = hedging_adverb(sentence.tokens)
        reported = (
            Attribution(UNNAMED, named=False, verb=adverb.text, hedged=True) if adverb else None
        )
        return Spoken(sentence, tuple(named), None, reported)

    def _attribution(self, saying: Saying, sentence: Sentence, via: str) -> Attribution:
        name, named, described = self._name(saying.source, sentence)
        return Attribution(
            name=name,
            named=named,
            role=Role.DENIES if saying.role is Role.DENIES else Role.ASSERTS,
            described_as=described,
            verb=verb_phrase(saying.verb, sentence),
            direct=self._is_quoted(saying, sentence),
            hedged=saying.hedged,
            via=via,
        )

    def _is_quoted(self, saying: Saying, sentence: Sentence) -> bool:
        tokens = [t for t in sentence.tokens if t.i in saying.content]
        if not tokens:
            return False
        start, end = sentence.paragraph.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
        return share_quoted(start, end, self._quoted) >= _MOSTLY_QUOTED

    def _name(self, source: Token | None, sentence: Sentence) -> tuple[str, bool, str]:
        """Return the claimant's name, whether it names anybody, and title or affiliation."""
        if source is None:
            return UNNAMED, False, ""
        if source.lower_ in _PRONOUNS:
            if source.lower_ == "who" and source.head.dep_ == "relcl":
                return self._name(source.head.head, sentence)
            if self._last is not None and source.lower_ != "it":
                return self._last.name, self._last.named, self._last.described_as
            return source.text, False, ""
        name = name_of(source, sentence.paragraph.text)
        described = description_of(source, sentence.paragraph.text)
        person = source.ent_type_ == "PERSON"
        if person:
            return self._cast.full_name(bare_name(name)), True, described
        if bearer := self._cast.bearer(source.lemma_):
            return bearer, True, described or source.text
        named = any(t.pos_ == "PROPN" for t in source.subtree) or source.ent_type_ == "ORG"
        return name, named, described

    def _speakers(self, read: Sequence[Spoken]) -> dict[int, Attribution]:
        """Return the speaker of each quotation, by the quotation's start."""
        speakers: dict[int, Attribution] = {}
        for spoken in read:
            outside = [
                attribution
                for saying, attribution in spoken.sayings
                if self._frame_unquoted(saying, spoken.sentence)
            ]
            if not outside:
                continue
            for quotation in self._touching(spoken.sentence):
                speakers.setdefault(quotation.start, outside[-1])
        self._spread(read, speakers)
        return speakers

    def _spread(self, read: Sequence[Spoken], speakers: dict[int, Attribution]) -> None:
        """Give a quotation without a speaker the one of its neighbour that goes on with it."""
        paragraphs = {s.sentence.paragraph.start: s.sentence.paragraph for s in read}
        home = {
            q.start: next(p for p in paragraphs.values() if p.start <= q.start < p.end)
            for q in self._quoted
            if any(p.start <= q.start < p.end for p in paragraphs.values())
        }
        quoted = [q for q in self._quoted if q.start in home]
        for q in reversed(quoted):
            name = self._signed.get(home[q.start].start)
            if name and q.start not in speakers:
                speakers[q.start] = Attribution(name, named=True, direct=True)
        for earlier, later in zip(quoted, quoted[1:], strict=False):
            same = home[earlier.start] is home[later.start]
            if earlier.start in speakers and (same or earlier.goes_on):
                speakers.setdefault(later.start, speakers[earlier.start])
        for earlier, later in reversed(list(zip(quoted, quoted[1:], strict=False))):
            same = home[earlier.start] is home[later.start]
            if later.start in speakers and (same or earlier.goes_on):
                speakers.setdefault(earlier.start, speakers[later.start])
        order = sorted(paragraphs)
        for earlier, later in zip(quoted, quoted[1:], strict=False):
            near = (
                order.index(home[later.start].start) - order.index(home[earlier.start].start) == 1
            )
            paragraph = home[later.start]
            if (
                near
                and later.start not in speakers
                and earlier.start in speakers
                and share_quoted(paragraph.start, paragraph.end, [later]) > 0.9
            ):
                speakers[later.start] = speakers[earlier.start]

    def _frame_unquoted(self, saying: Saying, sentence: Sentence) -> bool:
        at = sentence.paragraph.at(saying.verb.idx)
        return not any(q.start < at < q.end for q in self._quoted)

    def _touching(self, sentence: Sentence) -> list[Quotation]:
        return [q for q in self._quoted if q.start < sentence.end and sentence.start < q.end]

    def _speaker_of(self, spoken: Spoken, speakers: dict[int, Attribution]) -> Attribution | None:
        sentence = spoken.sentence
        if share_quoted(sentence.start, sentence.end, self._quoted) < _MOSTLY_QUOTED:
            return None
        return next(
            (speakers[q.start] for q in self._touching(sentence) if q.start in speakers), None
        )


def name_of(source: Token, text: str) -> str:
    """Return the printed words that name the source: an entity, or its noun phrase."""
    entity = next((e for e in source.doc.ents if e.start <= source.i < e.end), None)
    if entity is not None and entity.label_ in {"PERSON", "ORG", "GPE", "NORP"}:
        if entity.label_ == "PERSON" or entity.end - 1 == source.i:
            start, end = entity.start, entity.end
            if entity.label_ != "PERSON":
                start = min(start, min(_core(source)))
            return _shorten(text[source.doc[start].idx : _end(source.doc[end - 1])])
    core = _core(source)
    return _shorten(text[source.doc[min(core)].idx : _end(source.doc[max(core)])])


def description_of(source: Token, text: str) -> str:
    """Return title and affiliation printed beside the name."""
    parts = []
    for child in source.children:
        if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
            tokens = [t for t in child.subtree if t.i > source.i]
            if tokens:
                parts.append(text[tokens[0].idx : _end(tokens[-1])].strip(" ,()"))
    entity = next((e for e in source.doc.ents if e.start <= source.i < e.end), None)
    if entity is not None and entity.label_ == "PERSON":
        before = [
            t for t in source.doc[max(0, entity.start - 8) : entity.start] if t.head.i == source.i
        ]
        before = [t for t in before if t.dep_ in {"compound", "amod", "nmod"}]
        if before:
            parts.insert(0, text[before[0].idx : _end(before[-1])].strip(" ,"))
    return "; ".join(parts)


def verb_phrase(verb: Token, sentence: Sentence) -> str:
    """Return the saying verb as printed with auxiliaries, adverbs and negation."""
    if verb.lower_ == "according":
        return "according to"
    parts = [
        t
        for t in verb.children
        if t.dep_ in {"aux", "auxpass", "neg", "advmod", "prt"} and abs(t.i - verb.i) <= 3
    ]
    tokens = sorted([*parts, verb], key=lambda t: t.i)
    text = sentence.paragraph.text
    return re.sub(r"\s+", " ", " ".join(text[t.idx : _end(t)] for t in tokens)).strip()


def _core(source: Token) -> list[int]:
    """Positions of the noun phrase around its head, without clauses and asides."""
    keep = {source.i}
    for child in source.children:
        if child.dep_ in {"compound", "amod", "nmod", "poss", "nummod", "case"} or (
            child.dep_ == "prep"
            and child.i - source.i <= 2
            and child.lower_ in {"of", "in", "for", "at"}
        ):
            keep |= {t.i for t in child.subtree}
    run = [source.i]
    while run[0] - 1 in keep:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 in keep:
        run.append(run[-1] + 1)
    return run


def _shorten(name: str) -> str:
    words = re.sub(r"['’]s?$", "", " ".join(name.split())).split(" ")
    if len(words) > 1 and words[0].casefold() in _DETERMINERS - {"the"}:
        words = words[1:]
    return " ".join(words[:LONGEST_NAME]).strip(' ,.;:()"“”')


def _end(token: Token) -> int:
    return int(token.idx) + len(token)


__all__ = ["UNNAMED", "Attributor", "Spoken", "name_of", "subtree", "verb_phrase"]
