"""The history, to read."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.history import SENTENCES
from factcheck.models import Event, User
from factcheck.moderation import Moderated, told


class AboutWhat(admin.SimpleListFilter):
    """What sort of thing was done."""

    title = "what was done"
    parameter_name = "about"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The nouns of the verbs."""
        nouns = dict.fromkeys(verb.partition(".")[0] for verb in SENTENCES)
        return [(noun, noun.capitalize()) for noun in nouns]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if not self.value():
            return queryset
        verbs = [verb for verb in SENTENCES if verb.startswith(f"{self.value()}.")]
        return queryset.filter(verb__in=verbs)


class ByWhom(admin.SimpleListFilter):
    """What sort of actor did it."""

    title = "who did it"
    parameter_name = "by"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The three kinds of actors."""
        return [("person", "A person"), ("publisher", "A publisher"), ("machine", "The machine")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        match self.value():
            case "person":
                return queryset.filter(user__isnull=False)
            case "publisher":
                return queryset.filter(api_key__isnull=False)
            case "machine":
                return queryset.exclude(component="")
        return queryset


class When(admin.DateFieldListFilter):
    """How long ago."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "when"


PAGES = {
    "claim": "claims:claim",
    "verdict": "claims:verdict",
    "submission": "claims:submission",
    "article": "claims:article",
}
"""Where an object of the history can be looked at."""
NAMES = {"user": "person", "apikey": "key", "articleversion": "article", "bringing": "document"}
"""What people call things whose tables are called otherwise."""
SHOWN_OF_DIGEST = 12  # characters tell two digests apart


@admin.register(Event)
class EventAdmin(Moderated):
    """What was done, by whom, newest first; nobody can change it."""

    heading = "History"
    list_display = ["when", "actor", "did", "about", "details", "number"]
    list_display_links = None
    list_select_related = ["user", "api_key__publisher"]
    list_filter = [AboutWhat, ByWhom, ("at", When)]
    search_fields = ["position"]
    search_help_text = "An id of anything, an event's number, or a person's name."
    ordering = ["-position"]
    sortable_by = ()
    fields = ["number", "when", "actor", "verb", "about", "details", "previous", "digest"]
    readonly_fields = ["number", "when", "actor", "about", "details"]
    number = told("position", "Number")
    when = told("at", "When")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """Search as the help text says, by indexes alone."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 19:
            return queryset.filter(position=int(term)), False
        try:
            key = UUID(term)
        except ValueError:
            named = Q(username__icontains=term) | Q(first_name__icontains=term)
            found = User.objects.filter(named | Q(last_name__icontains=term))
            return queryset.filter(user__in=found.values_list("pk", flat=True)[:50]), False
        return queryset.filter(Q(thread=key) | Q(object_id=key)), False

    @admin.display
    def actor(self, event: Event) -> str:
        """Who did it."""
        return event.actor

    @admin.display(description="Did what")
    def did(self, event: Event) -> str:
        """The verb in words."""
        return SENTENCES.get(event.verb, event.verb)

    @admin.display
    def about(self, event: Event) -> str:
        """What it was done to, with a link where it has a page."""
        name = NAMES.get(event.object_type, event.object_type).capitalize()
        if event.object_type not in PAGES:
            return name
        page = reverse(PAGES[event.object_type], args=[event.object_id])
        return format_html('<a href="{}">{}</a>', page, name)

    @admin.display
    def details(self, event: Event) -> str:
        """The small values kept with it."""
        return ", ".join(
            f"{name.replace('_', ' ')}: {_small(value)}"
            for name, value in event.data.items()
            if value not in (None, "", [])
        )


def _small(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    text = str(value)
    return f"{text[:SHOWN_OF_DIGEST]}…" if len(text) == 64 and " " not in text else text
