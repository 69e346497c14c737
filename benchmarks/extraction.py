"""How much of an article is read from its page, and how much of the page with it.

    python -m benchmarks.extraction FOLDER [--processes]

FOLDER holds ``index.jsonl`` (one row a page: url, expected_text, and html, the
path of the gzipped page in FOLDER). Printed, for sources.extract and for plain
trafilatura: the means over pages of precision, recall and F1 of body words
(each word as often as it occurs) and F1 of runs of four words. With
``--processes`` also what the process with limits costs per page.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median

import trafilatura

from sources.extract import NothingToRead, extract, extract_safely


def ours(page: bytes, url: str) -> str:
    try:
        found = extract(page, content_type="text/html", url=url)
    except NothingToRead:
        return ""
    return "\n".join(
        found.text[block.start : block.end]
        for block in found.blocks
        if block.placement in {"body", "quotation"}
    )


def plain_trafilatura(page: bytes, url: str) -> str:
    return trafilatura.extract(page, url=url) or ""


def trafilatura_without_comments(page: bytes, url: str) -> str:
    return trafilatura.extract(page, url=url, include_comments=False) or ""


def trafilatura_for_precision(page: bytes, url: str) -> str:
    return trafilatura.extract(page, url=url, include_comments=False, favor_precision=True) or ""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3))]


def agreement(found: list, expected: list) -> tuple[float, float, float]:
    """Precision, recall, F1 of two bags."""
    common = (Counter(found) & Counter(expected)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(found), common / len(expected)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(read: Callable[[bytes, str], str], pages: list[tuple[bytes, str, str]]) -> None:
    began = time.process_time()
    texts = [read(page, url) for page, url, _ in pages]
    seconds = time.process_time() - began
    rows = []
    for text, (_, _, expected) in zip(texts, pages, strict=True):
        found, wanted = words(text), words(expected)
        rows.append((*agreement(found, wanted), agreement(runs(found), runs(wanted))[2]))
    figures = "".join(f"{mean(column):11.4f}" for column in zip(*rows, strict=True))
    print(f"{read.__name__:30}{figures}{1000 * seconds / len(pages):10.0f} ms")


def cost_of_processes(pages: list[tuple[bytes, str, str]]) -> None:
    added = []
    for page, url, _ in pages[:40]:
        times = []
        for read in (extract, extract_safely):
            began = time.perf_counter()
            try:
                read(page, content_type="text/html", url=url)
            except NothingToRead:
                break
            times.append(time.perf_counter() - began)
        else:
            added.append(times[1] - times[0])
    print(f"the process with limits adds {1000 * median(added):.0f} ms a page (median)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--processes", action="store_true")
    options = parser.parse_args()
    lines = (options.folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [
        (
            gzip.decompress((options.folder / row["html"]).read_bytes()),
            row["url"],
            row["expected_text"],
        )
        for row in map(json.loads, lines)
    ]
    columns = "".join(f"{name:>11}" for name in ("precision", "recall", "F1", "F1 of runs"))
    print(f"{len(pages)} pages{'':{30 - len(f'{len(pages)} pages')}}{columns}{'CPU a page':>13}")
    for read in (plain_trafilatura, trafilatura_without_comments, trafilatura_for_precision, ours):
        score(read, pages)
    if options.processes:
        cost_of_processes(pages)


if __name__ == "__main__":
    main()
