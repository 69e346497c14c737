"""What the stance model has to beat, and toys that must not pass."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sources.embedding import MiniLM
from sources.ports import Judgement, Stance, StanceModel
from sources.stance.agreement import agreement
from sources.stance.head import STANCES
from sources.stance.words import content_stems

LIKE = 0.6
SHOWN = 0.8
_WORD = re.compile(r"\w+|[^\w\s]")


class ClaimOnly:
    """Naive Bayes over the claim's words and pairs of words; never looks at the evidence."""

    name = "claim only"

    def __init__(self, rows: Sequence[dict[str, str]]) -> None:
        self.counts: dict[Stance, Counter[str]] = {stance: Counter() for stance in STANCES}
        self.rows: Counter[Stance] = Counter()
        for row in rows:
            stance = Stance(row["label"])
            self.rows[stance] += 1
            self.counts[stance].update(_terms(row["claim"]))
        self.totals = {stance: sum(counts.values()) for stance, counts in self.counts.items()}
        self.known = len(set().union(*self.counts.values()))

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        odds = {
            stance: math.log(self.rows[stance])
            + sum(
                math.log((self.counts[stance][term] + 1) / (self.totals[stance] + self.known))
                for term in _terms(claim)
            )
            for stance in STANCES
        }
        best = max(odds, key=odds.__getitem__)
        # The words of a claim are no independent witnesses: their odds are cut to a third.
        share = 1 / sum(math.exp((value - odds[best]) / 3) for value in odds.values())
        return [_given(best, share) for _ in passages]


class Cosine:
    """Supports from a cosine of 0.6 between claim and passage; knows no contradiction."""

    name = "cosine"

    def __init__(self) -> None:
        self.encoder = MiniLM()

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        like = self.encoder.encode([claim, *passages])
        return [
            _given(Stance.SUPPORTS, float(value))
            if value >= LIKE
            else _given(Stance.NEUTRAL, 1 - max(0.0, float(value)))
            for value in like[1:] @ like[0]
        ]


class OverlapAndNegation:
    """Toy: most words shared is support, with a negation on one side a contradiction."""

    name = "overlap + negation"

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        found = []
        for passage in passages:
            compared = agreement(claim, passage, passage)
            if compared.recall < LIKE:
                found.append(_given(Stance.NEUTRAL, 0.9))
            else:
                other = compared.one_denies or compared.figures.different > 0
                found.append(_given(Stance.CONTRADICTS if other else Stance.SUPPORTS, 0.9))
        return found


class Length:
    """Toy: what is short supports, what is long settles nothing."""

    name = "length rule"

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        return [
            _given(Stance.NEUTRAL if len(passage.split()) > 40 else Stance.SUPPORTS, 0.9)
            for passage in passages
        ]


class ConstantConfidence:
    """Toy: the stances of ``model``, all with one confidence, all shown."""

    name = "constant confidence"

    def __init__(self, model: StanceModel) -> None:
        self.model = model

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        return [
            replace(found, confidence=SHOWN, shown=found.stance is not Stance.NEUTRAL)
            for found in self.model.judge(claim, passages)
        ]


class NeverShowing:
    """Toy: the stances of ``model``, of which none is shown."""

    name = "never showing"

    def __init__(self, model: StanceModel) -> None:
        self.model = model

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        return [replace(found, shown=False) for found in self.model.judge(claim, passages)]


class Remembering:
    """Asks ``model`` once about each pair, since several toys are made of its answers."""

    def __init__(self, model: StanceModel) -> None:
        self.model = model
        self.name = model.name
        self.answers: dict[tuple[str, str], Judgement] = {}

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        for passage in passages:
            if (claim, passage) not in self.answers:
                (self.answers[claim, passage],) = self.model.judge(claim, [passage])
        return [self.answers[claim, passage] for passage in passages]


def _given(stance: Stance, confidence: float) -> Judgement:
    shown = stance is not Stance.NEUTRAL and confidence >= SHOWN
    return Judgement(stance, min(1.0, max(0.0, confidence)), shown=shown)


def _terms(claim: str) -> list[str]:
    words = _WORD.findall(claim.lower())
    return words + [f"{one} {other}" for one, other in pairwise(words)]


class NewsSearch:
    """The passages of articles that share the rarest words with a claim."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.passages = passages
        self.holding: dict[str, list[int]] = {}
        for place, passage in enumerate(passages):
            for stem in content_stems(passage):
                self.holding.setdefault(stem, []).append(place)

    def nearest(self, claim: str, limit: int) -> list[str]:
        scores: Counter[int] = Counter()
        for stem in content_stems(claim):
            holding = self.holding.get(stem, [])
            for place in holding:
                scores[place] += math.log(len(self.passages) / len(holding))
        return [self.passages[place] for place, _ in scores.most_common(limit)]
