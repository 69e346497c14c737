"""Put documents into the library, with progress; interrupted, it goes on where it stopped."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from sources import registry
from sources.actions import read_snapshots, store_documents
from sources.bringing import Document, Rejected, Undated, from_file, from_row, from_url
from sources.importing import Overtaken, Report, begin_import, finish_import, store_rows
from sources.indexing import begin_encoding, embed_waiting, embedding_alone
from sources.models import Encoding, Import, Passage, Snapshot
from sources.parallel import ParallelEncoder
from sources.tables import BROKEN, ENDINGS, NoTable, Row, TableFile

STORED_TOGETHER = 100  # documents in one transaction
READ_TOGETHER = 500  # documents whose words are written in one go
EMBEDDED_TOGETHER = 1024  # passages
WORTH_MORE_PROCESSES = 300  # passages; each process first loads the model
REJECTED_SHOWN = 20


class Command(BaseCommand):
    """Freeze each document, then make its passages findable by word and by meaning."""

    help = (
        "Add documents to the library: JSONL and CSV files (.gz too), other files, folders, "
        "addresses. An interrupted run is gone on with by the same command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take any number of places to read from."""
        parser.add_argument(
            "place", nargs="*", help="FILE.jsonl[.gz], FILE.csv[.gz], a file, a folder or a URL"
        )
        parser.add_argument(
            "--reports",
            type=Path,
            default=Path(),
            metavar="FOLDER",
            help="where rejected rows are written, one file for each file of rows (here)",
        )

    def handle(self, *, place: Sequence[str], reports: Path, **options: object) -> None:
        """Add everything, and say what was rejected and why."""
        console = Console(file=cast("IO[str]", self.stderr._out))
        told = Told()
        with _progress(console) as progress:
            for one in _flat(place):
                if isinstance(one, TableFile):
                    _import(one, reports, told, progress)
                else:
                    _add_single(one, told, progress)
            passages = self._read(progress)
            self._embed(progress)
        told.show(console)
        self.stdout.write(
            f"{passages:,} passages added; the library holds {Passage.objects.count():,}."
        )
        if told.rejected and not told.stored:
            raise CommandError(f"{told.rejected:,} rejected.", returncode=2)

    def _read(self, progress: Progress) -> int:
        """Read every snapshot nobody has read yet, also those of an interrupted run."""
        unread = Snapshot.objects.unread()
        task = progress.add_task("Reading passages", total=unread.count())
        passages = 0
        while batch := list(
            unread.select_related("source").defer("record").order_by("pk")[:READ_TOGETHER]
        ):
            passages += read_snapshots(batch)
            progress.advance(task, len(batch))
        return passages

    def _embed(self, progress: Progress) -> None:
        """Give every passage its vector; workers do what an interrupted run leaves."""
        with embedding_alone(wait=True):
            encoding = Encoding.objects.answering() or begin_encoding(
                registry.newest_encoder().name, by="embedder"
            )
            model = registry.encoder_named(encoding.encoder)
            if model is None:
                return  # of another release, whose workers do it
            waiting = encoding.waiting.count()
            task = progress.add_task("Embedding passages", total=waiting)
            few = waiting < WORTH_MORE_PROCESSES
            with nullcontext(model) if few else ParallelEncoder(model) as encoder:
                while done := embed_waiting(encoding, encoder, limit=EMBEDDED_TOGETHER):
                    progress.advance(task, done)


