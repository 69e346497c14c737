"""All verdicts that stand, for whoever keeps a copy of them: written while they are read."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from claims import spreadsheets
from claims.claimreview import as_script, data_feed, data_feed_item
from claims.reading.public import PublicPage, organisation_of_settings
from claims.reading.published import changed_at
from claims.reading.record import What
from claims.reading.standing import batches, mark
from claims.views.keeping import KEPT
from claims.views.origins import any_origin


def _etag(request: HttpRequest) -> str:
    return f'W/"{mark()}"'  # weak, because two answers are not compared byte by byte


def _last_modified(request: HttpRequest) -> datetime | None:
    return changed_at()


COLUMNS = (
    *("id", "url", "claim", "claimant", "rating", "rating_label", "summary", "explanation"),
    *("published_at", "updated_at", "corrected_at", "citations", "citation_urls", "article_url"),
)
"""What the table and the lines of JSON tell of a verdict; docs/api.md says what each means."""

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
            reviewed = page.reviewed(_address(page), organisation)
            yield between + as_script(data_feed_item(reviewed))
            between = ",\n"
    yield "\n]}\n"


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_mark
def csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every verdict that stands, as a table for spreadsheets."""
    table = spreadsheets.lines(COLUMNS, (_cells(page) for pages in batches() for page in pages))
    answer = _answer(request, table, spreadsheets.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="verdicts.csv"'
    return answer


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_mark
def ndjson(request: HttpRequest) -> StreamingHttpResponse:
    """Every verdict that stands, as a line of JSON."""
    rows = (_told(page) for pages in batches() for page in pages)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _answer(request, lines, "application/x-ndjson")


def _told(page: PublicPage) -> dict[str, Any]:
    """A verdict under the names of COLUMNS."""
    verdict = page.verdict
    corrected = (change.at for change in page.changes if change.what != What.UPDATED)
    values = (
        str(verdict.public_id),
        _address(page),
        verdict.claim_text,
        verdict.claimant,
        verdict.rating,
        verdict.rating_label,
        verdict.summary,
        verdict.explanation,
        page.first_at.isoformat(),
        page.changed_at.isoformat(),
        next((at.isoformat() for at in corrected), None),
        len(page.citations),
        [citation.url for citation in page.citations if citation.url],
        verdict.article_url,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _cells(page: PublicPage) -> list[object]:
    """The same in cells; several addresses share one, with a blank between them."""
    values = _told(page).values()
    return [" ".join(value) if isinstance(value, list) else value for value in values]


def _address(page: PublicPage) -> str:
    return settings.SITE_URL + reverse("claims:public", args=[page.verdict.claim.public_id])


def _answer(request: HttpRequest, lines: Iterator[str], kind: str) -> StreamingHttpResponse:
    """The lines as they come; none to HEAD, which would have all of them made for nothing."""
    return StreamingHttpResponse(() if request.method == "HEAD" else lines, content_type=kind)
