"""How fast a file of rows becomes findable by its words, killed once, beside a plain COPY.

    python -m benchmarks.corpus FOLDER CORPUS
    python -m benchmarks.importing CORPUS [--documents 100000]

On throwaway servers of its own. Documents are drawn from CORPUS, with a row that is
no document after every thousandth. ``add_documents`` is what people run: it is killed
(SIGKILL) when half of the rows are in, and run again. Its time is that of both runs, from
the start of the process until the last passage is committed; vectors come after that
and are measured by benchmarks.vectors. What is there in the end is counted against the
file: each document and passage once, each bad row once in the report.

Beside it PostgreSQL alone: the same passages, cut already, in batches of the same size
by COPY into a table with nothing but a tsvector and a GIN index.
"""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import django
import psycopg

from benchmarks.corpus import rows
from factcheck.embedded.servers import throwaway_servers
from factcheck.embedded.wheels import CHECKOUT
from sources.passages import passages

BAD_EVERY = 1000
TOGETHER = 10_000  # passages; about what add_documents writes in one transaction


def drawn(corpus: Path, number: int, file: Path) -> list[str]:
    """Write so many documents to ``file``, and return the passages in them."""
    lines = (corpus / "documents.jsonl").read_text().splitlines()
    found: list[str] = []
    with file.open("w") as out:
        for place, line in enumerate(Random(5).sample(lines, number), start=1):
            out.write(f"{line}\n")
            if place % BAD_EVERY == 0:
                out.write('{"title": "no text"}\n')
            text = json.loads(line)["text"]
            found += [text[start:end] for start, end in passages(text)]
    return found


def plain_copy(url: str, texts: list[str]) -> float:
    """Seconds until PostgreSQL alone has these texts in a full-text index."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE plain (text text, search tsvector)")
        connection.execute("CREATE INDEX ON plain USING gin (search)")
        connection.execute("CREATE TEMP TABLE given (text text) ON COMMIT DELETE ROWS")
        connection.commit()
        began, left = time.perf_counter(), iter(texts)
        while batch := list(islice(left, TOGETHER)):
            with connection.cursor().copy("COPY given FROM STDIN") as copy:
                for text in batch:
                    copy.write_row([text])
            connection.execute(
                "INSERT INTO plain SELECT text, to_tsvector('english', text) FROM given"
            )
            connection.commit()
        took = time.perf_counter() - began
        connection.execute("DROP TABLE plain")
    return took


def until(run: subprocess.Popen[bytes], done: Callable[[], bool]) -> None:
    while not done():
        if run.poll():
            raise SystemExit(f"add_documents ended with {run.returncode}")
        time.sleep(0.05)


def imported(file: Path, folder: Path, bad: int) -> float:
    """Seconds of add_documents until everything is findable by its words; killed at half."""
    from sources.models import Import  # noqa: PLC0415 - after django.setup()

    total = sum(1 for _ in file.open())
    command = [sys.executable, str(CHECKOUT / "manage.py"), "add_documents", str(file)]
    took = 0.0
    for done in (
        lambda: Import.objects.filter(rows__gte=total // 2).exists(),
        lambda: Import.objects.filter(finished_at__isnull=False).exists(),
    ):
        began = time.perf_counter()
        run = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        until(run, done)
        took += time.perf_counter() - began
        run.send_signal(signal.SIGKILL)
        run.wait()
    (report,) = folder.glob("*.rejected.jsonl")
    reported = [row["row"] for row in rows(report)]
    assert len(reported) == len(set(reported)) == bad, "the report holds each bad row once"
    return took


def complete(documents: int, texts: list[str]) -> Iterator[tuple[str, bool]]:
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    from sources.models import Collection, Passage, Snapshot  # noqa: PLC0415

    stored = Snapshot.objects.count()
    yield f"{stored:,} documents are in, of {documents:,}", stored == documents
    words = sorted(Passage.objects.values_list("text", flat=True))
    yield f"{len(words):,} passages are in, of {len(texts):,}", words == sorted(texts)
    yield "no snapshot is unread", not Snapshot.objects.unread().exists()
    counted = Collection.objects.get(language="english").passages
    yield "passages are counted once", counted == len(texts)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ts_stat('SELECT search FROM sources_passage') real"
            " FULL JOIN sources_lexeme kept USING (word)"
            " WHERE real.ndoc IS DISTINCT FROM kept.passages AND length(word) <= 255"
        )
        yield "each word is counted as often as it is there", cursor.fetchone() == (0,)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    with throwaway_servers() as servers, TemporaryDirectory() as made:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(CHECKOUT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        django.setup()
        file = Path(made) / "documents.jsonl"
        texts = drawn(options.corpus, options.documents, file)
        print(f"{options.documents:,} documents, {len(texts):,} passages", flush=True)
        theirs = plain_copy(servers.environment["DATABASE_URL"], texts)
        print(f"COPY, tsvector and GIN alone: {len(texts) / theirs:,.0f} passages a second")
        ours = imported(file, Path(made), options.documents // BAD_EVERY)
        print(
            f"add_documents, killed once: {len(texts) / ours:,.0f} passages a second,"
            f" {options.documents / ours:,.0f} documents; {ours / theirs:.2f} times as long"
        )
        for told, right in complete(options.documents, texts):
            print(f"{'yes' if right else 'NO'}: {told}")


if __name__ == "__main__":
    main()
