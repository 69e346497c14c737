"""Feeds, the addresses they name, and imports, as moderators watch them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from factcheck.moderation import Button, Moderated, link, told
from sources.models import Feed, Import, Page, PageState
from sources.moderating import give_up_import
from sources.subscribing import add_feed, change_feed, retry_feed, start_feed, stop_feed
from sources.watching import retry_page


class PaceForm(forms.Form):
    """How a feed is read."""

    outlet = forms.CharField(
        required=False,
        max_length=200,
        help_text="Who publishes what it names. Left empty, each document says so itself.",
    )
    minutes = forms.IntegerField(
        min_value=5,
        max_value=43_200,
        initial=60,
        label="Read every so many minutes",
        help_text="Five or more.",
    )


class FeedForm(PaceForm):
    """Which feed."""

    url = forms.URLField(
        label="Address",
        max_length=2000,
        assume_scheme="https",
        help_text="Of a sitemap (an index of sitemaps too), an RSS or an Atom feed. Its kind is "
        "told from what it holds.",
    )
    field_order = ["url", "outlet", "minutes"]


class Condition(admin.SimpleListFilter):
    """How a feed does."""

    title = "condition"
    parameter_name = "condition"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The answers."""
        return [("read", "Is read"), ("fails", "Fails"), ("stopped", "Stopped")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        narrow = {
            "read": Q(active=True, last_error=""),
            "fails": Q(active=True) & ~Q(last_error=""),
            "stopped": Q(active=False),
        }
        return queryset.filter(narrow.get(self.value() or "", Q()))


@admin.register(Feed)
class FeedAdmin(Moderated):
    """What is subscribed to, and how it does."""

    heading = "Feeds"
    list_display = ["name", "kind", "outlet", "condition", "read_at", "named"]
    list_select_related = ["outlet"]
    list_filter = [Condition, "kind"]
    search_fields = ["url", "title"]
    search_help_text = "A part of the address or of the title."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "address",
        "title",
        "kind",
        "outlet",
        "minutes",
        "condition",
        "last_error",
        "read_at",
        "due_at",
        "named",
        "documents",
        "whole",
        "created_at",
    ]
    readonly_fields = ["address", "condition", "documents"]
    list_buttons = (
        Button(
            "add",
            "Subscribe to a feed",
            add_feed,
            "A worker reads it at once.",
            "Its documents are fetched one by one, a few seconds apart for each host, where its "
            "robots.txt allows that, and get into the library.",
            form=FeedForm,
        ),
    )
    buttons = (
        Button(
            "read",
            "Read now",
            retry_feed,
            "A worker reads it at once.",
            offered=lambda feed: feed.active,
        ),
        Button(
            "describe",
            "Change",
            change_feed,
            "The feed is read so from now on.",
            form=PaceForm,
            begins_with=lambda feed: {
                "outlet": feed.outlet.name if feed.outlet else "",
                "minutes": feed.minutes,
            },
        ),
        Button(
            "stop",
            "Stop",
            stop_feed,
            "The feed is read no more.",
            "What it brought stays in the library; what waits is not fetched.",
            offered=lambda feed: feed.active or feed.waits_for_whole,
        ),
        Button(
            "start",
            "Start again",
            start_feed,
            "A worker reads it at once.",
            offered=lambda feed: not feed.active,
        ),
    )

    @admin.display(description="Feed")
    def name(self, feed: Feed) -> str:
        """What it calls itself, or its address."""
        return str(feed)

    @admin.display
    def address(self, feed: Feed) -> str:
        """Where it is."""
        return link(feed.url)

    @admin.display
    def condition(self, feed: Feed) -> str:
        """How it does, in words."""
        if feed.waits_for_whole:
            return "Waits until its index names it again"
        if not feed.active:
            return "Stopped"
        if feed.last_error and feed.due_at is None:
            return "Given up: press Read now when it is mended"
        if feed.last_error:
            return f"Fails, {feed.failures} times in a row; tried again by itself"
        if feed.read_at is None:
            return "Waits for its first reading"
        late = feed.due_at is not None and feed.due_at < timezone.now()
        return "Is read, waits for a worker" if late else "Is read"

    @admin.display(description="What became of them")
    def documents(self, feed: Feed) -> str:
        """How many are in the library, and how many are not."""
        states = Page.objects.filter(Q(feed=feed) | Q(feed__whole=feed)).values("state")
        counted = {row["state"]: row["n"] for row in states.annotate(n=Count("pk")).order_by()}
        told = [
            f"{counted[state]:,} {PageState(state).label.lower()}"
            for state in PageState.values
            if state in counted
        ]
        return ", ".join(told) or "None yet"

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its documents and its parts."""
        links = [("Its documents", f"/admin/sources/page/?feed={row.pk}")]
        if Feed.objects.filter(whole=row.pk).exists():
            links.append(("Its parts", f"/admin/sources/feed/?whole={row.pk}"))
        return {"links": links}

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """The parts of one index may be listed by its key."""
        return lookup == "whole" or super().lookup_allowed(lookup, value, request)


@admin.register(Page)
class PageAdmin(Moderated):
    """Addresses that are fetched and looked at again."""

    heading = "Pages"
    is_cited = told("cited", "Cited")
    list_display = ["url", "state", "why_not", "is_cited", "checked_at", "due_at"]
    list_filter = ["state", "cited"]
    search_fields = ["url"]
    search_help_text = "A part of the address."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "address",
        "source",
        "feed",
        "state",
        "problem",
        "is_cited",
        "checked_at",
        "unchanged",
        "missed",
        "missed_at",
        "due_at",
        "created_at",
    ]
    readonly_fields = ["address", "is_cited"]
    buttons = (
        Button(
            "fetch",
            "Fetch now",
            retry_page,
            "A worker fetches it as soon as its host is free.",
            "The page is asked for once more, whatever became of it before.",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        """Without addresses of private sources, which are shown nowhere."""
        return super().get_queryset(request).exclude(source__access="private")

    @admin.display
    def address(self, page: Page) -> str:
        """Where it is."""
        return link(page.url)

    @admin.display(description="Problem")
    def why_not(self, page: Page) -> str:
        """Why it was not taken, or is gone, as far as a list has room."""
        return page.problem if len(page.problem) <= 90 else f"{page.problem[:90]}…"

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """The addresses of one feed or source may be listed by its key."""
        return lookup in {"feed", "source"} or super().lookup_allowed(lookup, value, request)


class Ended(admin.SimpleListFilter):
    """How an import ended."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """One answer."""
        return [("interrupted", "Interrupted")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        return queryset.interrupted() if self.value() == "interrupted" else queryset


@admin.register(Import)
class ImportAdmin(Moderated):
    """Files that were imported, and how far each came."""

    heading = "Imports"
    list_display = ["name", "state", "rows", "stored", "rejected", "started_at", "finished_at"]
    list_filter = [Ended]
    search_fields = ["name"]
    search_help_text = "A part of the file's name."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "name",
        "state",
        "digest",
        "rows",
        "stored",
        "rejected",
        "why",
        "started_at",
        "moved_at",
        "finished_at",
    ]
    readonly_fields = ["state", "why"]
    buttons = (
        Button(
            "give-up",
            "Leave it at that",
            give_up_import,
            "The import is ended. What it stored stays.",
            "For a file that nobody goes on with. The same file would then be read from its "
            "beginning; documents that are in the library are not stored twice.",
            offered=lambda begun: begun.interrupted,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        """Without the reasons, which only the page of one file shows."""
        return super().get_queryset(request).defer("reasons")

    @admin.display
    def state(self, begun: Import) -> str:
        """Whether it came to its end, and how to go on if not."""
        if begun.given_up:
            return "Ended by a person"
        if begun.finished_at:
            return "Finished"
        if not begun.interrupted:
            return "Goes on"
        return (
            f"Interrupted after row {begun.rows:,}: run ./dev manage add_documents with the same "
            "file again, and it goes on there"
        )

    @admin.display(description="Why rejected")
    def why(self, begun: Import) -> str:
        """Line and reason of the first rejected rows."""
        lines = format_html_join("", "<li>Line {}: {}</li>", begun.reasons)
        left = begun.rejected - len(begun.reasons)
        more = f"And {left:,} more, which stand in the report." if left and lines else ""
        return format_html("<ul>{}</ul>{}", lines, more) if lines else ""
