"""Measure how much of what a language model says of passages would be shown.

    python -m benchmarks.believing --pairs pairs.jsonl.gz [--most 6000]

Pairs are lines of {"claim", "evidence", "label"} with the labels supports, refutes and
neutral. No model is asked: one that always supports and one that always contradicts stand
for the worst that a misled model does, and on the pairs of that label for the best that a
perfect one can. Each copies the whole passage as its rationale.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path

from sources.ports import Stance
from sources.stance.llm import PASSAGE, believed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--most", type=int, default=6000)
    asked = parser.parse_args()
    with gzip.open(asked.pairs, "rt", encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    random.Random(0).shuffle(pairs)
    rows, shown = Counter(), Counter()
    for pair in pairs[: asked.most]:
        passage = pair["evidence"][:PASSAGE]
        rows[pair["label"]] += 1
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
            judgement = believed(pair["claim"], passage, stance, passage)
            shown[pair["label"], stance] += judgement.shown
    print("label              pairs    supports, shown    contradicts, shown")
    for label, count in rows.items():
        shares = [shown[label, stance] / count for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)]
        print(f"{label:16}{count:8}{shares[0]:20.3f}{shares[1]:22.3f}")


if __name__ == "__main__":
    main()
