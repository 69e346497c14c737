"""Measure how far the network is to be believed, and from where a stance is shown.

    python -m sources.stance.training.fit_head DATA READINGS

Confidence and thresholds are chosen on pairs that the network has not seen,
each group of sources weighing the same; of one group it has seen nothing at
all. News passages that settle nothing bound how low the thresholds may be.
The table that is printed leaves each group out in turn: what it says of a
group was chosen without it. READINGS is a file that keeps what the network
read, which is nearly all of the work.
"""

import argparse
import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from sources.ports import Stance
from sources.stance.agreement import Agreement, agreement
from sources.stance.head import STANCES, Finding, Head, Span, log_odds, settled
from sources.stance.onnx import WEIGHTS, network
from sources.stance.reading import stretches
from sources.stance.training.pairs import Pair
from sources.stance.training.rows import GROUPS, all_pairs

UNLIKE_A_SEARCH = {"irrelevant", "inference"}
"""Groups without influence on the wanted precision: no stances, and no claims and passages."""
WANTED = {Stance.SUPPORTS: 0.85, Stance.CONTRADICTS: 0.95}
"""How many of the shown stances shall be right, each left-out group weighing the same."""
IRRELEVANT = {Stance.SUPPORTS: 0.005, Stance.CONTRADICTS: 0.003}
"""How many passages that settle nothing may be shown with the stance."""
FEW = 30
"""Answers of a group below which it weighs less in what confidence is fitted on."""
BATCH = 2000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """One passage as the network read it, stretch by stretch."""

    pair: Pair
    spans: list[Span]
    scores: Floats
    agreements: list[Agreement]

    @property
    def group(self) -> str:
        return GROUPS[self.pair.source]

    @property
    def label(self) -> Stance:
        return Stance(self.pair.label)

    @cached_property
    def finding(self) -> Finding:
        return settled(self.spans, self.scores, self.agreements)

    @property
    def right(self) -> bool:
        return self.finding.stance is self.label


def read(pairs: Sequence[Pair]) -> list[Reading]:
    reader = network(threads=1)
    spans = [stretches(pair.claim, pair.evidence) for pair in pairs]
    texts = [
        (pair.evidence[start:end], pair.claim)
        for pair, found in zip(pairs, spans, strict=True)
        for start, end in found
    ]
    scores = np.empty((len(texts), 2))
    for first in range(0, len(texts), BATCH):
        for indices, found, _ in reader.run(texts[first : first + BATCH]):
            scores[first + np.array(indices)] = found
        print(f"read {min(first + BATCH, len(texts))} of {len(texts)} stretches", flush=True)
    readings, place = [], 0
    for pair, found in zip(pairs, spans, strict=True):
        if found:
            agreements = [
                agreement(pair.claim, pair.evidence[start:end], pair.evidence)
                for start, end in found
            ]
            readings.append(Reading(pair, found, scores[place : place + len(found)], agreements))
        place += len(found)
    return readings


def fitted(readings: Sequence[Reading]) -> Head:
    head = Head({stance: line(stance, readings) for stance in STANCES}, {})
    return Head(head.calibration, {stance: threshold(stance, head, readings) for stance in WANTED})


def line(stance: Stance, readings: Sequence[Reading]) -> tuple[float, float, float]:
    """Fit confidence to how often ``stance`` is right, each group weighing the same."""
    mine = [reading for reading in readings if reading.finding.stance is stance]
    sizes = Counter(reading.group for reading in mine)
    rows = [(log_odds(r.finding.probability), float(r.finding.doubtful)) for r in mine]
    weights = [len(mine) / (FEW + sizes[reading.group]) for reading in mine]
    model = LogisticRegression(C=1e6).fit(rows, [reading.right for reading in mine], weights)
    slope, doubt = model.coef_[0]
    return float(slope), float(model.intercept_[0]), float(doubt)


