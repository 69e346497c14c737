"""One claim: reading it, taking it in hand, rewording and ending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.attributing import attribute_claim
from claims.actions.evidence import search_again
from claims.actions.handing_over import may_hand_over, open_handed_over, see_taken_away
from claims.actions.review import close_claim, dismiss_claim, restore_claim, reword_claim
from claims.actions.urgency import mark_urgent
from claims.forms import BringForm, EvidenceForm
from claims.kinds import Kind, Likeness
from claims.models import RECORDED, Claim
from claims.reading import claim as reading
from claims.reading.attributing import now_said
from claims.reading.claim import ClaimPage
from claims.reading.handing import handed_last, is_unopened, was_taken_away
from claims.reading.notes import notes_on, whom_to_name
from claims.states import ClaimState, Dismissal, Outcome
from claims.views.acts import Again, Typed, chosen, day, number, perform, told
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.voices import VOICE_TYPED, voice_in, voice_in_words, voice_told, voice_typed
from factcheck.models import User
from factcheck.models.choices import choices
from factcheck.people import colleagues

OUTCOMES = [outcome for outcome in Outcome if outcome != Outcome.VERDICT]


@dataclass(frozen=True, slots=True)
class May:
    """What a person may do with a claim as it stands: which forms its page has."""

    hold: bool
    act: bool
    reword: bool
    replace: bool
    reply: bool
    hand_over: bool
    note: bool

    @classmethod
    def of(cls, page: ClaimPage, person: User) -> "May":
        """What ``person`` may do with the claim of a page."""
        found, reviews = page.claim, person.has_perm("claims.review_claim")
        mine = found.state == ClaimState.IN_REVIEW and found.reviewer_id == person.pk
        acts = reviews and (mine or found.state == ClaimState.OPEN)
        return cls(
            reviews and mine,
            acts,
            acts and page.words_may_change,
            acts and page.may_be_replaced,
            reviews and not found.was_replaced and not page.in_approval,
            reviews and may_hand_over(found, person),
            reviews and not found.was_replaced,
        )

    def have(self, form: str) -> bool:
        """Whether the page has a form; "close" is told where the claim ends in any case."""
        needs = {"close": True, "reword": self.reword, "attribute": self.reword}
        needs |= {"hand": self.hand_over, "note": self.note}
        if form.startswith("reply"):
            return self.reply
        if form.startswith("note-"):
            return True
        return {**needs, "dismiss": self.replace}.get(form, self.act)


@require_safe
def claim(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """A claim, its evidence for and against, and what may be done with it."""
    page = _load(claim_id)
    if is_unopened(page.claim, request.user):
        open_handed_over(page.claim, reader=request.user)
    if was_taken_away(request.user, page.history):
        see_taken_away(page.claim, reader=request.user)
    return _show(request, page)


@require_safe
def searching(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Whether evidence is still searched for a claim: a part of its page."""
    found = _claim(claim_id)
    return render(request, "claims/_searching.html", {"searching": reading.is_searched(found)})


def _load(claim_id: UUID) -> ClaimPage:
    try:
        return reading.claim_page(claim_id)
    except Claim.DoesNotExist:
        raise Http404 from None


def _show(
    request: PersonRequest, page: ClaimPage, *, tried: str = "", why: str = "", status: int = 200
) -> HttpResponse:
    """The page of a claim; after an act that was ``tried`` in vain, with why and what was typed.

    ``tried`` names the form: "reword", "attribute", "dismiss", "add", "bring", "close", "reply",
    "reply-nobody", "hand", "note", or the public id of the document whose passages were to be
    chosen, of the evidence to be rejected, or, behind "reply-" or "note-", of the answer to be
    recorded or the note to be reworded.
    """
    sent, may = request.POST, May.of(page, request.user)
    people = list(colleagues())
    return render(
        request,
        "claims/claim.html",
        {
            "page": page,
            "claim": page.claim,
            "holds": may.hold,
            "may_act": may.act,
            "may_reword": may.reword,
            "may_replace": may.replace,
            "outcomes": OUTCOMES,
            "dismissals": [reason for reason in Dismissal if reason != Dismissal.SPLIT],
            "kinds": choices(Kind),
            "kind": sent.get("kind", "") if tried == "attribute" else page.claim.kind,
            "voice": voice_typed(sent) if tried == "attribute" else voice_told(page),
            "likenesses": choices(Likeness),
            "may_reply": may.reply,
            "may_hand_over": may.hand_over,
            "handed": handed_last(page.claim, page.history),
            "may_note": may.note,
            "notes": notes_on(page.claim, request.user),
            "colleagues": [one for one in people if one != request.user],
            "nameable": whom_to_name(people, request.user),
            "reply_outcomes": [(outcome, outcome.label) for outcome in RECORDED],
            "evidence_form": EvidenceForm(initial=sent.dict() if tried == "add" else None),
            "bring_form": BringForm(initial=sent.dict()),
            "tried": tried,
            "why": why,
            "sent": sent,
            "ticked": sent.getlist("passage"),
        },
        status=status,
    )


