"""Writing a verdict, the second person's word on it, and making it public."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.correcting import begin_correction
from claims.actions.discarding import discard_draft, may_discard, restore_draft
from claims.actions.publishing import publish_verdict, withdraw_verdict
from claims.actions.refusals import Refused
from claims.actions.verdicts import (
    Seen,
    approve_verdict,
    propose_verdict,
    recall_verdict,
    return_verdict,
    save_draft,
    start_verdict,
)
from claims.forms import form_of
from claims.models import Claim, CorrectionKind, Verdict
from claims.ratings import SCALES
from claims.reading import verdict as reading
from claims.states import ClaimState, IllegalMove, VerdictState
from claims.views.acts import Again, Typed, because, chosen, perform, told
from claims.views.drafts import CORRECTED, sent_draft, typed_draft
from claims.views.opening import by_post
from claims.views.people import PersonRequest, approvers_only, reviewers_only
from claims.views.telling import say_done
from factcheck.collisions import Collision, twice
from factcheck.models import User

DECISIONS = ("approve", "return")
"""What an approver tries."""


@require_safe
def verdict(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """A verdict: the editor for its author, a page to decide on for everybody else."""
    return _show(request, verdict_id)


def _show(
    request: PersonRequest, verdict_id: UUID, *, tried: str = "", why: str = "", status: int = 200
) -> HttpResponse:
    """The page of a verdict; after an act that was ``tried`` in vain, with what was typed.

    ``tried`` names the form: "approve", "return", "correct" or "withdraw".
    """
    found = get_object_or_404(reading.verdicts(), public_id=verdict_id)
    claim = found.claim
    writes = (
        not tried
        and found.state == VerdictState.DRAFT
        and claim.state == ClaimState.IN_REVIEW
        and claim.reviewer_id == request.user.pk
        and request.user.has_perm("claims.review_claim")
    )
    page = reading.verdict_page(found, request.user)
    if not writes and found.state in (VerdictState.DRAFT, VerdictState.DISCARDED):
        reading.as_it_would_be_proposed(page)
    return render(
        request,
        "claims/verdict_edit.html" if writes else "claims/verdict.html",
        {
            "page": page,
            "verdict": found,
            "claim": claim,
            "form": form_of(found).of(found) if writes else None,
            "may_discard": request.user.has_perm("claims.review_claim")
            and may_discard(found, request.user),
            "holds": claim.state == ClaimState.IN_REVIEW and claim.reviewer_id == request.user.pk,
            "ratings": SCALES[found.scale].ratings,
            "correction_kinds": CorrectionKind.choices,
            "tried": tried,
            "decides": tried in DECISIONS,
            "why": why,
            "sent": request.POST,
            "changes": reading.changes_since(page, request.POST)
            if tried in DECISIONS and found.state == VerdictState.PROPOSED
            else [],
        },
        status=status,
    )


@reviewers_only
@by_post
def start(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Begin a verdict on a claim one holds."""
    claim = get_object_or_404(Claim, public_id=claim_id)

    def pressed_twice(why: str, status: int) -> HttpResponse | None:
        own = _own_draft(claim, request.user)
        return redirect(_page(own.public_id)) if own else None

    return perform(
        request,
        lambda: start_verdict(claim.pk, by=request.user),
        then=lambda begun: _page(begun.public_id),
        back=reverse("claims:claim", args=[claim_id]),
        lost=pressed_twice,
    )


