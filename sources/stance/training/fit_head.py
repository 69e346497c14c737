"""Fit the head on pairs the network has not seen, and choose from where a stance is shown.

    python -m sources.stance.training.fit_head DATA READINGS

Every group of sources is left out once; confidence and thresholds are chosen
on what the head fitted on the others says about it. Of two groups the network
has not seen anything either; news passages that settle nothing bound how low
the thresholds may be. The head that is stored is fitted on all groups. READINGS is a file
that keeps what the network read, which is nearly all of the work.

A passage has several stretches and one label. The head is fitted on the
stretch it finds most settling itself, three times over.
"""

import argparse
import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sources.bert import Bert
from sources.ports import Stance
from sources.stance.agreement import Agreement, agreement
from sources.stance.head import STANCES, Head, doubtful, features, settled
from sources.stance.onnx import WEIGHTS
from sources.stance.reading import stretches
from sources.stance.training.pairs import Pair
from sources.stance.training.rows import GROUPS, all_pairs

WEIGHT = {"inference": 0.5, "science": 0.7, "irrelevant": 1.5}
"""Groups weigh the same but for these."""
UNLIKE_A_SEARCH = {"irrelevant", "inference"}
"""Groups without influence on the wanted precision: no stances, and no claims and passages."""
PRECISION = {Stance.SUPPORTS: 0.84, Stance.CONTRADICTS: 0.88}
"""How many of the shown stances shall be right, each left-out group weighing the same."""
IRRELEVANT = {Stance.SUPPORTS: 0.005, Stance.CONTRADICTS: 0.003}
"""How many passages that settle nothing may be shown with the stance."""
BALANCE = 0.5
"""How far the labels of a group weigh the same: 0 as they come, 1 altogether."""
FEW = 30
"""Answers of a group below which it weighs less in what confidence is fitted on."""
ROUNDS = 3
BATCH = 2000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """One passage as the network read it, stretch by stretch."""

    pair: Pair
    scores: Floats
    agreements: list[Agreement]

    @cached_property
    def features(self) -> Floats:
        return np.array([features(*row) for row in zip(self.scores, self.agreements, strict=True)])

    @property
    def group(self) -> str:
        return GROUPS[self.pair.source]

    @property
    def label(self) -> Stance:
        return Stance(self.pair.label)


@dataclass(frozen=True)
class Answer:
    """What a head made of a reading, and whether plain disagreement forbids to show it."""

    stance: Stance
    probability: float
    doubtful: bool


def read(pairs: Sequence[Pair]) -> list[Reading]:
    network = Bert(WEIGHTS / "minilm.onnx", length=160, threads=1)
    spans = [stretches(pair.claim, pair.evidence) for pair in pairs]
    texts = [
        (pair.evidence[start:end], pair.claim)
        for pair, found in zip(pairs, spans, strict=True)
        for start, end in found
    ]
    scores = np.empty((len(texts), 2))
    for first in range(0, len(texts), BATCH):
        for indices, found, _ in network.run(texts[first : first + BATCH]):
            scores[first + np.array(indices)] = found
        print(f"read {min(first + BATCH, len(texts))} of {len(texts)} stretches", flush=True)
    readings, place = [], 0
    for pair, found in zip(pairs, spans, strict=True):
        if found:
            agreements = [
                agreement(pair.claim, pair.evidence[start:end], pair.evidence)
                for start, end in found
            ]
            readings.append(Reading(pair, scores[place : place + len(found)], agreements))
        place += len(found)
    return readings


def fitted(readings: Sequence[Reading]) -> Head:
    sizes = Counter(reading.group for reading in readings)
    labelled = Counter((reading.group, reading.label) for reading in readings)
    weights = [
        WEIGHT.get(r.group, 1.0)
        * 1000
        / sizes[r.group] ** (1 - BALANCE)
        / labelled[r.group, r.label] ** BALANCE
        for r in readings
    ]
    labels = [STANCES.index(reading.label) for reading in readings]
    # The first choice is the network's own: the stretch it finds most settling.
    chosen = [int(reading.scores[:, 0].argmax()) for reading in readings]
    for _ in range(ROUNDS):
        seen = np.array([r.features[place] for r, place in zip(readings, chosen, strict=True)])
        scaler = StandardScaler().fit(seen)
        model = LogisticRegression(C=0.1, max_iter=1000)
        model.fit(scaler.transform(seen), labels, sample_weight=weights)
        coefficients = model.coef_ / scaler.scale_
        head = Head(coefficients, model.intercept_ - coefficients @ scaler.mean_, {}, {})
        chosen = [
            int(head.weighed(reading.features, reading.agreements)[:, :2].max(axis=1).argmax())
            for reading in readings
        ]
    return head


