"""Merging claims that say the same, and taking them apart again."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from claims.actions.attributing import copy_attributions
from claims.actions.dividing import copied
from claims.actions.evidence import DECIDED, RELATED
from claims.actions.locking import lock_article_of
from claims.actions.refusals import (
    Overtaken,
    Refused,
    check_in_work,
    check_no_verdict,
    check_not_held_by_another,
)
from claims.actions.review import reopen
from claims.kinds import Anchor
from claims.models import Appearance, Claim, Evidence, Relation
from claims.states import ClaimState, Dismissal, EvidenceState, IllegalMove, VerdictState
from factcheck.models import Event, User

SAME_FOR_COPY = [
    "search_id",
    "added_by_id",
    "kind",
    "source_id",
    "passage_id",
    "passage_digest",
    "title",
    "body",
    "machine_stance",
    "confidence",
    "shown",
    "rationale_start",
    "rationale_end",
    "relation",
    "related_by_id",
    "relation_reason",
    "why",
    "state",
    "stance",
    "decided_by_id",
    "decided_at",
    "publication",
]
"""What a carried piece of evidence has from the one it repeats."""


@transaction.atomic
def merge_claims(claim_id: int, others: Mapping[int, int], *, wording: int, by: User) -> Claim:
    """Let one claim stand for others of its article that say the same.

    It gets their places and what was accepted beside them, and is as urgent
    as the most urgent; they are dismissed as duplicates and lead to it.
    ``wording`` and the numbers in ``others`` are the wordings the person saw;
    raise Overtaken if one is another by now. Raise Refused if people decided
    differently about the same evidence.
    """
    if not others or claim_id in others:
        raise Refused("Choose at least one other claim.")
    lock_article_of(claim_id)
    locked = {
        claim.pk: claim
        for claim in Claim.objects.select_for_update(of=["self"], no_key=True)
        .filter(pk__in=[claim_id, *others])
        .select_related("reviewer")
        .order_by("pk")
    }
    kept = locked.pop(claim_id)
    merged = list(locked.values())
    if len(merged) < len(others) or any(one.article_id != kept.article_id for one in merged):
        raise Refused("Only claims of the same article can be merged.")
    for claim in (kept, *merged):
        check_not_held_by_another(claim, by)
        check_in_work(claim)
        check_no_verdict(claim)
        if claim.wording != {claim_id: wording, **others}[claim.pk]:
            raise Overtaken(f"Somebody reworded a claim meanwhile: “{claim}”. Read it first.")
    writing = next((one for one in merged if one.verdicts.in_work().exists()), None)
    if writing is not None:
        raise IllegalMove(
            f"A verdict on “{writing}” is being written; discard it, or merge the others into"
            " that claim."
        )
    _carry_places(kept, merged)
    _carry_accepted(kept, merged)
    kept.priority = max(claim.priority for claim in (kept, *merged))
    kept.save(update_fields=["priority"])
    for claim in merged:
        claim.move_to(ClaimState.DISMISSED)
        claim.dismissal, claim.merged_into = Dismissal.DUPLICATE, kept
        claim.reviewer, claim.desk = by, False
    Claim.objects.bulk_update(merged, ["state", "dismissal", "merged_into", "reviewer", "desk"])
    Event.objects.record(
        "claim.merged", kept, by=by, claims=[str(claim.public_id) for claim in merged]
    )
    return kept


@transaction.atomic
def unmerge_claim(claim_id: int, *, by: User) -> Claim:
    """Take a merged claim apart from the one that stands for it; it is open again.

    Possible until the other claim is decided. That one loses the places it
    had from this one, and what was accepted here is a suggestion there.
    """
    lock_article_of(claim_id)
    kept_id = Claim.objects.values_list("merged_into", flat=True).get(pk=claim_id)
    locked = {
        claim.pk: claim
        for claim in Claim.objects.select_for_update(of=["self"], no_key=True)
        .filter(pk__in=[claim_id, kept_id or claim_id])
        .select_related("reviewer")
        .order_by("pk")
    }
    claim = locked[claim_id]
    kept = locked.get(claim.merged_into_id or 0)
    if kept is None:
        raise IllegalMove("This claim is not merged into another.")
    if claim.was_put_back:
        raise IllegalMove("It was put back into the claim it was split from; split that again.")
    check_not_held_by_another(kept, by)
    if kept.state not in (ClaimState.OPEN, ClaimState.IN_REVIEW):
        raise IllegalMove("The claim it was merged into is decided by now; bring that back first.")
    if kept.verdicts.in_work().exists() or _is_public(kept):
        raise IllegalMove(
            "The claim it was merged into has a verdict, which may rest on its evidence."
        )
    _give_places_back(kept, claim)
    _ask_again_about(kept, claim)
    claim.merged_into = None
    claim.save(update_fields=["merged_into"])
    reopen(claim)
    Event.objects.record("claim.unmerged", claim, by=by, claims=[str(kept.public_id)])
    return claim


def _is_public(claim: Claim) -> bool:
    return claim.verdicts.filter(state=VerdictState.PUBLISHED).exists()


def _carry_places(kept: Claim, merged: Sequence[Claim]) -> None:
    """Let the claim stand wherever the others stand, unless it does already."""
    mine = set(kept.appearances.values_list("version_id", "start"))
    pairs: list[tuple[Appearance, Appearance]] = []
    theirs = (
        Appearance.objects.filter(claim__in=merged, start__isnull=False)
        .select_related("version")
        .prefetch_related("attributions")
        .order_by("pk")
    )
    for at in theirs:
        if (at.version_id, at.start) in mine:
            continue
        mine.add((at.version_id, at.start))
        new = copied(at, kept)
        new.merged_from_id = at.claim_id
        pairs.append((new, at))
    Appearance.objects.bulk_create(new for new, _ in pairs)
    copy_attributions(pairs)


def _carry_accepted(kept: Claim, merged: Sequence[Claim]) -> None:
    """Set what was accepted beside the others beside the claim, as accepted by the same person."""
    mine = {
        (piece.source_id, piece.passage_digest): piece
        for piece in kept.evidence.select_for_update(of=["self"], no_key=True)
    }
    new, settled = [], []
    accepted = Evidence.objects.accepted().filter(claim__in=merged)
    for piece in accepted.select_related("source").order_by("pk"):
        place = (piece.source_id, piece.passage_digest)
        there = mine.get(place)
        if there is None:
            there = Evidence(
                **{name: getattr(piece, name) for name in SAME_FOR_COPY},
                claim=kept,
                wording=kept.wording,
                carried_from=piece,
            )
            new.append(there)
            mine[place] = there
        elif _differ(there, piece):
            title = piece.source.title if piece.source else piece.title
            raise Refused(
                f"Beside these claims the same evidence was decided differently: “{title}”. "
                "Decide it alike first, so that nobody's decision is lost."
            )
        else:
            if there.state == EvidenceState.SUGGESTED:
                for name in DECIDED:
                    setattr(there, name, getattr(piece, name))
                there.carried_from = piece
            if piece.related_by_id and not there.related_by_id:
                for name in RELATED:
                    setattr(there, name, getattr(piece, name))
                there.shown = there.shown and there.relation == Relation.INDEPENDENT
            settled.append(there)
    Evidence.objects.bulk_create(new)
    Evidence.objects.bulk_update(settled, [*DECIDED, *RELATED, "shown", "carried_from"])


def _differ(there: Evidence, piece: Evidence) -> bool:
    """Whether people decided differently about two pieces, or about from whom they have it."""
    by_people = there.related_by_id and piece.related_by_id
    if by_people and there.relation != piece.relation:
        return True
    if there.state == EvidenceState.SUGGESTED:
        return False
    return there.state != EvidenceState.ACCEPTED or there.stance != piece.stance


def _give_places_back(kept: Claim, claim: Claim) -> None:
    """Take the places that came with a claim away; what then stands nowhere is orphaned."""
    given = kept.appearances.filter(merged_from=claim)
    versions = set(given.values_list("version_id", flat=True))
    given.delete()
    own = list(kept.appearances.order_by("version__number", "start"))
    Appearance.objects.bulk_create(
        Appearance(
            claim=kept,
            version_id=version,
            quote=own[-1].quote,
            prefix=own[-1].prefix,
            suffix=own[-1].suffix,
            anchor=Anchor.ORPHANED,
        )
        for version in versions - {at.version_id for at in own}
        if own
    )


def _ask_again_about(kept: Claim, claim: Claim) -> None:
    """Let evidence that was accepted beside the merged claim be a suggestion beside the other.

    What a person decided anew beside the other stays.
    """
    carried = list(
        kept.evidence.accepted().filter(carried_from__claim=claim).select_related("carried_from")
    )
    undecided = [
        piece
        for piece in carried
        if (was := piece.carried_from)
        and (piece.stance, piece.decided_by_id, piece.decided_at)
        == (was.stance, was.decided_by_id, was.decided_at)
    ]
    for piece in undecided:
        piece.state, piece.stance = EvidenceState.SUGGESTED, ""
        piece.decided_by = piece.decided_at = None
    Evidence.objects.bulk_update(undecided, ["state", "stance", "decided_by", "decided_at"])
