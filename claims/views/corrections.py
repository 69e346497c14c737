"""What was corrected, updated and withdrawn in public: every such act, on pages and in feeds."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.reading import record
from claims.reading.public import organisation_of_settings
from claims.reading.published import NEWEST
from claims.reading.record import PublicChange, What
from claims.views.feeds import JsonFeed, PublicFeed, RssFeed, for_xml
from claims.views.keeping import KEPT, known_by_etag
from claims.views.origins import any_origin
from claims.views.published import PER_PAGE


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction, update and withdrawal of a verdict, the newest first."""
    page = Paginator(record.everything(), PER_PAGE).get_page(request.GET.get("page"))
    url = settings.SITE_URL + reverse("claims:corrections")
    return render(
        request,
        "claims/corrections.html",
        {
            "organisation": organisation_of_settings(),
            "page": page,
            "changes": record.told(page.object_list),
            "url": url if page.number == 1 else f"{url}?page={page.number}",
        },
    )


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def atom(request: HttpRequest) -> HttpResponse:
    """The newest corrections, updates and withdrawals as an Atom feed."""
    return Corrections("claims:corrections_atom", Atom1Feed)(request)


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def rss(request: HttpRequest) -> HttpResponse:
    """The newest corrections, updates and withdrawals as an RSS feed."""
    return Corrections("claims:corrections_rss", RssFeed)(request)


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest corrections, updates and withdrawals as a JSON Feed."""
    return Corrections("claims:corrections_json", JsonFeed)(request)


class Corrections(PublicFeed):
    """One entry an act: what is told once stays told."""

    page = "claims:corrections"
    told = "Corrections"
    subtitle = "Verdicts that were corrected, updated and withdrawn, and why."

    def items(self) -> list[PublicChange]:
        """The entries, the last act first."""
        return record.told(record.everything()[:NEWEST])

    def item_title(self, item: PublicChange) -> str:
        """What happened to the verdict on which claim."""
        return for_xml(f"{item.what.capitalize()}: {item.verdict.claim_text}")

    def item_description(self, item: PublicChange) -> str:
        """What was said of it, as HTML."""
        return for_xml(render_to_string("claims/_correction_entry.html", {"change": item}).strip())

    def item_link(self, item: PublicChange) -> str:
        """The public page of the claim."""
        return settings.SITE_URL + reverse("claims:public", args=[item.verdict.claim.public_id])

    def item_guid(self, item: PublicChange) -> str:
        """The id of the correction, or of the version that was withdrawn."""
        act = item.verdict if item.what == What.WITHDRAWN else item.verdict.correction
        return f"urn:uuid:{act.public_id}"

    def item_pubdate(self, item: PublicChange) -> datetime:
        """When it happened."""
        return item.at

    def item_updateddate(self, item: PublicChange) -> datetime:
        """When it happened: it is told as it was."""
        return item.at

    def item_categories(self, item: PublicChange) -> list[str]:
        """What happened."""
        return [item.what]