def again_with(request: PersonRequest, claim_id: UUID, tried: str) -> Again:
    """The page of the claim once more, with why an act was not possible at its form."""

    def again(why: str, status: int) -> HttpResponse | None:
        page = _load(claim_id)
        if not May.of(page, request.user).have(tried):
            return None
        return _show(request, page, tried=tried, why=why, status=status)

    return again


@reviewers_only
@by_post
def reword(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Give a claim another wording; a new search begins."""
    found = _claim(claim_id)
    wording = number(request.POST.get("wording", ""))

    def now() -> Mapping[str, str]:
        return {"Wording": _claim(claim_id).text}

    def fresh() -> Mapping[str, str]:
        return {"wording": str(_claim(claim_id).wording)}

    return perform(
        request,
        lambda: reword_claim(
            found.pk, request.POST.get("text", ""), wording=wording, by=request.user
        ),
        then=_page(claim_id),
        said="Reworded; a search begins for the new wording.",
        typed=Typed({"text": "Wording"}, now, fresh),
        missing=again_with(request, claim_id, "reword"),
    )


@reviewers_only
@by_post
def attribute(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Say who says a claim, on which day, and of what kind it is."""
    found = get_object_or_404(Claim.objects.select_related("claimant"), public_id=claim_id)
    was = found.claimant.name if found.claimant else ""
    sent = request.POST

    def now() -> Mapping[str, str]:
        with_names = Claim.objects.select_related("claimant", "attributed_by")
        return now_said(get_object_or_404(with_names, public_id=claim_id))

    return perform(
        request,
        lambda: attribute_claim(
            found.pk,
            voice_in(sent, was=was),
            chosen(Kind, sent.get("kind", ""), missing="Choose a kind."),
            said_at=day(sent, "said_at"),
            attribution=number(sent.get("attribution", "")),
            by=request.user,
        ),
        then=_page(claim_id),
        said="Claimant and kind are saved.",
        typed=Typed(
            {**VOICE_TYPED, "said_at": "Said on"},
            now,
            lambda: {"attribution": str(_claim(claim_id).attribution)},
            lambda: voice_in_words(sent) | told(choices(Kind), sent.get("kind", ""), "Kind"),
        ),
        missing=again_with(request, claim_id, "attribute"),
    )


@reviewers_only
@by_post
def urgent(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Mark a claim urgent, or not urgent any more."""
    found = _claim(claim_id)
    wanted = request.POST.get("urgent") == "yes"
    return perform(
        request,
        lambda: mark_urgent(found.pk, wanted, by=request.user),
        then=_page(claim_id),
        said="Marked urgent." if wanted else "Not urgent any more.",
    )


@reviewers_only
@by_post
def dismiss(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Say that a claim will not be checked."""
    found = _claim(claim_id)
    return perform(
        request,
        lambda: dismiss_claim(
            found.pk,
            chosen(
                Dismissal, request.POST.get("reason", ""), missing="Choose why it is not checked."
            ),
            note=request.POST.get("note", ""),
            by=request.user,
        ),
        then=_page(claim_id),
        said="Dismissed; it is not checked.",
        typed=Typed(
            {"note": "Note"},
            lambda: _stands(claim_id),
            chosen=lambda: told(
                Dismissal.choices(), request.POST.get("reason", ""), "Why it is not checked"
            ),
        ),
        missing=again_with(request, claim_id, "dismiss"),
    )


@reviewers_only
@by_post
def restore(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Bring a dismissed or closed claim back to the desk."""
    found = _claim(claim_id)
    return perform(
        request,
        lambda: restore_claim(found.pk, by=request.user),
        then=_page(claim_id),
        said="Brought back; it is open again.",
    )


@reviewers_only
@by_post
def close(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """End a claim without a verdict."""
    found = _claim(claim_id)
    return perform(
        request,
        lambda: close_claim(
            found.pk,
            chosen(Outcome, request.POST.get("outcome", ""), missing="Choose how it ends."),
            note=request.POST.get("note", ""),
            by=request.user,
        ),
        then=_page(claim_id),
        said="Closed.",
        typed=Typed(
            {"note": "Note"},
            lambda: _stands(claim_id),
            chosen=lambda: told(
                Outcome.choices(), request.POST.get("outcome", ""), "How it was to end"
            ),
        ),
        missing=again_with(request, claim_id, "close"),
    )


@reviewers_only
@by_post
def look_again(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Search for evidence for the present wording once more."""
    found = _claim(claim_id)
    return perform(
        request,
        lambda: search_again(found.pk, by=request.user),
        then=_page(claim_id),
        said="A new search begins.",
    )


def _claim(claim_id: UUID) -> Claim:
    return get_object_or_404(Claim, public_id=claim_id)


def _page(claim_id: UUID) -> str:
    return reverse("claims:claim", args=[claim_id])


def _stands(claim_id: UUID) -> Mapping[str, str]:
    """How the claim stands now, for somebody who lost a race."""
    found = get_object_or_404(Claim.objects.select_related("reviewer"), public_id=claim_id)
    by = f", {found.reviewer.name}" if found.reviewer else ""
    return {"State": f"{ClaimState(found.state).label}{by}", "Note": found.note}
