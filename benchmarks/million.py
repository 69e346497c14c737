"""How fast and how well the library finds labelled passages among a million, beside tantivy.

    pip install tantivy
    python -m benchmarks.corpus FOLDER CORPUS
    python -m benchmarks.million CORPUS STATE [--questions 400] [--documents N] [--kept FOLDER]

CORPUS is what benchmarks.corpus made. STATE is an empty folder for a database of
5 GB; a second run finds it full and only measures. Documents go in as an import
puts them in, which is timed; of a smaller library only the first ``--documents``.
With ``--kept`` the passages have vectors: those that benchmarks.kept made, and the
rest is made as a worker makes it.

Questions are whole sentences. Tantivy asks for any of their words and ranks by
BM25, exactly. Both answer each question in turn, so that a busy moment meets both.
Recall@10 is of documents that people labelled as settling the claim. What was tuned
was tuned on a sample of the questions, which is left out; another one is drawn.
"""

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from statistics import mean

import django
import tantivy

from benchmarks.kept import Kept
from factcheck.embedded.servers import Servers
from factcheck.embedded.wheels import CHECKOUT

TOGETHER = 2000
TUNED = (300, 400)
"""Sizes of the samples that were looked at while the plan of the words was made."""
DEEP = 40
"""Passages asked for, of which the first ten documents count."""


def load(path: Path, documents: int | None) -> None:
    """Import documents, and say how fast; Django is set up."""
    from sources.actions import add_documents  # noqa: PLC0415
    from sources.bringing import from_row  # noqa: PLC0415
    from sources.passages import cut, passages  # noqa: PLC0415
    from sources.storing import Document  # noqa: PLC0415
    from sources.tables import TableFile  # noqa: PLC0415

    rows = islice(TableFile(path).rows(after=0), documents)
    found = (one for row in rows for one in from_row(row, path.name) if isinstance(one, Document))
    began, made = time.perf_counter(), 0
    while batch := list(islice(found, TOGETHER)):
        made += add_documents(
            [(one, cut(one.text, passages(one.text, one.language))) for one in batch]
        )
    took = time.perf_counter() - began
    print(f"{made:,} passages written with their words, {made / took:,.0f} a second", flush=True)


def embed(kept: Path) -> None:
    """Give every passage its vector, and say how fast; those that are kept are only written.

    The index is built when all are there, as the product never does: that takes a
    quarter of an hour for a million, one by one takes an hour.
    """
    from django.db import connection  # noqa: PLC0415

    from sources import registry  # noqa: PLC0415
    from sources.indexing import begin_encoding, embed_waiting  # noqa: PLC0415

    encoder = Kept(registry.newest_encoder(), kept)
    encoding = begin_encoding(encoder.name, by="embedder")
    with connection.cursor() as cursor:
        if encoding.waiting.exists():
            cursor.execute("DROP INDEX IF EXISTS minilm_nearest")
            there, began = len(encoder), time.perf_counter()
            made = sum(embed_waiting(encoding, encoder, limit=4096))
            print(
                f"{made:,} vectors written, {made / (time.perf_counter() - began):,.0f} a second;"
                f" {len(encoder) - there:,} of them had to be made",
                flush=True,
            )
        began = time.perf_counter()
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS minilm_nearest ON sources_minilmembedding"
            " USING hnsw (vector halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)"
        )
        cursor.execute("RESET maintenance_work_mem")
    print(f"index there after {time.perf_counter() - began:,.0f} s", flush=True)


def tantivy_over(
    folder: Path, passages: Callable[[], Iterator[tuple[int, str]]]
) -> Callable[[str], list[int]]:
    """A function that finds passages of an index, which is built when it is not there."""
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("key", stored=True)
    schema.add_text_field("text", tokenizer_name="en_stem")
    fresh = not folder.exists()
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    if fresh:
        writer = index.writer(heap_size=300_000_000, num_threads=1)
        for key, text in passages():
            writer.add_document(tantivy.Document(key=key, text=text))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> list[int]:
        query = index.parse_query(" ".join(re.findall(r"\w+", text.lower())), ["text"])
        return [
            searcher.doc(address).get_first("key")
            for _, address in searcher.search(query, DEEP).hits
        ]

    return find


