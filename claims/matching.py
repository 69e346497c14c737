"""Which published verdicts are about a text: the same claim, or one close to it.

Pure: candidates come from elsewhere, with their cosine to the text and their
lexemes. The score is a probability, fitted by ``benchmarks/matching.py
--fit`` on sentences of debates that fact-checkers joined by hand to the
claims they had checked before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

METHOD = "words-and-meaning/1"
"""Name and version of the score; it changes with the numbers below."""

INTERCEPT, COSINE, ASKED, TOLD = -10.84, 9.29, 2.92, 5.44
"""Weights of the cosine, and of the shares of the words that both have: of those
asked, each weighed by how rare it is, and of those the verdict tells."""

THRESHOLD = 0.1
"""Below it nothing is told. Of what lies above, about half is right where a
text has an answer at all; above 0.2 it is three of four."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published verdict that may be about the text."""

    key: int
    lexemes: frozenset[str]
    cosine: float


@dataclass(frozen=True, slots=True)
class Match:
    """A verdict that is about the text with probability ``score``."""

    key: int
    score: float


def rarity(holding: int, all_together: int) -> float:
    """The weight of a lexeme that ``holding`` of all verdicts hold: rare ones tell most.

    >>> rarity(1, 1000) > rarity(100, 1000) > 0
    True
    """
    return log(1 + (all_together - holding + 0.5) / (holding + 0.5))


def ranked(asked: Mapping[str, float], candidates: Iterable[Candidate], limit: int) -> list[Match]:
    """The best candidates at or above THRESHOLD, best first.

    ``asked`` is the text's lexemes, each with its rarity.

    >>> asked = {"boat": 4.0, "harbour": 5.0, "left": 2.0}
    >>> same = Candidate(1, frozenset({"boat", "harbour", "left"}), cosine=0.9)
    >>> other = Candidate(2, frozenset({"tax", "left"}), cosine=0.3)
    >>> [(match.key, round(match.score, 2)) for match in ranked(asked, [other, same], 5)]
    [(1, 1.0)]
    """
    scored = [Match(candidate.key, score(asked, candidate)) for candidate in candidates]
    good = [match for match in scored if match.score >= THRESHOLD]
    return sorted(good, key=lambda match: (-match.score, -match.key))[:limit]


def score(asked: Mapping[str, float], candidate: Candidate) -> float:
    """The probability that the candidate is about what was asked, from 0 to 1."""
    cosine, of_asked, of_told = likeness(asked, candidate)
    return 1 / (1 + exp(-(INTERCEPT + COSINE * cosine + ASKED * of_asked + TOLD * of_told)))


def likeness(asked: Mapping[str, float], candidate: Candidate) -> tuple[float, float, float]:
    """Cosine, the weighed share of the words asked, the share of the words told."""
    both = candidate.lexemes & asked.keys()
    return (
        candidate.cosine,
        sum(asked[lexeme] for lexeme in both) / (sum(asked.values()) or 1.0),
        len(both) / (len(candidate.lexemes) or 1),
    )
