"""How well the stance model does, beside what is cheap.

    python -m benchmarks.stance PAIRS.jsonl[.gz] ... [--limit 500]

A row is {"claim", "evidence", "label", "source"}; the label is supports,
contradicts (or refutes) or neutral. For each source, on the same rows:

- macro-F1 of always answering with the commonest label, of cosine (supports
  from 0.6), of shared words, and of the model;
- of the stances the model shows: how many are right (precision), and how many
  rows get one (coverage);
- the expected calibration error of its confidence, in ten bins of equal width.
"""

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from sources.embedding import MiniLM
from sources.ports import Judgement, Stance, StanceModel
from sources.stance.lexical import LexicalStance
from sources.stance.onnx import OnnxStance

LABELS = {"refutes": "contradicts"}
LIKE = 0.6
SEED = 7
Row = dict[str, str]


def read(paths: Sequence[Path]) -> Iterator[Row]:
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as lines:
            for line in lines:
                row = json.loads(line)
                yield row | {"label": LABELS.get(row["label"], row["label"])}


def macro_f1(truth: Sequence[str], given: Sequence[str]) -> float:
    scores = []
    for label in set(truth):
        right = sum(t == g == label for t, g in zip(truth, given, strict=True))
        scores.append(2 * right / max(1, truth.count(label) + list(given).count(label)))
    return sum(scores) / len(scores)


def calibration_error(truth: Sequence[str], found: Sequence[Judgement]) -> float:
    right = np.array([t == judgement.stance for t, judgement in zip(truth, found, strict=True)])
    sure = np.array([judgement.confidence for judgement in found])
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(
            (bins == one).mean() * abs(right[bins == one].mean() - sure[bins == one].mean())
            for one in set(bins)
        )
    )


def judged(model: StanceModel) -> Callable[[Sequence[Row]], list[Judgement]]:
    return lambda rows: [model.judge(row["claim"], [row["evidence"]])[0] for row in rows]


def by_cosine(rows: Sequence[Row]) -> list[Stance]:
    encoder = MiniLM()
    claims = encoder.encode([row["claim"] for row in rows])
    evidence = encoder.encode([row["evidence"] for row in rows])
    alike = (claims * evidence).sum(axis=1) >= LIKE
    return [Stance.SUPPORTS if yes else Stance.NEUTRAL for yes in alike]


def shown_line(truth: Sequence[str], found: Sequence[Judgement], stance: Stance) -> str:
    shown = [
        (label, judgement.stance)
        for label, judgement in zip(truth, found, strict=True)
        if judgement.shown and judgement.stance is stance
    ]
    if not shown:
        return f"{'none':>13}"
    right = sum(label == given for label, given in shown)
    return f"{right / len(shown):6.2f} /{len(shown) / len(truth):5.2f}"


def report(name: str, rows: Sequence[Row]) -> list[tuple[str, Judgement]]:
    truth = [row["label"] for row in rows]
    commonest = Counter(truth).most_common(1)[0][0]
    ours = judged(OnnxStance())(rows)
    lexical = judged(LexicalStance())(rows)
    print(
        f"{name:18}{len(rows):6}"
        f"{macro_f1(truth, [commonest] * len(rows)):8.2f}"
        f"{macro_f1(truth, by_cosine(rows)):8.2f}"
        f"{macro_f1(truth, [judgement.stance for judgement in lexical]):8.2f}"
        f"{macro_f1(truth, [judgement.stance for judgement in ours]):8.2f}"
        f"{shown_line(truth, ours, Stance.SUPPORTS):>16}"
        f"{shown_line(truth, ours, Stance.CONTRADICTS):>16}"
        f"{calibration_error(truth, ours):7.2f}"
    )
    return list(zip(truth, ours, strict=True))


def speed() -> str:
    model = OnnxStance()
    sentence = "The river authority said that the water rose by {} centimetres in the old town."
    passage = " ".join(sentence.format(number) for number in range(5))
    passages = [f"{passage} Gauge {number} was not read." for number in range(20)]
    claim = "The water rose by 40 centimetres in the old town."
    model.judge(claim, passages[:1])
    start = perf_counter()
    model.judge(claim, passages)
    return (
        f"one claim against 20 passages of 6 sentences, one thread: {perf_counter() - start:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PAIRS")
    parser.add_argument("--limit", type=int, default=500, help="rows of each source")
    arguments = parser.parse_args()
    rows = list(read(arguments.paths))
    random.Random(SEED).shuffle(rows)
    sources: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if len(sources[row["source"]]) < arguments.limit:
            sources[row["source"]].append(row)
    print(
        f"{'':24}{'macro-F1':^32}{'shown: precision / coverage':>32}\n"
        f"{'source':18}{'rows':>6}{'common':>8}{'cosine':>8}{'lexical':>8}{'ours':>8}"
        f"{'supports':>16}{'contradicts':>16}{'ECE':>7}"
    )
    every = [pair for name in sorted(sources) for pair in report(name, sources[name])]
    truth, found = [label for label, _ in every], [judgement for _, judgement in every]
    print(
        f"{'all':18}{len(every):6}{'':32}"
        f"{shown_line(truth, found, Stance.SUPPORTS):>16}"
        f"{shown_line(truth, found, Stance.CONTRADICTS):>16}"
    )
    print(speed())


if __name__ == "__main__":
    main()
