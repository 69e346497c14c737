"""What the network is trained on, and how examples are made out of pairs and of plain text."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import bm25s

from sources.passages import sentences
from sources.stance.training import edits
from sources.stance.words import content_stems as uncached_stems

content_stems = cache(uncached_stems)


@dataclass(frozen=True, slots=True)
class Example:
    claim: str
    evidence: str
    relevance: int
    polarity: int
    source: str
    group: str = ""
    claim_relevance: float = 0.0
    claim_polarity: float = 0.0


class Search:
    """The sentences of a collection, with the claims each belongs to."""

    def __init__(self, owners: dict[str, set[str]]) -> None:
        self.sentences = list(owners)
        self.owners = owners
        self.index = bm25s.BM25()
        self.index.index(
            bm25s.tokenize(self.sentences, stopwords="en", show_progress=False), show_progress=False
        )

    def near(self, claims: list[str], limit: int) -> Iterator[list[str]]:
        queries = bm25s.tokenize(claims, stopwords="en", show_progress=False)
        found, _ = self.index.retrieve(queries, k=limit, show_progress=False)
        for row in found:
            yield [self.sentences[int(place)] for place in row]


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def settles_nothing(claim: str, sentence: str, owners: set[str]) -> bool:
    """Whether a sentence found for ``claim`` belongs to quite other claims and does not say it."""
    wanted = content_stems(claim)
    if not wanted or claim in owners or len(wanted & content_stems(sentence)) > 0.8 * len(wanted):
        return False
    return all(
        len(wanted & other) <= 0.35 * len(wanted | other)
        for other in map(content_stems, sorted(owners)[:6])
    )


def contrasts(
    example: Example,
    change: dict[str, edits.Edit],
    taken: Counter[str],
    rng: random.Random,
    group: str,
) -> Iterator[Example]:
    """Yield a supporting pair with one detail changed, on either side, and with none changed.

    The kind of change that has been made least so far is tried first.
    """
    for kind in sorted(change, key=lambda kind: (taken[kind], rng.random())):
        side = "claim" if rng.random() < 0.6 else "evidence"
        before = getattr(example, side)
        after = change[kind](before, rng)
        if after is None or after == before:
            continue
        if side == "evidence" or kind == "name":
            # What was changed must be something that the other side says.
            gone = edits.gone(before, after)
            other = example.evidence if side == "claim" else example.claim
            if kind != "negation" and not all(word in other for word in gone):
                continue
            if kind == "negation" and side == "evidence" and len(split(before)) > 1:
                continue
        taken[kind] += 1
        yield replace(example, **{side: after}, polarity=1, group=group)
        harmless = edits.same(after if side == "claim" else example.claim, rng)
        if harmless and rng.random() < 0.25:
            changed = replace(example, **{side: after}, polarity=1, group=group)
            yield replace(changed, claim=harmless)
        break
    else:
        return
    yield replace(example, group=group)
    harmless = edits.same(example.claim, rng)
    if harmless and rng.random() < 0.5:
        yield replace(example, claim=harmless, group=group)
