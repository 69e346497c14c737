"""How often the word is right that is said of two claims: same, stronger, weaker or related.

    python -m benchmarks.likenesses NEWS.jsonl.gz FACTS.jsonl.gz STANCE.jsonl.gz [--of-each 150]

NEWS has articles, FACTS sentences with the single facts they state ("text", "claims"), STANCE
pairs with a label. From them pairs of claims whose relation is known: a sentence of news and the
same in other words (same), or with one number, date, name or negation changed (related); a single
fact and the sentence that states it among others (weaker, and turned round stronger); two facts
of one sentence (related); pairs that contradict each other (related). Printed for each relation,
by the word that the product says: how many pairs; then how many of each word are right, where the
stance model's answer is taken as it is, and where it is taken only if it would be shown.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claims.comparing import Worded, likeness
from claims.kinds import Likeness
from sources.ports import Stance
from sources.stance.onnx import OnnxStance
from sources.stance.training.edits import changes, names_of, same
from sources.stance.training.news import claims, left_out

Pair = tuple[str, str, str, str]
"""Kind, claim, older claim, relation."""


def rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def news_pairs(path: Path, dice: random.Random) -> Iterator[Pair]:
    said = [claim for article in left_out(path) for claim, _, _ in claims(article)]
    dice.shuffle(said)
    ways = changes(names_of(said[:2000]))
    for claim in said:
        if other := same(claim, dice):
            yield "in other words", other, claim, Likeness.SAME
        if changed := dice.choice(list(ways.values()))(claim, dice):
            yield "one detail changed", changed, claim, Likeness.RELATED


def fact_pairs(path: Path, dice: random.Random) -> Iterator[Pair]:
    stated = [row for row in rows(path) if len(row["claims"]) > 2]
    dice.shuffle(stated)
    for row in stated:
        one, other = dice.sample(row["claims"], 2)
        yield "a fact, its sentence", one, row["text"], Likeness.WEAKER
        yield "a sentence, its fact", row["text"], one, Likeness.STRONGER
        yield "two facts of a sentence", one, other, Likeness.RELATED


def contradicting(path: Path, dice: random.Random) -> Iterator[Pair]:
    pairs = [row for row in rows(path) if row["label"] == "refutes" and row["source"] == "conjnli"]
    dice.shuffle(pairs)
    for row in pairs:
        yield "contradict each other", row["claim"], row["evidence"], Likeness.RELATED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("stance", type=Path)
    parser.add_argument("--of-each", type=int, default=150)
    asked = parser.parse_args()
    dice, model = random.Random(1), OnnxStance()
    taken: Counter[str] = Counter()
    pairs = []
    for make, path in (
        (news_pairs, asked.news),
        (fact_pairs, asked.facts),
        (contradicting, asked.stance),
    ):
        for pair in make(path, dice):
            taken[pair[0]] += 1
            if taken[pair[0]] <= asked.of_each:
                pairs.append(pair)
    judged = [
        (pair, model.judge(pair[1], [pair[2]])[0], model.judge(pair[2], [pair[1]])[0])
        for pair in pairs
    ]
    for name, shown in (("as it is", False), ("only if shown", True)):
        said: dict[str, Counter[str]] = {}
        right: Counter[str] = Counter()
        for (kind, claim, older, relation), forth, back in judged:
            follows, implies = (
                one.stance is Stance.SUPPORTS and (one.shown or not shown) for one in (forth, back)
            )
            word = likeness(Worded(claim), Worded(older), follows=follows, implies=implies)
            said.setdefault(kind, Counter())[word] += 1
            right[word] += word == relation
        words = [Likeness.SAME, Likeness.STRONGER, Likeness.WEAKER, Likeness.RELATED]
        print(f"\n{name:26}" + "".join(f"{word:>10}" for word in words))
        for kind, counts in said.items():
            print(f"{kind:26}" + "".join(f"{counts[word]:10}" for word in words))
        totals = {word: sum(counts[word] for counts in said.values()) for word in words}
        print(f"{'right':26}" + "".join(f"{right[w] / max(1, totals[w]):10.0%}" for w in words))


if __name__ == "__main__":
    main()
