"""How fast the library takes documents in, and how fast and well it finds them again.

    python -m benchmarks.library DOCUMENTS.jsonl[.gz] [--queries 200]

On throwaway servers of its own. Questions are sentences of passages, drawn
with a fixed seed. Printed for the library, for its two halves, and for what
PostgreSQL offers without them (any of the words, ordered by ts_rank) on the
same passages: the median and the 99th percentile of milliseconds, and how
often the passage that the sentence stands in is among the first 20.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

from factcheck.embedded.servers import throwaway_servers
from factcheck.embedded.wheels import CHECKOUT

DEEP = 20
OR_TS_RANK = """
    SELECT passage.id, ts_rank(search, question) AS score
    FROM sources_passage passage, to_tsquery('english', %s) AS question
    WHERE search @@ question ORDER BY score DESC, id LIMIT %s
"""


def measured(
    name: str, find: Callable[[str], Sequence[int]], questions: Sequence[tuple[int, str]]
) -> None:
    took, hits = [], 0
    for passage, question in questions:
        began = time.perf_counter()
        found = find(question)
        took.append(1000 * (time.perf_counter() - began))
        hits += passage in found
    took.sort()
    p99 = took[min(len(took) - 1, round(0.99 * len(took)))]
    print(f"{name:34}{took[len(took) // 2]:9.1f}{p99:9.1f}{hits / len(questions):12.2f}")


def compare(number: int) -> None:
    """Print the table; Django is set up and the library is full."""
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup()

    from sources import registry  # noqa: PLC0415
    from sources.library import Library  # noqa: PLC0415
    from sources.models import MiniLMEmbedding, Passage  # noqa: PLC0415
    from sources.passages import sentences  # noqa: PLC0415
    from sources.ports import Query  # noqa: PLC0415
    from sources.ranking import by_meaning, by_words  # noqa: PLC0415

    dice = random.Random(1)
    passages = list(Passage.objects.order_by("pk").values_list("pk", "text"))
    questions = []
    for key, text in dice.sample(passages, min(len(passages), 3 * number)):
        told = [text[s.start : s.end] for s in sentences(text)]
        told = [sentence for sentence in told if 8 <= len(sentence.split()) <= 40]
        if told and len(questions) < number:
            questions.append((key, dice.choice(told)))
    encoder = registry.encoder()
    library = Library(encoder)

    def ours(question: str) -> list[int]:
        return [found.passage_id for found in library.search(Query(question), DEEP)]

    def words(question: str) -> list[int]:
        return [hit.passage for hit in by_words(question, "en", DEEP)]

    def meaning(question: str) -> list[int]:
        vector = encoder.encode([question])[0].tolist()
        with transaction.atomic():
            return [hit.passage for hit in by_meaning(vector, MiniLMEmbedding, DEEP)]

    def any_word(question: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT array_to_string(tsvector_to_array(to_tsvector('english', %s)), ' | ')",
                [question.replace("'", " ")],
            )
            words = cursor.fetchone()[0]
            cursor.execute(OR_TS_RANK, [words, DEEP])
            return [key for key, _ in cursor.fetchall()]

    encoder.encode(["The model is loaded before the first question."])
    print(f"\n{len(passages):,} passages, {len(questions)} questions")
    print(f"{'':34}{'p50 ms':>9}{'p99 ms':>9}{'found again':>12}")
    for name, find in (
        ("library", ours),
        ("  its words: rare lexemes, BM25", words),
        ("  its meaning: vectors", meaning),
        ("any word, ts_rank", any_word),
    ):
        measured(name, find, questions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with throwaway_servers() as servers:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(CHECKOUT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        began = time.monotonic()
        subprocess.run([*manage, "add_documents", str(options.documents.resolve())], check=True)
        seconds = time.monotonic() - began
        django.setup()
        from django.db import connection  # noqa: PLC0415

        from sources.models import Passage  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
        number = Passage.objects.count()
        print(f"added {number:,} passages in {seconds:.0f} s: {number / seconds:.0f} a second")
        compare(options.queries)


if __name__ == "__main__":
    main()
