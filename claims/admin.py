"""Claims, articles and verdicts for moderators: to look at, for all work is done on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from claims.actions.providers import try_provider
from claims.actions.review import put_back_claim
from claims.models import Article, ArticleVersion, Citation, Claim, Verdict
from claims.states import ClaimState, IllegalMove
from factcheck.moderation import Button, Moderated, told
from factcheck.refusals import Refused
from sources.models import OutsideProvider
from sources.moderating import switch_off_provider, switch_on_provider
from sources.registry import LABELS


class OfGone(admin.SimpleListFilter):
    """Claims nobody can go on with, because their reviewer does not get in."""

    title = "reviewer"
    parameter_name = "reviewer_is"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """One answer."""
        return [("shut_out", "Shut out")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() == "shut_out":
            return queryset.stranded()
        return queryset


@admin.register(Claim)
class ClaimAdmin(Moderated):
    """Every claim, and who has it in hand."""

    heading = "Claims"
    list_display = ["text", "state", "outcome", "reviewer", "created_at"]
    list_select_related = ["reviewer"]
    list_filter = ["state", "outcome", "kind", OfGone]
    search_fields = ["text"]
    search_help_text = "A part of the wording."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "text",
        "wording",
        "kind",
        "state",
        "outcome",
        "dismissal",
        "note",
        "reviewer",
        "claimant",
        "check_worthiness",
        "deadline",
        "created_at",
    ]
    refusals = (Refused, IllegalMove)
    buttons = (
        Button(
            "put-back",
            "Put back on the desk",
            put_back_claim,
            "The claim is open again.",
            "For a claim whose reviewer cannot go on. What they did so far is kept.",
            offered=lambda claim: claim.state == ClaimState.IN_REVIEW,
        ),
    )

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to the desk."""
        page = reverse("claims:claim", args=[getattr(row, "public_id", None)])
        return {"links": [("The claim on the desk", page)]}


@admin.register(Article)
class ArticleAdmin(Moderated):
    """Every article, by its newest title."""

    heading = "Articles"
    list_display = ["headline", "visibility", "publisher", "owner", "created_at"]
    list_select_related = ["publisher", "owner"]
    list_filter = ["visibility"]
    search_fields = ["versions__title", "canonical_url", "external_id"]
    search_help_text = "A part of a title, an address or the publisher's own id."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "headline",
        "canonical_url",
        "visibility",
        "owner",
        "publisher",
        "external_id",
        "created_at",
    ]
    readonly_fields = ["headline"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Articles with their newest title."""
        newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_queryset(request)
            .annotate(newest_title=Subquery(newest.values("title")[:1]))
        )

    @admin.display(description="Article")
    def headline(self, article: Any) -> str:
        """Its newest title, or what else it is known by."""
        return article.newest_title or str(article)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its page."""
        page = reverse("claims:article", args=[getattr(row, "public_id", None)])
        return {"links": [("The article's page", page)]}


class RestsOn(admin.SimpleListFilter):
    """Whether a verdict cites a source that was retracted, changed or went since."""

    title = "sources"
    parameter_name = "rests_on"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """What may have become of it."""
        return [
            ("retracted", "Rests on a retracted source"),
            ("changed", "Rests on one that changed or is gone"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() == "retracted":
            return queryset.resting_on_retracted()
        return queryset.resting_on_changed() if self.value() == "changed" else queryset


class Citing(admin.SimpleListFilter):
    """Verdicts that cite one source; asked for by a link, not offered."""

    title = "cited source"
    parameter_name = "source"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The source that was asked for."""
        asked = request.GET.get(self.parameter_name, "")
        return [(asked, "This source")] if asked.isdecimal() else []

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        asked = self.value()
        if not asked or not asked.isdecimal() or len(asked) > 18:
            return queryset
        citing = Citation.objects.filter(evidence__source=int(asked))
        return queryset.filter(pk__in=citing.values("verdict"))


@admin.register(Verdict)
class VerdictAdmin(Moderated):
    """Every version of every verdict."""

    heading = "Verdicts"
    list_display = ["claim_words", "rated", "version", "state", "author", "published"]
    list_select_related = ["claim", "author"]
    list_filter = ["state", RestsOn, Citing]
    search_fields = ["claim_text", "claim__text"]
    search_help_text = "A part of the claim's wording."
    ordering = ["-pk"]
    sortable_by = ()
    fields = [
        "claim_words",
        "version",
        "state",
        "rated",
        "summary",
        "explanation",
        "waiver",
        "waiver_note",
        "author",
        "published_by",
        "published_at",
        "withdrawn_at",
        "withdrawal_note",
        "digest",
    ]
    readonly_fields = ["claim_words", "version", "rated"]
    rated = told("rating_label", "Rating", empty="none yet")
    version = told("number", "Version")
    published = told("published_at", "Published", empty="not yet")

    @admin.display(description="Claim")
    def claim_words(self, verdict: Verdict) -> str:
        """The wording as published, or as it is now."""
        return verdict.claim_text or verdict.claim.text

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its page."""
        page = reverse("claims:verdict", args=[getattr(row, "public_id", None)])
        return {"links": [("The verdict's page", page)]}


@admin.register(OutsideProvider)
class OutsideProviderAdmin(Moderated):
    """Providers outside, and whether they may be asked."""

    heading = "Providers"
    list_display = ["called", "off", "failures", "answered_at", "failed_at"]
    ordering = ["name"]
    fields = [
        "called",
        "off",
        "failures",
        "rests_until",
        "answered_at",
        "failed_at",
        "last_error",
    ]
    readonly_fields = ["called"]
    buttons = (
        Button(
            "try",
            "Try now",
            try_provider,
            "It is asked again at once, beginning with what waits for it.",
            "Its rest is ended. If it fails again it rests for longer.",
            offered=lambda provider: not provider.off and provider.failures,
        ),
        Button(
            "switch_off",
            "Switch off",
            switch_off_provider,
            "The provider is asked no more.",
            "Searches go on without it. Those that wait for it wait until it is switched on.",
            offered=lambda provider: not provider.off,
        ),
        Button(
            "switch_on",
            "Switch on",
            switch_on_provider,
            "The provider is asked again.",
            "Claims searched meanwhile are not searched again by themselves.",
            offered=lambda provider: provider.off,
        ),
    )

    @admin.display(description="Name", ordering="name")
    def called(self, provider: OutsideProvider) -> str:
        """What people call it."""
        return LABELS.get(provider.name, provider.name)
