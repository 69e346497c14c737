"""What is looked at again and again: feeds for new documents, pages for changes."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from factcheck.models import Work, WorkQuerySet
from factcheck.models.choices import one_of
from sources.models.outlet import Outlet
from sources.models.source import Source

DAY = 24 * 3600  # seconds


class FeedKind(models.TextChoices):
    """How a site names its documents."""

    SITEMAP = "sitemap", "Sitemap"
    RSS = "rss", "RSS"
    ATOM = "atom", "Atom"


class Feed(Work):
    """A list of documents at an address, read again and again; each new one becomes a Page.

    ``kind`` is told by its bytes and empty until then. A sitemap index has
    parts, which are feeds of their own with it as ``whole``. One that no person
    stopped but its index names no more, or whose index is stopped, waits for
    its index to name it again. ``etag`` and ``last_modified`` are what its
    server said of what was read last.
    """

    task = "sources.read_feed"
    queue = "fetch"
    may_wait = DAY
    given_up_verb = "feed.failed"

    url = models.URLField(max_length=2000, unique=True)
    kind = models.CharField(max_length=10, choices=FeedKind, blank=True, default="", editable=False)
    title = models.CharField(max_length=300, blank=True, default="", editable=False)
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feeds",
        help_text="Who publishes its documents; without one, as each document says.",
    )
    minutes = models.PositiveIntegerField(
        "read every so many minutes", default=60, help_text="From one reading to the next."
    )
    active = models.BooleanField(default=True)
    whole = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="part of",
    )
    waits_for_whole = models.BooleanField(
        default=False, editable=False, help_text="Read again when its index names it again."
    )
    etag = models.CharField(max_length=300, blank=True, default="", editable=False)
    last_modified = models.CharField(max_length=100, blank=True, default="", editable=False)
    read_at = models.DateTimeField("last read", null=True, blank=True, editable=False)
    named = models.PositiveIntegerField("documents named", default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            one_of("kind", FeedKind, "feed_kind_known", or_blank=True),
            models.CheckConstraint(condition=Q(url__regex=r"^https?://"), name="feed_url_is_http"),
            models.CheckConstraint(condition=Q(minutes__gte=5), name="feed_rests_five_minutes"),
            models.CheckConstraint(
                condition=Q(active=True) | Q(due_at__isnull=True), name="feed_stopped_is_not_due"
            ),
            models.CheckConstraint(
                condition=Q(waits_for_whole=False) | Q(active=False, whole__isnull=False),
                name="feed_that_waits_for_its_whole_is_stopped",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class PageState(models.TextChoices):
    """What became of an address."""

    WAITING = "waiting", "Not fetched yet"
    KEPT = "kept", "In the library"
    GONE = "gone", "Not there any more"
    FAILED = "failed", "Not taken"


class PageQuerySet(WorkQuerySet):
    """Addresses, fetched one at a time of each host."""

    def due(self) -> Self:
        """Pages a worker may take now, of hosts that nobody is asking at this moment."""
        asked = self.model._default_manager.filter(
            host=OuterRef("host"), lease_id__isnull=False, leased_until__gte=Now()
        )
        return super().due().filter(~Exists(asked))

    def next_due(self, limit: int) -> list[tuple[object, int]]:
        """One page of each host, cited ones first; of the hosts, those that wait longest."""
        first = self.due().order_by("host", "-cited", "due_at", "pk").distinct("host")
        return sorted(first.values_list("due_at", "pk"))[:limit]


class Page(Work):
    """An address whose document is in the library or shall be, looked at ever more rarely.

    Due until it is fetched, then again after a while that doubles with each
    time it is found ``unchanged``. ``problem`` says why it was not taken or
    is gone. ``missed`` counts tries in a row that nobody answered, the first
    of them at ``missed_at``. ``title`` and ``published_at`` are the feed's.
    """

    task = "sources.read_page"
    queue = "fetch"
    may_wait = 7 * DAY
    given_up = {"state": PageState.FAILED, "problem": "Reading it ended the worker every time."}
    given_up_verb = "page.failed"

    url = models.URLField("address", max_length=2000, unique=True)
    host = models.CharField(max_length=255)
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, related_name="pages")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="pages")
    title = models.CharField(max_length=500, blank=True, default="")
    published_at = models.DateField(null=True, blank=True)
    cited = models.BooleanField(default=False, help_text="Looked at more often.")
    state = models.CharField(max_length=10, choices=PageState, default=PageState.WAITING)
    problem = models.TextField(blank=True, default="")
    etag = models.CharField(max_length=300, blank=True, default="", editable=False)
    last_modified = models.CharField(max_length=100, blank=True, default="", editable=False)
    checked_at = models.DateTimeField("last looked at", null=True, blank=True, editable=False)
    unchanged = models.PositiveSmallIntegerField(default=0, editable=False)
    missed = models.PositiveSmallIntegerField(default=0, editable=False)
    missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PageQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            one_of("state", PageState, "page_state_known"),
            models.CheckConstraint(condition=Q(url__regex=r"^https?://"), name="page_url_is_http"),
            models.CheckConstraint(
                condition=~Q(state__in=[PageState.KEPT, PageState.GONE]) | Q(source__isnull=False),
                name="page_kept_has_source",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PageState.GONE, PageState.FAILED]) | ~Q(problem=""),
                name="page_not_there_says_why",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(
                fields=["host", "-cited", "due_at"],
                condition=Q(due_at__isnull=False),
                name="page_next_of_host",
            ),
            models.Index(F("host"), condition=Q(lease_id__isnull=False), name="page_hosts_asked"),
        ]

    def __str__(self) -> str:
        return self.url
