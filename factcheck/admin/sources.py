"""Outlets and sources, as moderators look after them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from claims.actions.withholding import say_who_can_read
from factcheck.moderation import Button, Moderated, link, told
from sources.models import Access, Outlet, OutletKind, Source
from sources.moderating import (
    block_outlet,
    describe_outlet,
    examine_source,
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


class BlockForm(forms.Form):
    """Why an outlet gives no more evidence."""

    reason = forms.CharField(
        label="Why it gives no more evidence",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Reviewers read it beside whatever the outlet gave before.",
    )


class ExamineForm(forms.Form):
    """What somebody says who looked at what became of a source."""

    note = forms.CharField(
        label="Why the verdicts that cite it may stand",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed for a source that was retracted or whose outlet is blocked. Shown to "
        "everybody who works here, on its page and on those verdicts.",
    )


class AccessForm(forms.Form):
    """Who can read a source."""

    access = forms.ChoiceField(choices=Access.choices, label="Who can read it")


def _as_described(outlet: Any) -> dict[str, Any]:
    return {name: getattr(outlet, name) for name in DescribeForm.base_fields}


@admin.register(Outlet)
class OutletAdmin(Moderated):
    """Who publishes, and whether they may give evidence."""

    heading = "Outlets"
    blocked_on = told("blocked_at", "Blocked", empty="no")
    list_display = ["name", "kind", "origin_group", "blocked_on"]
    list_filter = ["blocked", "kind"]
    search_fields = ["name", "origin_group"]
    search_help_text = "A part of the name or of the origin group."
    ordering = ["name"]
    blocked_before = told("block_reason", "Was blocked before because")
    readonly_fields = ["blocked_on", "blocked_before"]
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
            "The outlet gives no more evidence. Look which verdicts rest on it.",
            "Its sources are found no more, and what they gave is accepted and cited no more. "
            "Verdicts that cite them stay as they are, and everybody who works here sees that "
            "they rest on a blocked outlet.",
            form=BlockForm,
            offered=lambda outlet: not outlet.blocked,
        ),
        Button(
            "unblock",
            "Unblock outlet",
            unblock_outlet,
            "The outlet may give evidence again.",
            "Its sources are found again from the next search on, and nothing they gave is marked.",
            offered=lambda outlet: outlet.blocked,
        ),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Why it is blocked, or was before, where that is so."""
        fields = ["name", "kind", "reliability_note", "origin_group", "blocked_on"]
        if obj is not None and obj.block_reason:
            fields.append("block_reason" if obj.blocked else "blocked_before")
        return fields

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its sources and to the verdicts that cite them."""
        return {
            "links": [
                ("Its sources", f"/admin/sources/source/?outlet={row.pk}"),
                ("Verdicts that cite it", f"/admin/claims/verdict/?outlet={row.pk}"),
            ]
        }


class Happened(admin.SimpleListFilter):
    """What became of a source."""

    title = "what became of it"
    parameter_name = "happened"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The answers."""
        return [("changed", "Changed"), ("gone", "Gone"), ("access", "Access proposed")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        match self.value():
            case "changed":
                return queryset.filter(changed_at__isnull=False)
            case "gone":
                return queryset.filter(gone_at__isnull=False)
            case "access":
                return queryset.exclude(proposed_access="")
        return queryset


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
    list_display = ["title", "outlet", "kind", "published", "retracted"]
    list_select_related = ["outlet"]
    list_filter = [Retracted, Happened, "kind", "access"]
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
        "proposal",
        "published",
        "interests",
        "archived",
        "changed_at",
        "gone_at",
        "gone",
        "examined_at",
        "examination",
        "retracted",
        "retraction",
        "created_at",
    ]
    readonly_fields = ["address", "archived", "proposal", "published", "retracted"]
    published = told("published_at", "Published", empty="undated")
    retracted = told("retracted_at", "Retracted", empty="no")
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
        Button(
            "access",
            "Record access",
            say_who_can_read,
            "The access is recorded.",
            "Machines propose nothing about it after that. A private source is never fetched "
            "again, is found no more and has no page of its own; this list keeps it. One whose "
            "words are in a public verdict is not made private.",
            form=AccessForm,
            begins_with=lambda source: {"access": source.proposed_access or source.access},
        ),
        Button(
            "examine",
            "Mark as looked at",
            examine_source,
            "Nobody is asked to look until more happens to it.",
            "Verdicts that cite it are no longer listed under What needs attention, until more "
            "happens to it. On their pages what happened stays shown.",
            form=ExamineForm,
            offered=lambda source: source.wants_looking_at,
        ),
    )

    @admin.display(description="Proposed access")
    def proposal(self, source: Source) -> str:
        """What a page or server says about who may read it, and how we know."""
        if not source.proposed_access:
            return ""
        return f"{source.get_proposed_access_display()}. {source.access_reason}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Without documents that came as private ones, which are shown beside their claim alone.

        A source that a moderator said is private stays, so that it can be undone.
        """
        came_private = {"access": Access.PRIVATE, "access_recorded_at__isnull": True}
        return super().get_queryset(request).exclude(**came_private)

    @admin.display
    def address(self, source: Source) -> str:
        """Where it is."""
        return link(source.url or "")

    @admin.display(description="Archived copy")
    def archived(self, source: Source) -> str:
        """Where a copy is."""
        return link(source.archive_url)

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One outlet's sources may be listed by its key."""
        return lookup == "outlet" or super().lookup_allowed(lookup, value, request)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to the verdicts that cite it, and to its pages unless it is private."""
        links = [("Verdicts that cite it", f"/admin/claims/verdict/?source={row.pk}")]
        if getattr(row, "access", "") != Access.PRIVATE:
            links += [
                ("Its frozen copies", f"/sources/{getattr(row, 'public_id', '')}/"),
                ("When it is looked at", f"/admin/sources/page/?source={row.pk}"),
            ]
        return {"links": links}
