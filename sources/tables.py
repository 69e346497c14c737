"""Rows of files that people export elsewhere: lines of JSON, and CSV however it is written.

A row keeps its number and its words as they stood, so that one that is no
document can be handed back. What looks like a formula is data like all else.
"""

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from charset_normalizer import from_bytes

ENDINGS = (".jsonl", ".jsonl.gz", ".csv", ".csv.gz", ".tsv", ".tsv.gz")
"""What the names of such files end with."""
BROKEN = (OSError, EOFError, zlib.error)
"""What reading a file that is not there, or a broken archive, raises."""

LONGEST_CELL = 10_000_000  # characters; csv's own limit is 131,072
_SAMPLE = 1_000_000  # bytes from which an encoding is guessed
_WRITTEN_BY_SPREADSHEETS = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 shift_jis gb18030 big5 euc_kr".split()
)
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NAMES = {
    "text": "text body content full_text article article_text",
    "title": "title headline",
    "url": "url link address web_address href",
    "outlet": "outlet publisher source publication newspaper site",
    "published_at": "published_at published date published_on publication_date pub_date",
    "language": "language lang",
    "kind": "kind outlet_kind",
    "source_kind": "source_kind document_kind type",
    "access": "access",
}
COLUMNS = {name: field_ for field_, names in _NAMES.items() for name in names.split()}
"""Which field a column of that name holds; small letters, words joined by underscores."""
FIELDS = tuple(_NAMES)
"""What a row may say of its document."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it holds by field, or ``why`` it cannot be read; ``raw`` as it stood.

    ``number`` counts rows, from 1; ``line`` is the line of the file it begins on;
    ``unknown`` are columns that hold something and are called like no field.
    """

    number: int
    line: int
    raw: object
    values: dict[str, object] = field(default_factory=dict)
    why: str = ""
    unknown: tuple[str, ...] = ()


class NoTable(ValueError):
    """The file as a whole cannot be read; the message says what is missing."""


