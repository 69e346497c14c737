"""Celery entry points of what machines fetch for themselves.

One request at a time of each host; robots.txt is heeded for every page that
nobody cites. Each task leases a row and calls one act, as claims/tasks.py does.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from celery import shared_task
from django.core.cache import cache
from django.db import connection
from django.db.models.functions import Now

from factcheck.attempts import DATABASE_GONE, NotYet, Unreadable, attempt
from factcheck.locks import Lock, alone
from factcheck.models import rows_of
from sources import registry, web
from sources.access import access_of_status
from sources.actions import read_snapshots
from sources.addresses import FetchRefused, canonical_url
from sources.bringing import document_of
from sources.calls import told_call
from sources.checking import AT_ONCE, store_checks
from sources.extract import NothingToRead
from sources.feeds import NoFeed, read_feed_safely
from sources.indexing import (
    begin_encoding,
    embed_waiting,
    empty_retired,
    switch_encoding,
)
from sources.models import Access, CheckFeed, Encoding, Feed, Page, Snapshot
from sources.reviews import NoReviews, reviews_in
from sources.robots import Robots, robots_url
from sources.storing import Document
from sources.subscribing import feed_failed, feed_of_page, feed_unchanged, store_feed
from sources.watching import (
    Validators,
    forget_page,
    found_changed,
    found_gone,
    found_unchanged,
    host_of,
    is_another,
    is_changed,
    keep_page,
    latest_snapshot,
    leave_page,
    not_answered,
    not_let_in,
    propose_access,
)

log = logging.getLogger(__name__)

PAUSE = 10.0  # seconds until a host that is being asked is asked again
ROBOTS_KEPT = 24 * 3600  # seconds, as RFC 9309 says
EMBED_SECONDS = 8.0
"""Of one round: whoever waits for a worker waits no longer for vectors."""
EMBEDDED_TOGETHER = 128  # passages
GONE = frozenset({404, 410})
FEED_TYPES = web.CONTENT_TYPES | {
    "application/atom+xml",
    "application/gzip",
    "application/rdf+xml",
    "application/rss+xml",
    "application/x-gzip",
    "application/xml",
    "text/xml",
}
CHECKS_EVERY = timedelta(days=1)
CHECK_BATCHES = 10
"""Batches of new checks that are stored in one go; a large feed takes several."""


@shared_task(name=Feed.task)
def read_feed(feed_id: int) -> None:
    """Read a sitemap or feed and note which documents it names."""
    attempt(Feed, feed_id, _read_feed, component="subscriber")


@shared_task(name=Page.task)
def read_page(page_id: int) -> None:
    """Fetch an address for the first time, or look whether it changed."""
    attempt(Page, page_id, _read_page, component="watcher")


@shared_task(name=CheckFeed.task)
def read_check_feed(feed_id: int) -> None:
    """Read a feed of fact-checks."""
    attempt(CheckFeed, feed_id, _read_check_feed, component="reader")


@contextmanager
def alone_at(host: str) -> Iterator[None]:
    """Ask a host while no other worker does; raise NotYet when one does.

    A lock of the database's session: it ends with a worker that is killed.
    """
    key = f"asking {host}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        (mine,) = cursor.fetchone()
    if not mine:
        raise NotYet(PAUSE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _fetched(url: str, accept: frozenset[str], known: Validators) -> web.Page:
    with told_call("web", urlsplit(url).hostname or "") as call:
        page = registry.fetcher().fetch(
            url, accept=accept, etag=known.etag, last_modified=known.last_modified
        )
        call.status = page.status
    return page


def _read_feed(feed: Feed, lease: UUID) -> None:
    known = Validators(feed.etag, feed.last_modified)
    try:
        with alone_at(host_of(feed.url)):
            page = _fetched(feed.url, FEED_TYPES, known)
        if page.status == 304:
            feed_unchanged(feed, lease)
            return
        read = read_feed_safely(page.body, url=page.url)
    except (web.FetchFailed, NoFeed) as error:
        feed_failed(feed, lease, str(error), final=False, by="subscriber")
    except web.FetchRefused as refused:
        feed_failed(feed, lease, str(refused), final=True, by="subscriber")
    else:
        store_feed(feed, lease, read, Validators.of(page.headers))


def _read_page(page: Page, lease: UUID) -> None:
    if page.source is not None and page.source.access == Access.PRIVATE:  # by now
        forget_page(page, lease)
        return
    with alone_at(host_of(page.url)):
        try:
            if not page.cited and not _robots(page.url).allows(page.url):
                not_let_in(page, lease, "The site's robots.txt asks programs not to fetch this.")
                return
            latest = latest_snapshot(page) if page.source_id else None
            # A text that somebody gave us is no copy of what the server has.
            known = latest is not None and latest.record is not None
            validators = Validators(page.etag, page.last_modified) if known else Validators()
            came = _fetched(page.url, web.CONTENT_TYPES, validators)
        except web.FetchRefused as refused:
            _not_there(page, lease, str(refused))
            return
        except web.FetchFailed as failed:
            _did_not_come(page, lease, failed)
            return
    if came.status == 304:
        found_unchanged(page, lease, validators, by="watcher")
        return
    try:
        document = _document(page, came)
    except NothingToRead as nothing:
        if latest is None:
            leave_page(page, lease, str(nothing))
        else:
            not_answered(
                page, lease, f"What it holds cannot be read any more: {nothing}", by="watcher"
            )
        return
    _store(page, lease, came, document, latest)


def _document(page: Page, came: web.Page) -> Document:
    """The document on the page, with what its feed says where it says nothing itself."""
    document = document_of(came)
    if document.title == came.url and page.title:
        document = replace(document, title=page.title)
    if document.published_at is None:
        document = replace(document, published_at=page.published_at)
    feed = feed_of_page(page)
    if feed is not None and feed.outlet is not None:
        document = replace(document, outlet=feed.outlet.name)
    return document


def _store(
    page: Page, lease: UUID, came: web.Page, document: Document, latest: Snapshot | None
) -> None:
    validators = Validators.of(came.headers)
    if latest is None:
        snapshot = keep_page(page, lease, document, validators)
    elif not is_changed(latest, document):
        found_unchanged(page, lease, validators, by="watcher")
        snapshot = latest
    elif canonical_url(came.url) != canonical_url(page.url) and is_another(latest, document):
        found_gone(page, lease, f"The address leads to another page now: {came.url}", by="watcher")
        return
    else:
        snapshot = found_changed(page, lease, document, validators, by="watcher")
    if document.proposed_access:
        propose_access(snapshot.source_id, document.proposed_access, document.access_reason)
    if snapshot.read_at is None:
        read_snapshots([snapshot], registry.encoder())


def _not_there(page: Page, lease: UUID, why: str) -> None:
    if page.source_id is None:
        leave_page(page, lease, why)
    else:
        found_gone(page, lease, why, by="watcher")


def _did_not_come(page: Page, lease: UUID, failed: web.FetchFailed) -> None:
    why = str(failed)
    if failed.status in GONE:
        _not_there(page, lease, why)
    elif (signal := access_of_status(failed.status)) is not None:
        if page.source_id is not None:
            propose_access(page.source_id, *signal)
        not_let_in(page, lease, signal[1])
    elif page.source_id is None and not failed.retryable:
        leave_page(page, lease, why)
    else:
        not_answered(page, lease, why, by="watcher")


def _robots(url: str) -> Robots:
    """The site's robots.txt, kept for a day; raise FetchFailed while its server is in trouble."""
    address = robots_url(url)
    text = cache.get(f"robots:{address}")
    if text is None:
        try:
            page = _fetched(address, web.CONTENT_TYPES, Validators())
            text = page.body.decode("utf-8", "replace")
        except web.FetchFailed as failed:
            if failed.retryable or (failed.status or 0) >= 500:
                raise
            text = ""  # there is none, so everything is allowed
        cache.set(f"robots:{address}", text, ROBOTS_KEPT)
    return Robots(text)


