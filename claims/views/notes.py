"""Notes to colleagues on the page of a claim."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actions.notes import mark_read, nobodys_names, reword_note, take_back_note, write_note
from claims.models import Claim, Note
from claims.views.acts import Typed, number, perform
from claims.views.claims import again_with
from claims.views.desk import back_or
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only


@reviewers_only
@by_post
def write(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Leave a note on a claim for colleagues."""
    claim = get_object_or_404(Claim, public_id=claim_id)
    return perform(
        request,
        lambda: write_note(claim.pk, request.POST.get("note", ""), by=request.user),
        then=_place,
        said=lambda note: _said("The note is kept.", note),
        back=_page(claim_id),
        typed=Typed({"note": "Note to colleagues"}),
        missing=again_with(request, claim_id, "note"),
    )


@reviewers_only
@by_post
def reword(request: PersonRequest, note_id: UUID) -> HttpResponse:
    """Let one's own note say something else."""
    found = _note(note_id)
    claim_id, own = found.claim.public_id, found.author_id == request.user.pk

    def now() -> Mapping[str, str]:
        found.refresh_from_db()
        return {"What the note says": found.text}

    return perform(
        request,
        lambda: reword_note(
            found.pk,
            request.POST.get("text", ""),
            wording=number(request.POST.get("wording", "")),
            by=request.user,
        ),
        then=_place,
        said=lambda note: _said("The note is reworded.", note),
        back=_page(claim_id),
        typed=Typed(
            {"text": "What the note says"}, now, lambda: {"wording": str(_note(note_id).wording)}
        ),
        missing=again_with(request, claim_id, f"note-{note_id}") if own else None,
    )


@reviewers_only
@by_post
def take_back(request: PersonRequest, note_id: UUID) -> HttpResponse:
    """Take one's own note back."""
    found = _note(note_id)
    return perform(
        request,
        lambda: take_back_note(found.pk, by=request.user),
        then=_place,
        said="The note is taken back; others read that it was there, and not what it said.",
        back=_place(found),
    )


@reviewers_only
@by_post
def read(request: PersonRequest, note_id: UUID) -> HttpResponse:
    """Mark a note that is for oneself as read."""
    found = _note(note_id)
    return perform(
        request,
        lambda: mark_read(found.pk, reader=request.user),
        then=back_or(request, _place(found)),
        said="Marked as read.",
    )


def _note(note_id: UUID) -> Note:
    return get_object_or_404(Note.objects.select_related("claim"), public_id=note_id)


def _page(claim_id: UUID) -> str:
    return reverse("claims:claim", args=[claim_id])


def _place(note: Note) -> str:
    """Where a note stands on the page of its claim."""
    return f"{_page(note.claim.public_id)}#note-{note.public_id}"


def _said(words: str, note: Note) -> str:
    """What was done; also which names in the note are nobody's."""
    names = ", ".join(f"@{name}" for name in nobodys_names(note))
    return f"{words} {names}: no colleague is called that, so nobody was told." if names else words
