"""Where fact-checks of others are read from, as moderators look after it."""

from django import forms
from django.contrib import admin

from factcheck.moderation import Button, Moderated, link, told
from sources.models import CheckFeed
from sources.moderating import add_check_feed, read_check_feed, stop_check_feed


class CheckFeedForm(forms.Form):
    """Where fact-checks are published."""

    url = forms.URLField(
        label="Address",
        max_length=2000,
        assume_scheme="https",
        help_text="Of a ClaimReview feed (DataFeed or JSON-LD), or of a page that carries it.",
    )


@admin.register(CheckFeed)
class CheckFeedAdmin(Moderated):
    """Feeds of fact-checks."""

    heading = "Fact-check feeds"
    empty = (
        "Nothing is read yet. Add a feed of ClaimReview data, or a page that carries such data:"
        " what it checked is shown beside claims like it."
    )
    last_read = told("read_at", "Last read", empty="not yet")
    is_stopped = told("stopped", "Stopped")
    list_display = ["url", "reviews", "last_read", "last_error", "is_stopped"]
    list_filter = ["stopped"]
    search_fields = ["url"]
    search_help_text = "A part of the address."
    ordering = ["url"]
    fields = [
        "address",
        "reviews",
        "last_read",
        "due_at",
        "last_error",
        "is_stopped",
        "created_at",
    ]
    readonly_fields = ["address", "last_read", "is_stopped"]
    list_buttons = (
        Button(
            "add",
            "Add a feed",
            add_check_feed,
            "The feed is read now, and each day from now on.",
            "What others checked is shown beside claims like it, apart from the evidence.",
            form=CheckFeedForm,
        ),
    )
    buttons = (
        Button(
            "read",
            "Read now",
            read_check_feed,
            "The feed is read at once, and each day again.",
        ),
        Button(
            "stop",
            "Stop reading",
            stop_check_feed,
            "The feed is read no more.",
            "What was read of it stays.",
            offered=lambda feed: not feed.stopped,
        ),
    )

    @admin.display
    def address(self, feed: CheckFeed) -> str:
        """Where it is."""
        return link(feed.url)
