"""Verdicts on other people's pages: a card in a frame, and oEmbed that offers it."""

from urllib.parse import urlsplit
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from claims.reading.public import PublicPage, organisation_of_settings, public_page
from claims.views.keeping import KEPT, known_by_etag
from claims.views.origins import any_origin

WIDTH, HEIGHT = 600, 400
"""Of the card, in pixels, unless a page has less room for it."""
SHOWN_AS_CARD = {"claims:public", "claims:public_version", "claims:embed"}


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
@xframe_options_exempt
@csp_replace(  # type: ignore[arg-type]  # it passes on what views are given
    {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}
)
def embed(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The newest public verdict on a claim as a card, for frames on any page."""
    page = public_page(claim_id, None)
    if page is None:
        raise Http404
    return render(
        request,
        "claims/embed.html",
        {
            "page": page,
            "verdict": page.verdict,
            "organisation": organisation_of_settings(),
            "url": settings.SITE_URL + reverse("claims:public", args=[claim_id]),
        },
    )


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def oembed(request: HttpRequest) -> HttpResponse:
    """What other sites show in place of a link to a verdict, by oEmbed 1.0."""
    asked = request.GET
    if asked.get("format", "json") != "json":
        return _refusal(501, "Only format=json is answered.")
    try:
        width = _at_most(WIDTH, asked.get("maxwidth"))
        height = _at_most(HEIGHT, asked.get("maxheight"))
    except ValueError:
        return _refusal(400, "maxwidth and maxheight are pixels: 1 or more.")
    claim_id = _claim_of(asked.get("url", ""))
    page = public_page(claim_id, None) if claim_id else None
    if page is None:
        return _refusal(404, "url is the address of no public verdict here.")
    organisation = organisation_of_settings()
    return JsonResponse(
        {
            "type": "rich",
            "version": "1.0",
            "title": _title(page),
            "provider_name": organisation.name,
            "provider_url": organisation.home,
            "cache_age": KEPT,
            "html": embed_code(page, width=width, height=height),
            "width": width,
            "height": height,
        }
    )


def _refusal(status: int, error: str) -> JsonResponse:
    """What clients of oEmbed read when they get no card: it is JSON as well."""
    return JsonResponse({"error": error}, status=status)


def embed_code(page: PublicPage, *, width: int = WIDTH, height: int = HEIGHT) -> SafeString:
    """HTML that shows the card of a verdict on another page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;border-radius:8px;max-width:100%"></iframe>',
        settings.SITE_URL + reverse("claims:embed", args=[page.verdict.claim.public_id]),
        _title(page),
        width,
        height,
    )


def _at_most(ours: int, theirs: str | None) -> int:
    pixels = ours if theirs is None else min(ours, int(theirs))
    if pixels < 1:
        raise ValueError
    return pixels


def _title(page: PublicPage) -> str:
    return f"Fact-check: {page.title}"


def _claim_of(url: str) -> UUID | None:
    """The claim whose public page, or card, is at this address of ours, or at it with a slash."""
    if not url.startswith(f"{settings.SITE_URL}/"):
        return None
    try:
        path = urlsplit(url.removeprefix(settings.SITE_URL)).path
        place = resolve(f"{path.removesuffix('/')}/")
    except (Resolver404, ValueError):
        return None
    return place.kwargs["claim_id"] if place.view_name in SHOWN_AS_CARD else None
