"""How well the library finds the abstracts that settle a scientific claim, beside bm25s.

    pip install bm25s PyStemmer
    python -m benchmarks.scifact FOLDER [--split train]

FOLDER is SciFact as a retrieval task: ``corpus.jsonl.gz``, ``queries.jsonl``,
``qrels.tsv``. On throwaway servers of its own; the abstracts go in as any
documents do, cut into passages, and are found by the search that the product
asks. An abstract's place is that of its best passage. Whatever is tuned is
tuned on the claims of the train part; the 300 of the part called dev are those
that other systems are measured on. Printed: nDCG@10, recall@10 and
recall@100, and by how much ours is above bm25s claim by claim, with the
interval of 95 % of 10,000 samples drawn with replacement.
"""

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from math import log2
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import NamedTuple

import django
import numpy as np

from benchmarks.corpus import rows, scifact
from factcheck.embedded.servers import throwaway_servers
from factcheck.embedded.wheels import CHECKOUT

PASSAGES = 300
"""Passages that are asked for, so that a hundred abstracts are among them."""


class Scores(NamedTuple):
    ndcg: float
    at_10: float
    at_100: float


def scored(found: Sequence[str], relevant: Sequence[str]) -> Scores:
    """One claim's ranking against the abstracts that settle it; grades are 0 or 1."""
    gain = sum(1 / log2(place + 2) for place, url in enumerate(found[:10]) if url in relevant)
    best = sum(1 / log2(place + 2) for place in range(min(10, len(relevant))))
    hits = [len(set(found[:depth]) & set(relevant)) / len(relevant) for depth in (10, 100)]
    return Scores(gain / best, *hits)


def print_row(name: str, scores: Sequence[Scores]) -> None:
    print(f"{name:38}" + "".join(f"{mean(column):9.3f}" for column in zip(*scores, strict=True)))


def interval(ours: Sequence[Scores], theirs: Sequence[Scores]) -> tuple[float, float, float]:
    """The mean gain in nDCG@10 over the same claims, and where 95 % of samples lie."""
    gains = np.array([a.ndcg - b.ndcg for a, b in zip(ours, theirs, strict=True)])
    draws = np.random.default_rng(1).integers(0, len(gains), (10_000, len(gains)))
    low, high = np.percentile(gains[draws].mean(axis=1), [2.5, 97.5])
    return float(gains.mean()), float(low), float(high)


def bm25s_over(documents: Sequence[dict]) -> Callable[[str], list[str]]:
    import bm25s  # noqa: PLC0415 - only who measures has it
    import Stemmer  # noqa: PLC0415

    urls = [document["url"] for document in documents]
    stem = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stem, show_progress=False)

    index = bm25s.BM25()
    index.index(tokens([document["text"] for document in documents]), show_progress=False)

    def find(text: str) -> list[str]:
        found, _ = index.retrieve(tokens([text]), k=100, show_progress=False)
        return [urls[place] for place in found[0]]

    return find


def ours() -> dict[str, Callable[[str], list[str]]]:
    """The library and its halves; Django is set up and the library is full."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from sources import registry  # noqa: PLC0415
    from sources.library import Library  # noqa: PLC0415
    from sources.models import Passage, embeddings_of  # noqa: PLC0415
    from sources.ports import Query  # noqa: PLC0415
    from sources.ranking import by_meaning, by_words  # noqa: PLC0415

    url_of = dict(Passage.objects.values_list("pk", "snapshot__source__url"))
    encoder = registry.encoder()
    library = Library(encoder)
    table = embeddings_of(encoder.name)

    def documents(passages: Sequence[int]) -> list[str]:
        return list(dict.fromkeys(url_of[passage] for passage in passages))

    def meaning(text: str) -> list[str]:
        with transaction.atomic():
            hits = by_meaning(encoder.encode([text])[0].tolist(), table, PASSAGES)
        return documents([hit.passage for hit in hits])

    return {
        "library": lambda text: documents(
            [hit.passage for hit in library.hits(Query(text), PASSAGES)]
        ),
        "  its words": lambda text: documents(
            [hit.passage for hit in by_words(text, "en", PASSAGES)]
        ),
        "  its meaning": meaning,
    }


def compare(folder: Path, split: str) -> None:
    documents, relevant = scifact(folder)
    claims = [
        (row["text"], relevant[row["query_id"]])
        for row in rows(folder / "queries.jsonl")
        if row["split"] == split and row["query_id"] in relevant
    ]
    print(f"\n{len(documents):,} abstracts, {len(claims)} claims of the {split} part")
    print(f"{'':38}{'nDCG@10':>9}{'R@10':>9}{'R@100':>9}")
    results = {}
    for name, find in (ours() | {"bm25s": bm25s_over(documents)}).items():
        results[name] = [scored(find(text), urls) for text, urls in claims]
        print_row(name, results[name])
    gain, low, high = interval(results["library"], results["bm25s"])
    print(f"nDCG@10 of the library above bm25s: {gain:+.3f} ({low:+.3f} to {high:+.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=["train", "dev"])
    options = parser.parse_args()
    with throwaway_servers() as servers, TemporaryDirectory() as made:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(CHECKOUT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        import json  # noqa: PLC0415

        path = Path(made) / "abstracts.jsonl"
        documents, _ = scifact(options.folder)
        path.write_text("".join(json.dumps(document) + "\n" for document in documents))
        subprocess.run([*manage, "add_documents", str(path)], check=True)
        django.setup()
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
        compare(options.folder, options.split)


if __name__ == "__main__":
    main()
