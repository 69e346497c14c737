"""The right of reply on the page of a claim: who was asked for an answer, and what came of it."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.replies import (
    ask_for_reply,
    ask_nobody,
    bring_back_reply,
    record_reply,
    take_back_reply,
)
from claims.models import Claim, ReplyOutcome, ReplyRequest
from claims.views.acts import Typed, chosen, day, number, perform
from claims.views.claims import again_with
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only


@reviewers_only
@by_post
def ask(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Write down that somebody was asked for an answer."""
    claim, sent = get_object_or_404(Claim, public_id=claim_id), request.POST
    return perform(
        request,
        lambda: ask_for_reply(
            claim.pk,
            sent.get("asked", ""),
            asked_on=day(sent, "asked_on"),
            due_on=day(sent, "due_on"),
            by=request.user,
        ),
        then=_place(claim_id),
        said="Written down: who was asked, and until when.",
        typed=Typed(
            {"asked": "Who was asked", "asked_on": "Asked on", "due_on": "Last day for an answer"}
        ),
        missing=again_with(request, claim_id, "reply"),
    )


@reviewers_only
@by_post
def nobody(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Say in public why nobody is asked for an answer."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    return perform(
        request,
        lambda: ask_nobody(claim.pk, request.POST.get("reason", ""), by=request.user),
        then=_place(claim_id),
        said="Written down: why nobody is asked.",
        typed=Typed({"reason": "Why nobody is asked"}),
        missing=again_with(request, claim_id, "reply-nobody"),
    )


@reviewers_only
@by_post
def record(request: PersonRequest, reply_id: UUID) -> HttpResponse:
    """Write down what came of asking."""
    found = get_object_or_404(ReplyRequest.objects.select_related("claim"), public_id=reply_id)
    sent, claim_id = request.POST, found.claim.public_id

    def now() -> Mapping[str, str]:
        found.refresh_from_db()
        return {"What they answered": found.answer, "What came of it": found.get_outcome_display()}

    def fresh() -> Mapping[str, str]:
        return {"recorded": str(ReplyRequest.objects.get(pk=found.pk).recorded)}

    return perform(
        request,
        lambda: record_reply(
            found.pk,
            chosen(ReplyOutcome, sent.get("outcome", ""), missing="Say what came of it."),
            answer=sent.get("answer", ""),
            answered_on=day(sent, "answered_on"),
            recorded=number(sent.get("recorded", "")),
            by=request.user,
        ),
        then=_place(claim_id),
        said="Written down: what came of asking.",
        typed=Typed({"answer": "What they answered"}, now, fresh),
        missing=again_with(request, claim_id, f"reply-{reply_id}"),
    )


@reviewers_only
@by_post
def take_back(request: PersonRequest, reply_id: UUID) -> HttpResponse:
    """Say that it was written down by mistake."""
    found = get_object_or_404(ReplyRequest.objects.select_related("claim"), public_id=reply_id)
    return perform(
        request,
        lambda: take_back_reply(found.pk, by=request.user),
        then=_place(found.claim.public_id),
        said="Taken back: it counts for nothing. It can be brought back.",
    )


@reviewers_only
@by_post
def bring_back(request: PersonRequest, reply_id: UUID) -> HttpResponse:
    """Let what was taken back count again."""
    found = get_object_or_404(ReplyRequest.objects.select_related("claim"), public_id=reply_id)
    return perform(
        request,
        lambda: bring_back_reply(found.pk, by=request.user),
        then=_place(found.claim.public_id),
        said="Brought back: it counts again.",
    )


def _place(claim_id: UUID) -> str:
    return reverse("claims:claim", args=[claim_id]) + "#replies"