def drawn(path: Path, wanted: int) -> list[dict]:
    """Questions that nothing was tuned on, and whose documents are all in the library."""
    from sources.models import Source  # noqa: PLC0415

    questions = [json.loads(line) for line in path.open()]
    tuned = {
        question["query_id"] for size in TUNED for question in Random(1).sample(questions, size)
    }
    there = set(Source.objects.values_list("url", flat=True))
    left = [
        question
        for question in questions
        if question["query_id"] not in tuned and there.issuperset(question["urls"])
    ]
    return Random(2).sample(left, min(wanted, len(left)))


def passages_in_order() -> Iterator[tuple[int, str]]:
    from sources.models import Passage  # noqa: PLC0415

    yield from Passage.objects.order_by("pk").values_list("pk", "text").iterator(10_000)


def urls(passages: Sequence[int]) -> list[str]:
    from sources.models import Passage  # noqa: PLC0415

    found = dict(Passage.objects.filter(pk__in=passages).values_list("pk", "snapshot__source__url"))
    return list(dict.fromkeys(found[passage] for passage in passages))[:10]


def compare(questions: Sequence[dict], find_tantivy: Callable[[str], list[int]]) -> None:
    from sources import registry  # noqa: PLC0415
    from sources.library import Library  # noqa: PLC0415
    from sources.models import MiniLMEmbedding, Passage  # noqa: PLC0415
    from sources.ports import Query  # noqa: PLC0415
    from sources.ranking import by_words  # noqa: PLC0415

    library = Library(registry.encoder())
    finders: dict[str, Callable[[str], list[int]]] = {
        "tantivy": find_tantivy,
        "library, its words": lambda text: [hit.passage for hit in by_words(text, "en", DEEP)],
        "library": lambda text: [hit.passage for hit in library.hits(Query(text), DEEP)],
    }
    for find in finders.values():
        for question in questions[:20]:
            find(question["text"])  # what a server has in memory, it has in memory
    took: dict[str, list[float]] = {name: [] for name in finders}
    recall: dict[str, list[float]] = {name: [] for name in finders}
    for question in questions:
        for name, find in finders.items():
            began = time.perf_counter()
            found = find(question["text"])
            took[name].append(1000 * (time.perf_counter() - began))
            settled = set(question["urls"])
            recall[name].append(len(settled & set(urls(found))) / len(settled))
    vectors = MiniLMEmbedding.objects.count()
    print(f"{Passage.objects.count():,} passages, {vectors:,} of them with a vector")
    print(
        f"{len(questions)} questions{'':9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'recall@10':>11}"
    )
    for name in finders:
        times = sorted(took[name])
        cut = [times[min(len(times) - 1, int(part * len(times)))] for part in (0.5, 0.95, 0.99)]
        print(f"{name:22}" + "".join(f"{ms:9.1f}" for ms in cut) + f"{mean(recall[name]):11.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--documents", type=int)
    parser.add_argument("--kept", type=Path)
    options = parser.parse_args()
    options.state.mkdir(exist_ok=True)
    with Servers(options.state, logs=options.state, durable=True) as servers:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(CHECKOUT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        django.setup()
        from django.db import connection  # noqa: PLC0415

        from sources.models import Passage  # noqa: PLC0415

        if not Passage.objects.exists():
            load(options.corpus / "documents.jsonl", options.documents)
        if options.kept:
            embed(options.kept)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
        questions = drawn(options.corpus / "questions.jsonl", options.questions)
        compare(questions, tantivy_over(options.state / "tantivy", passages_in_order))


if __name__ == "__main__":
    main()