def answer(head: Head, reading: Reading) -> Answer:
    stance, probability, row = settled(head.weighed(reading.features, reading.agreements))
    doubt = doubtful(stance, reading.scores[row], reading.agreements[row])
    return Answer(stance, probability, doubt)


def left_out(readings: Sequence[Reading]) -> list[Answer]:
    """Answer for every reading with a head fitted without its group."""
    heads = {
        name: fitted([reading for reading in readings if reading.group != name])
        for name in sorted(set(GROUPS.values()))
    }
    return [answer(heads[reading.group], reading) for reading in readings]


def calibrated(
    readings: Sequence[Reading], given: Sequence[Answer]
) -> dict[Stance, tuple[float, float, float]]:
    """Fit confidence to how often left-out answers were right, each group weighing the same."""
    lines = {}
    for stance in STANCES:
        mine = [
            (reading, found)
            for reading, found in zip(readings, given, strict=True)
            if found.stance is stance
        ]
        sizes = Counter(reading.group for reading, _ in mine)
        chances = np.clip([found.probability for _, found in mine], 1e-6, 1 - 1e-6)
        right = [reading.label is stance for reading, _ in mine]
        weights = [1 / (FEW + sizes[reading.group]) for reading, _ in mine]
        doubts = np.array([found.doubtful for _, found in mine], dtype=float)
        rows = np.stack((np.log(chances / (1 - chances)), doubts), axis=1)
        model = LogisticRegression(C=1e6).fit(rows, right, np.array(weights) * len(weights))
        slope, doubt = model.coef_[0]
        lines[stance] = (float(slope), float(model.intercept_[0]), float(doubt))
    return lines


def threshold(
    stance: Stance, head: Head, readings: Sequence[Reading], given: Sequence[Answer]
) -> float:
    """Return the lowest confidence from which enough of what is shown is right."""
    rows = [
        (head.confidence(stance, found.probability, doubt=False), reading)
        for reading, found in zip(readings, given, strict=True)
        if found.stance is stance and not found.doubtful
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
        right += weight * (reading.label is stance)
        if right / shown >= PRECISION[stance]:
            best = sure
    if best == 1.0:
        raise SystemExit(f"No confidence reaches a precision of {PRECISION[stance]} for {stance}.")
    return best


def macro_f1(truth: Sequence[str], given: Sequence[str]) -> float:
    scores = []
    for label in set(truth):
        right = sum(t == g == label for t, g in zip(truth, given, strict=True))
        scores.append(2 * right / max(1, truth.count(label) + list(given).count(label)))
    return sum(scores) / len(scores)


def table(readings: Sequence[Reading], given: Sequence[Answer], head: Head) -> list[str]:
    """Say for each left-out group how often shown stances were right, and how many were shown."""
    lines = [
        f"{'left-out group':16}{'rows':>6}{'right':>7}{'F1':>7}{'supports':>20}{'contradicts':>20}"
    ]
    for name in [*sorted(set(GROUPS.values())), "all"]:
        rows = [
            (reading, found)
            for reading, found in zip(readings, given, strict=True)
            if name in ("all", reading.group)
        ]
        truth = [reading.label for reading, _ in rows]
        right = sum(label is found.stance for label, (_, found) in zip(truth, rows, strict=True))
        line = f"{name:16}{len(rows):6}{right / len(rows):7.2f}"
        line += f"{macro_f1(truth, [found.stance for _, found in rows]):7.2f}"
        for stance, least in head.thresholds.items():
            shown = [
                reading.label is stance
                for reading, found in rows
                if found.stance is stance
                and not found.doubtful
                and head.confidence(stance, found.probability, doubt=False) >= least
            ]
            of = f"({sum(shown)}/{len(shown)} of {truth.count(stance)})"
            line += f"{f'{sum(shown) / len(shown):.2f} ' if shown else 'none '}{of}".rjust(20)
        lines.append(line)
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


def fit(readings: Sequence[Reading]) -> tuple[Head, list[Answer]]:
    given = left_out(readings)
    head = fitted(readings)
    head = replace(head, calibration=calibrated(readings, given))
    thresholds = {stance: threshold(stance, head, readings, given) for stance in PRECISION}
    return replace(head, thresholds=thresholds), given


def store(head: Head, path: Path) -> None:
    written = {
        "coefficients": head.coefficients.round(4).tolist(),
        "intercepts": head.intercepts.round(4).tolist(),
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
    head, given = fit(readings)
    print(*table(readings, given, head), sep="\n")
    print("calibration", head.calibration, "thresholds", head.thresholds)
    store(head, WEIGHTS / "head.json")


if __name__ == "__main__":
    main()
