"""Put documents into the library, with progress; interrupted, it goes on where it stopped."""

from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import IO, TypedDict, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from factcheck.locks import Lock, alone
from sources import registry
from sources.actions import add_documents, read_snapshots
from sources.bringing import (
    OLDEST,
    Document,
    Rejected,
    Undated,
    from_file,
    from_row,
    from_url,
    is_to_come,
    is_too_old,
)
from sources.importing import (
    Overtaken,
    Report,
    begin_import,
    finish_import,
    report_single,
    store_rows,
)
from sources.indexing import begin_encoding, embed_waiting
from sources.models import Encoding, OutletKind, Passage, Snapshot
from sources.parallel import ParallelEncoder, made_elsewhere
from sources.passages import Cut, cut, passages
from sources.tables import BROKEN, ENDINGS, FIELDS, NoTable, Row, TableFile

ROWS_TOGETHER = 2000  # in one transaction: a second or two
CHARACTERS_TOGETHER = 6_000_000
"""The same, for long documents. Words are counted once for a batch, so that small ones are slow."""
READ_TOGETHER = 500  # documents whose words are written in one go
EMBEDDED_TOGETHER = 1024  # passages
WORTH_A_PROCESS = 4_000_000  # bytes of a file; a process takes a second to start
WORTH_MORE_PROCESSES = 300  # passages; each process first loads the model
REJECTED_SHOWN = 20
UNKNOWN_KEPT = 50  # names of columns; a row of JSON may have any


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
            metavar="FOLDER",
            help="where what is rejected is written, one file for each file of rows and one for "
            "all other files; it is made if need be (here; where nothing can be written here, in "
            f"{gettempdir()})",
        )
        about = parser.add_argument_group(
            "about files", "Said of every file that is no table; it is believed before the file."
        )
        about.add_argument("--outlet", default="", help="who published them")
        about.add_argument(
            "--published-at", type=_day, metavar="DAY", help="when, written like 2020-05-04"
        )
        about.add_argument(
            "--kind", choices=OutletKind.values, help="of the outlet, if it is a new one"
        )

    def handle(self, *, place: Sequence[str], reports: Path | None, **options: object) -> None:
        """Add everything, and say what was rejected and why."""
        about = _about(options)
        reports = _folder(reports)
        console = Console(file=cast("IO[str]", self.stderr._out))
        told = Told(singles=reports / f"files.{datetime.now(UTC):%Y%m%d-%H%M%S}.rejected.jsonl")
        with _progress(console) as progress:
            added = 0
            for one in _flat(place):
                if isinstance(one, TableFile):
                    added += _import(one, reports, told, progress)
                else:
                    added += _add_single(one, about, told, progress)
            added += self._read(progress)
            self._embed(progress)
        told.show(console)
        self.stdout.write(
            f"{added:,} passages added; the library holds {Passage.objects.findable().count():,}."
        )
        if told.rejected and not told.stored:
            raise CommandError(f"{told.rejected:,} rejected.", returncode=2)

    def _read(self, progress: Progress) -> int:
        """Read every snapshot that was frozen elsewhere and nobody has read yet."""
        unread = Snapshot.objects.unread()
        waiting = unread.count()
        if not waiting:
            return 0
        task = progress.add_task("Reading passages", total=waiting)
        added = 0
        while batch := list(
            unread.select_related("source").defer("record").order_by("pk")[:READ_TOGETHER]
        ):
            added += read_snapshots(batch)
            progress.advance(task, len(batch))
        return added

    def _embed(self, progress: Progress) -> None:
        """Give every passage its vector; workers do what an interrupted run leaves."""
        with alone(Lock.EMBED, wait=True):
            encoding = Encoding.objects.answering() or begin_encoding(
                registry.newest_encoder().name, by="embedder"
            )
            model = registry.encoder_named(encoding.encoder)
            if model is None:
                return  # of another release, whose workers do it
            waiting = encoding.waiting.count()
            if not waiting:
                return  # a bar that never moves looks stuck
            task = progress.add_task("Embedding passages", total=waiting)
            few = waiting < WORTH_MORE_PROCESSES
            with nullcontext(model) if few else ParallelEncoder(model) as encoder:
                for done in embed_waiting(encoding, encoder, limit=EMBEDDED_TOGETHER):
                    progress.advance(task, done)


@dataclass(slots=True)
class Told:
    """What a run has to say in the end."""

    singles: Path
    """Where rejected files and addresses are written."""
    stored: int = 0
    rejected: int = 0
    undated: int = 0
    unknown: dict[str, list[str]] = field(default_factory=dict)
    """Columns that say nothing here, by file."""
    lines: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)

    def reject(self, rejected: Rejected) -> None:
        """Count it, and keep its line if it is one of the first."""
        self.rejected += 1
        if len(self.lines) < REJECTED_SHOWN:
            self.lines.append(f"rejected {rejected.where}: {rejected.why}")

    def reject_single(self, rejected: Rejected) -> None:
        """Count a file or address of its own, and write it to the report at once."""
        self.reject(rejected)
        report_single(self.singles, rejected.where, rejected.why)
        if self.singles not in self.reports:
            self.reports.append(self.singles)

    def pass_over(self, columns: Iterable[str], *, file: str) -> None:
        """Remember columns of a file that nobody reads."""
        known = self.unknown.setdefault(file, [])
        known += [name for name in columns if name not in known]

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
            console.print(line, markup=False, soft_wrap=True)
        if self.rejected > len(self.lines):
            console.print(f"and {self.rejected - len(self.lines)} more were rejected")
        for report in self.reports:
            console.print(f"what was rejected stands in {report}", markup=False, soft_wrap=True)
        for file, names in self.unknown.items():
            shown = ", ".join(map(repr, names[:10])) + (" and others" if names[10:] else "")
            console.print(
                f"{file}: not read, because no field is called so: {shown}; those that are: "
                + ", ".join(FIELDS),
                markup=False,
                soft_wrap=True,
            )
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


