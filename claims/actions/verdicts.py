"""Writing a verdict, and the second person's word on it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max

from claims.actions.days import check_day
from claims.actions.freezing import CITED, FROZEN, freeze
from claims.actions.gates import WAIVERS, check_gates
from claims.actions.refusals import Overtaken, Refused, check_fields, check_held_by
from claims.actions.review import put_down
from claims.actions.vouching import rests_on_evidence_of
from claims.models import (
    Approval,
    Citation,
    Claim,
    Correction,
    CorrectionKind,
    Revision,
    Verdict,
)
from claims.ratings import SCALES
from claims.states import ClaimState, IllegalMove, VerdictState, check_move
from factcheck.models import Event, User
from sources.ports import Stance


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author may change of a verdict.

    ``citations`` are keys of evidence in the order the explanation numbers
    them, from 1. ``correction`` is what the public note of a correction says; without it,
    the note stays. ``seen`` is the digest of the draft the author was looking at.
    """

    rating: str = ""
    summary: str = ""
    explanation: str = ""
    gaps: str = ""
    confidence: str = ""
    scale: str = "default"
    waiver: str = ""
    waiver_note: str = ""
    as_of: date | None = None
    citations: Sequence[int] = ()
    correction: tuple[CorrectionKind, str] | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a second person had before them when they decided."""

    digest: str
    state: str


COLUMNS = [
    field.name for field in fields(Draft) if field.name not in ("citations", "correction", "seen")
]
"""What a draft changes of the verdict's own row."""


def _overtaken(last: Revision | None, by: User) -> Overtaken:
    """Who changed a draft that somebody else, or the same person elsewhere, goes on writing."""
    if last is None:
        return Overtaken("Somebody changed this draft meanwhile; read their version first.")
    at = f"{last.created_at:%H:%M} UTC"
    if last.author_id == by.pk:
        return Overtaken(f"You changed this draft elsewhere meanwhile, at {at}; read that first.")
    return Overtaken(
        f"{last.author.name} changed this draft meanwhile, at {at}; read their version first."
    )


def discarding(verdict: Verdict) -> Event | None:
    """By whom and when a draft was given up; None of one that was not. One query, or none."""
    if verdict.state != VerdictState.DISCARDED:
        return None
    events = Event.objects.filter(object_id=verdict.public_id, verb="verdict.discarded")
    return events.select_related("user").order_by("-position").first()


def _check_is_draft(verdict: Verdict) -> None:
    """Raise IllegalMove unless it is a draft, saying who gave it up if somebody did."""
    told = discarding(verdict)
    if told is not None:
        raise IllegalMove(
            f"{told.actor} discarded this draft on {told.at:%-d %B %Y at %H:%M} UTC. What was "
            "saved of it is kept: on its page it can be brought back."
        )
    if verdict.state != VerdictState.DRAFT:
        raise IllegalMove("Only a draft can be changed; have it returned, or take it back, first.")


