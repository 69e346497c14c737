"""What is set beside a claim, and what people make of it."""

from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from claims.actions.refusals import (
    Refused,
    check_fields,
    check_in_work,
    check_not_held_by_another,
    check_stands,
)
from claims.models import Claim, Evidence, EvidenceKind, Relation, Search, Visibility
from claims.states import EvidenceState, check_move
from factcheck.models import Event, User
from sources.models import Source
from sources.ports import Stance

DECIDED = ["state", "stance", "rejection", "decided_by", "decided_at", "publication"]
"""What a person's decision says of a piece."""

LONGEST_RECORD = 20_000
"""Characters of a record that a person writes: what is longer is a document, and brought as one."""

RELATED = ["relation", "related_by", "relation_reason"]
"""What a person says of from whom a piece has it."""


@transaction.atomic
def accept_evidence(evidence_id: int, stance: Stance, *, by: User) -> Evidence:
    """Say that a piece of evidence counts, and for which side.

    The stance is the person's own; the machine's stays beside it. Raise
    Refused for words of a retracted source or of a blocked outlet.
    """
    evidence = _locked(evidence_id, by)
    if evidence.state == EvidenceState.ACCEPTED and evidence.stance == stance:
        return evidence
    check_stands(evidence.source)
    if evidence.state != EvidenceState.ACCEPTED:
        check_move(EvidenceState(evidence.state), EvidenceState.ACCEPTED)
    evidence.state, evidence.stance, evidence.rejection = EvidenceState.ACCEPTED, Stance(stance), ""
    _decided(evidence, by)
    Event.objects.record(
        "evidence.accepted", evidence, by=by, thread=evidence.claim, stance=evidence.stance
    )
    return evidence


@transaction.atomic
def reject_evidence(evidence_id: int, reason: str, *, by: User) -> Evidence:
    """Say that a piece of evidence does not count, and why."""
    evidence = _locked(evidence_id, by)
    if not reason.strip():
        raise Refused("Say why it does not count.")
    check_move(EvidenceState(evidence.state), EvidenceState.REJECTED)
    before = evidence.stance
    evidence.state, evidence.stance = EvidenceState.REJECTED, ""
    evidence.rejection = reason.strip()[:300]
    check_fields(evidence, ["rejection"])
    _decided(evidence, by)
    Event.objects.record(
        "evidence.rejected",
        evidence,
        by=by,
        thread=evidence.claim,
        why=evidence.rejection,
        stance=before,
    )
    return evidence


@transaction.atomic
def reconsider_evidence(evidence_id: int, *, by: User) -> Evidence:
    """Take a decision back.

    What was accepted before it was rejected counts again, as it did; else the
    evidence is a suggestion again. Raise Refused for words that would count
    again and whose source was retracted or blocked since.
    """
    evidence = _locked(evidence_id, by)
    before = _before_rejection(evidence) if evidence.state == EvidenceState.REJECTED else ""
    state = EvidenceState.ACCEPTED if before else EvidenceState.SUGGESTED
    check_move(EvidenceState(evidence.state), state)
    if before:
        check_stands(evidence.source)
    evidence.state, evidence.stance, evidence.rejection = state, before, ""
    evidence.decided_by, evidence.decided_at = (by, Now()) if before else (None, None)
    evidence.save(update_fields=["state", "stance", "rejection", "decided_by", "decided_at"])
    Event.objects.record(
        "evidence.reconsidered", evidence, by=by, thread=evidence.claim, stance=before
    )
    return evidence


