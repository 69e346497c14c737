"""A provider outside, asked with care: kept answers first, then only when it may be asked.

The adapter behind it only speaks the provider's language. Here its answers
are kept, its failures counted for all workers, and pages it merely named are
read from their own servers.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sources import health
from sources.addresses import FetchRefused
from sources.bringing import fetched
from sources.extract import NothingToRead
from sources.passages import passages
from sources.ports import Checked, Found, NotAsked, Original, Provider, ProviderDown, Query
from sources.questions import nearest
from sources.storing import Document
from sources.web import Fetcher, FetchFailed

PAGES = 4
"""Pages that are read for one search of one provider."""
AT_ONCE = 2
"""Pages that are fetched and read at a time."""


@dataclass(slots=True)
class Requests:
    """Counts the requests of a client; its turns are the provider's."""

    name: str
    every: float = 0.0
    sent: int = 0

    def turn(self) -> float:
        """Count one more; return the seconds until it may be sent, or raise NotAsked."""
        wait = health.turn(self.name, self.every)
        self.sent += 1
        return wait


class Guarded:
    """``inner``, spared when it is down or asked enough.

    After ``deadline``, on the monotonic clock, nothing is asked: slow ones
    before it have used up the time of this search.
    """

    outside = True

    def __init__(
        self,
        inner: Provider,
        requests: Requests,
        fetcher: Callable[[], Fetcher],
        *,
        deadline: float,
    ) -> None:
        self.name = inner.name
        self._inner = inner
        self._requests = requests
        self._fetcher = fetcher
        self._deadline = deadline

    def questions(self, query: Query) -> Sequence[str]:
        """What the provider is asked."""
        return self._inner.questions(query)

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return what it answers now or answered lately; raise ProviderDown or NotAsked."""
        questions = self.questions(query)
        if not questions:
            return []
        digest = sha256(
            json.dumps([*questions, query.language, str(query.said_at), limit]).encode()
        ).hexdigest()
        kept = health.kept(self.name, digest)
        found = _unpacked(kept) if kept is not None else self._ask(query, limit, digest)
        return self._with_pages(found, query, limit)

    def _ask(self, query: Query, limit: int, digest: str) -> list[Found]:
        if time.monotonic() > self._deadline:
            raise NotAsked(f"{self.name}: no time was left in this search", again_in=1.0)
        health.admit(self.name)
        began, sent = time.monotonic(), self._requests.sent
        try:
            found = list(self._inner.search(query, limit))
        except NotAsked:
            raise
        except ProviderDown as down:
            again_in = health.failed(
                self.name,
                str(down),
                seconds=time.monotonic() - began,
                requests=self._requests.sent - sent,
                again_in=down.again_in,
            )
            raise ProviderDown(str(down), again_in=again_in) from None
        health.answered(
            self.name, seconds=time.monotonic() - began, requests=self._requests.sent - sent
        )
        health.keep(self.name, digest, _packed(found))
        return found

    def _with_pages(self, found: Sequence[Found], query: Query, limit: int) -> list[Found]:
        """What was found, with the nearest passages of the pages that were only named."""
        named = [one for one in found if not one.text and not one.check][:PAGES]
        if not named:
            return list(found)
        with ThreadPoolExecutor(AT_ONCE, "pages") as pool:
            pages = list(pool.map(self._page, named))
        read = [
            passage
            for one, document in zip(named, pages, strict=True)
            if document
            for passage in _passages(one, document)
        ]
        whole = [one for one in found if one.text or one.check]
        return (whole + nearest(read, query.text, limit))[:limit]

    def _page(self, named: Found) -> Document | None:
        """The page at an address the provider named; none when it cannot be had."""
        try:
            return fetched(named.url, self._fetcher())
        except (FetchRefused, FetchFailed, NothingToRead):
            return None  # told in the log; the provider is not to blame


def _passages(named: Found, page: Document) -> Iterable[Found]:
    original = Original(
        record=page.record,
        content_type=page.content_type,
        headers=page.headers,
        fetched_at=page.fetched_at or datetime.now(UTC),
        extractor=page.extractor,
    )
    for start, end in passages(page.text, page.language):
        yield replace(
            named,
            url=page.url,
            title=page.title or named.title,
            text=page.text[start:end],
            outlet=named.outlet or page.outlet,
            published_at=page.published_at or named.published_at,
            document=page.text,
            language=page.language,
            original=original,
        )


def _packed(found: Sequence[Found]) -> str:
    """Answers as JSON; the document that passages share is written once."""
    documents = list(dict.fromkeys(one.document for one in found))
    rows = [asdict(one) | {"document": documents.index(one.document)} for one in found]
    return json.dumps({"documents": documents, "found": rows}, default=str)


def _unpacked(kept: Any) -> list[Found]:
    return [_found(row, kept["documents"]) for row in kept["found"]]


def _found(row: dict[str, Any], documents: Sequence[str]) -> Found:
    check = row["check"]
    if check:
        check = Checked(**(check | {"said_at": _day(check["said_at"])}))
    return Found(
        **(
            row
            | {
                "document": documents[row["document"]],
                "published_at": _day(row["published_at"]),
                "check": check,
                "matched": tuple(row.get("matched", ())),
            }
        )
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
