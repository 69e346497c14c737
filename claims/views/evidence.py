"""What people make of the evidence beside a claim, and what they add to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.evidence import (
    accept_evidence,
    add_evidence,
    reconsider_evidence,
    reject_evidence,
    relate_evidence,
)
from claims.history import RELATIONS, SIDES
from claims.models import STANCES, Claim, Evidence, EvidenceKind, Relation
from claims.reading.evidence import undecided_after
from claims.states import EvidenceState
from claims.views.acts import Typed, chosen, perform, told
from claims.views.claims import again_with
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named
from factcheck.models.choices import choices
from sources.ports import Stance


@reviewers_only
@by_post
def accept(request: PersonRequest, evidence_id: UUID) -> HttpResponse:
    """Say that a piece of evidence counts, and for which side."""
    found = _evidence(evidence_id)
    return perform(
        request,
        lambda: accept_evidence(
            found.pk,
            chosen(Stance, request.POST.get("stance", ""), missing="Choose a side."),
            by=request.user,
        ),
        then=_place(found),
        said=lambda piece: f"{named(piece.name)} counts {SIDES[piece.stance]}.",
    )


@reviewers_only
@by_post
def reject(request: PersonRequest, evidence_id: UUID) -> HttpResponse:
    """Say that a piece of evidence does not count, and why; go on to the next one."""
    found = _evidence(evidence_id)
    following = undecided_after(found)
    next_one = (
        f"Next to decide: {named(following.name)}."
        if following
        else "Nothing else beside the claim is undecided."
    )
    return perform(
        request,
        lambda: reject_evidence(found.pk, request.POST.get("reason", ""), by=request.user),
        then=_place(following) if following else _page(found) + "#evidence",
        said=f"{named(found.name)} does not count. {next_one}",
        back=_place(found),
        typed=Typed({"reason": "Why it does not count"}),
        missing=again_with(request, found.claim.public_id, str(evidence_id)),
    )


@reviewers_only
@by_post
def reconsider(request: PersonRequest, evidence_id: UUID) -> HttpResponse:
    """Take a decision on a piece of evidence back."""
    found = _evidence(evidence_id)
    return perform(
        request,
        lambda: reconsider_evidence(found.pk, by=request.user),
        then=_place(found),
        said=lambda piece: f"{named(piece.name)} {_stands_again(piece)}.",
    )


@reviewers_only
@by_post
def relate(request: PersonRequest, evidence_id: UUID) -> HttpResponse:
    """Say whether a piece of evidence is independent or only relays what was said."""
    found = _evidence(evidence_id)
    sent = request.POST
    return perform(
        request,
        lambda: relate_evidence(
            found.pk,
            chosen(Relation, sent.get("relation", ""), missing="Choose whom it relays."),
            sent.get("reason", ""),
            by=request.user,
        ),
        then=_place(found),
        said=lambda piece: f"{named(piece.name)} {RELATIONS[piece.relation]}.",
        typed=Typed(
            {"reason": "Why"},
            chosen=lambda: told(choices(Relation), sent.get("relation", ""), "Said of it"),
        ),
    )


@reviewers_only
@by_post
def add(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Record evidence a person brings."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    sent = request.POST
    return perform(
        request,
        lambda: add_evidence(
            claim.pk,
            chosen(EvidenceKind, sent.get("kind", ""), missing="Choose what sort of thing it is."),
            title=sent.get("title", ""),
            body=sent.get("body", ""),
            stance=chosen(Stance, sent.get("stance", ""), missing="Choose a side."),
            publication=chosen(
                Evidence.Publication,
                sent.get("publication", ""),
                missing="Choose how much of it may be shown.",
            ),
            by=request.user,
        ),
        then=_place,
        said=lambda piece: f"Added: {named(piece.name)} counts {SIDES[piece.stance]}.",
        back=reverse("claims:claim", args=[claim_id]) + "#evidence",
        typed=Typed(
            {"title": "Title", "body": "What it is and what it shows"},
            chosen=lambda: {
                **told(EvidenceKind.choices, sent.get("kind", ""), "What it is"),
                **told(STANCES, sent.get("stance", ""), "What it does"),
            },
        ),
        missing=again_with(request, claim_id, "add"),
    )


def _evidence(evidence_id: UUID) -> Evidence:
    return get_object_or_404(
        Evidence.objects.select_related("claim", "source"), public_id=evidence_id
    )


def _stands_again(piece: Evidence) -> str:
    if piece.state == EvidenceState.SUGGESTED:
        return "is undecided again"
    return f"counts {SIDES[piece.stance]} again"


def _place(evidence: Evidence) -> str:
    return f"{_page(evidence)}#evidence-{evidence.public_id}"


def _page(evidence: Evidence) -> str:
    return reverse("claims:claim", args=[evidence.claim.public_id])
