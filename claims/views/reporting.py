"""Reporting an error in a public verdict: for everybody, without a login or a script.

The form alone sets a cookie, that of its token. Where readers shall report elsewhere
(``FEEDBACK_URL``), these addresses lead there.
"""

import time
from collections.abc import Callable
from functools import cache, partial, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.objections import TooMany, receive_objection
from claims.actions.refusals import Refused
from claims.models import CONTACT_KEPT
from claims.reading.public import PublicPage, organisation_of_settings, public_page
from claims.reporting import ObjectionForm
from claims.views.keeping import KEPT, known_by_etag
from factcheck.collisions import Collision, twice
from factcheck.counters import Counters
from factcheck.login import client_address

HOUR = 3600  # seconds
MOST_FROM_ONE = 10
"""Reports that are taken from one address in an hour."""

View = Callable[..., HttpResponse]


def reported_here(view: View) -> View:
    """Lead to where readers shall report errors, if that is elsewhere."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        if settings.FEEDBACK_URL:
            return redirect(settings.FEEDBACK_URL)
        return view(request, *args, **keys)

    return answer


@login_not_required
@require_safe
@reported_here
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def reporting(request: HttpRequest) -> HttpResponse:
    """How readers report an error, and what comes of it."""
    return render(
        request,
        "claims/reporting.html",
        {
            "organisation": organisation_of_settings(),
            "days": CONTACT_KEPT.days,
            "url": settings.SITE_URL + reverse("claims:reporting"),
        },
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@reported_here
@never_cache
def report_error(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The form in which a reader says what is wrong in one version of a public verdict."""
    sent = request.POST if request.method == "POST" else None
    page = _page(claim_id, (sent or request.GET).get("version", ""))
    form = ObjectionForm(sent)
    if not form.is_valid():
        return _form(request, page, form, 422 if form.is_bound else 200)
    if form.is_of_a_program:
        return redirect("claims:error_reported", claim_id)
    if not _may_send(request):
        form.add_error(None, "Too much was reported from where you are. Try again in an hour.")
        return _form(request, page, form, 429)
    act = partial(receive_objection, page.verdict.pk, form.objected(), by="a reader")
    try:
        twice(act)
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return _form(request, page, form, 429 if isinstance(refused, TooMany) else 422)
    except Collision as collision:
        form.add_error(None, str(collision))
        return _form(request, page, form, 409)
    return redirect("claims:error_reported", claim_id)


@login_not_required
@require_safe
@reported_here
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def error_reported(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Thank a reader who reported an error, and say what happens next."""
    return render(
        request,
        "claims/error_reported.html",
        {
            "page": _page(claim_id, ""),
            "organisation": organisation_of_settings(),
            "days": CONTACT_KEPT.days,
        },
    )


def _page(claim_id: UUID, version: str) -> PublicPage:
    number = int(version) if version.isdecimal() and len(version) < 5 else None
    page = public_page(claim_id, number)
    if page is None:
        raise Http404
    return page


def _form(request: HttpRequest, page: PublicPage, form: ObjectionForm, status: int) -> HttpResponse:
    answer = render(
        request,
        "claims/report_error.html",
        {
            "page": page,
            "verdict": page.verdict,
            "form": form,
            "organisation": organisation_of_settings(),
            "days": CONTACT_KEPT.days,
        },
        status=status,
    )
    if status == 429:
        answer.headers["Retry-After"] = str(HOUR)
    return answer


def _may_send(request: HttpRequest) -> bool:
    """Count one report more from an address; whether it may be made.

    What is counted is a digest that is another each hour: no address is stored.
    """
    hour = int(time.time() // HOUR)
    digest = salted_hmac(__name__, f"{client_address(request)} {hour}").hexdigest()
    counted = _counters().count(f"reports:{digest}", kept=2 * HOUR)
    return counted is None or counted <= MOST_FROM_ONE


@cache
def _counters() -> Counters:
    """The counters of this process, made when first needed."""
    return Counters()
