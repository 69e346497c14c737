"""Objections of readers: what waits for an answer, and the answers people give."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.objections import decide_objection, reconsider_objection
from claims.actions.refusals import Refused
from claims.models import CONTACT_KEPT, Objection, ObjectionDecision
from claims.reading import objections as reading
from claims.states import IllegalMove
from claims.views.acts import Again, Typed, perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from factcheck.collisions import Collision, twice
from factcheck.models import User

PER_PAGE = 50
DONE = "called not serious; nobody is answered."


@require_safe
def objections(request: PersonRequest) -> HttpResponse:
    """What readers object to in public verdicts: what waits for somebody, or what was decided."""
    return _show_list(request)


@reviewers_only
def several_not_serious(request: PersonRequest) -> HttpResponse:
    """Say of several objections at once that they are spam or abuse; each is an act of its own."""
    if request.method in {"GET", "HEAD"}:
        return redirect("claims:objections")
    ticked = list(Objection.objects.filter(public_id__in=_ticked(request)).order_by("pk"))
    if not ticked:
        return _show_list(request, why="Tick those that are spam or abuse.", status=422)
    for told, count in Counter(_called_not_serious(one, request.user) for one in ticked).items():
        say = messages.success if told == DONE else messages.warning
        say(request, f"{count} {told}")
    return redirect("claims:objections")


@require_safe
def objection(request: PersonRequest, objection_id: UUID) -> HttpResponse:
    """One objection of a reader, with what may come of it."""
    return _show(request, objection_id)


@reviewers_only
@by_post
def uphold(request: PersonRequest, objection_id: UUID) -> HttpResponse:
    """Say that a reader is right: the verdict is to be corrected or withdrawn."""
    return _decided(
        request, objection_id, ObjectionDecision.UPHELD, "Upheld; the verdict is to be corrected."
    )


@reviewers_only
@by_post
def turn_down(request: PersonRequest, objection_id: UUID) -> HttpResponse:
    """Say that an objection does not hold, and why."""
    return _decided(
        request, objection_id, ObjectionDecision.NOT_UPHELD, "Not upheld; the reason is kept."
    )


@reviewers_only
@by_post
def not_serious(request: PersonRequest, objection_id: UUID) -> HttpResponse:
    """Say that an objection is spam or abuse, and wants no answer."""
    return _decided(
        request, objection_id, ObjectionDecision.NOT_SERIOUS, "Not serious; nobody is answered."
    )


@reviewers_only
@by_post
def reconsider(request: PersonRequest, objection_id: UUID) -> HttpResponse:
    """Take a decision on an objection back."""
    found = _found(objection_id)
    return perform(
        request,
        lambda: reconsider_objection(found.pk, by=request.user),
        then=_place(objection_id),
        said="Taken back; it is undecided again.",
    )


def _called_not_serious(objection: Objection, by: User) -> str:
    """What became of one of several that were to be called not serious, for people."""
    try:
        twice(lambda: decide_objection(objection.pk, ObjectionDecision.NOT_SERIOUS, by=by))
    except IllegalMove:
        return "skipped: somebody decided meanwhile. Look under What was decided."
    except Collision:
        return "skipped: others wrote at the same moment. Send it again."
    except Refused:
        return "skipped: you wrote part of the verdict, so somebody else must say so."
    return DONE


def _ticked(request: PersonRequest) -> list[UUID]:
    """The objections that a form names; of what is no key, nothing."""
    found = []
    for sent in request.POST.getlist("objection")[:PER_PAGE]:
        with suppress(ValueError):
            found.append(UUID(sent))
    return found


def _decided(
    request: PersonRequest, objection_id: UUID, decision: ObjectionDecision, said: str
) -> HttpResponse:
    found = _found(objection_id)

    def now() -> Mapping[str, str]:
        stands = _found(objection_id)
        return {
            "What came of it": stands.get_decision_display(),
            "Why it does not hold": stands.reason,
        }

    return perform(
        request,
        lambda: decide_objection(
            found.pk, decision, reason=request.POST.get("reason", ""), by=request.user
        ),
        then=_place(objection_id),
        said=said,
        typed=Typed({"reason": "Why it does not hold"}, now)
        if decision == ObjectionDecision.NOT_UPHELD
        else None,
        missing=_again(request, objection_id),
    )


def _again(request: PersonRequest, objection_id: UUID) -> Again:
    """The page of the objection once more, with what was typed."""
    return lambda why, status: _show(request, objection_id, why=why, status=status)


def _show_list(request: PersonRequest, *, why: str = "", status: int = 200) -> HttpResponse:
    show_decided = request.GET.get("show") == "decided"
    found = reading.decided() if show_decided else reading.undecided()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "claims/objections.html",
        {
            "show_decided": show_decided,
            "page": page,
            "own": set() if show_decided else reading.own_verdicts(page, request.user),
            "uncorrected": [] if show_decided else reading.uncorrected()[:PER_PAGE],
            "why": why,
        },
        status=status,
    )


def _show(
    request: PersonRequest, objection_id: UUID, *, why: str = "", status: int = 200
) -> HttpResponse:
    try:
        page = reading.objection_page(objection_id, request.user)
    except Objection.DoesNotExist:
        raise Http404 from None
    return render(
        request,
        "claims/objection.html",
        {
            "page": page,
            "objection": page.objection,
            "verdict": page.objection.verdict,
            "claim": page.objection.verdict.claim,
            "days": CONTACT_KEPT.days,
            "why": why,
            "sent": request.POST,
        },
        status=status,
    )


def _found(objection_id: UUID) -> Objection:
    return get_object_or_404(Objection, public_id=objection_id)


def _place(objection_id: UUID) -> str:
    return reverse("claims:objection", args=[objection_id])
