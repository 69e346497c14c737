"""The pairs the head is fitted on, from two files given by path.

Sources are listed by name, and any other stops the run: what a model has
seen has to be known. The network was trained on the training part of the
labelled collections, so only their held-out part is used here.
"""

import gzip
import json
import random
from collections import Counter
from pathlib import Path

from sources.stance.training.pairs import Pair, news_pairs, retrieved_neutrals

GROUPS = {
    "fever_dev": "fever",
    "climate_fever": "climate",
    "covidfact": "science",
    "scifact": "science",
    "emergent": "claims",
    "politihop": "claims",
    "mnli": "inference",
    "lingnli": "inference",
    "snli": "inference",
    "cad_nli": "inference",
    "conjnli": "inference",
    "news_headlines": "headlines",
    "news_sentences": "sentences",
}
"""Sources of one kind; a group is left out as a whole when confidence is measured."""
NOT_USED = {"perspectrum", "arc_stance", "rte_glue", "infotabs", "help_conj"}
"""Opinions, tables, and collections whose neutral hides contradictions."""
WITH_RETRIEVED_NEUTRALS = {"fever_dev", "climate_fever", "scifact", "covidfact"}
LIMIT = {"lingnli": 400, "mnli": 400, "snli": 250, "cad_nli": 250, "conjnli": 250}
NEWS_NEUTRALS_KEPT = 0.45
"""Share of the neutral news pairs that is read: they are many, and reading is slow."""
LABELS = {"supports": "supports", "refutes": "contradicts", "neutral": "neutral"}


def labelled(path: Path, *, seed: int) -> list[Pair]:
    """Read the held-out part of the labelled collections, at most 900 rows of each."""
    with gzip.open(path, "rt") as lines:
        read = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(read)
    taken: Counter[str] = Counter()
    found = []
    for row in read:
        source = row["source"]
        if source in NOT_USED:
            continue
        if source not in GROUPS:
            raise SystemExit(f"{path}: the source {source!r} is not one the head may learn from.")
        # Neutral rows of scifact are whole abstracts: their length gives them away.
        if source == "scifact" and row["label"] == "neutral":
            continue
        taken[source] += 1
        if taken[source] <= LIMIT.get(source, 900):
            found.append(
                Pair(row["claim"], row["evidence"], LABELS[row["label"]], source, row["id"])
            )
    return found


def all_pairs(collections: Path, news: Path, *, seed: int = 1) -> list[Pair]:
    """Return the pairs of both files, the same ones at every call."""
    found = labelled(collections, seed=seed)
    of_claims = [pair for pair in found if pair.source in WITH_RETRIEVED_NEUTRALS]
    found += retrieved_neutrals(of_claims, seed=seed)
    rng = random.Random(seed)
    for pair in news_pairs(news, seed=seed, headlines=900, sentence_claims=1800):
        if pair.label != "neutral" or rng.random() < NEWS_NEUTRALS_KEPT:
            found.append(pair)
    return found
