"""Looking again at what is cited and kept: unchanged, changed, gone, or come back.

Nothing that was published changes by it; what changed is told to the people
who work here. A page is looked at the more rarely, the longer it stays as it is.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Least, Now

from factcheck.models import Actor, Event, User
from factcheck.refusals import Refused
from sources.comparing import ANOTHER_PAGE, STANDS, standing
from sources.models import Access, Page, PageState, Snapshot, Source
from sources.storing import Document, store_documents
from sources.warc import opened

DAY = 24 * 3600
FIRST_LOOK = {True: 1 * DAY, False: 7 * DAY}
"""Seconds until a page is looked at again, cited or not; doubled each time it is unchanged."""
LONGEST = {True: 14 * DAY, False: 180 * DAY}
GONE_AGAIN = 30 * DAY  # a page that went may come back
MISSED_AGAIN = DAY // 2
MOST_MISSED, MISSED_FOR = 5, timedelta(days=3)
"""A host that answers none of so many tries over so long is dead."""
TOGETHER = 5_000  # pages made at a time


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a copy, to ask later whether there is a newer one."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Validators":
        """Read from headers; one that does not fit is none."""
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        return cls(etag if len(etag) <= 300 else "", modified if len(modified) <= 100 else "")

    @property
    def columns(self) -> dict[str, str]:
        """As the columns of a feed or page."""
        return {"etag": self.etag, "last_modified": self.last_modified}


def host_of(url: str) -> str:
    """The host that is asked for ``url``."""
    return (urlsplit(url).hostname or "")[:255]


@transaction.atomic
def watch_sources() -> int:
    """Make a page of each source that has an address and no page yet; return how many.

    Private sources are never fetched. An address that led to another source is
    looked at for that one.
    """
    of_another = Page.objects.filter(url=OuterRef("url"), source__isnull=False)
    sources = list(
        Source.objects.filter(~Exists(of_another), url__isnull=False, pages__isnull=True)
        .exclude(access=Access.PRIVATE)
        .order_by("pk")[:TOGETHER]
    )
    by_url = {source.url: source for source in sources if source.url}
    for page in Page.objects.filter(url__in=list(by_url), source__isnull=True).select_for_update(
        no_key=True
    ):
        page.source, page.state = by_url[page.url], PageState.KEPT
        page.problem = ""
        page.due_at = page.due_at or _spread()
        page.save(update_fields=["source", "state", "problem", "due_at"])
    Page.objects.bulk_create(
        [
            Page(
                url=url,
                host=host_of(url),
                source=source,
                state=PageState.KEPT,
                due_at=_spread(),
            )
            for url, source in sorted(by_url.items())
        ],
        ignore_conflicts=True,
    )
    return len(sources)


def _spread() -> datetime:
    """Some time after the first interval, so that an import is not looked at all at once."""
    wait = FIRST_LOOK[False] * random.uniform(1, 2)  # noqa: S311 - no secret
    return datetime.now(UTC) + timedelta(seconds=wait)


@transaction.atomic
def watch_cited(cited: "QuerySet[Any, Any]") -> None:
    """Look soon and often at pages of the sources whose keys ``cited`` gives, and at no others."""
    due = Page.objects.filter(due_at__isnull=False)
    due.filter(source__in=cited, cited=False).update(
        cited=True,
        unchanged=0,
        due_at=Least(F("due_at"), Now() + timedelta(seconds=FIRST_LOOK[True])),
    )
    due.filter(cited=True).exclude(source__in=cited).update(cited=False)


def wait_for(page: Page, unchanged: int) -> float:
    """Seconds until a page that was found ``unchanged`` so many times is looked at again."""
    return float(min(FIRST_LOOK[page.cited] * 2 ** min(unchanged, 10), LONGEST[page.cited]))


@transaction.atomic
def keep_page(page: Page, lease: UUID, document: Document, validators: Validators) -> Snapshot:
    """Store the document of an address that was fetched for the first time.

    Two addresses of one document are one source, looked at once.
    """
    Page.objects.fence(page.pk, lease)
    (snapshot,) = store_documents([document])
    columns: dict[str, Any] = {
        "source": snapshot.source,
        "state": PageState.KEPT,
        "problem": "",
        "checked_at": Now(),
        **validators.columns,
    }
    if Page.objects.filter(source=snapshot.source).exclude(pk=page.pk).exists():
        Page.objects.finish(page.pk, lease, **columns)
    else:
        Page.objects.come_back(page.pk, lease, seconds=wait_for(page, 0), **columns)
    return snapshot


@transaction.atomic
def leave_page(page: Page, lease: UUID, why: str) -> None:
    """Say why the document of an address is not taken; it is not tried again."""
    Page.objects.finish(page.pk, lease, state=PageState.FAILED, problem=why, checked_at=Now())


@transaction.atomic
def retry_page(page_id: int, *, by: User) -> Page:
    """Fetch an address now: one that was not taken, or one that would be looked at later."""
    page = (
        Page.objects.select_for_update(of=["self"], no_key=True)
        .select_related("source")
        .get(pk=page_id)
    )
    if page.source is None:
        page.state, page.problem = PageState.WAITING, ""
    elif page.source.access == Access.PRIVATE:
        raise Refused("This source is private: its address is never asked.")
    page.missed, page.missed_at = 0, None
    page.make_due()
    page.save(update_fields=["state", "problem", "missed", "missed_at", *Page.WORK_FIELDS])
    page.hint()
    Event.objects.record("page.retried", page, by=by, thread=page.source or page)
    return page


@transaction.atomic
def forget_page(page: Page, lease: UUID) -> None:
    """The source became private: its address is never asked again."""
    Page.objects.finish(page.pk, lease)


@transaction.atomic
def found_unchanged(page: Page, lease: UUID, validators: Validators, *, by: Actor) -> None:
    """The page says what it said."""
    Page.objects.fence(page.pk, lease)
    latest = _latest(page)
    Snapshot.objects.filter(pk=latest.pk).update(seen_at=Now())
    unchanged = page.unchanged + 1
    _answered(page, lease, validators, unchanged=unchanged)
    _came_back(page, by=by)


@transaction.atomic
def found_changed(
    page: Page, lease: UUID, document: Document, validators: Validators, *, by: Actor
) -> Snapshot:
    """The page says something else: freeze that too, and tell of it."""
    Page.objects.fence(page.pk, lease)
    source = (
        Source.objects.select_related("outlet")
        .select_for_update(of=["self"], no_key=True)
        .get(pages=page)
    )
    (snapshot,) = store_documents([_of_source(document, source)])
    Snapshot.objects.filter(pk=snapshot.pk).update(seen_at=Now())
    _answered(page, lease, validators, unchanged=0)
    source.changed_at, source.gone_at, source.gone = Now(), None, ""
    source.save(update_fields=["changed_at", "gone_at", "gone"])
    Event.objects.record(
        "source.changed", source, by=by, snapshot=snapshot.public_id, digest=snapshot.digest
    )
    return snapshot


@transaction.atomic
def found_gone(page: Page, lease: UUID, why: str, *, by: Actor) -> None:
    """The document is not there any more; what was frozen of it stays."""
    Page.objects.fence(page.pk, lease)
    source = Source.objects.select_for_update(no_key=True).get(pages=page)
    Page.objects.come_back(
        page.pk,
        lease,
        seconds=GONE_AGAIN,
        state=PageState.GONE,
        problem=why,
        checked_at=Now(),
        missed=0,
        missed_at=None,
    )
    if source.gone_at is None:
        source.gone_at, source.gone = Now(), why[:500]
        source.save(update_fields=["gone_at", "gone"])
        Event.objects.record("source.gone", source, by=by)


@transaction.atomic
def not_answered(page: Page, lease: UUID, why: str, *, by: Actor) -> None:
    """Nobody answered: try again, and after many tries over days say that it is gone."""
    since = page.missed_at or datetime.now(UTC)
    missed = page.missed + 1
    dead = missed >= MOST_MISSED and datetime.now(UTC) - since >= MISSED_FOR
    if dead and page.source_id:
        found_gone(page, lease, f"{why} So it was {missed} times, since {since:%d %B %Y}.", by=by)
    elif dead:
        leave_page(page, lease, why)
    else:
        Page.objects.come_back(
            page.pk, lease, seconds=MISSED_AGAIN, missed=missed, missed_at=since, problem=why
        )


@transaction.atomic
def not_let_in(page: Page, lease: UUID, why: str) -> None:
    """We are not let in, so that nobody can say whether it changed: look again much later."""
    if page.source_id is None:
        leave_page(page, lease, why)
    else:
        Page.objects.come_back(
            page.pk, lease, seconds=LONGEST[page.cited], problem=why, checked_at=Now()
        )


@transaction.atomic
def propose_access(source_id: int, access: str, reason: str) -> None:
    """Note what speaks for another access than is recorded, unless a person recorded it."""
    Source.objects.filter(pk=source_id, access_recorded_at__isnull=True).exclude(
        access=access
    ).update(proposed_access=access, access_reason=reason[:300])


def is_changed(latest: Snapshot, document: Document) -> bool:
    """Whether a document says something else than what was last seen of its source.

    Of a text that somebody gave us most sentences must still stand, for what
    we read of the page is cut otherwise. The same bytes are the same document,
    even if they are read by another version of the extractor.
    """
    if latest.digest == document.digest:
        return False
    if latest.record is None:
        return standing(latest.text, document.text) < STANDS
    if latest.extractor != document.extractor and document.record is not None:
        return opened(bytes(latest.record)).body != opened(document.record).body
    return True


def is_another(latest: Snapshot, document: Document) -> bool:
    """Whether hardly anything of what was seen stands in the document: it is another one."""
    return standing(latest.text, document.text) < ANOTHER_PAGE


def _of_source(document: Document, source: Source) -> Document:
    return replace(document, url=source.url or "", outlet=source.outlet.name)


def _latest(page: Page) -> Snapshot:
    return Snapshot.objects.filter(source=page.source_id).order_by("-seen_at", "-pk")[0]


def latest_snapshot(page: Page) -> Snapshot:
    """What the page was last seen to say."""
    return _latest(page)


def _answered(page: Page, lease: UUID, validators: Validators, *, unchanged: int) -> None:
    Page.objects.come_back(
        page.pk,
        lease,
        seconds=wait_for(page, unchanged),
        state=PageState.KEPT,
        problem="",
        checked_at=Now(),
        unchanged=min(unchanged, 1000),
        missed=0,
        missed_at=None,
        **validators.columns,
    )


def _came_back(page: Page, *, by: Actor) -> None:
    """Take back that a source is gone."""
    source = Source.objects.select_for_update(no_key=True).get(pages=page)
    if source.gone_at is not None:
        source.gone_at, source.gone = None, ""
        source.save(update_fields=["gone_at", "gone"])
        Event.objects.record("source.returned", source, by=by)
