"""Importing a file of rows: each batch and how far it came are one transaction.

Killed at any moment, the next run of the same file goes on with the next row,
and the report of rejected rows is cut back to where the last batch left it.
"""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from sources.actions import add_documents
from sources.models import Import
from sources.passages import Cut
from sources.storing import Document
from sources.tables import Row

WORK_MEM = "64MB"
"""What PostgreSQL may take to sort a batch; with its usual 4 it writes most of it to the disk."""
REASONS_KEPT = 100
LONGEST_REASON = 300  # characters
LONGEST_ROW = 100_000  # characters of a rejected row in the report


class Overtaken(Exception):
    """Somebody else imports the same file at this moment."""


@transaction.atomic
def begin_import(name: str, digest: str) -> Import:
    """The import of this file that was interrupted, or a new one."""
    begun, made = Import.objects.get_or_create(
        digest=digest, finished_at=None, defaults={"name": name[-255:]}
    )
    if not made:
        Import.objects.filter(pk=begun.pk).update(moved_at=Now())
    return begun


@transaction.atomic
def store_rows(
    begun: Import,
    documents: Sequence[tuple[Document, Sequence[Cut]]],
    *,
    rejected: Sequence[tuple[int, str]],
    report_bytes: int,
) -> int:
    """Put a batch into the library and note how far the import came; return how many passages.

    ``rejected`` is the line of each row that is no document, and why.
    Raise Overtaken if the import is further already.
    """
    told = [[line, why[:LONGEST_REASON]] for line, why in rejected[:REASONS_KEPT]]
    reasons = [*begun.reasons, *told][:REASONS_KEPT]
    moved = Import.objects.filter(pk=begun.pk, rows=begun.rows, finished_at=None).update(
        rows=F("rows") + len(documents) + len(rejected),
        stored=F("stored") + len(documents),
        rejected=F("rejected") + len(rejected),
        report_bytes=report_bytes,
        reasons=reasons,
        moved_at=Now(),
    )
    if not moved:
        raise Overtaken
    begun.reasons = reasons
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEM}'")
    passages = add_documents(documents) if documents else 0
    begun.rows += len(documents) + len(rejected)
    return passages


@transaction.atomic
def finish_import(begun: Import) -> None:
    """The file is read to its end: the same one would be read anew."""
    Import.objects.filter(pk=begun.pk).update(finished_at=Now())


def report_single(path: Path, where: str, why: str) -> None:
    """Write a rejected file or address to a report, as rows are written to theirs."""
    line = json.dumps({"file": where, "why": why}, ensure_ascii=False)
    with path.open("ab") as report:
        report.write(f"{line}\n".encode("utf-8", "backslashreplace"))


class Report:
    """The rejected rows, one JSON object a line: file, row, line, why, and the row itself.

    JSON and not CSV, so that no program takes a cell for a formula. The file
    is made when the first row is rejected.
    """

    def __init__(self, path: Path, *, length: int) -> None:
        self.path = path
        self.length = length
        if length and (not path.exists() or path.stat().st_size < length):
            self.length = 0  # it was moved away: what comes is written to a new one
        if path.exists():
            os.truncate(path, self.length)

    def add(self, rejected: Iterable[tuple[Row, str]], *, file: str) -> None:
        """Write rows to the disk, before the batch they belong to is committed."""
        lines = [
            json.dumps(
                {
                    "file": file,
                    "row": row.number,
                    "line": row.line,
                    "why": why,
                    "content": _shortened(row.raw),
                },
                ensure_ascii=False,
            )
            for row, why in rejected
        ]
        if not lines:
            return
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
        with self.path.open("ab") as report:
            report.write(data)
            report.flush()
            os.fsync(report.fileno())
        self.length += len(data)


def _shortened(raw: object) -> object:
    if isinstance(raw, str):
        return raw if len(raw) <= LONGEST_ROW else f"{raw[:LONGEST_ROW]} … cut"
    if isinstance(raw, dict):
        return {name: _shortened(cell) for name, cell in raw.items()}
    if isinstance(raw, list):
        return [_shortened(cell) for cell in raw]
    return raw
