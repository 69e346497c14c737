"""How probably two claims of articles are about one matter.

Pure. What is said within days in nearly the same words is mostly one matter; months
apart it is mostly another one of its kind: the next test, the next vote. The weights
were fitted by ``benchmarks/alike.py`` on pairs of claims of news that language models
had read (docs/evaluation.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log1p

from claims.matching import Candidate, likeness

METHOD = "words-meaning-time/1"
"""Name and version of the score; it changes with the numbers below."""

INTERCEPT, COSINE, ASKED, TOLD, DAYS, CLAIMANT = -8.21, 10.52, 1.22, 2.12, -0.583, 1.02
"""Weights of the cosine, of the shares of the words that both have (see ``matching``), of
the logarithm of one more than the days between them, and of the same claimant."""
UNDATED = 365
"""Days between two claims of which one has no date."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another claim: its words, the days between both, and whether one party says both.

    ``days`` is None where either has no date; no claimant, the article's own voice, is a
    party too.
    """

    words: Candidate
    days: int | None
    same_claimant: bool


def probability(asked: Mapping[str, float], other: Other) -> float:
    """How probably the claim with the lexemes ``asked``, each with its rarity, is alike.

    >>> asked = {"boat": 4.0, "harbour": 5.0, "left": 2.0}
    >>> words = Candidate(1, frozenset({"boat", "harbour", "sank"}), cosine=0.8)
    >>> [round(probability(asked, Other(words, days, True)), 2) for days in (0, 30, None)]
    [0.97, 0.84, 0.55]
    """
    cosine, of_asked, of_told = likeness(asked, other.words)
    days = UNDATED if other.days is None else other.days
    weighed = INTERCEPT + COSINE * cosine + ASKED * of_asked + TOLD * of_told
    weighed += DAYS * log1p(days) + CLAIMANT * other.same_claimant
    return 1 / (1 + exp(-weighed))
