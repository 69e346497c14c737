"""The passages of one document that say most about a claim: cut, ranked, read.

Pure: whoever calls it has no transaction open, and writes what comes back.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from sources.passages import Span, digest, passages
from sources.ports import Encoder, Found, Judgement, StanceModel
from sources.relays import Relation, Told
from sources.retrieval import RRF_K, weighed
from sources.stance.timely import judge_in_time
from sources.stance.words import content_stems, stem, words

OFFERED = 5
"""Passages that are put before a person: one screen."""
READ = 20
"""Passages the stance model reads."""
ENCODED = 400
"""Passages that get a vector; of a longer document, those nearest to the claim by words."""
BEGINNING = 8_000
"""Characters of the document that tell whose words it mostly repeats."""

K1, B = 0.9, 0.4
"""BM25 for short passages, as in Lin et al. (2021), Pyserini's defaults."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Offered:
    """A passage worth offering, where it stands, and what the machine made of it.

    ``ranks`` and ``scores`` say how it was found, ``model`` who read it.
    """

    span: Span
    judgement: Judgement
    relation: Relation
    rank: int
    ranks: Mapping[str, int]
    scores: Mapping[str, float]
    model: str


def best_passages(
    told: Told,
    text: str,
    *,
    language: str,
    url: str,
    outlet: str,
    published_at: date | None = None,
    encoder: Encoder,
    model: StanceModel,
) -> list[Offered]:
    """Return at most OFFERED passages of ``text``, the most useful first.

    1. The text is cut, and words that stand in it twice count once; passages
       are ranked by BM25 within the document and by the cosine of their
       vectors, fused by reciprocal rank.
    2. The stance model reads the best READ; relays and claims that are not
       understood by themselves are weighed as in a search.
    3. Those that take a side come first, then the rest, each by rank.
    """
    first: dict[str, Span] = {}
    for span in passages(text, language):
        first.setdefault(digest(text[span.start : span.end]), span)
    spans = list(first.values())
    likely = _by_words(told.text, [text[start:end] for start, end in spans])
    chosen = sorted(range(len(spans)), key=lambda place: (-likely[place], place))[:ENCODED]
    asked, *vectors = encoder.encode([told.text, *(text[slice(*spans[p])] for p in chosen)])
    likeness = {place: float(asked @ vector) for place, vector in zip(chosen, vectors, strict=True)}
    ranks: dict[int, dict[str, int]] = {place: {} for place in chosen}
    for how, scores_of in (("lexical", likely), ("vector", likeness)):
        for place, rank in _ranked({place: scores_of[place] for place in chosen}).items():
            ranks[place][how] = rank
    best = sorted(
        chosen, key=lambda place: (-sum(1 / (RRF_K + r) for r in ranks[place].values()), place)
    )[:READ]
    texts = [text[slice(*spans[place])] for place in best]
    judgements = judge_in_time(model, told.text, texts, [published_at] * len(texts))
    offered = []
    for rank, (place, words_of, judgement) in enumerate(
        zip(best, texts, judgements, strict=True), start=1
    ):
        found = Found(
            url,
            "",
            words_of,
            outlet=outlet,
            published_at=published_at,
            document=text[:BEGINNING],
        )
        sided, relation = weighed(told, found, judgement)
        scores = {"lexical": likely[place], "vector": likeness[place]}
        offered.append(
            Offered(
                span=spans[place],
                judgement=sided,
                relation=relation,
                rank=rank,
                ranks=ranks[place],
                scores={
                    how: round(score, 4) for how, score in scores.items() if how in ranks[place]
                },
                model=model.name,
            )
        )
    return sorted(offered, key=lambda offer: (not offer.judgement.shown, offer.rank))[:OFFERED]


def _ranked(scores: Mapping[int, float]) -> dict[int, int]:
    """The rank of everything that scored; equal scores share one, whatever comes first.

    >>> _ranked({1: 0.5, 2: 0.9, 3: 0.5, 4: 0.0})
    {2: 1, 1: 2, 3: 2}
    """
    rank_of: dict[float, int] = {}
    best = sorted(
        (place for place, score in scores.items() if score > 0),
        key=lambda place: (-scores[place], place),
    )
    for rank, place in enumerate(best, start=1):
        rank_of.setdefault(scores[place], rank)
    return {place: rank_of[scores[place]] for place in best}


def _by_words(claim: str, texts: Sequence[str]) -> list[float]:
    """BM25 of each text for the claim's words, rarity counted within these texts.

    >>> [score > 0 for score in _by_words("Forty boats left.", ["No ferry.", "The boat leaves."])]
    [False, True]
    """
    counted = [Counter(_stems(text)) for text in texts]
    wanted = content_stems(claim) | set(_NUMBER.findall(claim))
    mean = sum(counts.total() for counts in counted) / max(len(counted), 1) or 1.0
    holding = {word: sum(word in counts for counts in counted) for word in wanted}
    weight = {
        word: log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for word, count in holding.items()
    }
    return [
        sum(
            weight[word] * n * (K1 + 1) / (n + K1 * (1 - B + B * counts.total() / mean))
            for word in wanted
            if (n := counts[word])
        )
        for counts in counted
    ]


def _stems(text: str) -> list[str]:
    return [*map(stem, words(text)), *_NUMBER.findall(text)]
