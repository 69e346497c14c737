"""Handing a claim to a colleague, on its page."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.handing_over import hand_over_claim, holder_of, see_taken_away
from claims.actions.refusals import Refused
from claims.models import Claim
from claims.views.acts import Typed, perform
from claims.views.claims import again_with
from claims.views.desk import back_or
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from factcheck.models import User


@reviewers_only
@by_post
def hand_over(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Hand a claim to a colleague, or assign one that nobody has in hand."""
    sent = request.POST

    def act() -> Claim:
        to = _person(sent.get("to", ""))
        if to is None:
            raise Refused("Choose whom to hand it to.")
        held_by = _person(sent.get("held_by", ""))
        return hand_over_claim(
            _claim(claim_id).pk,
            to.pk,
            held_by=held_by.pk if held_by else None,
            by=request.user,
            why=sent.get("why", ""),
        )

    def now() -> Mapping[str, str]:
        holder = holder_of(_claim(claim_id))
        return {"In the hands of": holder.name if holder else "nobody"}

    def fresh() -> Mapping[str, str]:
        holder = holder_of(_claim(claim_id))
        return {"held_by": str(holder.public_id) if holder else ""}

    def chosen() -> Mapping[str, str]:
        to = _person(sent.get("to", ""))
        return {"To whom": to.name} if to else {}

    return perform(
        request,
        act,
        then=reverse("claims:claim", args=[_claim(claim_id).public_id]),
        said=lambda claim: f"Handed to {claim.reviewer}.",
        typed=Typed({"why": "Why, if it needs saying"}, now, fresh, chosen),
        missing=again_with(request, claim_id, "hand"),
    )


@reviewers_only
@by_post
def seen(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Say that one has seen who took a claim out of one's hands."""
    found = _claim(claim_id)
    return perform(
        request,
        lambda: see_taken_away(found, reader=request.user),
        then=back_or(request, reverse("claims:my_work")),
        said="Marked as seen.",
    )


def _claim(claim_id: UUID) -> Claim:
    return get_object_or_404(Claim.objects.select_related("reviewer"), public_id=claim_id)


def _person(sent: str) -> User | None:
    """Whom a field of a form names; nobody if it is empty or says nonsense."""
    try:
        return User.objects.filter(public_id=UUID(sent)).first()
    except ValueError:
        return None
