"""Encoding on all cores: one process each, because threads inside one model wait for each other."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sources.embedding import MiniLM

CHUNK = 64
"""Texts a process takes at a time."""


class ParallelMiniLM:
    """MiniLM on every core, for bulk work; a context manager that ends its processes."""

    name = MiniLM.name
    dimensions = MiniLM.dimensions

    def __init__(self) -> None:
        # Spawned, not forked: the parent may hold database connections and threads.
        self._pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row for each text: shape (len(texts), 384).

        Texts of like length go together, so that no process pads much.
        """
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        chunks = [order[first : first + CHUNK] for first in range(0, len(order), CHUNK)]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        encoded = self._pool.map(_encode, [[texts[place] for place in chunk] for chunk in chunks])
        for chunk, rows in zip(chunks, encoded, strict=True):
            vectors[chunk] = rows
        return vectors


@cache
def _model() -> MiniLM:
    return MiniLM()


def _encode(texts: list[str]) -> NDArray[np.float32]:
    return _model().encode(texts)
