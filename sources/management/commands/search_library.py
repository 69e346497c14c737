"""Search the library: for a person in a terminal, or line by line for an evaluation."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources import registry
from sources.library import Library
from sources.models import OutletKind, SourceKind
from sources.ports import Found, Query
from sources.ranking import Filters

FILTERS = ("outlet", "outlet_kind", "kind", "language", "since", "until")
DAYS = ("said_at", "since", "until")
CHOICES: dict[str, list[str]] = {"outlet_kind": OutletKind.values, "kind": SourceKind.values}
KEYS = {"query_id", "text", "said_at", *FILTERS}
LONGEST = 10_000  # characters of a question
NOT_TEXT = re.compile("[\0\ud800-\udfff]")
MOST = 500  # passages for one question


class BadLine(Exception):
    """A line that is no question, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as a line or the command's options put it."""

    query_id: str
    query: Query
    filters: Filters


class Command(BaseCommand):
    """Print the best passages for a claim, and what found them."""

    help = (
        "Search the library for passages about a claim. With --jsonl each line of the input is "
        'a question, {"query_id": "1", "text": "..."} and, if wanted, "said_at", "outlet", '
        '"outlet_kind", "kind", "language", "since", "until"; each line of the output is its '
        "answer, in the same order."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a claim, or a stream of them; and what narrows the search."""
        parser.add_argument("text", nargs="?", help="the claim")
        parser.add_argument("--jsonl", action="store_true", help="read questions from the input")
        parser.add_argument("--limit", type=int, default=20, help="passages for a question (20)")
        for name in ("said_at", *FILTERS):
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                default="",
                choices=["", *CHOICES[name]] if name in CHOICES else None,
                metavar="YYYY-MM-DD" if name in DAYS else None,
            )

    def handle(self, *, text: str | None, jsonl: bool, limit: int, **options: Any) -> None:
        """Answer; lines that are no questions are told of at the end, with exit code 2."""
        if not 1 <= limit <= MOST:
            raise CommandError(f"--limit is a number from 1 to {MOST}.", returncode=2)
        if jsonl == bool(text):
            raise CommandError("Give a claim, or --jsonl and questions.", returncode=2)
        given = {name: options[name] for name in ("said_at", *FILTERS) if options[name]}
        library = Library(registry.encoder())
        if text:
            try:
                asked = _asked({"query_id": "", "text": text} | given)
            except BadLine as error:
                raise CommandError(str(error), returncode=2) from None
            self._show(library.search(asked.query, limit, asked.filters))
            return
        bad = 0
        for number, line in enumerate(_lines(sys.stdin), start=1):
            try:
                asked = _asked(given | _row(line))
            except BadLine as error:
                bad += 1
                self.stderr.write(f"line {number}: {error}")
                continue
            found = library.search(asked.query, limit, asked.filters)
            self.stdout.write(json.dumps(_answer(asked, found)))
        if bad:
            raise CommandError(f"Lines left out that are no questions: {bad}.", returncode=2)

    def _show(self, found: Sequence[Found]) -> None:
        for rank, item in enumerate(found, start=1):
            about = [item.outlet, str(item.published_at or "without date"), item.url]
            how = [f"{name} {place}" for name, place in item.ranks.items()]
            self.stdout.write(self.style.MIGRATE_HEADING(f"{rank}. {item.title}"))
            self.stdout.write("   " + " · ".join(part for part in about if part))
            self.stdout.write(f"   {' '.join(item.text.split())}")
            words = f": {' '.join(item.matched)}" if item.matched else ""
            self.stdout.write(f"   found by {', '.join(how)}{words}\n\n")
        if not found:
            self.stdout.write("The library holds nothing about that.")


def _lines(stream: TextIO) -> Iterator[str]:
    return (line for line in stream if line.strip())


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    if unknown := sorted(set(row) - KEYS):
        raise BadLine(f"unknown: {', '.join(unknown)}")
    return {name: value for name, value in row.items() if value is not None}


def _asked(row: dict[str, Any]) -> Asked:
    for name, value in row.items():
        if not isinstance(value, str) and not (name == "query_id" and isinstance(value, int)):
            raise BadLine(f"{name} is not text")
    if "query_id" not in row:
        raise BadLine("query_id is missing")
    text = row.get("text", "")
    if not text.strip() or NOT_TEXT.search(text) or len(text) > LONGEST:
        raise BadLine(f"text must hold 1 to {LONGEST:,} characters, all of them text")
    for name, known in CHOICES.items():
        if row.get(name, "") not in ("", *known):
            raise BadLine(f"{name} is none of: {', '.join(known)}")
    days = {name: _day(name, row[name]) for name in DAYS if row.get(name)}
    return Asked(
        query_id=row["query_id"],
        query=Query(text, said_at=days.get("said_at"), language=row.get("language", "en")),
        filters=Filters(**{name: days.get(name, row[name]) for name in FILTERS if row.get(name)}),
    )


def _day(name: str, stated: str) -> date:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        raise BadLine(f"{name} is no date like 2020-05-04") from None


def _answer(asked: Asked, found: Sequence[Found]) -> dict[str, Any]:
    return {
        "query_id": asked.query_id,
        "passages": [
            {
                "rank": rank,
                "score": item.scores["fused"],
                "passage": item.passage_id,
                "url": item.url,
                "title": item.title,
                "outlet": item.outlet,
                "origin": item.origin,
                "published_at": item.published_at and item.published_at.isoformat(),
                "text": item.text,
                "ranks": dict(item.ranks),
                "scores": dict(item.scores),
                "matched": list(item.matched),
            }
            for rank, item in enumerate(found, start=1)
        ],
    }