@transaction.atomic
def relate_evidence(evidence_id: int, relation: Relation, reason: str, *, by: User) -> Evidence:
    """Say whether a piece knows by itself what it says, or only relays it, and why.

    It holds from now on, whatever a later search makes of the piece. A
    relay's stance is not shown.
    """
    evidence = _locked(evidence_id, by)
    if not reason.strip():
        raise Refused("Say why.")
    if evidence.relation == relation:
        raise Refused("It is taken for that already.")
    evidence.relation, evidence.related_by = Relation(relation), by
    evidence.relation_reason = reason.strip()[:300]
    check_fields(evidence, ["relation_reason"])
    evidence.shown = evidence.shown and evidence.relation == Relation.INDEPENDENT
    evidence.save(update_fields=[*RELATED, "shown"])
    Event.objects.record(
        "evidence.related",
        evidence,
        by=by,
        thread=evidence.claim,
        why=evidence.relation_reason,
        relation=evidence.relation,
    )
    return evidence


@transaction.atomic
def add_evidence(
    claim_id: int,
    kind: EvidenceKind,
    *,
    title: str,
    body: str,
    stance: Stance,
    by: User,
    source: Source | None = None,
    publication: str = Evidence.Publication.FULL,
) -> Evidence:
    """Record evidence a person brings: an interview, a document, a calculation ...

    It counts as accepted, by the person who brought it.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_held_by_another(claim, by)
    check_in_work(claim)
    kind = EvidenceKind(kind)
    if kind == EvidenceKind.PASSAGE:
        raise Refused("A passage comes from a source; give its address instead.")
    check_stands(source)
    if not body.strip():
        raise Refused("Say what the evidence is, so that somebody else can follow it.")
    if len(body.strip()) > LONGEST_RECORD:
        raise Refused(
            f"This has {len(body.strip()):,} characters, and {LONGEST_RECORD:,} is the most that "
            "is written here. Say what it shows, and bring the whole as a file.",
            "body",
        )
    evidence = Evidence(
        claim=claim,
        wording=claim.wording,
        kind=kind,
        source=source,
        title=title.strip()[:300],
        body=body.strip(),
        added_by=by,
        state=EvidenceState.ACCEPTED,
        stance=Stance(stance),
        decided_by=by,
        decided_at=Now(),
        publication=publication,
    )
    check_fields(evidence, ["title", "body"])
    evidence.passage_digest = sha256(evidence.body.encode()).hexdigest()
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError as error:
        if "evidence_once_per_claim_source_and_words" not in str(error):
            raise
        raise Refused("This evidence already stands beside the claim.") from None
    Event.objects.record("evidence.added", evidence, by=by, thread=claim, kind=kind)
    return evidence


@transaction.atomic
def search_again(claim_id: int, *, by: User) -> Search:
    """Look for evidence for the present wording once more; the open search if one waits."""
    claim = (
        Claim.objects.select_for_update(of=["self"], no_key=True)
        .select_related("article")
        .get(pk=claim_id)
    )
    check_in_work(claim)
    waiting = claim.searches.filter(wording=claim.wording, only="", due_at__isnull=False).first()
    if waiting is not None:
        return waiting
    search = Search.objects.create(
        claim=claim,
        wording=claim.wording,
        why=Search.Why.ASKED,
        outside=claim.article.visibility == Visibility.PUBLIC,
    )
    search.hint()
    Event.objects.record("search.asked", search, by=by, thread=claim, wording=claim.wording)
    return search


def _locked(evidence_id: int, by: User) -> Evidence:
    """Lock the claim, then the evidence; check that nobody else holds the claim."""
    claim_id = Evidence.objects.values_list("claim_id", flat=True).get(pk=evidence_id)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_held_by_another(claim, by)
    check_in_work(claim)
    return (
        Evidence.objects.select_for_update(of=["self"], no_key=True)
        .select_related("claim", "source__outlet")
        .get(pk=evidence_id)
    )


def _before_rejection(evidence: Evidence) -> str:
    """The stance a rejected piece was accepted with before; empty if it was a suggestion."""
    rejected = Event.objects.filter(object_id=evidence.public_id, verb="evidence.rejected")
    last = rejected.order_by("-position").first()
    return last.data.get("stance", "") if last else ""


def _decided(evidence: Evidence, by: User) -> None:
    evidence.decided_by, evidence.decided_at = by, Now()
    evidence.save(update_fields=["state", "stance", "rejection", "decided_by", "decided_at"])
