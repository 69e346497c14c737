"""Where publishers are told, and the log of what was sent to them."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.utils import timezone

from claims.actions.endpoints import (
    change_secret,
    name_of_secret,
    pause_endpoint,
    ping_endpoint,
    remove_endpoint,
    resume_endpoint,
)
from claims.actions.telling import send_again
from claims.models import Delivery, Endpoint
from claims.notices import CHOSEN, MEANINGS
from claims.states import DeliveryState, IllegalMove
from factcheck.moderation import Button, Moderated, Shown
from factcheck.refusals import Refused


class EndpointForm(forms.Form):
    """Where a publisher is told, and of what."""

    url = forms.CharField(
        label="Address",
        max_length=2000,
        widget=forms.URLInput,
        help_text="Of the publisher's own server, beginning with https://.",
    )
    notices = forms.MultipleChoiceField(
        label="What it is told of",
        choices=[(notice.value, MEANINGS[notice]) for notice in CHOSEN],
        initial=[notice.value for notice in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
    )


class SecretForm(forms.Form):
    """Which secret another is made for."""

    instead_of = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "A part of this form is missing; open it again."},
    )


def show_secret(made: tuple[Endpoint, str]) -> Shown:
    """What the publisher needs to verify what it is sent."""
    endpoint, secret = made
    return Shown(
        f"The secret of an endpoint of {endpoint.publisher}",
        secret,
        "Hand it over in a safe way now: it is stored nowhere, so nobody can show it again. "
        "If it gets lost, change the secret.",
    )


@admin.register(Endpoint)
class EndpointAdmin(Moderated):
    """Addresses of publishers' servers; a secret is shown once, when it is made."""

    heading = "Endpoints"
    empty = "No publisher is told yet. Add an endpoint on a publisher's page."
    list_display = ["url", "publisher", "state", "created_at"]
    list_select_related = ["publisher"]
    list_filter = ["active"]
    search_fields = ["url", "publisher__name"]
    search_help_text = "A part of the address, or its publisher."
    ordering = ["-pk"]
    sortable_by = ()
    fields = ["publisher", "url", "told_of", "state", "earlier_secret", "created_at"]
    readonly_fields = ["told_of", "state", "earlier_secret"]
    buttons = (
        Button(
            "ping",
            "Send a ping",
            ping_endpoint,
            "A ping is on its way. Its deliveries say what came of it.",
            "A notice that tells of nothing: it shows whether notices arrive.",
            offered=lambda endpoint: endpoint.active and endpoint.publisher.active,
        ),
        Button(
            "change-secret",
            "Change the secret",
            change_secret,
            "The secret is changed. The one before signs too for a day.",
            "Everything is then signed with both for a day, so that the publisher can change over "
            "without missing anything.",
            form=SecretForm,
            begins_with=lambda endpoint: {"instead_of": name_of_secret(endpoint)},
            shows=show_secret,
        ),
        Button(
            "pause",
            "Pause",
            pause_endpoint,
            "Nothing is sent to it until it is resumed.",
            "What is on its way is stopped, and what happens meanwhile is not told later: "
            "the publisher asks the API for it.",
            offered=lambda endpoint: endpoint.active,
        ),
        Button(
            "resume",
            "Resume",
            resume_endpoint,
            "It is told again of what happens from now on.",
            "What was stopped can be sent again from its deliveries.",
            offered=lambda endpoint: not endpoint.active,
        ),
        Button(
            "remove",
            "Remove",
            remove_endpoint,
            "The endpoint is removed.",
            "Its secret and the log of what was sent to it go too. That cannot be undone.",
        ),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One publisher's endpoints may be listed."""
        return lookup == "publisher" or super().lookup_allowed(lookup, value, request)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to what was sent to it."""
        return {"links": [("Its deliveries", f"/admin/claims/delivery/?endpoint={row.pk}")]}

    @admin.display(description="Told of")
    def told_of(self, endpoint: Endpoint) -> str:
        """What is sent to it."""
        return ", ".join(endpoint.notices)

    @admin.display
    def state(self, endpoint: Endpoint) -> str:
        """Whether anything is sent to it."""
        if not endpoint.active:
            return f"Paused. {endpoint.paused_because}"
        return "Told" if endpoint.publisher.active else "Not told: its publisher is suspended"

    @admin.display(description="Earlier secret")
    def earlier_secret(self, endpoint: Endpoint) -> str:
        """Until when the secret before this one signs too."""
        until = endpoint.earlier_until
        if until is None or until <= timezone.now():
            return "None signs any more"
        return f"Signs too until {until:%-d %B %Y, %H:%M} UTC"


@admin.register(Delivery)
class DeliveryAdmin(Moderated):
    """What was sent to endpoints within the last month, and what they answered."""

    heading = "Deliveries"
    empty = "Nothing was to be told yet."
    list_display = ["notice", "server", "state", "status", "tried_at", "due_at", "why"]
    list_select_related = ["endpoint"]
    list_filter = ["state", "notice"]
    search_fields = ["public_id", "ids", "endpoint__url"]
    search_help_text = "The id of a notice or of what it is about, or a part of an address."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "notice",
        "endpoint",
        "public_id",
        "told_of",
        "created_at",
        "state",
        "status",
        "tried_at",
        "failures",
        "due_at",
        "last_error",
    ]
    readonly_fields = ["told_of"]
    refusals = (Refused, IllegalMove)
    buttons = (
        Button(
            "send-again",
            "Send again",
            send_again,
            "It is sent again at once.",
            "With the same id: a receiver that has it already knows it by that.",
            offered=lambda delivery: delivery.state != DeliveryState.PENDING or delivery.last_error,
        ),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One endpoint's deliveries may be listed."""
        return lookup == "endpoint" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="About")
    def told_of(self, delivery: Delivery) -> str:
        """The ids that are in it."""
        return ", ".join(f"{name} {key}" for name, key in delivery.ids.items())

    @admin.display
    def server(self, delivery: Delivery) -> str:
        """The host it goes to; the whole address is on its page."""
        return urlsplit(delivery.endpoint.url).netloc

    @admin.display(description="What went wrong")
    def why(self, delivery: Delivery) -> str:
        """How the last error begins."""
        error = delivery.last_error
        return error if len(error) <= 100 else f"{error[:100]}…"
