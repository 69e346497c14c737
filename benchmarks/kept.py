"""Vectors of a corpus, made once and kept in files: embedding a million passages takes hours.

    python -m benchmarks.kept CORPUS FOLDER [--passages 1000000]

CORPUS is what benchmarks.corpus made; its passages are embedded in their order, by
the encoder that the product uses. FOLDER is made: ``digests`` (of a passage's words,
a line each) and ``vectors`` (half floats, a row each). Killed at any moment, the same
command goes on. benchmarks.million takes vectors from there.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np

from benchmarks.corpus import rows
from sources.embedding import MiniLM
from sources.passages import digest, passages

TOGETHER = 2048


class Kept:
    """An encoder that looks into files first and keeps what it has to make."""

    def __init__(self, encoder: MiniLM, folder: Path) -> None:
        self.name, self.dimensions = encoder.name, encoder.dimensions
        self._encoder = encoder
        folder.mkdir(parents=True, exist_ok=True)
        self._digests, self._vectors = folder / "digests", folder / "vectors"
        self._digests.touch()
        self._vectors.touch()
        known = self._digests.read_text().split()
        # Digests are written last: what has none was cut off by a kill.
        with self._vectors.open("r+b") as file:
            file.truncate(len(known) * self.dimensions * 2)
        self._places = {one: place for place, one in enumerate(known)}

    def __len__(self) -> int:
        return len(self._places)

    def missing(self, texts: Sequence[str]) -> list[str]:
        return list(
            {one: text for text in texts if (one := digest(text)) not in self._places}.values()
        )

    def make(self, texts: Sequence[str]) -> None:
        """Embed those that are not kept yet."""
        if not (missing := self.missing(texts)):
            return
        with self._vectors.open("ab") as file:
            file.write(self._encoder.encode(missing).astype(np.float16).tobytes())
        digests = [digest(text) for text in missing]
        with self._digests.open("a") as lines:
            lines.writelines(f"{one}\n" for one in digests)
        for one in digests:
            self._places[one] = len(self._places)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.make(texts)
        kept = np.memmap(self._vectors, np.float16, "r").reshape(-1, self.dimensions)
        return kept[[self._places[digest(text)] for text in texts]].astype(np.float32)


def passages_of(corpus: Path) -> Iterator[str]:
    for document in rows(corpus / "documents.jsonl"):
        for start, end in passages(document["text"], document.get("language", "en")):
            yield document["text"][start:end]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    options = parser.parse_args()
    kept = Kept(MiniLM(), options.folder)
    found = islice(passages_of(options.corpus), options.passages)
    for first in found:
        kept.make([*chain([first], islice(found, TOGETHER - 1))])
    print(f"{len(kept):,} vectors are kept")


if __name__ == "__main__":
    main()
