"""Documents and labelled questions for the benchmarks of the library, made from research data.

    python -m benchmarks.corpus FOLDER CORPUS [--passages 1000000]

FOLDER holds ``scifact_retrieval/``, ``stance/`` and ``news_library/``. CORPUS is
made: ``documents.jsonl`` as add_documents takes it, and ``questions.jsonl``
(``query_id``, ``text``, ``urls`` of the documents that settle it).

The news articles, abstracts and evidence sentences are there as they are. What
is missing to ``--passages`` is filled up with articles of nine paragraphs whose
sentences are drawn from the same texts, without those that settle a question.
So words occur as often as in real text, and real words follow each other inside
a sentence; but no new words come in as a library grows, so that rare words are
less rare than in a real library of a million passages: harder, for an index
that lives on rare words. Questions are claims of the development part of three
sets of claims with the sentences that settle them.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sources.passages import passages, sentences

SETTLING = {"fever_dev", "climate_fever", "covidfact"}
"""Sets of written claims whose evidence stands in a text of its own."""
PARAGRAPHS = 9
SHORTEST = 50  # words of a paragraph: a passage of its own
OUTLETS = 300


def rows(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            yield json.loads(line)


def scifact(folder: Path) -> tuple[list[dict], dict[str, list[str]]]:
    """The abstracts as documents, and the addresses that settle each test claim."""
    documents = [
        {
            "url": f"https://abstracts.example/{row['doc_id']}",
            "title": row["title"],
            "text": f"{row['title']}\n\n{row['text']}",
            "outlet": "Abstracts",
        }
        for row in rows(folder / "corpus.jsonl.gz")
    ]
    relevant: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text().splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score):
            relevant.setdefault(query, []).append(f"https://abstracts.example/{document}")
    return documents, relevant


def make(folder: Path, corpus: Path, wanted: int) -> None:
    dice = random.Random(1)
    abstracts, _ = scifact(folder / "scifact_retrieval")
    addresses: dict[str, str] = {}
    settled: dict[tuple[str, str], list[str]] = {}
    for part in ("dev", "train"):
        for row in rows(folder / "stance" / f"{part}.jsonl.gz"):
            if row["source"] in ("scifact", "infotabs"):  # abstracts again; tables
                continue
            url = addresses.setdefault(
                row["evidence"], f"https://evidence.example/{len(addresses)}"
            )
            if row["source"] in SETTLING and row["label"] != "neutral":
                settled.setdefault((row["source"], row["claim"]), []).append(url)
    dev = {
        (row["source"], row["claim"])
        for row in rows(folder / "stance" / "dev.jsonl.gz")
        if row["source"] in SETTLING and row["label"] != "neutral"
    }
    questions = [
        {
            "query_id": f"{source}-{number}",
            "text": claim,
            "urls": sorted(set(settled[source, claim])),
        }
        for number, (source, claim) in enumerate(sorted(dev))
    ]
    kept_out = {url for question in questions for url in question["urls"]}
    real = [
        *abstracts,
        *(
            {
                "url": url,
                "title": text[:60],
                "text": text,
                "outlet": f"Evidence {int(url.rsplit('/', 1)[1]) % OUTLETS}",
            }
            for text, url in addresses.items()
        ),
        *rows(folder / "news_library" / "news.jsonl.gz"),
    ]
    pool = [
        document["text"][start:end].replace("\n", " ")
        for document in real
        if document["url"] not in kept_out
        for start, end in sentences(document["text"])
        if end - start > 20
    ]
    corpus.mkdir(parents=True, exist_ok=True)
    with (corpus / "questions.jsonl").open("w") as out:
        for question in questions:
            out.write(json.dumps(question) + "\n")
    made = 0
    with (corpus / "documents.jsonl").open("w") as out:
        for document in real:
            made += len(passages(document["text"]))
            out.write(json.dumps(document) + "\n")
        print(
            f"{made:,} passages of {len(real):,} real documents;"
            f" {len(pool):,} sentences; {len(questions):,} questions"
        )
        for number in count():
            if made >= wanted:
                break
            paragraphs = []
            for _ in range(PARAGRAPHS):
                words: list[str] = []
                while len(words) < SHORTEST:
                    words += dice.choice(pool).split()
                paragraphs.append(" ".join(words))
            text = "\n\n".join(paragraphs)
            made += len(passages(text))
            filled = {
                "url": f"https://filled.example/{number}",
                "title": paragraphs[0][:60],
                "text": text,
                "outlet": f"Filled {number % OUTLETS}",
                "published_at": f"{dice.randint(2005, 2024)}-{dice.randint(1, 12):02}-01",
            }
            out.write(json.dumps(filled) + "\n")
    print(f"{made:,} passages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    options = parser.parse_args()
    make(options.folder, options.corpus, options.passages)


if __name__ == "__main__":
    main()
