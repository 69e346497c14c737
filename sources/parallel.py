"""Bulk work on more than one core.

Processes, because threads wait for each other: inside one model, and for the
interpreter's lock, without which a thread can hand nothing to PostgreSQL.
"""

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import django
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


def made_elsewhere(make: Callable[..., Iterator[T]], *given: object) -> Iterator[T]:
    """What ``make(*given)`` yields, made in a process of its own, always one ahead.

    What ``make`` raises is raised here. ``make``, what it is given and what it
    yields must be picklable. When this process is killed, the other one ends.
    """
    # Spawned, not forked: the parent may hold database connections and threads.
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    maker = context.Process(target=_make, args=(there, pickle.dumps((make, given))), daemon=True)
    maker.start()
    there.close()  # now only the maker holds it: when it dies, reading here ends
    try:
        while (found := _received(here)) is not None:
            yield found[0]
    finally:
        here.close()
        maker.terminate()
        maker.join()


def _received(here: Connection) -> tuple[Any] | None:
    """The next thing that was made; None after the last one."""
    try:
        found = here.recv()
    except EOFError:
        raise ChildProcessError("the process that reads ahead was killed") from None
    if isinstance(found, Exception):
        raise found
    return cast("tuple[Any] | None", found)


def _make(there: Connection, task: bytes) -> None:
    signal(SIGINT, SIG_IGN)  # who is interrupted is the parent, and it ends this process
    django.setup()  # before anything that knows models is unpickled
    try:
        make, given = pickle.loads(task)  # noqa: S301 - the parent made it
        for made in make(*given):
            there.send((made,))
        there.send(None)
    except BrokenPipeError:
        return  # nobody reads any more
    except Exception as error:  # noqa: BLE001 - it is raised where it is awaited
        there.send(error)
