"""The pairs the head is fitted on and thresholds are chosen on, from a folder given by path.

Sources are listed by name, and any other stops the run: what a model has
seen has to be known. The network has seen none of these pairs; of the groups
in LEFT_OUT it has seen nothing at all.
"""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sources.stance.training.pairs import Pair, irrelevant, news_pairs, retrieved_neutrals

GROUPS = {
    "fever_dev": "fever",
    "climate_fever": "climate",
    "covidfact": "science",
    "scifact": "science",
    "emergent": "rumours",
    "healthver": "health",
    "politihop": "politics",
    "mnli": "inference",
    "lingnli": "inference",
    "snli": "inference",
    "cad_nli": "inference",
    "conjnli": "inference",
    "news_headlines": "headlines",
    "news_sentences": "sentences",
    "news_irrelevant": "irrelevant",
}
"""Sources of one kind; a group is left out as a whole when confidence is measured."""
LEFT_OUT = {"health"}
"""Groups of which the network has seen nothing."""
NOT_USED = {
    "perspectrum", "arc_stance", "rte_glue", "infotabs", "help_conj",
    "fever_train_slice", "semiauto_nli_wiki",
}  # fmt: skip
"""Opinions, tables, and collections without a held-out part or with a mixed neutral."""
WITH_RETRIEVED_NEUTRALS = {
    "fever_dev",
    "climate_fever",
    "scifact",
    "covidfact",
    "healthver",
    "politihop",
}
WITH_IRRELEVANT_NEWS = {"climate_fever", "emergent", "healthver", "politihop"}
LIMIT = {
    "lingnli": 300,
    "mnli": 300,
    "snli": 150,
    "cad_nli": 150,
    "conjnli": 200,
    "healthver": 900,
}
NEWS_NEUTRALS_KEPT = 0.5
"""Share of the neutral news pairs that is read: they are many, and reading is slow."""
LABELS = {"supports": "supports", "refutes": "contradicts", "neutral": "neutral"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            yield json.loads(line)


def labelled(data: Path, *, seed: int) -> list[Pair]:
    """Read the held-out part of the labelled collections, and all of the sources left out."""
    read = list(rows(data / "stance" / "dev.jsonl.gz"))
    read += [
        row
        for row in rows(data / "stance" / "train.jsonl.gz")
        if GROUPS.get(row["source"]) in LEFT_OUT
    ]
    random.Random(seed).shuffle(read)
    taken: Counter[str] = Counter()
    found = []
    for row in read:
        source = row["source"]
        if source in NOT_USED:
            continue
        if source not in GROUPS:
            raise SystemExit(f"{data}: the source {source!r} is not one the head may learn from.")
        # Neutral rows of scifact are whole abstracts: their length gives them away.
        if source == "scifact" and row["label"] == "neutral":
            continue
        taken[source] += 1
        if taken[source] <= LIMIT.get(source, 600):
            found.append(
                Pair(row["claim"], row["evidence"], LABELS[row["label"]], source, row["id"])
            )
    return found


def all_pairs(data: Path, *, seed: int = 1) -> list[Pair]:
    """Return the pairs of the folder, the same ones at every call."""
    found = labelled(data, seed=seed)
    news = data / "news_library" / "news.jsonl.gz"
    searched = [pair for pair in found if pair.source in WITH_RETRIEVED_NEUTRALS]
    on_news = [pair for pair in found if pair.source in WITH_IRRELEVANT_NEWS]
    rng = random.Random(seed)
    return [
        *found,
        *retrieved_neutrals(searched, seed=seed),
        *irrelevant(on_news, news, seed=seed, each=1),
        *(
            pair
            for pair in news_pairs(news, seed=seed, sentence_claims=2)
            if pair.label != "neutral" or rng.random() < NEWS_NEUTRALS_KEPT
        ),
    ]