def _read_check_feed(feed: CheckFeed, lease: UUID) -> None:
    try:
        with told_call("feed", urlsplit(feed.url).hostname or "") as call:
            page = registry.feed_fetcher().fetch(feed.url, accept=registry.FEEDS)
            call.status = page.status
        found = reviews_in(page.body)
    except (FetchRefused, NoReviews) as error:
        raise Unreadable(str(error)) from None
    except web.FetchFailed as error:
        if error.retryable:
            raise
        raise Unreadable(str(error)) from None
    encoder = registry.encoder()
    stored_all = any(store_checks(found, encoder) < AT_ONCE for _ in range(CHECK_BATCHES))
    rows_of(CheckFeed).finish(
        feed.pk,
        lease,
        due_at=Now() + (CHECKS_EVERY if stored_all else timedelta(0)),
        reviews=len(found),
        read_at=Now(),
    )


@shared_task(name="sources.embed")
def embed() -> None:
    """Embed passages that wait, for a few seconds; what is left waits for the next round.

    A new encoder of the product is begun, and answers when it has read
    everything. What a killed worker leaves waits too.
    """
    try:
        with alone(Lock.EMBED) as mine:  # two would do no harm, only the same work twice
            if mine:
                _embed(until=time.monotonic() + EMBED_SECONDS)
    except DATABASE_GONE as error:
        log.warning("no passages embedded, the database went away: %s", error)


def _embed(until: float) -> None:
    newest = registry.newest_encoder().name
    if not Encoding.objects.filter(encoder=newest).exists():
        begin_encoding(newest, by="embedder")
    for encoding in Encoding.objects.live().order_by("state"):  # what answers comes first
        encoder = registry.encoder_named(encoding.encoder)
        if encoder is None:
            continue  # of another release, whose workers do it
        for _ in embed_waiting(encoding, encoder, limit=EMBEDDED_TOGETHER, until=until):
            pass
        switch_encoding(encoding, by="embedder")
    empty_retired()
