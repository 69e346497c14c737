"""The history, to read."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from claims.history import SENTENCES
from factcheck.admin.subjects import called_like, tell_subjects
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


NAMES = {
    "user": "person",
    "apikey": "key",
    "articleversion": "article",
    "bringing": "document",
    "replyrequest": "request for an answer",
}
"""What people call things whose tables are called otherwise."""
SHOWN_OF_DIGEST = 12  # characters tell two digests apart


class Told(ChangeList):
    """A page of events, whose subjects are looked up together."""

    def get_results(self, request: HttpRequest) -> None:
        """Load the page, and what its events are about."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        tell_subjects(self.result_list, request)


@admin.register(Event)
class EventAdmin(Moderated):
    """What was done, by whom, newest first; nobody can change it."""

    heading = "History"
    list_display = ["when", "actor", "did", "about", "why", "details", "number"]
    list_display_links = None
    list_select_related = ["user", "api_key__publisher", "reason"]
    list_filter = [AboutWhat, ByWhom, ("at", When)]
    search_fields = ["position"]
    search_help_text = (
        "An id of anything, an event's number, or a part of the name of a person, an outlet, "
        "a source or a publisher."
    )
    ordering = ["-position"]
    sortable_by = ()
    fields = ["number", "when", "actor", "verb", "about", "why", "details", "previous", "digest"]
    readonly_fields = ["number", "when", "actor", "about", "why", "details"]
    number = told("position", "Number")
    when = told("at", "When")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A page of events that say about what they are."""
        return Told

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Event | None:
        """An event that says about what it is."""
        event = super().get_object(request, object_id, from_field)
        tell_subjects([event] if event else [], request)
        return event

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """Search as the help text says: what a person did, and what was done to what has a name."""
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
            people = list(found.values_list("pk", "public_id")[:50])
            about = [*called_like(term, request), *(key for _, key in people)]
            by = Q(user__in=[person for person, _ in people])
            return queryset.filter(by | Q(object_id__in=about)), False
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
        subject = getattr(event, "subject", None)
        if subject is None:
            return name
        if not subject.page:
            return f"{name}: {subject.called}"
        shown = format_html('<a href="{}">{}</a>', subject.page, subject.called or name)
        return format_html("{}: {}", name, shown) if subject.called else shown

    @admin.display
    def why(self, event: Event) -> str:
        """Why an outlet or a source was dealt with so; the reasons on a claim stand on its page."""
        moderated = event.object_type in {"outlet", "source"}
        return event.reason.words if moderated and hasattr(event, "reason") else ""

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
