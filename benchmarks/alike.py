"""How often two claims of news that are found alike are about one matter.

    python -m benchmarks.alike NEWS.jsonl.gz LABELS.tsv [--draw]

NEWS has one article a line: url, title, outlet, published_at, text. 800 articles in the
order of their days are split; each claim is paired with the 50 nearest by meaning of those
before it in other articles, and the older way to score (words and meaning) keeps the pairs
from 0.1. ``--draw`` prints pairs of every score and distance in time to be read,
each with a line for LABELS: two digests, and how many such pairs one drawn stands for; the
reader adds whether both are the ``same`` statement, one ``helps`` to decide the other, or
only the ``topic`` is the same, or ``none``. Without it, the pairs that LABELS knows are
scored by words alone and with time and claimant, each tenth by weights fitted on the others;
the weights that all give are printed last. Lexemes are Snowball stems here.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.matching import fitted
from benchmarks.reading import articles, flat, published
from claims.matching import Candidate, likeness, rarity, score
from claims.splitting import NothingToSplit
from claims.splitting.faithful import stems_in
from claims.splitting.splitter import split_article
from sources.embedding import MiniLM
from sources.retrieval import says_enough

ARTICLES = slice(900, 1_700)
NEAREST = 50
LEAST = 0.1
SCORES, DAYS = (0.3, 0.5, 0.7, 0.9), (3, 30)
"""Where the strata of a drawing part."""
OF_EACH = (28, 36, 30, 26, 26)
RIGHT = frozenset({"same", "helps"})
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of news; ``digest`` names it without telling it."""

    digest: str
    text: str
    claimant: str
    day: date
    title: str
    around: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims: what the score knows of them, and the score by words and meaning."""

    one: Said
    other: Said
    words: tuple[float, float, float]
    score: float

    @property
    def days(self) -> int:
        return abs((self.one.day - self.other.day).days)

    @property
    def stratum(self) -> tuple[int, int]:
        return sum(self.score >= s for s in SCORES), sum(self.days > d for d in DAYS)

    @property
    def row(self) -> list[float]:
        return [*self.words, float(np.log1p(self.days)), self.one.claimant == self.other.claimant]


def claims_of(path: Path) -> Iterator[tuple[int, Said]]:
    dated = sorted((a for a in articles(path) if published(a)), key=lambda a: a["published_at"])
    for number, article in enumerate(dated[ARTICLES]):
        day = published(article)
        try:
            found = split_article(
                article["text"], title=article["title"], outlet=article["outlet"], published_at=day
            )
        except NothingToSplit:
            continue
        for claim in found.claims:
            if day is not None and claim.desk and says_enough(claim.text):
                key = sha256(f"{article['url']}\n{claim.dated_text}".encode()).hexdigest()[:16]
                around = flat(claim.read_with(article["text"]))[:400]
                said = Said(key, claim.dated_text, claim.claimant, day, article["title"], around)
                yield number, said


def pairs_of(path: Path) -> list[Pair]:
    numbered = list(claims_of(path))
    claims = [said for _, said in numbered]
    vectors = MiniLM(2).encode([said.text for said in claims])
    lexemes = [frozenset(stems_in(c.text)) | frozenset(_FIGURE.findall(c.text)) for c in claims]
    held = Counter(word for words in lexemes for word in words)
    pairs = []
    for one in range(1, len(claims)):
        cosines = vectors[:one] @ vectors[one]
        asked = {word: rarity(held[word], len(claims)) for word in lexemes[one]}
        near = (int(o) for o in np.argsort(-cosines) if numbered[o][0] != numbered[one][0])
        for other in islice(near, NEAREST):
            words = Candidate(other, lexemes[other], float(cosines[other]))
            if (alike := score(asked, words)) >= LEAST:
                told = likeness(asked, words)
                pairs.append(Pair(claims[one], claims[other], told, alike))
    return pairs


def draw(pairs: Sequence[Pair]) -> None:
    strata: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in pairs:
        strata[pair.stratum].append(pair)
    dice = random.Random(3)
    for stratum, inside in sorted(strata.items()):
        drawn = dice.sample(inside, min(OF_EACH[stratum[0]], len(inside)))
        for pair in drawn:
            print(f"{pair.one.digest}\t{pair.other.digest}\t{len(inside) / len(drawn):.3f}\t?")
            for name, said in (("A", pair.one), ("B", pair.other)):
                print(f"  {name}: {said.text}  | said by: {said.claimant or 'the article'}")
                print(f"     {said.title} ({said.day})\n     around it: {said.around or '-'}")


def held_out(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The probability of each pair by weights fitted on the nine other tenths."""
    order = np.random.default_rng(1).permutation(len(rows))
    told = np.zeros(len(rows))
    for tenth in np.array_split(order, 10):
        rest = np.setdiff1d(order, tenth)
        weights = fitted(rows[rest], right[rest])
        told[tenth] = 1 / (1 + np.exp(-np.c_[np.ones(len(tenth)), rows[tenth]] @ weights))
    return told


def table(name: str, told: np.ndarray, right: np.ndarray, weight: np.ndarray) -> None:
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        above = told >= least
        hits = float((weight * right)[above].sum())
        print(
            f"{name:28} from {least}: right {hits / (weight[above].sum() or 1):.2f}, "
            f"found {hits / (weight * right).sum():.2f} of all"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--draw", action="store_true")
    asked = parser.parse_args()
    pairs = pairs_of(asked.news)
    if asked.draw:
        draw(pairs)
        return
    lines = [line.split("\t") for line in asked.labels.read_text().splitlines()]
    known = {(one, other): (float(weight), label) for one, other, weight, label in lines}
    read = [(p, *known[key]) for p in pairs if (key := (p.one.digest, p.other.digest)) in known]
    print(f"{len(pairs):,} pairs, {len(read)} of {len(known)} read ones among them")
    rows = np.array([pair.row for pair, _, _ in read])
    weight = np.array([stands_for for _, stands_for, _ in read])
    right = np.array([label in RIGHT for _, _, label in read], dtype=float)
    table("words and meaning", np.array([pair.score for pair, _, _ in read]), right, weight)
    table("fitted anew", held_out(rows[:, :3], right), right, weight)
    table("with time and claimant", held_out(rows, right), right, weight)
    print("intercept and weights:", np.round(fitted(rows, right), 3).tolist())


if __name__ == "__main__":
    main()
