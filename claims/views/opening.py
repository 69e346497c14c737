"""Addresses of acts: they take a form, and lead to a page when somebody opens them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.models import (
    Article,
    Bringing,
    Claim,
    ClaimLink,
    Evidence,
    Note,
    Objection,
    ReplyRequest,
    Submission,
    Verdict,
)

View = Callable[..., HttpResponse]

_PAGES: dict[str, tuple[Any, str, str]] = {
    "article_id": (Article.objects, "public_id", "claims:article"),
    "submission_id": (Submission.objects, "public_id", "claims:submission"),
    "claim_id": (Claim.objects, "public_id", "claims:claim"),
    "document_id": (Bringing.objects, "claim__public_id", "claims:claim"),
    "evidence_id": (Evidence.objects, "claim__public_id", "claims:claim"),
    "link_id": (ClaimLink.objects, "claim__public_id", "claims:claim"),
    "note_id": (Note.objects, "claim__public_id", "claims:claim"),
    "reply_id": (ReplyRequest.objects, "claim__public_id", "claims:claim"),
    "objection_id": (Objection.objects, "public_id", "claims:objection"),
    "verdict_id": (Verdict.objects, "public_id", "claims:verdict"),
}
"""What an act is done to: its rows, whose page it has, and that page."""


def by_post(view: View) -> View:
    """Let a view answer POST alone; who opens its address is led to the page of the thing.

    People come to such an address from a log-in page, from their history, or
    by loading the answer to an act again.
    """

    @wraps(view)
    def answer(request: Any, **keys: UUID) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return redirect(_page(keys))
        return require_POST(view)(request, **keys)

    return answer


def _page(keys: dict[str, UUID]) -> str:
    name, key = next(iter(keys.items()))
    rows, owner, page = _PAGES[name]
    found = rows.filter(public_id=key).values_list(owner, flat=True).first()
    if found is None:
        raise Http404
    return reverse(page, args=[found])
