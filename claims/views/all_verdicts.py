"""All verdicts that stand, for whoever keeps a copy of them: written while they are read."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from claims.claimreview import as_script, data_feed, data_feed_item
from claims.reading.public import organisation_of_settings
from claims.reading.published import changed_at
from claims.reading.standing import batches, mark
from claims.views.keeping import KEPT
from claims.views.origins import any_origin


def _etag(request: HttpRequest) -> str:
    return f'W/"{mark()}"'  # weak, because two answers are not compared byte by byte


def _last_modified(request: HttpRequest) -> datetime | None:
    return changed_at()


known_by_mark = condition(_etag, _last_modified)
"""Answers 304 to who has it already, before anything of it is made."""


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_mark
def claimreviews(request: HttpRequest) -> StreamingHttpResponse:
    """The ClaimReview of every verdict that stands, as one DataFeed of schema.org."""
    return _answer(request, _data_feed(), "application/ld+json")


def _data_feed() -> Iterator[str]:
    organisation = organisation_of_settings()
    url = settings.SITE_URL + reverse("claims:claimreviews")
    yield as_script(data_feed(url, organisation, changed_at()))[:-1] + ', "dataFeedElement": ['
    between = "\n"
    for pages in batches():
        for page in pages:
            claim = page.verdict.claim.public_id
            address = settings.SITE_URL + reverse("claims:public", args=[claim])
            yield between + as_script(data_feed_item(page.reviewed(address, organisation)))
            between = ",\n"
    yield "\n]}\n"


def _answer(request: HttpRequest, lines: Iterator[str], kind: str) -> StreamingHttpResponse:
    """The lines as they come; none to HEAD, which would have all of them made for nothing."""
    return StreamingHttpResponse(() if request.method == "HEAD" else lines, content_type=kind)
