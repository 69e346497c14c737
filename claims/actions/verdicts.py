"""Writing a verdict, and the second person's word on it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max

from claims.actions.gates import gates
from claims.actions.refusals import Refused, check_held_by
from claims.models import Approval, Citation, Claim, Correction, Evidence, Revision, Verdict
from claims.ratings import SCALES
from claims.states import EvidenceState, IllegalMove, VerdictState
from factcheck.models import Event, User


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author may change of a verdict.

    ``citations`` are keys of evidence in the order the explanation numbers
    them, from 1. ``seen`` is the digest of the draft the author was looking at.
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
    seen: str = ""


@transaction.atomic
def start_verdict(
    claim_id: int, *, by: User, correction: tuple[Correction.Kind, str] | None = None
) -> Verdict:
    """Begin a verdict on a claim that ``by`` holds.

    A claim whose verdict is public can only be corrected: ``correction`` is
    its kind and the note everybody will read; the draft begins as a copy of
    what is public.
    """
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    check_held_by(claim, by)
    if claim.verdicts.in_work().exists():
        raise IllegalMove("A verdict on this claim is already in work.")
    public = claim.verdicts.filter(state=VerdictState.PUBLISHED).first()
    if public is not None and (correction is None or not correction[1].strip()):
        raise Refused("This claim has a public verdict: say what the correction corrects.")
    number = claim.verdicts.aggregate(last=Max("number"))["last"] or 0
    verdict = Verdict.objects.create(claim=claim, number=number + 1, author=by)
    if public is not None and correction is not None:
        kind, note = correction
        Correction.objects.create(
            verdict=public, successor=verdict, kind=Correction.Kind(kind), note=note.strip(), by=by
        )
        _copy(public, verdict)
    _revise(verdict, by)
    Event.objects.record("verdict.started", verdict, by=by, thread=claim, number=verdict.number)
    return verdict


@transaction.atomic
def save_draft(verdict_id: int, draft: Draft, *, by: User) -> Verdict:
    """Write what the author typed; Refused if somebody else wrote meanwhile."""
    verdict = lock_verdict(verdict_id)
    check_held_by(verdict.claim, by)
    if verdict.state != VerdictState.DRAFT:
        raise IllegalMove("Only a draft can be changed; return it first.")
    if draft.seen and draft.seen != verdict.digest:
        raise Refused("Somebody changed this draft meanwhile; read their version first.")
    if draft.scale not in SCALES:
        raise Refused("There is no such rating scale.")
    if draft.rating and draft.rating not in {r.code for r in SCALES[draft.scale].ratings}:
        raise Refused("The scale has no such rating.")
    for name in (
        "rating",
        "summary",
        "explanation",
        "gaps",
        "confidence",
        "scale",
        "waiver",
        "waiver_note",
        "as_of",
    ):
        setattr(verdict, name, getattr(draft, name))
    verdict.save()
    verdict.citations.all().delete()
    _cite(verdict, draft.citations)
    _revise(verdict, by)
    Event.objects.record(
        "verdict.saved", verdict, by=by, thread=verdict.claim, digest=verdict.digest
    )
    return verdict


@transaction.atomic
def propose_verdict(verdict_id: int, *, by: User) -> Verdict:
    """Hand a finished draft to a second person, frozen as it is now.

    Raise Refused with everything that is missing.
    """
    verdict = lock_verdict(verdict_id)
    check_held_by(verdict.claim, by)
    citations = list(
        verdict.citations.select_related("evidence__source__outlet", "evidence__passage")
    )
    verdict.move_to(VerdictState.PROPOSED)
    missing = [gate for gate in gates(verdict, citations) if not gate.open]
    if missing:
        raise Refused(" ".join(gate.how for gate in missing))
    rating = SCALES[verdict.scale][verdict.rating]
    claim = verdict.claim
    verdict.claim_text, verdict.claim_wording = claim.text, claim.wording
    verdict.claimant = claim.claimant.name if claim.claimant else ""
    verdict.rating_label, verdict.rating_number = rating.label, rating.number
    for citation in citations:
        _freeze(citation)
    Citation.objects.bulk_update(
        citations,
        ["snapshot", "stance", "excerpt", "title", "outlet", "url", "source_published_at"],
    )
    verdict.digest = content_digest(verdict, citations)
    verdict.save()
    Revision.objects.create(verdict=verdict, author=by, digest=verdict.digest)
    Event.objects.record("verdict.proposed", verdict, by=by, thread=claim, digest=verdict.digest)
    return verdict


@transaction.atomic
def approve_verdict(
    verdict_id: int, digest: str, *, by: User, comment: str = "", own_rating: str = ""
) -> Verdict:
    """A second person agrees with exactly the digest they read."""
    verdict = lock_verdict(verdict_id)
    _approval(verdict, Approval.Decision.APPROVED, digest, by, comment, own_rating)
    verdict.move_to(VerdictState.APPROVED)
    verdict.save(update_fields=["state"])
    Event.objects.record(
        "verdict.approved", verdict, by=by, thread=verdict.claim, digest=verdict.digest
    )
    return verdict


@transaction.atomic
def return_verdict(verdict_id: int, comment: str, *, by: User, own_rating: str = "") -> Verdict:
    """A second person sends the verdict back to its author, saying why."""
    verdict = lock_verdict(verdict_id)
    if not comment.strip():
        raise Refused("Say what should change.")
    _approval(verdict, Approval.Decision.RETURNED, verdict.digest, by, comment, own_rating)
    verdict.move_to(VerdictState.DRAFT)
    verdict.save(update_fields=["state"])
    Event.objects.record("verdict.returned", verdict, by=by, thread=verdict.claim)
    return verdict


def lock_verdict(verdict_id: int) -> Verdict:
    """Lock the claim, then its verdict: every act takes them in this order."""
    claim_id = Verdict.objects.values_list("claim_id", flat=True).get(pk=verdict_id)
    claim = Claim.objects.select_for_update(of=["self"]).select_related("claimant").get(pk=claim_id)
    verdict = Verdict.objects.select_for_update().get(pk=verdict_id)
    verdict.claim = claim
    return verdict


def content_digest(verdict: Verdict, citations: Sequence[Citation]) -> str:
    """SHA-256 of everything a reader of the verdict would read, in hexadecimal."""
    correction = Correction.objects.filter(successor=verdict).first()
    content = [
        verdict.claim_text,
        verdict.claimant,
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
            [citation.number, citation.evidence_id, citation.stance, citation.excerpt]
            for citation in sorted(citations, key=lambda citation: citation.number)
        ],
    ]
    return sha256(json.dumps(content).encode()).hexdigest()


def _approval(
    verdict: Verdict, decision: str, digest: str, by: User, comment: str, own_rating: str
) -> None:
    if verdict.state not in (VerdictState.PROPOSED, VerdictState.APPROVED):
        raise IllegalMove(f"{verdict.state} -> {decision}")
    if digest != verdict.digest:
        raise Refused("The verdict changed after you read it; read it again.")
    try:
        with transaction.atomic():
            Approval.objects.create(
                verdict=verdict,
                approver=by,
                decision=decision,
                digest=digest,
                comment=comment.strip(),
                own_rating=own_rating,
            )
    except IntegrityError as error:
        if "verdict_approver_wrote_none_of_it" not in str(error):
            raise
        raise Refused("You wrote part of this verdict; another person must decide on it.") from None


def _revise(verdict: Verdict, by: User) -> None:
    verdict.digest = content_digest(verdict, list(verdict.citations.all()))
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
            stance=found[key].stance or found[key].machine_stance,
        )
        for number, key in enumerate(evidence_ids, start=1)
    )


def _freeze(citation: Citation) -> None:
    """Copy into the citation what its evidence says and where it stands, now."""
    evidence = citation.evidence
    citation.stance = evidence.stance
    full = evidence.publication == Evidence.Publication.FULL
    if evidence.publication == Evidence.Publication.SECRET:
        citation.title = "A source that is not named"
        return
    citation.title = evidence.title
    if evidence.passage_id:
        citation.snapshot_id = evidence.passage.snapshot_id
        citation.excerpt = evidence.passage.text if full else ""
    elif full:
        citation.excerpt = evidence.body
    if evidence.source:
        citation.title = evidence.source.title
        citation.outlet = evidence.source.outlet.name
        citation.url = evidence.source.url or ""
        citation.source_published_at = evidence.source.published_at


def _copy(public: Verdict, draft: Verdict) -> None:
    for name in asdict(Draft()):
        if name not in ("citations", "seen"):
            setattr(draft, name, getattr(public, name))
    draft.save()
    accepted = public.citations.filter(evidence__state=EvidenceState.ACCEPTED)
    _cite(draft, list(accepted.order_by("number").values_list("evidence_id", flat=True)))
