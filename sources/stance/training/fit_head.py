"""Fit the head on pairs the network has not seen, and choose from where a stance is shown.

    python -m sources.stance.training.fit_head DEV.jsonl.gz NEWS.jsonl.gz

Every group of sources is left out once; what the head fitted on the others
says about it is what confidence and thresholds are chosen on. The head that
is stored is fitted on all groups. Half an hour on one core, nearly all of it
the network reading.

A passage has several stretches and one label. The head is fitted on the
stretch it finds most settling itself, three times over.
"""

import argparse
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sources.bert import Bert
from sources.ports import Stance
from sources.stance.agreement import Agreement, agreement
from sources.stance.head import STANCES, Head, features, settled
from sources.stance.onnx import WEIGHTS
from sources.stance.reading import stretches
from sources.stance.training.pairs import Pair
from sources.stance.training.rows import GROUPS, all_pairs

WEIGHT = {"inference": 0.5, "science": 0.5, "headlines": 1.5, "sentences": 1.5}
"""Groups weigh the same but for these: news is what the product reads."""
LIKE_A_SEARCH = {"climate", "fever", "headlines", "sentences"}
"""Groups whose neutral rows are what a search brings back; confidence is measured on them."""
PRECISION = {Stance.SUPPORTS: 0.96, Stance.CONTRADICTS: 0.95}
"""How many of the shown stances shall be right on left-out groups that are like a search."""
ROUNDS = 3
BATCH = 2000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """One passage as the network read it, stretch by stretch."""

    pair: Pair
    logits: Floats
    agreements: list[Agreement]

    @property
    def features(self) -> Floats:
        return np.array([features(*row) for row in zip(self.logits, self.agreements, strict=True)])


def read(pairs: list[Pair]) -> list[Reading]:
    network = Bert(WEIGHTS / "minilm.onnx", length=160, threads=1)
    spans = [stretches(pair.claim, pair.evidence) for pair in pairs]
    texts = [
        (pair.evidence[start:end], pair.claim)
        for pair, found in zip(pairs, spans, strict=True)
        for start, end in found
    ]
    logits = np.empty((len(texts), len(STANCES)))
    for first in range(0, len(texts), BATCH):
        for indices, scores, _ in network.run(texts[first : first + BATCH]):
            logits[first + np.array(indices)] = scores
        print(f"read {min(first + BATCH, len(texts))} of {len(texts)} stretches", flush=True)
    readings, place = [], 0
    for pair, found in zip(pairs, spans, strict=True):
        if found:
            agreements = [
                agreement(pair.claim, pair.evidence[start:end], pair.evidence)
                for start, end in found
            ]
            readings.append(Reading(pair, logits[place : place + len(found)], agreements))
        place += len(found)
    return readings


def group(reading: Reading) -> str:
    return GROUPS[reading.pair.source]


def fitted(readings: list[Reading]) -> Head:
    sizes = Counter(group(reading) for reading in readings)
    weights = [
        WEIGHT.get(group(reading), 1.0) * 1000 / sizes[group(reading)] for reading in readings
    ]
    labels = [STANCES.index(Stance(reading.pair.label)) for reading in readings]
    rows = [reading.features for reading in readings]
    # The first choice is the network's own: the stretch it is least neutral about.
    chosen = [int(reading.logits[:, 2].argmin()) for reading in readings]
    for _ in range(ROUNDS):
        seen = np.array([row[place] for row, place in zip(rows, chosen, strict=True)])
        scaler = StandardScaler().fit(seen)
        model = LogisticRegression(C=0.3, max_iter=1000)
        model.fit(scaler.transform(seen), labels, sample_weight=weights)
        coefficients = model.coef_ / scaler.scale_
        head = Head(coefficients, model.intercept_ - coefficients @ scaler.mean_, {}, {})
        chosen = [
            int(head.probabilities(reading.logits, reading.agreements)[:, :2].max(axis=1).argmax())
            for reading in readings
        ]
    return head


def answers(head: Head, readings: list[Reading]) -> list[tuple[Stance, float]]:
    return [
        settled(head.probabilities(reading.logits, reading.agreements))[:2] for reading in readings
    ]


def left_out(readings: list[Reading]) -> list[tuple[Stance, float]]:
    """Answer for every reading with a head fitted without its group."""
    found: dict[int, tuple[Stance, float]] = {}
    for name in sorted(set(GROUPS.values())):
        without = [reading for reading in readings if group(reading) != name]
        places = [place for place, reading in enumerate(readings) if group(reading) == name]
        head = fitted(without)
        found |= dict(
            zip(places, answers(head, [readings[place] for place in places]), strict=True)
        )
    return [found[place] for place in range(len(readings))]


