"""Words of a document somebody brought, set beside the claim by a person."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.evidence import DECIDED
from claims.actions.refusals import (
    Overtaken,
    Refused,
    check_in_work,
    check_not_held_by_another,
    check_stands,
)
from claims.models import Bringing, Claim, Evidence, EvidenceKind, Publication
from claims.states import BringingState, EvidenceState, IllegalMove, check_move
from factcheck.models import Event, User
from sources.actions import cite_passages
from sources.models import Access, Passage
from sources.passages import Span
from sources.ports import Stance

LONGEST_QUOTE = 2_000
"""Characters that are set beside a claim in one piece."""


@transaction.atomic
def choose_passages(
    bringing_id: int,
    stances: Mapping[int, Stance],
    *,
    wording: int,
    publication: str = Publication.FULL,
    by: User,
) -> list[Evidence]:
    """Set offered passages beside the claim, each by its key for the side a person says.

    They count as accepted, by that person. ``wording`` is the claim's wording
    the person read; what the machine made of the passages is kept with them
    if it read the same one.
    """
    bringing, claim = _ready(bringing_id, wording, by)
    offers = {offer["passage"]: offer for offer in bringing.offers}
    if not stances:
        raise Refused("Choose at least one passage.")
    if not stances.keys() <= offers.keys():
        raise Refused("This document does not offer that passage.")
    pieces = []
    for key, stance in stances.items():
        offer = offers[key]
        read = bringing.wording == wording
        piece = bringing.as_evidence(offer) if read else _cited(bringing.passage_of(offer))
        piece.stance = stance
        pieces.append(piece)
    return _set_beside(bringing, claim, pieces, publication, by)


@transaction.atomic
def quote_document(
    bringing_id: int,
    start: int,
    end: int,
    stance: Stance,
    *,
    wording: int,
    publication: str = Publication.FULL,
    by: User,
) -> list[Evidence]:
    """Set the words ``[start:end]`` of a document's frozen text beside the claim, as accepted."""
    bringing, claim = _ready(bringing_id, wording, by)
    snapshot = bringing.frozen
    if not snapshot.text[start:end].strip():
        raise Refused("Choose some words of the document.")
    if end - start > LONGEST_QUOTE:
        raise Refused(f"Take the sentences that matter: at most {LONGEST_QUOTE:,} characters.")
    piece = _cited(*cite_passages(snapshot, [Span(start, end)]))
    piece.stance = stance
    return _set_beside(bringing, claim, [piece], publication, by)


def _ready(bringing_id: int, wording: int, by: User) -> tuple[Bringing, Claim]:
    """The document, and its claim locked; raise unless ``by`` may add to it now."""
    bringing = (
        Bringing.objects.light().select_related("snapshot__source__outlet").get(pk=bringing_id)
    )
    claim = Claim.objects.select_for_update(no_key=True).get(pk=bringing.claim_id)
    check_not_held_by_another(claim, by)
    check_in_work(claim)
    if bringing.state != BringingState.READY:
        raise IllegalMove("The document has not been read yet.")
    if bringing.set_aside_at is not None:
        raise IllegalMove("The document was set aside; bring it back first.")
    if claim.wording != wording:
        raise Overtaken("The claim was reworded meanwhile. Read the words against the new wording.")
    return bringing, claim


def _cited(passage: Passage) -> Evidence:
    """Evidence of words that no machine read; not saved."""
    return Evidence(
        kind=EvidenceKind.PASSAGE,
        source=passage.snapshot.source,
        passage=passage,
        passage_digest=passage.digest,
    )


def _set_beside(
    bringing: Bringing, claim: Claim, pieces: Sequence[Evidence], publication: str, by: User
) -> list[Evidence]:
    """Save the pieces as accepted; a suggestion of the same words is the piece then.

    Those that stand there for the same side already are left alone, and
    without any other nothing happened.
    """
    source = bringing.frozen.source
    check_stands(source)
    if source.access == Access.PRIVATE and publication == Publication.FULL:
        raise Refused("A private document is described to the public at most, never shown.")
    there = {
        piece.passage_digest: piece
        for piece in claim.evidence.filter(source=source).select_related("decided_by")
    }
    changed = []
    for chosen in pieces:
        piece = there.setdefault(chosen.passage_digest, chosen)
        if piece.state == EvidenceState.ACCEPTED:
            if piece.stance != chosen.stance:
                who = piece.decided_by.name if piece.decided_by else "Somebody"
                side = piece.get_stance_display().lower()
                raise Overtaken(f"{who} has set these words beside the claim: {side}.")
            continue
        check_move(EvidenceState(piece.state), EvidenceState.ACCEPTED)
        piece.state, piece.stance, piece.rejection = EvidenceState.ACCEPTED, chosen.stance, ""
        piece.decided_by, piece.decided_at = by, Now()
        piece.publication = publication
        if piece.pk is None:
            piece.claim, piece.wording, piece.added_by = claim, claim.wording, by
            piece.save(force_insert=True)
        else:
            piece.save(update_fields=DECIDED)
        changed.append(piece)
    if changed:
        Event.objects.record(
            "evidence.chosen",
            bringing,
            by=by,
            thread=claim,
            evidence=[str(piece.public_id) for piece in changed],
        )
    return changed