def threshold(stance: Stance, head: Head, readings: Sequence[Reading]) -> float:
    """Return the lowest confidence from which enough of what is shown is right."""
    rows = [
        (head.confidence(reading.finding), reading)
        for reading in readings
        if reading.finding.stance is stance and not reading.finding.doubtful
    ]
    sizes = Counter(reading.group for reading in readings)
    irrelevant = sorted((sure for sure, r in rows if r.group == "irrelevant"), reverse=True)
    allowed = int(IRRELEVANT[stance] * sizes["irrelevant"])
    least = irrelevant[allowed] + 1e-4 if len(irrelevant) > allowed else 0.0
    best, right, shown = 1.0, 0.0, 0.0
    for sure, reading in sorted(rows, key=lambda row: -row[0]):
        if sure < least or reading.group in UNLIKE_A_SEARCH:
            continue
        weight = 1 / sizes[reading.group]
        shown += weight
        right += weight * reading.right
        if right / shown >= WANTED[stance]:
            best = sure
    if best == 1.0:
        raise SystemExit(f"No confidence reaches a precision of {WANTED[stance]} for {stance}.")
    return best


def macro_f1(truth: Sequence[str], given: Sequence[str]) -> float:
    scores = []
    for label in set(truth):
        right = sum(t == g == label for t, g in zip(truth, given, strict=True))
        scores.append(2 * right / max(1, truth.count(label) + list(given).count(label)))
    return sum(scores) / len(scores)


def left_out(readings: Sequence[Reading]) -> list[bool]:
    """Say for every reading whether a head that was chosen without its group shows its stance."""
    heads = {
        name: fitted([reading for reading in readings if reading.group != name])
        for name in {reading.group for reading in readings}
    }
    found = [(heads[reading.group], reading.finding) for reading in readings]
    return [head.shows(finding, head.confidence(finding)) for head, finding in found]


def table(readings: Sequence[Reading]) -> list[str]:
    """Say for each left-out group how often shown stances were right, and how many were shown."""
    lines = [
        f"{'left-out group':16}{'rows':>6}{'right':>7}{'F1':>7}{'supports':>20}{'contradicts':>20}"
    ]
    shown = left_out(readings)
    for name in [*sorted(set(GROUPS.values())), "all"]:
        rows = [
            (reading, seen)
            for reading, seen in zip(readings, shown, strict=True)
            if name in ("all", reading.group)
        ]
        truth = [reading.label for reading, _ in rows]
        told = f"{name:16}{len(rows):6}{sum(r.right for r, _ in rows) / len(rows):7.2f}"
        told += f"{macro_f1(truth, [reading.finding.stance for reading, _ in rows]):7.2f}"
        for stance in WANTED:
            right = [r.right for r, seen in rows if seen and r.finding.stance is stance]
            of = f"({sum(right)}/{len(right)} of {truth.count(stance)})"
            told += f"{f'{sum(right) / len(right):.2f} ' if right else 'none '}{of}".rjust(20)
        lines.append(told)
    return lines


def manifest(pairs: Sequence[Pair]) -> list[str]:
    """Name each source with its rows and a digest of them."""
    lines = []
    for source in sorted(GROUPS):
        own = [pair for pair in pairs if pair.source == source]
        labels = " / ".join(str(sum(pair.label == label for pair in own)) for label in STANCES)
        rows = sorted(f"{p.claim}\t{p.evidence}\t{p.label}" for p in own)
        digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        lines.append(f"| {source} | {labels} | {digest[:16]} |")
    return lines


def store(head: Head, path: Path) -> None:
    written = {
        "calibration": {
            stance: [round(value, 4) for value in line] for stance, line in head.calibration.items()
        },
        "thresholds": {stance: round(value, 4) for stance, value in head.thresholds.items()},
    }
    path.write_text(json.dumps(written, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the collections and the news")
    parser.add_argument("readings", type=Path, help="made when it is missing")
    arguments = parser.parse_args()
    if not arguments.readings.exists():
        pairs = all_pairs(arguments.data)
        print(*manifest(pairs), sep="\n")
        arguments.readings.write_bytes(pickle.dumps(read(pairs)))
    readings = pickle.loads(arguments.readings.read_bytes())
    head = fitted(readings)
    print(*table(readings), sep="\n")
    print("calibration", head.calibration, "thresholds", head.thresholds)
    store(head, WEIGHTS / "head.json")


if __name__ == "__main__":
    main()
