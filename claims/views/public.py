"""What the world reads: a verdict as it was frozen, its corrections, its data."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.claimreview import as_script, claim_review
from claims.reading import public as reading
from claims.views.keeping import KEPT, known_by_etag
from claims.views.origins import any_origin
from claims.views.sharing import embed_code


@login_not_required
@require_safe
@cache_control(public=True, max_age=0, s_maxage=KEPT)
@known_by_etag
def verdict(request: HttpRequest, claim_id: UUID, number: int | None = None) -> HttpResponse:
    """The public verdict on a claim: the newest, or the version asked for.

    Only a verdict that stands carries the ClaimReview. A browser asks each time,
    so that whoever corrected it sees that at once.
    """
    page = reading.public_page(claim_id, number)
    if page is None:
        raise Http404
    organisation = reading.organisation_of_settings()
    url = _address(claim_id)
    return render(
        request,
        "claims/public.html",
        {
            "page": page,
            "verdict": page.verdict,
            "organisation": organisation,
            "url": url,
            "own_url": url if page.is_newest else f"{url}{page.verdict.number}/",
            "reports_here": not settings.FEEDBACK_URL,
            "newest_path": reverse("claims:public", args=[claim_id]),
            "embed_code": embed_code(page),
            "claim_review": as_script(claim_review(page.reviewed(url, organisation)))
            if page.stands
            else "",
        },
    )


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def claimreview(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The ClaimReview of the verdict that stands on a claim, as JSON-LD.

    Of one that was withdrawn, when and why, so that whoever kept its data takes it out.
    """
    page = reading.public_page(claim_id, None)
    if page is None:
        raise Http404
    if page.is_withdrawn:
        withdrawn = page.verdict
        gone = {
            "error": "This verdict was withdrawn.",
            "withdrawn_at": withdrawn.withdrawn_at,
            "note": withdrawn.withdrawal_note,
        }
        return JsonResponse(gone, status=410)
    reviewed = page.reviewed(_address(claim_id), reading.organisation_of_settings())
    return HttpResponse(as_script(claim_review(reviewed)), content_type="application/ld+json")


def _address(claim_id: UUID) -> str:
    return settings.SITE_URL + reverse("claims:public", args=[claim_id])
