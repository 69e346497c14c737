"""The desk: what waits for somebody, what one has in hand, what waits for one's approval."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from claims.actions.review import release_claim, take_claim
from claims.filters import DeskForm
from claims.models import Claim
from claims.reading import desk as reading
from claims.reading.handing import handed_to, taken_from
from claims.reading.notes import notes_for
from claims.views.acts import perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only

PER_PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Claims that wait, filtered; those nobody has taken unless asked otherwise."""
    form = DeskForm.of(request)
    wanted = form.wanted()
    found = reading.claims(wanted)
    page = Paginator(found.none() if form.refused else found, PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = reading.rows(page.object_list)
    return render(
        request,
        "claims/desk.html",
        {
            "form": form,
            "wanted": wanted,
            "page": page,
            "rows": rows,
            "headlines": reading.headlines(),
        },
    )


@require_safe
def my_work(request: PersonRequest) -> HttpResponse:
    """What came to one, came back or left one's hands, one's other claims, and one's proposals."""
    rows = reading.rows(reading.held_by(request.user)[:PER_PAGE])
    proposals = reading.proposed_by(request.user)[:PER_PAGE]
    return render(
        request,
        "claims/my_work.html",
        {
            "handed_over": handed_to(request.user, PER_PAGE),
            "taken_away": taken_from(request.user, PER_PAGE),
            "notes": notes_for(request.user, PER_PAGE),
            "returned": reading.returned_to(request.user, PER_PAGE),
            "withdrawn": reading.withdrawn_from(request.user)[:PER_PAGE],
            "rows": rows,
            "proposals": proposals,
        },
    )


@require_safe
def approvals(request: PersonRequest) -> HttpResponse:
    """Verdicts other people wrote that wait for a second person, or to be published."""
    approved = reading.approved(PER_PAGE)
    return render(
        request,
        "claims/approvals.html",
        {
            "waiting": reading.waiting_for_approval(request.user)[:PER_PAGE],
            "ready": [verdict for verdict, missing in approved if not missing],
            "lacking": [(verdict, missing) for verdict, missing in approved if missing],
        },
    )


@reviewers_only
@by_post
def take(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Take a claim in hand, and go to it or back to the page the form was on."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    then = back_or(request, reverse("claims:claim", args=[claim_id]))
    said = "You have taken the claim; it is in your hands."
    return perform(request, lambda: take_claim(claim.pk, by=request.user), then=then, said=said)


@reviewers_only
@by_post
def release(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Put a claim back on the desk."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    return perform(
        request,
        lambda: release_claim(claim.pk, by=request.user),
        then=back_or(request, reverse("claims:desk")),
        said="Put back; anybody may take the claim.",
    )


def back_or(request: HttpRequest, otherwise: str) -> str:
    """Where the form was, if it says so and that is a page of this site."""
    asked = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise
