"""What people make of the claims that a claim is said to be like."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.linking import confirm_link, reconsider_link, refuse_link
from claims.kinds import Likeness
from claims.models import ClaimLink
from claims.views.acts import chosen, perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named


@reviewers_only
@by_post
def confirm(request: PersonRequest, link_id: UUID) -> HttpResponse:
    """Say that two claims are alike, and how."""
    link = _link(link_id)
    return perform(
        request,
        lambda: confirm_link(
            link.pk,
            chosen(Likeness, request.POST.get("relation", ""), missing="Say what it is to it."),
            by=request.user,
        ),
        then=_place(request, link),
        said=f"Confirmed: it is like {_other(request, link)}.",
    )


@reviewers_only
@by_post
def refuse(request: PersonRequest, link_id: UUID) -> HttpResponse:
    """Say that two claims are not alike."""
    link = _link(link_id)
    return perform(
        request,
        lambda: refuse_link(link.pk, by=request.user),
        then=_place(request, link),
        said=f"Refused: it is not like {_other(request, link)}.",
    )


@reviewers_only
@by_post
def reconsider(request: PersonRequest, link_id: UUID) -> HttpResponse:
    """Take a decision on a link back."""
    link = _link(link_id)
    return perform(
        request,
        lambda: reconsider_link(link.pk, by=request.user),
        then=_place(request, link),
        said=f"Undecided again: whether it is like {_other(request, link)}.",
    )


def _link(link_id: UUID) -> ClaimLink:
    return get_object_or_404(ClaimLink.objects.select_related("claim", "other"), public_id=link_id)


def _place(request: PersonRequest, link: ClaimLink) -> str:
    """The page the person came from: that of either claim."""
    here = link.other if _from_other(request) else link.claim
    return reverse("claims:claim", args=[here.public_id]) + "#likes"


def _other(request: PersonRequest, link: ClaimLink) -> str:
    """The claim that the person did not come from."""
    return named((link.claim if _from_other(request) else link.other).text)


def _from_other(request: PersonRequest) -> bool:
    return request.POST.get("from") == "other"
