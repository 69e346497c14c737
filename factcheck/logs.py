"""What is told while the product runs: for people in one line, for programs as JSON.

Each line carries the request or the task it belongs to, and who asked, by
public ids. A task carries on the request that wanted it, so that one id finds
everything that came of a click. No line holds the text of an article, a
password, a key or the link of an invitation: what went wrong is told by its
kind, its first line and where it happened.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)

CARRIED: ContextVar[dict[str, str]] = ContextVar("CARRIED", default={})  # noqa: B039 - never changed
"""What each line says besides its message: request, task, user, key."""

LONGEST_FIRST_LINE = 300  # characters of an error's message
LONGEST_QUERY = 500  # characters of a slow query
_LINK = re.compile(r"(/(?:invitation|new-password)/[^/\s]+/)[^/\s]+")
"""Addresses whose last part lets in whoever knows it."""


class Json(logging.Formatter):
    """One JSON object a line, with the same few keys first."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            **about(record),
        }
        if record.exc_info and record.exc_info[1]:
            told["error"] = told_error(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """One readable line, and the error below it if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        message = without_secrets(record.getMessage())
        line = f"{at:%H:%M:%S} {record.levelname} {record.name}: {message}"
        details = " ".join(f"{name}={value}" for name, value in about(record).items())
        error = record.exc_info and record.exc_info[1]
        return (
            line
            + (f" ({details})" if details else "")
            + (f"\n{told_error(error)}" if error else "")
        )


def about(record: logging.LogRecord) -> dict[str, Any]:
    """What a line is about: what its context carries, and what the caller gave as ``about``."""
    return {**CARRIED.get(), **getattr(record, "about", {})}


def without_secrets(words: str) -> str:
    """Words that may name an address, without what only one person is to know of it.

    >>> without_secrets("Gone: /invitation/01a202e0/d2m1-5b4e/")
    'Gone: /invitation/01a202e0/.../'
    """
    return _LINK.sub(r"\1...", words)


def told_error(error: BaseException) -> str:
    """Where an error happened, of which kind, and the first line of what it says.

    The rest may quote a row of a table, and that may be somebody's article.
    """
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        first = (str(seen).splitlines() or [""])[0][:LONGEST_FIRST_LINE]
        lines[:0] = [
            *traceback.format_tb(seen.__traceback__),
            f"{type(seen).__qualname__}: {first}\n",
        ]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return without_secrets("".join(lines).rstrip())


def time_queries(*, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Have queries of a new connection timed; slow ones are told, without their values."""
    if settings.SLOW_QUERY_MS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    began = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = round((time.monotonic() - began) * 1000)
        if ms >= settings.SLOW_QUERY_MS:
            told = " ".join(str(sql).split())[:LONGEST_QUERY]
            log.warning("slow query", extra={"about": {"ms": ms, "query": told}})
