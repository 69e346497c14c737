"""Bulk work on more than one core.

Encoding takes a process for each, because threads inside one model wait for
each other. A thread is enough to get the next batch ready while PostgreSQL
works on this one.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from sources.ports import Encoder

T = TypeVar("T")

CHUNK = 64
"""Texts a process takes at a time."""


class ParallelEncoder:
    """An encoder on every core, for bulk work; a context manager that ends its processes.

    Each process gets a copy of ``encoder`` and loads its weights for itself.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self._encoder = encoder
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
        """Return one unit-length row for each text: shape (len(texts), dimensions).

        Texts of like length go together, so that no process pads much.
        """
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        chunks = [order[first : first + CHUNK] for first in range(0, len(order), CHUNK)]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        encoded = self._pool.map(
            self._encoder.encode, [[texts[place] for place in chunk] for chunk in chunks]
        )
        for chunk, rows in zip(chunks, encoded, strict=True):
            vectors[chunk] = rows
        return vectors


def ahead(batches: Iterator[T]) -> Iterator[T]:
    """The same batches; each is made in another thread while the one before is used.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch
