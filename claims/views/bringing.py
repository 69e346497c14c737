"""Documents brought to a claim: handing them in, reading them, choosing their words."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.bringing import (
    bring_back_document,
    bring_document,
    retry_bringing,
    set_aside_document,
)
from claims.actions.choosing import choose_passages, quote_document
from claims.actions.refusals import Refused
from claims.forms import BringForm
from claims.history import SIDES
from claims.models import Bringing, Claim, Evidence, Publication
from claims.reading import bringing as reading
from claims.states import BringingState, ClaimState
from claims.views.acts import Typed, chosen, day, number, perform
from claims.views.claims import again_with
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named
from claims.views.words import place_of
from sources.ports import Stance


@reviewers_only
@by_post
def bring(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Bring a document to a claim, by address or as a file."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    form = BringForm(request.POST, request.FILES)
    labels = {"url": "Address", "outlet": "Who published it"}
    return perform(
        request,
        lambda: bring_document(
            claim.pk, form.brought(day(request.POST, "published_at")), by=request.user
        ),
        then=_place(claim_id),
        said=lambda brought: f"{named(str(brought))} is being read.",
        typed=Typed({name: label for name, label in labels.items() if name in request.POST}),
        missing=again_with(request, claim_id, "bring"),
    )


@require_safe
def document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """The frozen text of a document, with the passages offered and room to choose other words."""
    return _show(request, document_id)


def _show(
    request: PersonRequest, document_id: UUID, *, why: str = "", status: int = 200
) -> HttpResponse:
    """The page of a document; after words were chosen in vain with why, and what was typed."""
    found = get_object_or_404(
        Bringing.objects.light().select_related(
            "claim__reviewer", "snapshot__source__outlet", "brought_by"
        ),
        public_id=document_id,
        state=BringingState.READY,
    )
    claim = found.claim
    beside = Evidence.objects.filter(claim=claim).select_related("decided_by")
    return render(
        request,
        "claims/document.html",
        {
            "document": reading.document(found, beside),
            "claim": claim,
            "may_act": _may_act(request, claim),
            "tried": "quote" if why else "",
            "why": why,
            "sent": request.POST,
        },
        status=status,
    )


def _may_act(request: PersonRequest, claim: Claim) -> bool:
    mine = claim.state == ClaimState.IN_REVIEW and claim.reviewer_id == request.user.pk
    return request.user.has_perm("claims.review_claim") and (mine or claim.state == ClaimState.OPEN)


@require_safe
def progress(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """How far the reading of a document is: a part of its claim's page."""
    found = get_object_or_404(Bringing.objects.light(), public_id=document_id)
    return render(request, "claims/_reading.html", {"bringing": found})


@reviewers_only
@by_post
def read_again(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Have a document that could not be read tried once more."""
    found = _bringing(document_id)
    return perform(
        request,
        lambda: retry_bringing(found.pk, by=request.user),
        then=_place(found.claim.public_id),
        said=f"{named(str(found))} is read again.",
    )


@reviewers_only
@by_post
def set_aside(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Say that a document was brought by mistake."""
    found = _bringing(document_id)
    return perform(
        request,
        lambda: set_aside_document(found.pk, by=request.user),
        then=_place(found.claim.public_id),
        said=f"{named(str(found))} is set aside; it can be brought back.",
    )


@reviewers_only
@by_post
def bring_back(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Put a document beside its claim again."""
    found = _bringing(document_id)
    return perform(
        request,
        lambda: bring_back_document(found.pk, by=request.user),
        then=_place(found.claim.public_id),
        said=f"{named(str(found))} is back.",
    )


@reviewers_only
@by_post
def choose(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Set passages of a document beside its claim."""
    found = _bringing(document_id)
    sent = request.POST

    def act() -> list[Evidence]:
        ticked = set(sent.getlist("passage"))
        sided = {name.removeprefix("stance-") for name in sent if name.startswith("stance-")}
        if any(sent[f"stance-{key}"] for key in sided - ticked):
            raise Refused(
                "You chose a side for a passage that is not ticked. Tick it, or put its side back"
                " to “Choose a side”."
            )
        stances = {
            number(key): chosen(
                Stance,
                sent.get(f"stance-{key}", ""),
                missing="Choose a side for each passage that is ticked.",
            )
            for key in sent.getlist("passage")
        }
        return choose_passages(
            found.pk,
            stances,
            wording=number(sent.get("wording", "")),
            publication=_publication(request),
            by=request.user,
        )

    return perform(
        request,
        act,
        then=reverse("claims:claim", args=[found.claim.public_id]) + "#evidence",
        said=_set_beside,
        back=_place(found.claim.public_id),
        typed=Typed(now=lambda: _stands(found)),
        missing=again_with(request, found.claim.public_id, str(document_id)),
    )


@reviewers_only
@by_post
def quote(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Set other words of a document beside its claim; they must stand in it."""
    found = _bringing(document_id)
    sent = request.POST

    def act() -> list[Evidence]:
        text = found.snapshot.text if found.snapshot else ""
        place = place_of(
            text,
            sent.get("quote", ""),
            sent.get("start", ""),
            sent.get("end", ""),
            within="document",
        )
        return quote_document(
            found.pk,
            *place,
            chosen(Stance, sent.get("stance", ""), missing="Choose a side."),
            wording=number(sent.get("wording", "")),
            publication=_publication(request),
            by=request.user,
        )

    def again(why: str, status: int) -> HttpResponse | None:
        if not _may_act(request, found.claim) or found.state != BringingState.READY:
            return None
        return _show(request, document_id, why=why, status=status)

    return perform(
        request,
        act,
        then=reverse("claims:claim", args=[found.claim.public_id]) + "#evidence",
        said=_set_beside,
        back=reverse("claims:document", args=[document_id]),
        typed=Typed({"quote": "Words of the document"}, lambda: _stands(found)),
        missing=again,
    )


def _set_beside(pieces: Sequence[Evidence]) -> str:
    """What is said of words of a document that count now; of none where all counted before."""
    if not pieces:
        return "They counted already."
    sides = [SIDES[piece.stance] for piece in pieces]
    told = [f"{sides.count(side)} {side}" for side in SIDES.values() if side in sides]
    return f"Passages of {named(pieces[0].name)} that count: {', '.join(told)}."


def _bringing(document_id: UUID) -> Bringing:
    return get_object_or_404(
        Bringing.objects.light().select_related("claim", "snapshot"), public_id=document_id
    )


def _publication(request: PersonRequest) -> Publication:
    """How much of it may be shown; a public document in full, for which nothing is asked."""
    sent = request.POST.get("publication", Publication.FULL)
    return chosen(Publication, sent, missing="Choose how much of it the public sees.")


def _place(claim_id: UUID) -> str:
    return reverse("claims:claim", args=[claim_id]) + "#documents"


def _stands(bringing: Bringing) -> Mapping[str, str]:
    """What somebody who lost a race finds: the claim's wording, and what stands beside it."""
    claim = Claim.objects.get(pk=bringing.claim_id)
    return {"Claim": claim.text, "State": ClaimState(claim.state).label}
