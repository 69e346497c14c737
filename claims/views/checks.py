"""What people make of the checks by others that a claim is said to be about."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.checks import confirm_check, reconsider_check, refuse_check
from claims.models import CheckLink, Claim
from claims.views.acts import perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named
from sources.models import PriorCheck


@reviewers_only
@by_post
def confirm(request: PersonRequest, claim_id: UUID, check_id: UUID) -> HttpResponse:
    """Say that a check by others is about the claim."""
    return _decided(request, confirm_check, claim_id, check_id, "is about this claim")


@reviewers_only
@by_post
def refuse(request: PersonRequest, claim_id: UUID, check_id: UUID) -> HttpResponse:
    """Say that a check by others is not about the claim."""
    return _decided(request, refuse_check, claim_id, check_id, "is not about this claim")


@reviewers_only
@by_post
def reconsider(request: PersonRequest, claim_id: UUID, check_id: UUID) -> HttpResponse:
    """Take a decision on a check by others back."""
    return _decided(request, reconsider_check, claim_id, check_id, "is undecided again")


def _decided(
    request: PersonRequest,
    act: Callable[..., CheckLink | None],
    claim_id: UUID,
    check_id: UUID,
    now: str,
) -> HttpResponse:
    claim = get_object_or_404(Claim, public_id=claim_id)
    prior = get_object_or_404(PriorCheck.objects.only("pk", "title"), public_id=check_id)
    return perform(
        request,
        lambda: act(claim.pk, prior.pk, by=request.user),
        then=reverse("claims:claim", args=[claim_id]) + "#checks",
        said=f"{named(prior.title)} {now}.",
    )
