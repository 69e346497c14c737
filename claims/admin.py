"""Claims, articles and verdicts for moderators: to look at, for all work is done on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from claims.actions.clearing import bring_back_article, set_aside_article
from claims.actions.handing_over import put_back_claim
from claims.actions.providers import try_provider
from claims.models import Article, ArticleVersion, Citation, Claim, Verdict
from claims.reading.links import checked_no_more
from claims.states import ClaimState, IllegalMove, VerdictState
from factcheck.moderation import Button, Moderated, told
from factcheck.refusals import Refused
from sources.models import OutsideProvider
from sources.moderating import switch_off_provider, switch_on_provider
from sources.registry import LABELS

NAMES_OF_PEOPLE = ("first_name", "last_name", "username")
"""What a person is searched by."""


def _on_desk(claim: Model) -> str:
    return reverse("claims:claim", args=[getattr(claim, "public_id", None)])


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


class CheckWithdrawn(admin.SimpleListFilter):
    """Claims nobody checks, because of a check that does not stand any more."""

    title = "earlier check"
    parameter_name = "earlier_check"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """One answer."""
        return [("withdrawn", "Withdrawn since")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() == "withdrawn":
            return queryset.filter(pk__in=checked_no_more().values("pk"))
        return queryset


@admin.register(Claim)
class ClaimAdmin(Moderated):
    """Every claim, and who has it in hand."""

    heading = "Claims"
    list_display = ["text", "state", "outcome", "reviewer", "created_at"]
    list_select_related = ["reviewer"]
    list_filter = ["state", "outcome", "kind", OfGone, CheckWithdrawn]
    search_fields = ["text", *(f"reviewer__{name}" for name in NAMES_OF_PEOPLE)]
    search_help_text = "A part of the wording, or of the reviewer's name."
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
            offered=lambda claim: (
                claim.state == ClaimState.IN_REVIEW and not claim.has_verdict_in_approval
            ),
        ),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """One person's claims may be listed by their key."""
        return lookup == "reviewer" or super().lookup_allowed(lookup, value, request)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to the desk."""
        return {"links": [("The claim on the desk", _on_desk(row))]}


class SetAsideForm(forms.Form):
    """Why nobody shall check an article."""

    reason = forms.CharField(
        label="Why nobody shall check it",
        max_length=300,
        help_text="It becomes the note of each claim that is dismissed with it.",
    )


class SetAside(admin.SimpleListFilter):
    """Whether somebody took an article off the lists."""

    title = "set aside"
    parameter_name = "set_aside"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The two answers."""
        return [("no", "On the lists"), ("yes", "Set aside")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() in ("yes", "no"):
            return queryset.filter(set_aside_at__isnull=self.value() == "no")
        return queryset


@admin.register(Article)
class ArticleAdmin(Moderated):
    """Every article, by its newest title."""

    heading = "Articles"
    shown_claims = 50
    list_display = ["headline", "visibility", "publisher", "owner", "created_at", "set_aside"]
    list_select_related = ["publisher", "owner"]
    list_filter = ["visibility", SetAside]
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
        "set_aside",
        "set_aside_reason",
        "staying",
    ]
    readonly_fields = ["headline", "set_aside", "staying"]
    set_aside = told("set_aside_at", "Set aside", empty="no")
    buttons = (
        Button(
            "set-aside",
            "Set aside",
            set_aside_article,
            "The article is set aside. Claims in somebody's hands or with a verdict stay: they are "
            "named under Claims that stay.",
            "For what nobody shall check, such as spam. It leaves the desk and the list of "
            "articles, and its open claims are dismissed with this reason. It is kept and can be "
            "brought back.",
            form=SetAsideForm,
            offered=lambda article: article.set_aside_at is None,
        ),
        Button(
            "bring-back",
            "Bring back",
            bring_back_article,
            "The article is on the lists again.",
            "The claims that were dismissed with it are open again.",
            offered=lambda article: article.set_aside_at is not None,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Articles with their newest title."""
        newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_queryset(request)
            .annotate(newest_title=Subquery(newest.values("title")[:1]))
        )

    @admin.display(description="Claims that stay")
    def staying(self, article: Article) -> str:
        """Its claims that are open, in somebody's hands or public, on the desk."""
        public = article.claims.filter(verdicts__state=VerdictState.PUBLISHED)
        claims = (article.claims.undecided() | public).distinct().order_by("pk")
        links = ((_on_desk(claim), claim.text) for claim in claims[: self.shown_claims])
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or "none"

    @admin.display(description="Article")
    def headline(self, article: Any) -> str:
        """Its newest title, or what else it is known by."""
        return article.newest_title or str(article)

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to its page."""
        page = reverse("claims:article", args=[getattr(row, "public_id", None)])
        return {"links": [("The article's page", page)]}


class RestsOn(admin.SimpleListFilter):
    """Whether a verdict cites a source that was retracted, blocked, changed or went since.

    Only what nobody has looked at since; or evidence that is not accepted as it is cited.
    """

    title = "sources"
    parameter_name = "rests_on"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """What may have become of it."""
        return [
            ("retracted", "Rests on a retracted source"),
            ("blocked", "Rests on a blocked outlet"),
            ("changed", "Rests on one that changed or is gone"),
            ("rejected", "Rests on evidence judged otherwise since"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        match self.value():
            case "retracted":
                return queryset.resting_on_retracted()
            case "blocked":
                return queryset.resting_on_blocked()
            case "changed":
                return queryset.resting_on_changed()
            case "rejected":
                return queryset.resting_on_rejected()
        return queryset


class Citing(admin.SimpleListFilter):
    """Verdicts that cite one source; asked for by a link, not offered."""

    title = "cited source"
    parameter_name = "source"
    called = "This source"
    cited = "evidence__source"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """What was asked for."""
        asked = request.GET.get(self.parameter_name, "")
        return [(asked, self.called)] if asked.isdecimal() else []

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        asked = self.value()
        if not asked or not asked.isdecimal() or len(asked) > 18:
            return queryset
        citing = Citation.objects.filter(**{self.cited: int(asked)})
        return queryset.filter(pk__in=citing.values("verdict"))


class CitingOutlet(Citing):
    """Verdicts that cite a source of one outlet; asked for by a link, not offered."""

    title = "cited outlet"
    parameter_name = "outlet"
    called = "This outlet"
    cited = "evidence__source__outlet"


@admin.register(Verdict)
class VerdictAdmin(Moderated):
    """Every version of every verdict."""

    heading = "Verdicts"
    list_display = ["claim_words", "rated", "version", "state", "author", "published"]
    list_select_related = ["claim", "author"]
    list_filter = ["state", RestsOn, Citing, CitingOutlet]
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
        "published",
        "withdrawn",
        "withdrawal_note",
        "digest",
    ]
    readonly_fields = ["claim_words", "version", "rated", "published", "withdrawn"]
    rated = told("rating_label", "Rating", empty="none yet")
    version = told("number", "Version")
    published = told("published_at", "Published", empty="not yet")
    withdrawn = told("withdrawn_at", "Withdrawn", empty="no")

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
    is_off = told("off", "Switched off")
    answered = told("answered_at", "Last answer", empty="none yet")
    failed = told("failed_at", "Last failure", empty="never")
    list_display = ["called", "is_off", "failures", "answered", "failed"]
    ordering = ["name"]
    fields = [
        "called",
        "is_off",
        "failures",
        "rests_until",
        "answered",
        "failed",
        "last_error",
    ]
    readonly_fields = ["called", "is_off", "answered", "failed"]
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