@dataclass(slots=True)
class Told:
    """What a run has to say in the end."""

    stored: int = 0
    rejected: int = 0
    undated: int = 0
    lines: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)

    def reject(self, rejected: Rejected) -> None:
        """Count it, and keep its line if it is one of the first."""
        self.rejected += 1
        if len(self.lines) < REJECTED_SHOWN:
            self.lines.append(f"rejected {rejected.where}: {rejected.why}")

    def keep(self, kept: Undated) -> None:
        """Count a document that lost its date."""
        self.undated += 1
        if len(self.dates) < REJECTED_SHOWN:
            self.dates.append(
                f"kept {kept.where} without a date: {kept.stated!r} is not written like 2020-05-04"
            )

    def show(self, console: Console) -> None:
        """Say it, and not more than a screen holds."""
        for line in self.lines:
            console.print(line, markup=False)
        if self.rejected > len(self.lines):
            console.print(f"and {self.rejected - len(self.lines)} more were rejected")
        for report in self.reports:
            console.print(f"each rejected row stands in {report}", markup=False, soft_wrap=True)
        for line in self.dates:
            console.print(line, markup=False)
        if self.undated > len(self.dates):
            console.print(f"and {self.undated - len(self.dates)} more are without a date")


def _flat(places: Sequence[str]) -> Iterator["str | Path | TableFile | Rejected"]:
    """Addresses, files, and files of rows; folders are read through, in the order of names."""
    for place in places:
        if place.startswith(("http://", "https://")):
            yield place
            continue
        path = Path(place)
        if path.is_dir():
            inside = (str(file) for file in sorted(path.rglob("*")) if file.is_file())
            yield from _flat(list(inside))
        elif path.name.endswith(ENDINGS):
            try:
                yield TableFile(path)
            except OSError as error:
                yield Rejected(place, error.strerror or str(error))
            except NoTable as error:
                yield Rejected(place, str(error))
        else:
            yield path


def _add_single(one: "str | Path | Rejected", told: Told, progress: Progress) -> None:
    """Store the document at an address or in a file of its own."""
    task = progress.add_task(_name_of(one), total=1)
    found: Document | Rejected
    if isinstance(one, Rejected):
        found = one
    elif isinstance(one, Path):
        found = from_file(one)
    else:
        found = from_url(one, registry.fetcher())
    if isinstance(found, Rejected):
        told.reject(found)
    else:
        store_documents([found])
        told.stored += 1
    progress.update(task, completed=1)


def _name_of(one: "str | Path | Rejected") -> str:
    return escape(one.where if isinstance(one, Rejected) else Path(one).name)


def _import(file: TableFile, reports: Path, told: Told, progress: Progress) -> None:
    """Store the documents of a file of rows, from where an earlier run of it stopped."""
    begun = begin_import(file.path.name, file.digest)
    report = Report(
        reports / f"{file.path.name}.{file.digest[:8]}.rejected.jsonl",
        length=begun.report_bytes,
    )
    shown = escape(file.path.name)
    task = progress.add_task(shown, total=file.size)
    if begun.rows:
        progress.console.print(f"{file.path.name}: going on after row {begun.rows:,}", markup=False)
    told.rejected += begun.rejected
    told.stored += begun.stored
    rows = file.rows(after=begun.rows)
    try:
        while batch := list(islice(rows, STORED_TOGETHER)):
            _store_batch(batch, begun, report, file.path.name, told)
            progress.update(
                task,
                completed=file.position,
                description=f"{shown}: {begun.rows:,} rows",
            )
        finish_import(begun)
    except BROKEN as error:  # a broken .gz
        told.reject(Rejected(file.path.name, getattr(error, "strerror", None) or str(error)))
    except Overtaken:
        told.reject(Rejected(file.path.name, "another run imports the same file now"))
    progress.update(task, completed=file.size)
    if report.length:
        told.reports.append(report.path)


def _store_batch(
    batch: Sequence[Row], begun: Import, report: Report, name: str, told: Told
) -> None:
    documents: list[Document] = []
    rejected: list[tuple[Row, str]] = []
    for row in batch:
        for found in from_row(row, f"{name}:{row.line}"):
            if isinstance(found, Rejected):
                rejected.append((row, found.why))
                told.reject(found)
            elif isinstance(found, Undated):
                told.keep(found)
            else:
                documents.append(found)
    report.add(rejected, file=name)
    store_rows(begun, documents, rejected=len(rejected), report_bytes=report.length)
    told.stored += len(documents)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
    )
