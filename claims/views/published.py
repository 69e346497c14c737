"""What the world finds: the list of published verdicts, searched and filtered."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.filters import PublishedForm
from claims.reading import published as reading
from claims.reading.public import organisation_of_settings
from claims.views.keeping import KEPT, known_by_etag

PER_PAGE = 20


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def published(request: HttpRequest) -> HttpResponse:
    """Published verdicts that stand, the newest first, by words and by rating if asked."""
    sought = PublishedForm(request.GET).sought()
    page = Paginator(reading.found(sought), PER_PAGE).get_page(request.GET.get("page"))
    verdicts = reading.rows(page.object_list)
    url = settings.SITE_URL + reverse("claims:published")
    return render(
        request,
        "claims/published.html",
        {
            "organisation": organisation_of_settings(),
            "page": page,
            "verdicts": verdicts,
            "scales": reading.scales(verdicts),
            "not_looked_for": bool(sought.words)
            and not verdicts
            and reading.not_looked_for(sought.words),
            "ratings": reading.ratings(),
            "sought": sought,
            "url": url if page.number == 1 else f"{url}?page={page.number}",
        },
    )
