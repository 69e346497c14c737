"""Make labelled pairs for fitting the head, out of unlabelled news and of claims with evidence.

Labels follow from how a pair is made, not from anybody's reading:

- a headline, or a sentence of an article, against the passage it stands over
  or in, in the same words or in slightly other ones: supports;
- the same with one number, unit, date, name, direction or negation changed in
  the claim: contradicts;
- any of these against the nearest passages of other articles, and of the same
  article elsewhere: neutral. They are on the topic and settle nothing, which
  is what a search brings back most of the time. A claim with a number also
  gets a passage with another number in the same unit;
- a claim of a labelled collection against the nearest evidence of other
  claims, and against the nearest news passages: neutral.

Edited and unedited claims get neutral passages alike, so that nothing about
the claim by itself gives the label away.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from sources.stance.figures import compare, figures
from sources.stance.training import edits
from sources.stance.training.news import Article, articles, claims, left_out
from sources.stance.words import content_stems


@dataclass(frozen=True)
class Pair:
    claim: str
    evidence: str
    label: str
    source: str
    document: str


def edited(claim: str, changes: dict[str, edits.Edit], rng: random.Random) -> tuple[str, str]:
    """Return a claim made from ``claim``, and how its own passage stands to it."""
    chance = rng.random()
    if chance < 0.5:
        kinds = rng.sample(list(changes), len(changes))
        kinds.sort(key="negation".__eq__)  # fits nearly every claim, so it comes last
        for kind in kinds:
            changed = changes[kind](claim, rng)
            if changed and changed != claim:
                return changed, "contradicts"
    return (chance < 0.75 and edits.same(claim, rng)) or claim, "supports"


class Library:
    """Passages of all articles, with a search that brings back the nearest."""

    def __init__(self, found: Sequence[Article]) -> None:
        self.passages = [passage for article in found for passage in article.passages]
        self.owners = [article.url for article in found for _ in article.passages]
        self._vectorizer = TfidfVectorizer(
            stop_words="english", sublinear_tf=True, dtype=np.float32
        )
        self._matrix = self._vectorizer.fit_transform(self.passages)

    def nearest(self, text: str, limit: int) -> list[int]:
        scores = (self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel()
        return [int(place) for place in np.argsort(-scores)[:limit]]

    def neutrals(
        self, claim: str, original: str, owner: str, own: str, rng: random.Random
    ) -> Iterator[str]:
        """Yield passages near ``claim`` that do not say most of it."""
        wanted, claimed = content_stems(original), figures(claim)
        left = {"elsewhere": 2, "same": 1, "numbers": 1 if claimed else 0}
        for place in self.nearest(claim, 200):
            passage = self.passages[place]
            share = len(wanted & content_stems(passage)) / max(1, len(wanted))
            same = self.owners[place] == owner
            if passage == own or share > (0.5 if same else 0.7):
                continue
            kind = "same" if same else "elsewhere"
            if not same and left["numbers"] and compare(claimed, figures(passage)).different:
                kind = "numbers"
            if left[kind] and (kind == "numbers" or rng.random() < 0.6):
                left[kind] -= 1
                yield passage


def news_pairs(path: Path, *, seed: int, sentence_claims: int) -> Iterator[Pair]:
    rng = random.Random(seed)
    found = left_out(path)
    library = Library(sorted(articles(path), key=lambda article: article.url))
    changes = edits.changes(edits.names_of(library.passages[::20]))
    for article in found:
        offered = list(claims(article))
        rng.shuffle(offered)
        offered.sort(key=lambda claim: claim[2])  # the one headline, then sentences
        for original, index, source in offered[: 1 + sentence_claims]:
            claim, label = edited(original, changes, rng)
            own = article.passages[index]
            yield Pair(claim, own, label, source, article.url)
            for passage in library.neutrals(claim, original, article.url, own, rng):
                if source == "news_headlines" and passage in article.passages:
                    continue  # says the headline in other words, often enough
                yield Pair(claim, passage, "neutral", source, article.url)


def irrelevant(rows: Sequence[Pair], path: Path, *, seed: int, each: int) -> Iterator[Pair]:
    """Yield each claim with news passages that a search brings back and that lack much of it."""
    rng = random.Random(seed)
    library = Library(sorted(articles(path), key=lambda article: article.url))
    for claim in sorted({row.claim for row in rows}):
        wanted = content_stems(claim)
        near = [library.passages[place] for place in library.nearest(claim, 12)]
        far = [p for p in near if len(wanted & content_stems(p)) < 0.7 * len(wanted)]
        for passage in rng.sample(far, min(each, len(far))):
            yield Pair(claim, passage, "neutral", "news_irrelevant", "")


def retrieved_neutrals(rows: Sequence[Pair], *, seed: int) -> Iterator[Pair]:
    """Yield each claim with two of the nearest pieces of evidence of other claims."""
    rng = random.Random(seed)
    claims_of: dict[str, set[str]] = {}
    for row in rows:
        claims_of.setdefault(row.evidence, set()).add(row.claim)
    library = Library([Article("", "", list(claims_of))])
    for row in {row.claim: row for row in rows}.values():
        wanted = content_stems(row.claim)
        offered = [
            passage
            for passage in (library.passages[place] for place in library.nearest(row.claim, 30))
            if all(_likeness(wanted, content_stems(other)) < 0.35 for other in claims_of[passage])
            and len(wanted & content_stems(passage)) < 0.8 * len(wanted)
        ][:8]
        for passage in rng.sample(offered, min(2, len(offered))):
            yield Pair(row.claim, passage, "neutral", row.source, row.document)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