def _folder(given: Path | None) -> Path:
    """The folder of the reports, made and tried before anything is imported."""
    tried = [given] if given else [Path(), Path(gettempdir())]
    for folder in tried:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder):
                return folder
        except OSError as error:
            why = f"{error.filename or folder}: {error.strerror}"
    raise CommandError(
        f"What is rejected cannot be written, so nothing was imported. {why}. "
        "Name another folder with --reports."
    )


class About(TypedDict, total=False):
    """What somebody says of files that do not say it themselves."""

    outlet: str
    outlet_kind: str
    published_at: date


def _about(options: dict[str, object]) -> About:
    names = {"outlet": "outlet", "kind": "outlet_kind", "published_at": "published_at"}
    said = {field: options[name] for name, field in names.items() if options[name]}
    if "outlet_kind" in said and "outlet" not in said:
        raise CommandError("--kind is the kind of an outlet: give --outlet too.")
    return cast("About", said)


def _day(stated: str) -> date:
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        raise ArgumentTypeError(f"{stated!r} is no day; write it like 2020-05-04") from None
    if is_to_come(day):
        raise ArgumentTypeError(f"{stated} is in the future")
    if is_too_old(day):
        raise ArgumentTypeError(f"{stated} is before {OLDEST.year}: is the year right?")
    return day


def _add_single(one: "str | Path | Rejected", about: About, told: Told, progress: Progress) -> int:
    """Put in the document at an address or in a file of its own; return how many passages."""
    task = progress.add_task(_name_of(one), total=1)
    added = 0
    found: Document | Rejected
    if isinstance(one, Rejected):
        found = one
    elif isinstance(one, Path):
        found = from_file(one)
        if isinstance(found, Document):
            found = replace(found, **about)
    else:
        found = from_url(one, registry.fetcher())
    if isinstance(found, Rejected):
        told.reject_single(found)
    else:
        added = add_documents([(found, cut(found.text, passages(found.text, found.language)))])
        told.stored += 1
    progress.update(task, completed=1)
    return added


def _name_of(one: "str | Path | Rejected") -> str:
    return escape(one.where if isinstance(one, Rejected) else Path(one).name)


def _import(file: TableFile, reports: Path, told: Told, progress: Progress) -> int:
    """Put the documents of a file of rows in, from where an earlier run of it stopped."""
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
    passages = 0
    try:
        for batch in _read_ahead(file, after=begun.rows):
            if batch.unknown:
                told.pass_over(batch.unknown, file=file.path.name)
            for kept in batch.undated:
                told.keep(kept)
            for _, rejected in batch.rejected:
                told.reject(rejected)
            report.add(
                ((row, rejected.why) for row, rejected in batch.rejected), file=file.path.name
            )
            passages += store_rows(
                begun,
                batch.documents,
                rejected=[(row.line, rejected.why) for row, rejected in batch.rejected],
                report_bytes=report.length,
            )
            told.stored += len(batch.documents)
            progress.update(
                task, completed=batch.position, description=f"{shown}: {begun.rows:,} rows"
            )
        finish_import(begun)
    except BROKEN as error:  # a broken .gz
        told.reject(Rejected(file.path.name, getattr(error, "strerror", None) or str(error)))
    except Overtaken:
        told.reject(Rejected(file.path.name, "another run imports the same file now"))
    progress.update(task, completed=file.size)
    if report.length:
        told.reports.append(report.path)
    return passages


@dataclass(slots=True)
class Batch:
    """Rows that are read and cut, as one transaction takes them."""

    documents: list[tuple[Document, list[Cut]]] = field(default_factory=list)
    rejected: list[tuple[Row, Rejected]] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    """Columns that nobody reads, in the order in which they came."""
    position: int = 0
    """How many bytes of the file are read."""


def _read_ahead(file: TableFile, *, after: int) -> Iterator[Batch]:
    if file.size < WORTH_A_PROCESS:
        return _batches(file, after)
    return made_elsewhere(_batches, file, after)


def _batches(file: TableFile, after: int) -> Iterator[Batch]:
    """The rows after so many, read and cut; a batch is full by its rows or by their length."""
    batch, characters = Batch(), 0
    for row in file.rows(after=after):
        if row.unknown and len(batch.unknown) < UNKNOWN_KEPT:
            batch.unknown |= dict.fromkeys(row.unknown)
        for found in from_row(row, f"{file.path.name}:{row.line}"):
            if isinstance(found, Rejected):
                batch.rejected.append((row, found))
            elif isinstance(found, Undated):
                batch.undated.append(found)
            else:
                spans = passages(found.text, found.language)
                batch.documents.append((found.prepared(), cut(found.text, spans)))
                characters += len(found.text)
        if (
            len(batch.documents) + len(batch.rejected) >= ROWS_TOGETHER
            or characters >= CHARACTERS_TOGETHER
        ):
            batch.position = file.position
            yield batch
            batch, characters = Batch(), 0
    if batch.documents or batch.rejected:
        batch.position = file.position
        yield batch


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
    )