@reviewers_only
@by_post
def save(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Save the draft; propose it too when that button was pressed.

    A draft that is saved and cannot be proposed yet leads back to its checklist.
    """
    found = _verdict(verdict_id)

    def act() -> None:
        save_draft(found.pk, sent_draft(request, found), by=request.user)
        if "propose" not in request.POST:
            messages.success(request, "Saved.")
            return
        try:
            # By itself: what is saved is saved, and would be another's words to a second try.
            twice(lambda: propose_verdict(found.pk, by=request.user))
            messages.success(request, "Proposed; a second person decides.")
        except Refused as refused:
            messages.warning(request, f"Saved, and not proposed yet. {refused}")
        except Collision:
            messages.warning(
                request, "Saved, and not proposed: others wrote at that moment. Propose it again."
            )

    return perform(request, act, then=_page(verdict_id), typed=typed_draft(request, found))


@reviewers_only
@by_post
def autosave(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Save the draft while it is typed; answer with the checklist as it is then, or why not."""
    found = _verdict(verdict_id)
    try:
        saved = twice(lambda: save_draft(found.pk, sent_draft(request, found), by=request.user))
    except IllegalMove as lost:
        return HttpResponse(because(lost), status=409, content_type="text/plain")
    except Collision as collision:
        return HttpResponse(str(collision), status=409, content_type="text/plain")
    except Refused as refused:
        return HttpResponse(str(refused), status=422, content_type="text/plain")
    stands = reading.verdicts().get(pk=saved.pk)
    return render(
        request,
        "claims/_checklist.html",
        {"verdict": stands, "checklist": reading.checklist(stands)},
    )


@reviewers_only
@by_post
def recall(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Take one's own proposal back to go on writing."""
    found = _verdict(verdict_id)
    return perform(
        request,
        lambda: recall_verdict(found.pk, by=request.user),
        then=_page(verdict_id),
        said="Taken back; you can go on writing.",
    )


@reviewers_only
@by_post
def discard(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Give a draft up; from its editor, with what was typed last."""
    found = _verdict(verdict_id)
    from_editor = "seen" in request.POST

    def act() -> None:
        if from_editor:
            save_draft(found.pk, sent_draft(request, found), by=request.user)
        discard_draft(found.pk, by=request.user)

    return perform(
        request,
        act,
        then=reverse("claims:claim", args=[found.claim.public_id]) + "#end",
        said="Discarded; the draft can be brought back.",
        back=_page(verdict_id),
        typed=typed_draft(request, found) if from_editor else None,
    )


@reviewers_only
@by_post
def restore(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Bring a discarded draft back."""
    found = _verdict(verdict_id)
    return perform(
        request,
        lambda: restore_draft(found.pk, by=request.user),
        then=_page(verdict_id),
        said="The draft is back.",
    )


@approvers_only
@by_post
def approve(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Agree, as a second person, with exactly what was read."""
    found = _verdict(verdict_id)
    return perform(
        request,
        lambda: approve_verdict(
            found.pk,
            request.POST.get("digest", ""),
            comment=request.POST.get("comment", ""),
            own_rating=request.POST.get("own_rating", ""),
            by=request.user,
        ),
        then=_told(request, "Approved; it may be published."),
        back=_page(verdict_id),
        missing=_again(request, verdict_id, "approve"),
        lost=_again(request, verdict_id, "approve"),
    )


@approvers_only
@by_post
def send_back(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Return a verdict, with a comment, to whoever has its claim in hand."""
    found = _verdict(verdict_id)

    def then(done: Verdict) -> str:
        return _told(request, _returned(found.claim, done.claim))(done)

    return perform(
        request,
        lambda: return_verdict(
            found.pk,
            Seen(request.POST.get("digest", ""), request.POST.get("state", "")),
            request.POST.get("comment", ""),
            by=request.user,
        ),
        then=then,
        back=_page(verdict_id),
        missing=_again(request, verdict_id, "return"),
        lost=_again(request, verdict_id, "return"),
    )


@approvers_only
@by_post
def publish(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Make an approved verdict public."""
    found = _verdict(verdict_id)
    return perform(
        request,
        lambda: publish_verdict(found.pk, by=request.user),
        then=_told(request, "Published; everybody can read it."),
        back=_page(verdict_id),
    )


@approvers_only
@by_post
def withdraw(request: PersonRequest, verdict_id: UUID) -> HttpResponse:
    """Say in public that a verdict does not stand."""
    found = _verdict(verdict_id)
    return perform(
        request,
        lambda: withdraw_verdict(found.pk, request.POST.get("note", ""), by=request.user),
        then=_page(verdict_id),
        said="Withdrawn; everybody can read why.",
        typed=Typed({"note": "Why it is withdrawn, in public"}, lambda: _stands(verdict_id)),
        missing=_after(request, found, "withdraw"),
    )


@reviewers_only
@by_post
def correct(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Begin the verdict that corrects what is public."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    public = claim.verdicts.standing().first()
    kind, note = request.POST.get("kind", ""), request.POST.get("note", "")
    begun_before = _own_draft(claim, request.user)

    def pressed_twice(why: str, status: int) -> HttpResponse | None:
        own = _own_draft(claim, request.user)
        said = getattr(own, "correction", None)
        twice_the_same = said is not None and said.note == note.strip()
        return redirect(_page(own.public_id)) if own and twice_the_same else None

    return perform(
        request,
        lambda: begin_correction(
            claim.pk,
            chosen(CorrectionKind, kind, missing="Choose what it changes."),
            note,
            by=request.user,
        ),
        then=lambda begun: _page(begun.public_id),
        back=_page(begun_before.public_id)
        if begun_before
        else reverse("claims:claim", args=[claim_id]),
        typed=Typed(
            CORRECTED, chosen=lambda: told(CorrectionKind.choices, kind, "What it changes")
        ),
        missing=_after(request, public, "correct") if public else None,
        lost=pressed_twice,
    )


def _returned(claim: Claim, now: Claim) -> str:
    """Who goes on with a verdict that was returned, by how its claim stood and stands now."""
    if now.reviewer is not None and now.state == ClaimState.IN_REVIEW:
        return f"Returned to {now.reviewer.name}."
    if claim.reviewer is not None and claim.state == ClaimState.IN_REVIEW:
        return (
            f"Returned, and the claim is back on the desk for anybody to take: "
            f"{claim.reviewer.name} is shut out."
        )
    return "Returned; the claim is on the desk, where anybody may take it."


def _own_draft(claim: Claim, person: User) -> Verdict | None:
    """The draft on a claim that the person writes."""
    drafts = claim.verdicts.filter(state=VerdictState.DRAFT, author=person)
    return drafts.select_related("correction").first()


def _verdict(verdict_id: UUID) -> Verdict:
    return get_object_or_404(
        Verdict.objects.select_related("claim__reviewer", "correction", "author"),
        public_id=verdict_id,
    )


def _page(verdict_id: UUID) -> str:
    return reverse("claims:verdict", args=[verdict_id])


def _told(request: PersonRequest, words: str) -> Callable[[Verdict], str]:
    """Where to go after an act on a verdict, saying what was done."""

    def then(done: Verdict) -> str:
        say_done(request, words, done)
        return _page(done.public_id)

    return then


def _again(request: PersonRequest, verdict_id: UUID, tried: str) -> Again:
    """The verdict as it is now, to be read and decided on again."""
    return lambda why, status: _show(request, verdict_id, tried=tried, why=why, status=status)


def _after(request: PersonRequest, verdict: Verdict, tried: str) -> Again:
    """The page of a public verdict once more, if it is public by then."""

    def again(why: str, status: int) -> HttpResponse | None:
        if _verdict(verdict.public_id).state != VerdictState.PUBLISHED:
            return None
        return _show(request, verdict.public_id, tried=tried, why=why, status=status)

    return again


def _stands(verdict_id: UUID) -> Mapping[str, str]:
    return {"State": VerdictState(_verdict(verdict_id).state).label}
