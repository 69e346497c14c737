"""Splitting a claim, merging claims, ordering them, and undoing the former two."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from claims.actions.dividing import MOST_PARTS, Part, split_claim, unsplit_claim
from claims.actions.merging import merge_claims, unmerge_claim
from claims.actions.ordering import move_claim
from claims.actions.refusals import (
    Refused,
    check_in_work,
    check_no_verdict,
    check_not_held_by_another,
)
from claims.highlighting import found_in
from claims.models import Appearance, Claim
from claims.reading import lineage as reading
from claims.states import IllegalMove
from claims.views.acts import number, perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named
from claims.views.words import check_length, place_of

SHOWN = 2
"""Parts that the form shows at once; the others are folded away."""


@reviewers_only
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Split a claim: its words with a form for each part, and the act."""
    if request.method == "POST":
        return _split(request, _place(claim_id))
    return _show_split(request, claim_id)


def _show_split(
    request: PersonRequest, claim_id: UUID, why: str = "", status: int = 200
) -> HttpResponse:
    """The page that splits; after a split that was not possible with why, and what was typed."""
    place = _place(claim_id)
    forms = [_part_form(place, request.POST, number) for number in range(1, MOST_PARTS + 1)]
    return render(
        request,
        "claims/split.html",
        {
            "place": place,
            "claim": place.claim,
            "in_the_way": _in_the_way(place.claim, request),
            "why": why,
            "shown": forms[:SHOWN],
            "more": forms[SHOWN:],
            "uses_more": any(form["text"] for form in forms[SHOWN:]),
        },
        status=status,
    )


def _part_form(place: reading.Place, sent: QueryDict, number: int) -> dict[str, str]:
    """What the fields of a part hold: what was sent, or else all of the claim."""
    whole = place.claim.text if number <= SHOWN else ""
    return {
        "number": str(number),
        "text": sent.get(f"text-{number}", whole),
        "quote": sent.get(f"quote-{number}", place.appearance.quote),
        "start": sent.get(f"start-{number}", ""),
        "end": sent.get(f"end-{number}", ""),
    }


def _split(request: PersonRequest, place: reading.Place) -> HttpResponse:
    sent, claim = request.POST, place.claim
    numbers = [n for n in range(1, MOST_PARTS + 1) if sent.get(f"text-{n}", "").strip()]
    again = partial(_show_split, request, claim.public_id)
    return perform(
        request,
        lambda: split_claim(
            claim.pk,
            [Part(sent[f"text-{n}"], _words_of(place, sent, n)) for n in numbers],
            wording=number(sent.get("wording", "")),
            version=number(sent.get("version", "")),
            by=request.user,
        ),
        then=_page(claim.public_id),
        said=f"Split into {len(numbers)} claims, which are checked in its place.",
        missing=again,
        lost=again,
    )


def _words_of(place: reading.Place, sent: QueryDict, part: int) -> tuple[int, int] | None:
    """Where the words of a part stand; None if they are all words of the claim.

    Words that were typed are looked for in the claim's own words first.
    """
    quote, at = sent.get(f"quote-{part}", ""), place.appearance
    if quote.split() in (at.quote.split(), []):
        return None
    check_length(quote)
    chosen = sent.get(f"start-{part}", ""), sent.get(f"end-{part}", "")
    if at.start is not None and not all(chosen):
        inside = found_in(at.quote, quote, "", "")
        if inside is not None:
            return at.start + inside[0], at.start + inside[1]
    return place_of(
        place.version.text,
        quote,
        *chosen,
        what=f"The words of part {part}",
    )


@reviewers_only
@by_post
def unsplit(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Put a claim together again that was split."""
    found = get_object_or_404(Claim, public_id=claim_id)
    return perform(
        request,
        lambda: unsplit_claim(found.pk, by=request.user),
        then=_page(claim_id),
        said="Put together again; it is checked as a whole.",
    )


@reviewers_only
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Merge other claims of the article into one: their list, and the act."""
    if request.method != "POST":
        return _show_merge(request, claim_id)
    place, ticked = _place(claim_id), request.POST.getlist("claim")
    again = partial(_show_merge, request, claim_id)
    return perform(
        request,
        lambda: merge_claims(
            place.claim.pk,
            _chosen(ticked),
            wording=number(request.POST.get("wording", "")),
            by=request.user,
        ),
        then=_page(claim_id),
        said=f"Merged; it stands for {len(ticked)} other claim{pluralize(len(ticked))} too.",
        missing=again,
        lost=again,
    )


def _show_merge(
    request: PersonRequest, claim_id: UUID, why: str = "", status: int = 200
) -> HttpResponse:
    """The page that merges; after a merge that was not possible with why, and what was ticked."""
    place = _place(claim_id)
    return render(
        request,
        "claims/merge.html",
        {
            "place": place,
            "claim": place.claim,
            "in_the_way": _in_the_way(place.claim, request),
            "why": why,
            "candidates": reading.candidates(place, request.user),
            "ticked": {value.partition(":")[0] for value in request.POST.getlist("claim")},
        },
        status=status,
    )


def _chosen(sent: list[str]) -> dict[int, int]:
    """Keys of the ticked claims, each with the wording the person saw."""
    wordings = {}
    for value in sent:
        key, _, wording = value.partition(":")
        try:
            wordings[UUID(key)] = number(wording)
        except ValueError:
            raise Refused("Choose claims of this article.") from None
    keys = Claim.objects.filter(public_id__in=wordings).values_list("pk", "public_id")
    return {pk: wordings[public_id] for pk, public_id in keys}


@reviewers_only
@by_post
def unmerge(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Take a merged claim apart from the one that stands for it."""
    found = get_object_or_404(Claim, public_id=claim_id)
    return perform(
        request,
        lambda: unmerge_claim(found.pk, by=request.user),
        then=_page(claim_id),
        said="Taken apart again; this claim is checked by itself.",
    )


@reviewers_only
@by_post
def move(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Give a claim another place in the list of its article."""
    found = get_object_or_404(Claim.objects.select_related("article"), public_id=claim_id)
    place = number(request.POST.get("to") or request.POST.get("place", ""))
    article = reverse("claims:article", args=[found.article.public_id])
    return perform(
        request,
        lambda: move_claim(found.pk, place, order=request.POST.get("order", ""), by=request.user),
        then=lambda _: f"{article}#claim-{place}",
        said=f"{named(found.text)} is number {place} now.",
        back=article,
    )


def _in_the_way(claim: Claim, request: PersonRequest) -> str:
    """Why the claim cannot be split or merged now; empty if it can."""
    try:
        check_not_held_by_another(claim, request.user)
        check_in_work(claim)
        check_no_verdict(claim)
    except IllegalMove as why:
        return str(why)
    return ""


def _place(claim_id: UUID) -> reading.Place:
    try:
        return reading.place_of(claim_id)
    except Appearance.DoesNotExist:
        raise Http404 from None


def _page(claim_id: UUID) -> str:
    return reverse("claims:claim", args=[claim_id])