@transaction.atomic
def start_verdict(
    claim_id: int, *, by: User, correction: tuple[CorrectionKind, str] | None = None
) -> Verdict:
    """Begin a verdict on a claim that ``by`` holds.

    A claim whose verdict is public can only be corrected: ``correction`` is
    its kind and the note everybody will read; the draft begins as a copy of
    what is public.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_held_by(claim, by)
    if claim.verdicts.in_work().exists():
        raise IllegalMove("A verdict on this claim is already in work.")
    public = claim.verdicts.filter(state=VerdictState.PUBLISHED).first()
    if public is not None and (correction is None or not correction[1].strip()):
        raise Refused("This claim has a public verdict: say what the correction corrects.")
    if public is None and correction is not None:
        raise IllegalMove("This claim has no public verdict to correct.")
    number = claim.verdicts.counted().aggregate(last=Max("number"))["last"] or 0
    verdict = Verdict.objects.create(claim=claim, number=number + 1, author=by)
    if public is not None and correction is not None:
        kind, note = correction
        told = Correction(
            verdict=public, successor=verdict, kind=CorrectionKind(kind), note=note.strip(), by=by
        )
        check_fields(told, ["note"])
        told.save(force_insert=True)
        _copy(public, verdict)
    verdict.digest = content_digest(verdict, list(verdict.citations.all()))
    _revise(verdict, by)
    Event.objects.record(
        "verdict.started",
        verdict,
        by=by,
        thread=claim,
        number=verdict.number,
        corrects=public.number if public else None,
    )
    return verdict


@transaction.atomic
def save_draft(verdict_id: int, draft: Draft, *, by: User) -> Verdict:
    """Write what the author typed; raise Overtaken if somebody else wrote meanwhile.

    A draft is saved whenever its writer pauses: if nothing is changed by it, nothing is told.
    Who sends once more exactly what they wrote last is not overtaken: the
    answer to their first try did not reach them.
    """
    verdict = lock_verdict(verdict_id)
    _check_is_draft(verdict)
    check_held_by(verdict.claim, by)
    stands = verdict.digest
    overtaken = draft.seen not in ("", stands)
    last = verdict.revisions.select_related("author").order_by("-pk").first()
    if overtaken and (last is None or last.author_id != by.pk):
        raise _overtaken(last, by)
    if draft.scale not in SCALES:
        raise Refused("There is no such rating scale.")
    if draft.rating and draft.rating not in {r.code for r in SCALES[draft.scale].ratings}:
        raise Refused("The scale has no such rating.")
    if draft.waiver and draft.waiver not in WAIVERS:
        raise Refused("There is no such reason for publishing with a gate closed.")
    if draft.as_of != verdict.as_of:
        check_day(draft.as_of, "The day as of which it is true", "as_of")
    was = _typed(verdict)
    for name in COLUMNS:
        setattr(verdict, name, getattr(draft, name))
    check_fields(verdict, COLUMNS)
    verdict.save(update_fields=COLUMNS)
    verdict.citations.all().delete()
    _cite(verdict, draft.citations)
    if draft.correction is not None:
        _say_what_is_corrected(verdict, *draft.correction)
    if _typed(verdict) == was:
        return verdict
    verdict.digest = content_digest(verdict, list(verdict.citations.all()))
    if overtaken and verdict.digest != stands:
        raise _overtaken(last, by)
    _revise(verdict, by)
    Event.objects.record(
        "verdict.saved", verdict, by=by, thread=verdict.claim, digest=verdict.digest
    )
    return verdict


@transaction.atomic
def propose_verdict(verdict_id: int, *, by: User) -> Verdict:
    """Hand a finished draft to a second person, frozen as it is now.

    A correction of what was withdrawn meanwhile becomes a verdict of its own:
    its note is dropped. Raise Refused with everything that is missing.
    """
    verdict = lock_verdict(verdict_id)
    check_held_by(verdict.claim, by)
    check_move(VerdictState(verdict.state), VerdictState.PROPOSED)
    Correction.objects.filter(successor=verdict, verdict__state=VerdictState.WITHDRAWN).delete()
    citations = check_gates(verdict)  # of a draft still: what it cites is frozen only then
    freeze(verdict, citations)
    verdict.move_to(VerdictState.PROPOSED)
    verdict.digest = content_digest(verdict, citations)
    verdict.save(update_fields=["state", "digest", *FROZEN])
    Revision.objects.create(verdict=verdict, author=by, digest=verdict.digest)
    Event.objects.record(
        "verdict.proposed", verdict, by=by, thread=verdict.claim, digest=verdict.digest
    )
    return verdict


@transaction.atomic
def recall_verdict(verdict_id: int, *, by: User) -> Verdict:
    """Take a proposal back before a second person has decided, to go on writing."""
    verdict = lock_verdict(verdict_id)
    check_held_by(verdict.claim, by)
    if verdict.state != VerdictState.PROPOSED:
        raise IllegalMove("Only a proposal nobody has decided on can be taken back.")
    verdict.move_to(VerdictState.DRAFT)
    verdict.save(update_fields=["state"])
    Event.objects.record("verdict.recalled", verdict, by=by, thread=verdict.claim)
    return verdict


@transaction.atomic
def approve_verdict(
    verdict_id: int, digest: str, *, by: User, comment: str = "", own_rating: str = ""
) -> Verdict:
    """A second person agrees with exactly the digest they read; Overtaken if it is another now.

    What it cites may have been rejected since it was proposed: raise Refused with what is missing.
    Where they added or accepted all of it themselves, the history says so.
    """
    verdict = lock_verdict(verdict_id)
    verdict.move_to(VerdictState.APPROVED)
    if digest != verdict.digest:
        raise Overtaken("The verdict changed after you read it; read it again.")
    citations = check_gates(verdict)
    _decide(verdict, Approval.Decision.APPROVED, by, comment, own_rating)
    verdict.save(update_fields=["state"])
    Event.objects.record(
        "verdict.approved",
        verdict,
        by=by,
        thread=verdict.claim,
        digest=verdict.digest,
        own_evidence=rests_on_evidence_of(by, citations),
    )
    return verdict


@transaction.atomic
def return_verdict(
    verdict_id: int, seen: Seen, comment: str, *, by: User, own_rating: str = ""
) -> Verdict:
    """A second person sends the verdict back to whoever has its claim in hand, saying why.

    Where that person is shut out, the claim is put back on the desk.
    ``seen`` is what they read; raise Overtaken if it was approved or reworded since.
    """
    verdict = lock_verdict(verdict_id)
    if seen.state != verdict.state == VerdictState.APPROVED:
        raise Overtaken("It was approved after you read it; read that first, then decide again.")
    if verdict.state not in (VerdictState.PROPOSED, VerdictState.APPROVED):
        raise IllegalMove("Only a verdict that was proposed can be returned.")
    if seen.digest != verdict.digest:
        raise Overtaken("The verdict changed after you read it; read it again.")
    verdict.move_to(VerdictState.DRAFT)
    if not comment.strip():
        raise Refused("Say what should change.")
    _decide(verdict, Approval.Decision.RETURNED, by, comment, own_rating)
    verdict.save(update_fields=["state"])
    holder = verdict.claim.reviewer if verdict.claim.state == ClaimState.IN_REVIEW else None
    put_back = holder is not None and not holder.is_active
    if put_back:
        put_down(verdict.claim)
    Event.objects.record(
        "verdict.returned", verdict, by=by, thread=verdict.claim, put_back=put_back
    )
    return verdict


def lock_verdict(verdict_id: int) -> Verdict:
    """Lock the claim, then its verdict: every act takes them in this order."""
    claim_id = Verdict.objects.values_list("claim_id", flat=True).get(pk=verdict_id)
    claims = Claim.objects.select_for_update(of=["self"], no_key=True).select_related(
        "claimant", "article"
    )
    claim = claims.get(pk=claim_id)
    verdict = Verdict.objects.select_for_update(no_key=True).get(pk=verdict_id)
    verdict.claim = claim
    return verdict


def content_digest(verdict: Verdict, citations: Sequence[Citation]) -> str:
    """SHA-256 of everything a reader of the verdict would read, in hexadecimal."""
    correction = Correction.objects.filter(successor=verdict).first()
    content = [
        [_read(getattr(verdict, name)) for name in FROZEN],
        verdict.scale,
        verdict.rating,
        verdict.summary,
        verdict.explanation,
        verdict.gaps,
        verdict.confidence,
        verdict.waiver,
        verdict.as_of.isoformat() if verdict.as_of else "",
        [correction.kind, correction.note] if correction else [],
        [
            [citation.number, citation.evidence_id]
            + [str(getattr(citation, name) or "") for name in CITED]
            for citation in sorted(citations, key=lambda citation: citation.number)
        ],
    ]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _read(value: object) -> object:
    """A frozen value as JSON: lists as they are, everything else as text."""
    return value if isinstance(value, list) else str(value or "")


def _decide(verdict: Verdict, decision: str, by: User, comment: str, own_rating: str) -> None:
    if own_rating and own_rating not in {r.code for r in SCALES[verdict.scale].ratings}:
        raise Refused("The scale has no such rating.")
    approval = Approval(
        verdict=verdict,
        approver=by,
        decision=decision,
        digest=verdict.digest,
        comment=comment.strip(),
        own_rating=own_rating,
    )
    check_fields(approval, ["comment"])
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError as error:
        if "verdict_approver_wrote_none_of_it" not in str(error):
            raise
        raise Refused("You wrote part of this verdict; another person must decide on it.") from None


def _revise(verdict: Verdict, by: User) -> None:
    verdict.save(update_fields=["digest"])
    Revision.objects.create(verdict=verdict, author=by, digest=verdict.digest)


def _cite(verdict: Verdict, evidence_ids: Sequence[int]) -> None:
    found = verdict.claim.evidence.in_bulk(list(evidence_ids))
    if len(found) != len(evidence_ids):
        raise Refused("Cite evidence of this claim, each piece once.")
    Citation.objects.bulk_create(
        Citation(
            verdict=verdict,
            number=number,
            evidence=found[key],
            stance=found[key].stance or found[key].machine_stance or Stance.NEUTRAL,
        )
        for number, key in enumerate(evidence_ids, start=1)
    )


def _typed(verdict: Verdict) -> list[object]:
    """What the author wrote: a proposal freezes more beside it, which is not theirs."""
    corrected = Correction.objects.filter(successor=verdict).values_list("kind", "note")
    cited = verdict.citations.order_by("number").values_list("evidence_id", "stance")
    return [[getattr(verdict, name) for name in COLUMNS], list(cited), list(corrected)]


def _say_what_is_corrected(verdict: Verdict, kind: CorrectionKind, note: str) -> None:
    correction = Correction.objects.filter(successor=verdict).first()
    if correction is None:
        raise IllegalMove("This verdict corrects nothing that is public.")
    if not note.strip():
        raise Refused("Say in public what is corrected.")
    correction.kind, correction.note = kind, note.strip()
    check_fields(correction, ["note"])
    correction.save(update_fields=["kind", "note"])


def _copy(public: Verdict, draft: Verdict) -> None:
    for name in COLUMNS:
        setattr(draft, name, getattr(public, name))
    draft.save(update_fields=COLUMNS)
    # Also what was rejected since: without it the numbers in the explanation would mean others.
    _cite(draft, list(public.citations.order_by("number").values_list("evidence_id", flat=True)))
