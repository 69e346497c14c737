"""How well a sentence finds the claims that were checked before.

    python -m benchmarks.matching FOLDER [--fit]

FOLDER holds ``docs.jsonl.gz`` (doc_id, claim, title) and ``train.jsonl``,
``dev.jsonl``, ``test.jsonl`` (query, doc_ids), as the CheckThat! lab of 2021
gave them (task 2B: sentences of debates, and claims that PolitiFact checked).
On throwaway servers, each document a published verdict: the claim its claim,
the title its summary. Printed for each part: MAP@5 of ours and of BM25 over
the same lexemes in four variants; then how often what is told is right.
``--fit`` prints the weights that the training part gives.
"""

# ruff: noqa: PLC0415 - models can be imported only once the servers are there

import argparse
import gzip
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import numpy as np

from factcheck.embedded.servers import throwaway_servers

PARTS = ("train", "dev", "test")
VARIANTS = [(fields, k1, b) for fields in ("claim", "claim + title")
            for k1, b in ((1.2, 0.75), (0.9, 0.4))]  # fmt: skip

FILL = """
ALTER TABLE claims_verdict ENABLE ALWAYS TRIGGER verdict_published_is_entered;
SET session_replication_role = replica;  -- verdicts nobody approved
INSERT INTO factcheck_user (username, password, is_superuser, is_staff, is_active, first_name,
        last_name, email, date_joined)
    VALUES ('ada', '!', false, false, true, 'Ada', '', '', now());
INSERT INTO claims_article (visibility, canonical_url, external_id, claim_order, created_at)
    VALUES ('public', 'https://paper.example/1', '', '{}', now());
INSERT INTO claims_claim (article_id, text, wording, kind, target, desk, check_worthiness, reasons,
        needs_context, read_with, splitter, state, outcome, dismissal, note, priority, created_at)
    SELECT (SELECT id FROM claims_article), claim, 1, 'event', 'content', true, 0.5, '{}', false,
        '', 'bench', 'closed', 'verdict', '', '', 0, now()
    FROM unnest(%(claims)s::text[]) WITH ORDINALITY AS given(claim, place) ORDER BY place;
"""


def load(folder: Path) -> dict[str, list[dict]]:
    texts = {part: (folder / f"{part}.jsonl").read_text() for part in PARTS}
    texts["docs"] = gzip.decompress((folder / "docs.jsonl.gz").read_bytes()).decode()
    return {name: [json.loads(line) for line in text.splitlines()] for name, text in texts.items()}


def publish(docs: Sequence[dict]) -> dict[int, str]:
    """Store every document as a published verdict; return the document of each verdict."""
    from django.db import connection, transaction
    from django.utils import timezone

    from claims.models import Claim, Verdict
    from factcheck.models import User

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, {"claims": [doc["claim"] for doc in docs]})
        ada = User.objects.get()
        verdicts = Verdict.objects.bulk_create(
            Verdict(
                claim_id=claim,
                number=1,
                state="published",
                claim_text=doc["claim"],
                summary=doc["title"][:400],
                rating="false",
                explanation="As printed.",
                digest="a",
                author=ada,
                published_by=ada,
                published_at=timezone.now(),
            )
            for claim, doc in zip(
                Claim.objects.order_by("pk").values_list("pk", flat=True), docs, strict=True
            )
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    return {verdict.pk: doc["doc_id"] for verdict, doc in zip(verdicts, docs, strict=True)}


class BM25:
    """Okapi BM25 over the lexemes PostgreSQL finds."""

    def __init__(self, texts: Sequence[tuple[int, str]], k1: float, b: float) -> None:
        counts = dict(zip((key for key, _ in texts), lexemes([t for _, t in texts]), strict=True))
        lengths = {key: sum(words.values()) for key, words in counts.items()}
        mean = statistics.mean(lengths.values())
        self._held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for key, words in counts.items():
            for word, n in words.items():
                weight = n * (k1 + 1) / (n + k1 * (1 - b + b * lengths[key] / mean))
                self._held[word].append((key, weight))
        self._size = len(counts)

    def best(self, query: Counter) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for word in query:
            held = self._held.get(word, ())
            idf = log(1 + (self._size - len(held) + 0.5) / (len(held) + 0.5))
            for key, weight in held:
                scores[key] += idf * weight
        return sorted(scores, key=lambda key: -scores[key])[:5]


def lexemes(texts: Sequence[str]) -> list[Counter]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT place, array_agg(word), array_agg(cardinality(positions))
            FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, place),
                 unnest(to_tsvector('english', text)) AS held(word, positions, weights)
            GROUP BY place
            """,
            [list(texts)],
        )
        found = {place: Counter(dict(zip(w, n, strict=True))) for place, w, n in cursor.fetchall()}
    return [found.get(place, Counter()) for place in range(1, len(texts) + 1)]


def average_precision(best: Sequence[str], wanted: set[str]) -> float:
    hits, total = 0, 0.0
    for rank, doc in enumerate(best, 1):
        if doc in wanted:
            hits += 1
            total += hits / rank
    return total / len(wanted)


def fitted(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Intercept and weights of a logistic regression, by Newton's method."""
    x = np.c_[np.ones(len(rows)), rows]
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(hessian, x.T @ (right - p) - 1e-3 * weights)
    return weights


