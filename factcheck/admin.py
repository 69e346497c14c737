"""People, publishers, keys and the history, as moderators look after them."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from claims.actions.keys import issue_key, revoke_key
from claims.actions.publishers import add_publisher, resume_publisher, suspend_publisher
from claims.history import SENTENCES
from claims.reading.moderation import EXPIRES_SOON, expiring_keys
from claims.scopes import MEANINGS
from factcheck import people
from factcheck.joining import hand_over
from factcheck.models import ApiKey, Event, Publisher, User
from factcheck.moderation import Button, Moderated, Shown
from factcheck.roles import ROLES

admin.site.unregister(Group)  # roles are given by acts, and what a role may do is code

ROLE_MEANINGS = {
    "Reviewers": "Reviewer: takes claims, judges evidence, writes verdicts",
    "Editors": "Editor: also approves and publishes what others wrote",
    "Moderators": "Moderator: also looks after people, sources and keys",
}


class RolesForm(forms.Form):
    """Which roles a person has."""

    roles = forms.MultipleChoiceField(
        choices=[(name, ROLE_MEANINGS[name]) for name in ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class InviteForm(RolesForm):
    """Whom to invite."""

    email = forms.EmailField(
        label="E-mail address", max_length=150, help_text="They log in with it."
    )
    field_order = ["email", "roles"]


def _roles(person: Any) -> dict[str, Any]:
    return {"roles": [group.name for group in person.groups.all()]}


@admin.register(User)
class UserAdmin(Moderated):
    """Who may log in, and with which roles."""

    list_display = ["login", "called", "roles", "standing", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = "A part of the name or the e-mail address."
    ordering = ["username"]
    sortable_by = ()
    fields = ["login", "called", "email", "roles", "standing", "last_login", "date_joined"]
    readonly_fields = ["login", "called", "roles", "standing"]
    list_buttons = (
        Button(
            "invite",
            "Invite a person",
            people.invite,
            "The person is invited.",
            "You get a link to hand over: with it they choose a name and a password, once. "
            "It works for three days.",
            form=InviteForm,
            shows=hand_over,
        ),
    )
    buttons = (
        Button(
            "roles",
            "Change roles",
            people.give_roles,
            "The roles are changed.",
            form=RolesForm,
            begins_with=_roles,
        ),
        Button(
            "invite-again",
            "Make another invitation",
            people.invite_again,
            "The person is invited again.",
            "The links made before end.",
            offered=lambda person: person.is_active and not people.has_joined(person),
            shows=hand_over,
        ),
        Button(
            "allow-login",
            "Let try again",
            people.allow_login,
            "They may try their password again at once.",
            "After too many wrong passwords nobody may try for a quarter of an hour. "
            "This ends the wait, from wherever they log in.",
            offered=people.has_joined,
        ),
        Button(
            "shut-out",
            "Shut out",
            people.shut_out,
            "The person can log in no more.",
            "They are logged out at once. What they did stays, with their name. Claims they have "
            "in hand can be put back on the desk.",
            offered=lambda person: person.is_active,
        ),
        Button(
            "let-in",
            "Let in again",
            people.let_in,
            "The person may log in again.",
            offered=lambda person: not person.is_active,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """People with their roles."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Logs in as")
    def login(self, person: User) -> str:
        """The name somebody types to log in."""
        return person.username

    @admin.display(description="Name")
    def called(self, person: User) -> str:
        """What colleagues call them."""
        return person.get_full_name()

    @admin.display
    def roles(self, person: User) -> str:
        """Their roles, in words."""
        names = [group.name.removesuffix("s") for group in person.groups.all()]
        return ", ".join([*sorted(names), *(["Superuser"] if person.is_superuser else [])])

    @admin.display
    def standing(self, person: User) -> str:
        """Whether they may log in."""
        if not person.is_active:
            return "Shut out"
        return "May log in" if people.has_joined(person) else "Invited"


class PublisherForm(forms.Form):
    """Whom to take in."""

    name = forms.CharField(max_length=200)


class KeyForm(forms.Form):
    """What a key is for, what it may do, and until when."""

    label = forms.CharField(max_length=100, help_text="What it is for, such as “newsroom system”.")
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[(scope.value, meaning) for scope, meaning in MEANINGS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Empty for a key that does not end by itself.",
    )

    def clean_expires_at(self) -> datetime | None:
        """The end of the last day."""
        day = self.cleaned_data["expires_at"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, time.max))


def _a_year(publisher: Any) -> dict[str, Any]:
    return {"expires_at": timezone.localdate() + timedelta(days=365)}


