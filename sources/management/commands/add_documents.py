"""Put documents into the library, with progress; interrupted, it goes on where it stopped."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sources import registry
from sources.actions import read_snapshots, store_documents
from sources.bringing import Document, Rejected, Undated, from_file, from_jsonl, from_url
from sources.models import Passage, Snapshot
from sources.parallel import ParallelMiniLM

STORED_TOGETHER = 100  # documents in one transaction
READ_TOGETHER = 64  # documents whose passages are encoded in one go
WORTH_MORE_PROCESSES = 100  # documents; each process first loads the model
REJECTED_SHOWN = 20


class Command(BaseCommand):
    """Freeze each document, then make its passages findable by word and by meaning."""

    help = "Add documents to the library: JSONL files (.gz too), other files, folders, addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take any number of places to read from."""
        parser.add_argument("place", nargs="*", help="FILE.jsonl[.gz], a file, a folder or a URL")

    def handle(self, *, place: Sequence[str], **options: object) -> None:
        """Add everything, and say what was rejected and why."""
        console = Console(file=cast("IO[str]", self.stderr._out))
        rejected: list[Rejected] = []
        undated: list[Undated] = []
        with _progress(console) as progress:
            task = progress.add_task("Storing documents", total=None)
            documents = _documents(place, rejected, undated)
            stored = 0
            while batch := list(islice(documents, STORED_TOGETHER)):
                store_documents(batch)
                stored += len(batch)
                progress.update(task, completed=stored)
            progress.update(task, total=stored)
            passages = self._read(progress)
        for item in rejected[:REJECTED_SHOWN]:
            console.print(f"rejected {item.where}: {item.why}", markup=False)
        if len(rejected) > REJECTED_SHOWN:
            console.print(f"and {len(rejected) - REJECTED_SHOWN} more were rejected")
        for kept in undated[:REJECTED_SHOWN]:
            console.print(
                f"kept {kept.where} without a date: {kept.stated!r} is not written like 2020-05-04",
                markup=False,
            )
        if len(undated) > REJECTED_SHOWN:
            console.print(f"and {len(undated) - REJECTED_SHOWN} more are without a date")
        self.stdout.write(
            f"{passages:,} passages added; the library holds {Passage.objects.count():,}."
        )
        if rejected and not stored:
            raise CommandError(f"{len(rejected)} rejected.", returncode=2)

    def _read(self, progress: Progress) -> int:
        """Read every snapshot nobody has read yet, also those of an interrupted run."""
        unread = Snapshot.objects.unread()
        task = progress.add_task("Reading passages", total=unread.count())
        passages = 0
        few = unread.count() < WORTH_MORE_PROCESSES
        with nullcontext(registry.encoder()) if few else ParallelMiniLM() as encoder:
            while batch := list(
                unread.select_related("source").defer("body").order_by("pk")[:READ_TOGETHER]
            ):
                passages += read_snapshots(batch, encoder)
                progress.advance(task, len(batch))
        return passages


def _documents(
    places: Sequence[str], rejected: list[Rejected], undated: list[Undated]
) -> Iterator[Document]:
    for place in places:
        for found in _found(place):
            if isinstance(found, Rejected):
                rejected.append(found)
            elif isinstance(found, Undated):
                undated.append(found)
            else:
                yield found


def _found(place: str) -> Iterator[Document | Rejected | Undated]:
    if place.startswith(("http://", "https://")):
        yield from_url(place, registry.fetcher())
        return
    path = Path(place)
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                yield from _found(str(file))
        return
    try:
        if path.name.endswith((".jsonl", ".jsonl.gz")):
            yield from from_jsonl(path)
        else:
            yield from_file(path)
    except (OSError, EOFError, zlib.error) as error:  # not there, or a broken .gz
        yield Rejected(place, getattr(error, "strerror", None) or str(error))


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )
