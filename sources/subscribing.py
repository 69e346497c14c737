"""Feeds people subscribe to, and what is found in them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from factcheck.models import Actor, Event, User, hand_to_person
from factcheck.refusals import Refused, check_fields
from sources.addresses import FetchRefused, canonical_url, check_url
from sources.feeds import Entry, FeedRead, Part
from sources.models import Feed, Outlet, Page, PageState, Source
from sources.watching import Validators, host_of

NEW_AT_A_TIME = 200
"""Addresses taken of one reading; the others are taken by the next ones."""
PARTS = 500
"""Sitemaps taken of an index, those that changed last first."""

TOGETHER = 5_000
"""Addresses that one statement asks about."""

PAUSE = 10  # seconds between the parts of one site
WORST_FAILURES = 8  # readings in a row that failed before a person must look
DAY = 24 * 3600

STOPPED: dict[str, Any] = {
    "active": False,
    "due_at": None,
    "lease_id": None,
    "leased_until": None,
    "last_error": "",
}
"""Columns of a feed that is read no more; a worker that is at it finds its lease lost."""


@transaction.atomic
def add_feed(*, url: str, outlet: str = "", minutes: int = 60, by: User) -> Feed:
    """Subscribe to a sitemap or feed; a worker reads it after the commit."""
    try:
        url = canonical_url(check_url(url))
    except FetchRefused as refused:
        raise Refused(str(refused), "url") from None
    feed = Feed(url=url, minutes=minutes, outlet=_outlet(outlet))
    check_fields(feed, ["url", "minutes"])
    if minutes < 5:
        raise Refused("A feed is read every five minutes at most.", "minutes")
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError as error:
        if "url" not in str(error):
            raise
        raise Refused("This feed is there already.", "url") from None
    feed.hint()
    Event.objects.record("feed.added", feed, by=by, host=host_of(url))
    return feed


def _outlet(name: str) -> Outlet | None:
    name = name.strip()
    if not name:
        return None
    outlet = Outlet.objects.filter(name__iexact=name).first()
    if outlet is None:
        outlet = Outlet(name=name)
        check_fields(outlet, ["name"])
        outlet.save(force_insert=True)
    return outlet


@transaction.atomic
def change_feed(feed_id: int, *, outlet: str = "", minutes: int, by: User) -> Feed:
    """Say how often a feed is read and who publishes what it names."""
    feed = Feed.objects.select_for_update(no_key=True).get(pk=feed_id)
    if minutes < 5:
        raise Refused("A feed is read every five minutes at most.", "minutes")
    feed.minutes, feed.outlet = minutes, _outlet(outlet)
    check_fields(feed, ["minutes"])
    feed.save(update_fields=["minutes", "outlet"])
    feed.parts.update(minutes=minutes, outlet=feed.outlet)
    Event.objects.record("feed.described", feed, by=by, minutes=minutes)
    return feed


@transaction.atomic
def stop_feed(feed_id: int, *, by: User) -> Feed:
    """Read a feed and its parts no more; what it brought stays, what waits is not fetched."""
    feed = Feed.objects.select_for_update(no_key=True).get(pk=feed_id)
    if not (feed.active or feed.waits_for_whole):
        raise Refused("This feed is stopped already.")
    Feed.objects.filter(pk=feed.pk).update(waits_for_whole=False, **STOPPED)
    _let_wait(feed.parts.all())
    of_it = Q(feed=feed) | Q(feed__whole=feed) | Q(feed__whole__whole=feed)
    Page.objects.filter(of_it, state=PageState.WAITING).update(
        state=PageState.FAILED,
        problem="Its feed was stopped before it was fetched.",
        due_at=None,
    )
    Event.objects.record("feed.stopped", feed, by=by)
    return feed


@transaction.atomic
def start_feed(feed_id: int, *, by: User) -> Feed:
    """Read a stopped feed again; its parts as soon as it names them."""
    feed = Feed.objects.select_for_update(no_key=True).get(pk=feed_id)
    if feed.active:
        raise Refused("This feed is read already.")
    feed.active, feed.waits_for_whole = True, False
    feed.etag = feed.last_modified = ""  # else an unchanged one would name nothing
    feed.make_due()
    feed.save(
        update_fields=["active", "waits_for_whole", "etag", "last_modified", *Feed.WORK_FIELDS]
    )
    feed.hint()
    Event.objects.record("feed.started", feed, by=by)
    return feed


@transaction.atomic
def retry_feed(feed_id: int, *, by: User) -> Feed:
    """Read a feed now: one that failed, or one that would be read later."""
    feed = Feed.objects.select_for_update(no_key=True).get(pk=feed_id)
    if not feed.active:
        raise Refused("This feed is stopped. Start it again.")
    feed.make_due()
    feed.save(update_fields=Feed.WORK_FIELDS)
    feed.hint()
    Event.objects.record("feed.retried", feed, by=by)
    return feed


@transaction.atomic
def store_feed(feed: Feed, lease: UUID, read: FeedRead, validators: Validators) -> int:
    """Make a page of each address that is new, and have changed ones looked at again soon.

    Return how many are new. When there are more than NEW_AT_A_TIME, the feed
    is read again as if for the first time.
    """
    Feed.objects.fence(feed.pk, lease)
    new = _new(read.entries)
    taken = new[:NEW_AT_A_TIME]
    Page.objects.bulk_create(
        [
            Page(
                url=entry.url,
                host=host_of(entry.url),
                feed=feed,
                title=entry.title,
                published_at=entry.published_at,
            )
            for entry in sorted(taken, key=lambda entry: entry.url)
        ],
        ignore_conflicts=True,
    )
    _look_again(read.entries)
    if read.parts and (feed.whole is None or feed.whole.whole_id is None):
        _store_parts(feed, read.parts)  # no deeper: an index may name indexes without end
    told = validators if len(taken) == len(new) else Validators()
    Feed.objects.come_back(
        feed.pk,
        lease,
        seconds=feed.minutes * 60,
        kind=read.kind,
        title=read.title or feed.title,
        read_at=Now(),
        named=len(read.entries) or len(read.parts),
        **told.columns,
    )
    return len(taken)


@transaction.atomic
def feed_unchanged(feed: Feed, lease: UUID) -> None:
    """The server says that there is nothing new."""
    Feed.objects.come_back(feed.pk, lease, seconds=feed.minutes * 60, read_at=Now())


@transaction.atomic
def feed_failed(feed: Feed, lease: UUID, why: str, *, final: bool, by: Actor) -> None:
    """A reading failed: the next one waits twice as long, and in the end for a person."""
    if final or feed.failures + 1 >= WORST_FAILURES:
        hand_to_person(feed, why, by=by, lease=lease)
    else:
        wait = min(feed.minutes * 60 * 2**feed.failures, DAY)
        Feed.objects.postpone(feed.pk, lease, why, seconds=wait)


def _new(entries: Sequence[Entry]) -> list[Entry]:
    """Entries whose address is neither a page nor a source yet, in their order."""
    known: set[str] = set()
    urls = [entry.url for entry in entries]
    for part in _batches(urls):
        known |= set(Page.objects.filter(url__in=part).values_list("url", flat=True))
        known |= {
            url for url in Source.objects.filter(url__in=part).values_list("url", flat=True) if url
        }
    return [entry for entry in entries if entry.url not in known]


def _look_again(entries: Sequence[Entry]) -> None:
    """Look now at pages that changed, as the feed says, after they were looked at."""
    changed = {entry.url: entry.changed_at for entry in entries if entry.changed_at}
    for urls in _batches(list(changed)):
        pages = Page.objects.filter(
            url__in=urls, state=PageState.KEPT, checked_at__isnull=False, due_at__gt=Now()
        ).values_list("pk", "url", "checked_at")
        soon = [pk for pk, url, checked_at in pages if checked_at and changed[url] > checked_at]
        Page.objects.filter(pk__in=soon).update(due_at=Now(), unchanged=0)


def _batches(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    """Addresses, TOGETHER at a time."""
    for start in range(0, len(urls), TOGETHER):
        yield urls[start : start + TOGETHER]


def _let_wait(parts: QuerySet[Feed]) -> None:
    """Read parts of an index, and theirs, no more until they are named again."""
    keys = list(parts.filter(active=True).values_list("pk", flat=True))
    keys += Feed.objects.filter(whole__in=keys, active=True).values_list("pk", flat=True)
    Feed.objects.filter(pk__in=keys).update(waits_for_whole=True, **STOPPED)


def _store_parts(feed: Feed, parts: Sequence[Part]) -> None:
    """The sitemaps of an index become feeds of their own; those it names no more wait.

    One that waited and is named again is read as if for the first time. A part
    that a person stopped stays stopped.
    """
    first = datetime.min.replace(tzinfo=UTC)
    newest = sorted(parts, key=lambda part: part.changed_at or first, reverse=True)[:PARTS]
    urls = [part.url for part in newest if part.url != feed.url]
    Feed.objects.bulk_create(
        [
            Feed(
                url=url,
                outlet=feed.outlet,
                minutes=feed.minutes,
                whole=feed,
                due_at=Now() + timedelta(seconds=PAUSE * place),
            )
            for place, url in enumerate(sorted(urls))
        ],
        ignore_conflicts=True,
    )
    _let_wait(feed.parts.exclude(url__in=urls))
    feed.parts.filter(url__in=urls, waits_for_whole=True).update(
        active=True,
        waits_for_whole=False,
        etag="",
        last_modified="",
        due_at=Now(),
        attempts=0,
        failures=0,
    )
    changed = [part.url for part in newest if part.changed_at is not None]
    at = {part.url: part.changed_at for part in newest}
    known = Feed.objects.filter(whole=feed, url__in=changed, active=True, read_at__isnull=False)
    soon = [row.pk for row in known if (at[row.url] or first) > (row.read_at or first)]
    Feed.objects.filter(pk__in=soon, last_error="").update(due_at=Now())


def feed_of_page(page: Page) -> Feed | None:
    """The feed an address came from, with its outlet."""
    return Feed.objects.select_related("outlet").filter(pages=page).first()