class TableFile:
    """A file of rows. Opening it reads it through once, to know it again and how it is written.

    Raise OSError when it is not there, and NoTable when it holds no rows with names.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._packed = path.suffix == ".gz"
        self._lines_of_json = ".jsonl" in path.suffixes
        self._file: IO[bytes] | None = None
        self.digest, self.encoding = self._looked_through()
        if not self._lines_of_json:
            self._check_names()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs to read it: all but the open file."""
        return {**self.__dict__, "_file": None}

    @property
    def position(self) -> int:
        """How many of the ``size`` bytes have been read."""
        return self._file.tell() if self._file and not self._file.closed else 0

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield the rows that follow the first ``after``; blank lines are no rows."""
        with ExitStack() as stack:
            file = self._open(stack)
            found = _of_json(file) if self._lines_of_json else self._of_csv(file)
            for row in found:
                if row.number > after:
                    yield row

    def _open(self, stack: ExitStack) -> IO[bytes]:
        self._file = stack.enter_context(self.path.open("rb"))
        if self._packed:
            return cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=self._file)))
        return self._file

    def _looked_through(self) -> tuple[str, str]:
        """SHA-256 of the bytes, and the encoding; what is broken is told where it is read."""
        digest = sha256()
        with self.path.open("rb") as whole:
            while piece := whole.read(1 << 20):
                digest.update(piece)
        utf8 = codecs.getincrementaldecoder("utf-8")()
        start, valid = b"", True
        try:
            with ExitStack() as stack:
                file = self._open(stack)
                while piece := file.read(1 << 20):
                    start = start or piece
                    if valid:
                        valid = _decodes(utf8, piece)
        except BROKEN:
            pass
        for mark, encoding in _BYTE_ORDER_MARKS.items():
            if start.startswith(mark):
                return digest.hexdigest(), encoding
        if valid:
            return digest.hexdigest(), "utf-8"
        best = from_bytes(start[:_SAMPLE], cp_isolation=_WRITTEN_BY_SPREADSHEETS).best()
        return digest.hexdigest(), best.encoding if best else "cp1252"

    def _check_names(self) -> None:
        with ExitStack() as stack:
            names = self._header(self._as_text(self._open(stack))).names
        fields = [COLUMNS.get(_plain(name)) for name in names]
        told = ", ".join(name.strip() for name in names if name.strip())[:300] or "none"
        if "text" not in fields:
            raise NoTable(f"no column is called text; the first row names: {told}")
        if not {"outlet", "url"} & set(fields):
            raise NoTable(f"no column is called outlet or url; the first row names: {told}")
        twice = {name for name in fields if name and fields.count(name) > 1}
        if twice:
            raise NoTable(
                f"two columns are {', '.join(sorted(twice))}; the first row names: {told}"
            )

    def _as_text(self, file: IO[bytes]) -> IO[str]:
        return io.TextIOWrapper(file, self.encoding, errors="replace", newline="")

    def _header(self, text: IO[str]) -> "_Header":
        """Read the first row that is not blank; it names the columns."""
        try:
            count, line = next(
                (count, line)
                for count, line in enumerate(text, start=1)
                if line.strip("\ufeff\r\n ,;\t|")
            )
        except StopIteration:
            raise NoTable("the file is empty") from None
        except BROKEN as error:
            raise NoTable(getattr(error, "strerror", None) or str(error)) from None
        splits = {
            between: next(csv.reader([line.lstrip("\ufeff")], delimiter=between))
            for between in ",;\t|"
        }
        between = max(splits, key=lambda one: len(splits[one]))
        return _Header(splits[between], between, count)

    def _of_csv(self, file: IO[bytes]) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_CELL)
        text = self._as_text(file)
        header = self._header(text)
        lines = _Kept(text)
        reader = csv.reader(lines, delimiter=header.between, strict=True)
        number, line = 0, header.lines
        while True:
            lines.kept.clear()
            begins = line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                why = (
                    "a quotation mark is never closed"
                    if "end of data" in str(error)
                    else str(error)
                )
                number += 1
                yield Row(number, begins, "".join(lines.kept), why=f"not CSV: {why}")
                continue
            finally:
                line = header.lines + reader.line_num
            if any(cell.strip() for cell in cells):
                number += 1
                yield _of_cells(number, begins, header.names, cells)


@dataclass(frozen=True, slots=True)
class _Header:
    """The names in the first row, what stands between them, and on which line they are."""

    names: list[str]
    between: str
    lines: int


class _Kept:
    """The lines of a text, those of the row in hand remembered."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.kept: list[str] = []

    def __iter__(self) -> "_Kept":
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.kept.append(line)
        return line


def _of_cells(number: int, line: int, names: Sequence[str], cells: list[str]) -> Row:
    while len(cells) > len(names) and not cells[-1].strip():
        cells.pop()  # separators at the end of the line
    if len(cells) > len(names):
        return Row(number, line, cells, why=f"{len(cells)} cells under {len(names)} names")
    values: dict[str, object] = {}
    unknown = []
    for name, cell in zip(names, cells, strict=False):
        if (known := COLUMNS.get(_plain(name))) is not None:
            values[known] = cell if known == "text" else cell.strip()
        elif cell.strip():
            unknown.append(name.strip())
    raw = dict(zip(names, cells, strict=False))
    return Row(number, line, raw, values, unknown=tuple(unknown))


def _of_json(file: IO[bytes]) -> Iterator[Row]:
    number = 0
    for line, raw in enumerate(file, start=1):
        raw = raw.removeprefix(codecs.BOM_UTF8) if line == 1 else raw  # noqa: PLW2901
        if not raw.strip():
            continue
        number += 1
        words = raw.decode("utf-8", "replace").rstrip("\r\n")
        try:
            values = json.loads(raw)
        except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, or a maze of brackets
            yield Row(number, line, words, why=f"not JSON: {error}")
            continue
        if isinstance(values, dict):
            unknown = tuple(name[:40] for name in values if name not in FIELDS)
            yield Row(number, line, words, values, unknown=unknown)
        else:
            yield Row(number, line, words, why="not a JSON object")


def _decodes(utf8: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        utf8.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _plain(name: str) -> str:
    """Spell a column's name as COLUMNS does.

    >>> _plain(" Publication date ")
    'publication_date'
    """
    return "_".join(
        name.strip().strip("\ufeff").casefold().replace("-", " ").replace("_", " ").split()
    )
