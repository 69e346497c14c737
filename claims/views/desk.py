"""The desk: what waits for somebody, what one has in hand, what waits for one's approval."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from claims.actions.review import release_claim, take_claim
from claims.forms import DeskForm
from claims.models import Claim
from claims.reading import desk as reading
from claims.views.acts import perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only

PER_PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Claims that wait, filtered; those nobody has taken unless asked otherwise."""
    form = DeskForm(request.GET or {"state": "open"})
    wanted = form.wanted()
    page = Paginator(reading.claims(wanted), PER_PAGE).get_page(request.GET.get("page"))
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
    """What came back to one, one's other claims, and proposals that wait for somebody else."""
    rows = reading.rows(reading.held_by(request.user)[:PER_PAGE])
    proposals = reading.proposed_by(request.user)[:PER_PAGE]
    returned = reading.returned_to(request.user, PER_PAGE)
    return render(
        request,
        "claims/my_work.html",
        {
            "returned": returned,
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
    then = _back(request, reverse("claims:claim", args=[claim_id]))
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
        then=_back(request, reverse("claims:desk")),
        said="Put back; anybody may take the claim.",
    )


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form was, if it says so and that is a page of this site."""
    asked = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise
