"""What every table of the administration shares: read-only rows, and buttons that act.

Nothing is written by Django's own forms: a button calls an act, which is one
transaction and one event, like everywhere else. Lists never count a whole
table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from factcheck.collisions import Collision, twice
from factcheck.refusals import Refused

PERMISSION = "claims.moderate"
COUNTED = 2_000
"""Rows a list counts at most; whoever needs more searches or filters."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an act made that is shown once and stored nowhere."""

    title: str
    secret: str
    explains: str


@dataclass(frozen=True, slots=True)
class Button:
    """An act that a moderator may press.

    ``act`` takes the row's key, or nothing for an act of the whole list, then
    what ``form`` asks for by name, and ``by``. ``offered`` says for which rows
    it makes sense; the act itself refuses the others. ``shows`` gives what of
    the act's result is shown once.
    """

    name: str
    label: str
    act: Callable[..., Any]
    done: str
    explains: str = ""
    form: type[forms.Form] = forms.Form
    begins_with: Callable[[Any], dict[str, Any]] = lambda row: {}
    offered: Callable[[Any], bool] = lambda row: True
    shows: Callable[[Any], Shown] | None = None


def _absent(words: str) -> SafeString:
    return format_html('<span class="muted">{}</span>', words)


def told(field: str, words: str, *, empty: str | None = None) -> Callable[[Any, Model], str]:
    """A column of ``field`` under a heading in plain words; ``empty`` is what is said of none.

    Yes and no are words: Django's icons make a fault of every "no".
    """

    @admin.display(description=words, ordering=field)
    def column(table: Any, row: Model) -> str:
        value = getattr(row, field)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if empty and value in (None, ""):
            return _absent(empty)
        shown = display_for_value(value, "")
        if isinstance(value, datetime):
            return format_html('<span class="nowrap">{}</span>', shown)
        return shown

    return column


def link(address: str) -> str:
    """An address to click on; nothing for what is none of the web."""
    if not address.startswith(("http://", "https://")):
        return ""
    return format_html('<a href="{0}" rel="noreferrer noopener">{0}</a>', address)


class UpTo(Paginator):
    """Pages of a list whose rows are counted to COUNTED and no further."""

    most = COUNTED

    @cached_property
    def count(self) -> int:
        """The number of rows that can be paged through."""
        rows: Any = self.object_list
        return rows.order_by()[:COUNTED].count()


class Moderated(admin.ModelAdmin):
    """A table that moderators read, and change by buttons alone.

    ``heading`` is what the table is called, ``empty`` what is said while it has no row.
    """

    heading: ClassVar[str]
    empty: ClassVar[str] = "There is nothing here yet."
    empty_value_display = _absent("none")
    actions = None
    paginator = UpTo
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    buttons: ClassVar[Sequence[Button]] = ()
    list_buttons: ClassVar[Sequence[Button]] = ()
    refusals: ClassVar[tuple[type[Exception], ...]] = (Refused,)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Moderators see every table."""
        return is_moderator(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Moderators see every app."""
        return is_moderator(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, superusers included: rows are made by acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, superusers included: rows change by acts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody, superusers included: everything here has a history."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Put the addresses of the buttons before Django's own."""
        options = self.model._meta
        name = f"{options.app_label}_{options.model_name}_act"
        view = self.admin_site.admin_view(self.act)
        return [
            path("act/<str:name>/", view, name=f"{name}_list"),
            path("<int:key>/act/<str:name>/", view, name=name),
            *super().get_urls(),
        ]

    def act(self, request: HttpRequest, name: str, key: int | None = None) -> HttpResponse:
        """Ask what an act needs to know, do it, and say what came of it."""
        if not self.has_view_permission(request):
            raise Http404
        offered = self.buttons if key is not None else self.list_buttons
        button = next((button for button in offered if button.name == name), None)
        row = self.get_object(request, str(key)) if key is not None else None
        if button is None or (key is not None and row is None):
            raise Http404
        back = self.address_of(key)
        refusals: tuple[type[Exception], ...] = (*self.refusals, Collision)
        begin = button.begins_with(row) if row is not None else {}
        form = button.form(request.POST if request.method == "POST" else None, initial=begin)
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    result = twice(
                        lambda: button.act(
                            *([key] if key is not None else []),
                            **form.cleaned_data,
                            by=request.user,
                        )
                    )
                except refusals as refused:
                    form.add_error(None, str(refused))
                    status = 409
                else:
                    return self.acted(request, button, result, back)
        context = self.admin_site.each_context(request) | {
            "title": f"{button.label}: {row}" if row is not None else button.label,
            "button": button,
            "form": form,
            "row": row,
            "opts": self.model._meta,
            "table": self.heading,
            "list": self.address_of(None),
            "back": back,
        }
        return render(request, "admin/act.html", context, status=status)

    def acted(self, request: HttpRequest, button: Button, result: Any, back: str) -> HttpResponse:
        """Go to the row, or a new one; or show what must be seen now, for it is stored nowhere."""
        if button.shows is None:
            messages.success(request, button.done)
            return redirect(self.address_of(result.pk) if isinstance(result, self.model) else back)
        context = self.admin_site.each_context(request) | {
            "title": button.done,
            "shown": button.shows(result),
            "opts": self.model._meta,
            "back": back,
        }
        return render(request, "admin/shown_once.html", context)

    def address_of(self, key: int | None) -> str:
        """The page of a row, or of the list."""
        options = self.model._meta
        begin = f"admin:{options.app_label}_{options.model_name}"
        return reverse(f"{begin}_change", args=[key]) if key else reverse(f"{begin}_changelist")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a row with the buttons that make sense for it."""
        row = self.get_object(request, object_id)
        buttons = [button for button in self.buttons if row and button.offered(row)]
        more: dict[str, Any] = {"buttons": buttons, "table": self.heading}
        more |= self.more(row) if row is not None else {}
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def more(self, row: Model) -> dict[str, Any]:
        """What else the page of a row shows."""
        return {}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list with the buttons that are about no single row."""
        more = {
            "list_buttons": self.list_buttons,
            "table": self.heading,
            "empty": self.empty,
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history is the workspace's own, not a second one of Django's."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request):
            raise Http404
        events = reverse("admin:factcheck_event_changelist")
        return redirect(f"{events}?q={getattr(row, 'public_id', '')}")


def is_moderator(request: HttpRequest) -> bool:
    """Whether whoever asks may use the administration."""
    return request.user.is_active and request.user.has_perm(PERMISSION)
