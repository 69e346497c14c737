"""Publishers and their keys."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.html import format_html

from claims.actions.endpoints import add_endpoint
from claims.actions.keys import issue_key, new_beginning, revoke_key
from claims.actions.publishers import add_publisher, resume_publisher, suspend_publisher
from claims.reading.moderation import EXPIRES_SOON, expiring_keys
from claims.scopes import MEANINGS
from factcheck.admin.endpoints import EndpointForm, show_secret
from factcheck.models import ApiKey, Publisher
from factcheck.moderation import Button, Moderated, Shown, told


class PublisherForm(forms.Form):
    """Whom to take in."""

    name = forms.CharField(max_length=200)


class KeyForm(forms.Form):
    """What a key is for, what it may do, and until when."""

    label = forms.CharField(max_length=100, help_text="What it is for, such as “newsroom system”.")
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[
            (scope.value, format_html("<span>{} <code>{}</code></span>", meaning, scope))
            for scope, meaning in MEANINGS.items()
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Empty for a key that does not end by itself.",
    )
    beginning = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "A part of this form is missing; open it again."},
    )

    def clean_expires_at(self) -> datetime | None:
        """The end of the last day."""
        day = self.cleaned_data["expires_at"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, time.max))


def _another(publisher: Any) -> dict[str, Any]:
    a_year = timezone.localdate() + timedelta(days=365)
    return {"expires_at": a_year, "beginning": new_beginning()}


def _show_key(issued: tuple[ApiKey, str]) -> Shown:
    key, raw = issued
    return Shown(
        f"A key for {key.publisher}",
        raw,
        "Hand it over in a safe way now: only its fingerprint is kept, so nobody can show it "
        "again. If it gets lost, revoke it and issue another.",
    )


@admin.register(Publisher)
class PublisherAdmin(Moderated):
    """Customers of the API."""

    heading = "Publishers"
    is_active = told("active", "Active")
    list_display = ["name", "is_active", "created_at"]
    list_filter = ["active"]
    search_fields = ["name"]
    search_help_text = "A part of the name."
    ordering = ["name"]
    fields = ["name", "is_active", "created_at"]
    readonly_fields = ["is_active"]
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
            begins_with=_another,
            offered=lambda publisher: publisher.active,
            shows=_show_key,
        ),
        Button(
            "add-endpoint",
            "Add an endpoint",
            add_endpoint,
            "The endpoint is added.",
            "The publisher's server is then told, signed with a secret, of what becomes of its "
            "articles; nothing but ids is sent.",
            form=EndpointForm,
            offered=lambda publisher: publisher.active,
            shows=show_secret,
        ),
        Button(
            "suspend",
            "Suspend access",
            suspend_publisher,
            "Every key of this publisher is shut out.",
            "All its keys are refused from the next request on, and its endpoints are told "
            "nothing, until access is given back.",
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
        """Lead to its keys and endpoints."""
        return {
            "links": [
                ("Its keys", f"/admin/factcheck/apikey/?publisher={row.pk}"),
                ("Its endpoints", f"/admin/claims/endpoint/?publisher={row.pk}"),
            ]
        }


class Usable(admin.SimpleListFilter):
    """Whether a key still opens something."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The answers."""
        return [
            ("usable", "In use"),
            ("soon", "Expires soon"),
            ("suspended", "Publisher suspended"),
            ("ended", "Ended"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        ended = Q(revoked_at__isnull=False) | Q(expires_at__lte=timezone.now())
        match self.value():
            case "usable":
                return queryset.exclude(ended).filter(publisher__active=True)
            case "soon":
                return queryset.filter(pk__in=expiring_keys())
            case "suspended":
                return queryset.exclude(ended).filter(publisher__active=False)
            case "ended":
                return queryset.filter(ended)
        return queryset


@admin.register(ApiKey)
class ApiKeyAdmin(Moderated):
    """Keys of publishers; a key itself is shown once, when it is issued."""

    heading = "Keys"
    expires = told("expires_at", "Expires", empty="never")
    last_used = told("last_used_at", "Last used", empty="never")
    revoked = told("revoked_at", "Revoked", empty="no")
    list_display = ["prefix", "publisher", "label", "may", "state", "expires", "last_used"]
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
        "expires",
        "last_used",
        "revoked",
    ]
    readonly_fields = ["may", "state", "expires", "last_used", "revoked"]
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
        left = key.expires_at - timezone.now() if key.expires_at else None
        if left is not None and left <= timedelta():
            return "Expired"
        if not key.publisher.active:
            return "Publisher suspended"
        return "Expires soon" if left is not None and left <= EXPIRES_SOON else "In use"