def _show_key(issued: tuple[ApiKey, str]) -> Shown:
    key, raw = issued
    return Shown(
        f"A key for {key.publisher}",
        raw,
        "Hand it over on a safe way now: only its fingerprint is kept, so nobody can show it "
        "again. If it gets lost, revoke it and issue another.",
    )


@admin.register(Publisher)
class PublisherAdmin(Moderated):
    """Customers of the API."""

    list_display = ["name", "active", "created_at"]
    list_filter = ["active"]
    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "active", "created_at"]
    list_buttons = (
        Button(
            "add",
            "Add a publisher",
            add_publisher,
            "The publisher is added. Issue a key next.",
            form=PublisherForm,
        ),
    )
    buttons = (
        Button(
            "issue-key",
            "Issue a key",
            issue_key,
            "The key is issued.",
            form=KeyForm,
            begins_with=_a_year,
            offered=lambda publisher: publisher.active,
            shows=_show_key,
        ),
        Button(
            "suspend",
            "Suspend access",
            suspend_publisher,
            "Every key of this publisher is shut out.",
            "All its keys are refused from the next request on, until access is given back.",
            offered=lambda publisher: publisher.active,
        ),
        Button(
            "resume",
            "Give access back",
            resume_publisher,
            "The publisher's keys work again.",
            offered=lambda publisher: not publisher.active,
        ),
    )

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its keys."""
        return {"links": [("Its keys", f"/admin/factcheck/apikey/?publisher={row.pk}")]}


class Usable(admin.SimpleListFilter):
    """Whether a key still opens something."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The answers."""
        return [("usable", "In use"), ("soon", "Expires soon"), ("ended", "Ended")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        ended = Q(revoked_at__isnull=False) | Q(expires_at__lte=timezone.now())
        match self.value():
            case "usable":
                return queryset.exclude(ended)
            case "soon":
                return queryset.filter(pk__in=expiring_keys())
            case "ended":
                return queryset.filter(ended)
        return queryset


@admin.register(ApiKey)
class ApiKeyAdmin(Moderated):
    """Keys of publishers; a key itself is shown once, when it is issued."""

    list_display = ["prefix", "publisher", "label", "may", "state", "expires_at", "last_used_at"]
    list_select_related = ["publisher"]
    list_filter = [Usable]
    search_fields = ["prefix", "label", "publisher__name"]
    search_help_text = "The beginning of the key, its label or its publisher."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "publisher",
        "label",
        "prefix",
        "may",
        "state",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    ]
    readonly_fields = ["may", "state"]
    buttons = (
        Button(
            "revoke",
            "Revoke key",
            revoke_key,
            "The key opens nothing any more.",
            "It is refused from the next request on. That cannot be undone; issue another instead.",
            offered=lambda key: key.revoked_at is None,
        ),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One publisher's keys may be listed."""
        return lookup == "publisher" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="May")
    def may(self, key: ApiKey) -> str:
        """Its scopes."""
        return ", ".join(key.scopes)

    @admin.display
    def state(self, key: ApiKey) -> str:
        """Whether it opens anything."""
        if key.revoked_at:
            return "Revoked"
        if key.expires_at is None:
            return "In use"
        left = key.expires_at - timezone.now()
        if left <= timedelta():
            return "Expired"
        return "Expires soon" if left <= EXPIRES_SOON else "In use"


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


PAGES = {
    "claim": "claims:claim",
    "verdict": "claims:verdict",
    "submission": "claims:submission",
    "article": "claims:article",
}
"""Where an object of the history can be looked at."""


@admin.register(Event)
class EventAdmin(Moderated):
    """What was done, by whom, newest first; nobody can change it."""

    list_display = ["position", "at", "actor", "did", "about", "details"]
    list_display_links = None
    list_select_related = ["user", "api_key__publisher"]
    list_filter = [AboutWhat, ByWhom, "at"]
    search_fields = ["position"]
    search_help_text = "An id of anything, an event's number, or a person's name."
    ordering = ["-position"]
    sortable_by = ()
    fields = ["position", "at", "actor", "verb", "about", "details", "previous", "digest"]
    readonly_fields = ["actor", "about", "details"]

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
        if event.object_type not in PAGES:
            return event.object_type.capitalize()
        page = reverse(PAGES[event.object_type], args=[event.object_id])
        return format_html('<a href="{}">{}</a>', page, event.object_type.capitalize())

    @admin.display
    def details(self, event: Event) -> str:
        """The small values kept with it."""
        return ", ".join(
            f"{name.replace('_', ' ')}: {value}"
            for name, value in event.data.items()
            if value not in (None, "", [])
        )