def calibrated(
    readings: list[Reading], given: list[tuple[Stance, float]]
) -> dict[Stance, tuple[float, float]]:
    """Fit confidence to how often left-out answers were right, each group weighing the same."""
    lines = {}
    for stance in STANCES:
        mine = measured(readings, given, stance)
        sizes = Counter(group(readings[place]) for place in mine)
        odds = [np.log(p / (1 - p)) for p in (np.clip(given[i][1], 1e-6, 1 - 1e-6) for i in mine)]
        right = [readings[place].pair.label == stance for place in mine]
        weights = [1 / sizes[group(readings[place])] for place in mine]
        model = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], right, weights)
        lines[stance] = (float(model.coef_[0, 0]), float(model.intercept_[0]))
    return lines


def measured(
    readings: list[Reading], given: list[tuple[Stance, float]], stance: Stance
) -> list[int]:
    """Return the places of those left-out answers that say how far ``stance`` can be believed."""
    return [
        place
        for place, (answer, _) in enumerate(given)
        if answer is stance and group(readings[place]) in LIKE_A_SEARCH
    ]


def threshold(right: list[bool], confidences: list[float], wanted: float) -> float:
    """Return the lowest confidence from which at least ``wanted`` of the answers are right."""
    order = np.argsort(confidences)[::-1]
    precision = np.cumsum(np.array(right)[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(precision >= wanted)[0]
    if not len(enough):
        raise SystemExit(f"No confidence reaches a precision of {wanted}.")
    return float(np.array(confidences)[order][enough[-1]])


def table(readings: list[Reading], given: list[tuple[Stance, float]], head: Head) -> list[str]:
    """Say for each left-out group how often shown stances were right, and how many were shown."""
    lines = [f"{'left-out group':16}{'rows':>6}{'right':>7}{'supports':>16}{'contradicts':>16}"]
    for name in sorted(set(GROUPS.values())):
        places = [place for place, reading in enumerate(readings) if group(reading) == name]
        right = [readings[place].pair.label == given[place][0] for place in places]
        line = f"{name:16}{len(places):6}{sum(right) / len(right):7.2f}"
        for stance, least in head.thresholds.items():
            shown = [
                good
                for good, (answer, chance) in zip(right, (given[i] for i in places), strict=True)
                if answer is stance and head.confidence(stance, chance) >= least
            ]
            labelled = sum(readings[place].pair.label == stance for place in places)
            found = f"{sum(shown) / len(shown):.2f} ({sum(shown)}/{labelled})" if shown else "none"
            line += f"{found:>16}"
        lines.append(line)
    return lines


def manifest(pairs: list[Pair]) -> list[str]:
    """Name each source with its rows and a digest of them."""
    lines = []
    for source in sorted(GROUPS):
        rows = sorted(f"{p.claim}\t{p.evidence}\t{p.label}" for p in pairs if p.source == source)
        digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        lines.append(f"{source:16}{len(rows):6}  {digest[:16]}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collections", type=Path, help="held-out part of the labelled collections")
    parser.add_argument("news", type=Path, help="news articles without labels")
    arguments = parser.parse_args()
    pairs = all_pairs(arguments.collections, arguments.news)
    print(*manifest(pairs), sep="\n")
    store(read(pairs))


def store(readings: list[Reading]) -> None:
    given = left_out(readings)
    head = fitted(readings)
    head = replace(head, calibration=calibrated(readings, given))
    thresholds = {}
    for stance, wanted in PRECISION.items():
        mine = measured(readings, given, stance)
        thresholds[stance] = threshold(
            [readings[place].pair.label == stance for place in mine],
            [head.confidence(stance, given[place][1]) for place in mine],
            wanted,
        )
    head = replace(head, thresholds=thresholds)
    print(*table(readings, given, head), sep="\n")
    print("thresholds", thresholds)
    written = {
        "coefficients": head.coefficients.round(4).tolist(),
        "intercepts": head.intercepts.round(4).tolist(),
        "calibration": {
            stance: [round(value, 4) for value in line] for stance, line in head.calibration.items()
        },
        "thresholds": {stance: round(value, 4) for stance, value in thresholds.items()},
    }
    (WEIGHTS / "head.json").write_text(json.dumps(written, indent=1) + "\n")


if __name__ == "__main__":
    main()