def compare(data: dict[str, list[dict]], *, fit: bool) -> None:
    """Print the tables; Django is set up."""
    from django.db import connection

    from claims.actions.matching import read_verdicts
    from claims.matching import THRESHOLD, likeness, score
    from claims.reading.matches import candidates
    from sources import registry

    encoder = registry.encoder()
    doc_of = publish(data["docs"])
    while read_verdicts(encoder):
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
    size, found, took = len(doc_of), {}, []
    for part in PARTS:
        vectors = encoder.encode([row["query"] for row in data[part]])
        found[part] = []
        for row, vector in zip(data[part], vectors, strict=True):
            began = time.perf_counter()
            asked, near = candidates(row["query"], vector.tolist(), encoder.name, size)
            scored = sorted(((score(asked, c), c) for c in near), key=lambda pair: -pair[0])
            took.append(1000 * (time.perf_counter() - began))
            found[part].append((asked, scored, set(row["doc_ids"])))

    def table(name: str, best: Callable[[str, int], list[str]]) -> None:
        means = [
            statistics.mean(
                average_precision(best(part, place), set(row["doc_ids"]))
                for place, row in enumerate(data[part])
            )
            for part in PARTS
        ]
        print(f"{name:34}" + "".join(f"{mean:8.3f}" for mean in means), flush=True)

    print(f"{size:,} verdicts; MAP@5" + " " * 12 + "".join(f"{part:>8}" for part in PARTS))
    queries = {part: lexemes([row["query"] for row in data[part]]) for part in PARTS}
    for fields, k1, b in VARIANTS:
        texts = [
            (key, doc["claim"] + (f" {doc['title']}" if "title" in fields else ""))
            for key, doc in zip(doc_of, data["docs"], strict=True)
        ]
        bm25 = BM25(texts, k1, b)
        table(
            f"BM25 {fields}, k1 {k1}, b {b}",
            lambda part, place, bm25=bm25: [doc_of[key] for key in bm25.best(queries[part][place])],
        )
    table(
        "ours",
        lambda part, place: [doc_of[c.key] for _, c in found[part][place][1][:5]],
    )
    took.sort()
    print(f"\nfinding and ranking: p50 {took[len(took) // 2]:.0f} ms, "
          f"p99 {took[round(0.99 * len(took))]:.0f} ms a text")  # fmt: skip

    print(f"\n{'test, told from':20}{'right':>8}{'answered':>10}{'rightly':>9}")
    for least in (THRESHOLD, 0.2, 0.3, 0.5):
        told = [
            [doc_of[c.key] in wanted for p, c in scored[:5] if p >= least]
            for _, scored, wanted in found["test"]
        ]
        right = [hit for hits in told for hit in hits]
        share = sum(right) / len(right) if right else 0
        print(
            f"{least:<20}{share:8.2f}{sum(map(bool, told)):7} of {len(told)}{sum(map(any, told)):6}"
        )

    if fit:
        rows = [
            (likeness(asked, c), doc_of[c.key] in wanted)
            for asked, scored, wanted in found["train"]
            for _, c in scored
        ]
        weights = fitted(np.array([r for r, _ in rows]), np.array([w for _, w in rows], float))
        print("\nintercept, cosine, asked, told:", np.round(weights, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true", help="print the weights too")
    options = parser.parse_args()
    data = load(options.folder)
    with throwaway_servers() as servers:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(Path(__file__).parents[1] / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        import django

        django.setup()
        compare(data, fit=options.fit)


if __name__ == "__main__":
    main()
