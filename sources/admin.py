"""Outlets and sources, as moderators look after them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from factcheck.moderation import Button, Moderated
from sources.models import Access, Outlet, OutletKind, Source
from sources.moderating import (
    block_outlet,
    describe_outlet,
    reinstate_source,
    retract_source,
    unblock_outlet,
)


class DescribeForm(forms.Form):
    """What an outlet is."""

    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=OutletKind.choices)
    reliability_note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="How far it can be relied on, and on what subjects. Reviewers read it.",
    )
    origin_group = forms.CharField(
        required=False,
        max_length=200,
        help_text="Its owner, agency or ministry: outlets of one group count as one origin.",
    )


class RetractForm(forms.Form):
    """Why a source does not stand."""

    reason = forms.CharField(
        label="Why it does not stand",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Reviewers read it beside every verdict that cites the source.",
    )


def _as_described(outlet: Any) -> dict[str, Any]:
    return {name: getattr(outlet, name) for name in DescribeForm.base_fields}


@admin.register(Outlet)
class OutletAdmin(Moderated):
    """Who publishes, and whether they may give evidence."""

    heading = "Outlets"
    list_display = ["name", "kind", "origin_group", "blocked"]
    list_filter = ["blocked", "kind"]
    search_fields = ["name", "origin_group"]
    search_help_text = "A part of the name or of the origin group."
    ordering = ["name"]
    fields = ["name", "kind", "reliability_note", "origin_group", "blocked"]
    buttons = (
        Button(
            "describe",
            "Describe outlet",
            describe_outlet,
            "The outlet is described.",
            form=DescribeForm,
            begins_with=_as_described,
        ),
        Button(
            "block",
            "Block outlet",
            block_outlet,
            "The outlet gives no more evidence.",
            "Its sources are found no more. Evidence that people decided on stays as it is.",
            offered=lambda outlet: not outlet.blocked,
        ),
        Button(
            "unblock",
            "Unblock outlet",
            unblock_outlet,
            "The outlet may give evidence again.",
            "Its sources are found again from the next search on.",
            offered=lambda outlet: outlet.blocked,
        ),
    )

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its sources."""
        return {"links": [("Its sources", f"/admin/sources/source/?outlet={row.pk}")]}


def _link(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    return format_html('<a href="{0}" rel="noreferrer noopener">{0}</a>', address)


class Retracted(admin.SimpleListFilter):
    """Whether a source still stands."""

    title = "retraction"
    parameter_name = "retracted"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The two answers."""
        return [("no", "Stands"), ("yes", "Retracted")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() in ("yes", "no"):
            return queryset.filter(retracted_at__isnull=self.value() == "no")
        return queryset


@admin.register(Source)
class SourceAdmin(Moderated):
    """Documents that can be cited, and whether they still stand."""

    heading = "Sources"
    list_display = ["title", "outlet", "kind", "published_at", "retracted_at"]
    list_select_related = ["outlet"]
    list_filter = [Retracted, "kind", "access"]
    search_fields = ["title", "url"]
    search_help_text = "A part of the title or of the address."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "title",
        "address",
        "outlet",
        "kind",
        "access",
        "published_at",
        "interests",
        "archived",
        "retracted_at",
        "retraction",
        "created_at",
    ]
    readonly_fields = ["address", "archived"]
    buttons = (
        Button(
            "retract",
            "Retract source",
            retract_source,
            "The source is retracted. Look which verdicts rest on it.",
            "It is found no more. Verdicts that cite it keep its frozen words, and everybody "
            "who works here sees that they rest on a retracted source.",
            form=RetractForm,
            offered=lambda source: source.retracted_at is None,
        ),
        Button(
            "reinstate",
            "Take the retraction back",
            reinstate_source,
            "The source stands again.",
            "It may be found and cited again, and verdicts are flagged no more.",
            offered=lambda source: source.retracted_at is not None,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Without private documents, which are shown beside their claim and nowhere else."""
        return super().get_queryset(request).exclude(access=Access.PRIVATE)

    @admin.display
    def address(self, source: Source) -> str:
        """Where it is."""
        return _link(source.url or "")

    @admin.display(description="Archived at")
    def archived(self, source: Source) -> str:
        """Where a copy is."""
        return _link(source.archive_url)

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One outlet's sources may be listed by its key."""
        return lookup == "outlet" or super().lookup_allowed(lookup, value, request)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to the verdicts that cite it."""
        return {"links": [("Verdicts that cite it", f"/admin/claims/verdict/?source={row.pk}")]}
