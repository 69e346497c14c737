"""What a search found, set beside its claim."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from claims.actions.linking import suggest_links
from claims.comparing import Liked
from claims.models import Claim, Evidence, EvidenceKind, ModelRun, Relation, Search, Visibility
from claims.states import ClaimState, EvidenceState
from factcheck.models import Actor, Event
from sources.models import Passage, Source
from sources.retrieval import Asked, Gathered, Judged

PROVIDER_BACK_AFTER = timedelta(minutes=15)
"""When a provider that was down is asked again, alone, if it does not say itself."""

MACHINE_COLUMNS = [
    "wording",
    "search",
    "machine_stance",
    "confidence",
    "shown",
    "rationale_start",
    "rationale_end",
    "relation",
    "why",
]
"""What a later search may refresh; all else is a person's, and so is a relation a person said."""


@transaction.atomic
def store_evidence(
    search: Search,
    lease: UUID,
    gathered: Gathered,
    passages: Sequence[Passage],
    *,
    liked: Sequence[Liked] | None = None,
    started_at: datetime,
    run: ModelRun | None = None,
    by: Actor,
) -> int:
    """Set what was found beside the claim; return how many pieces there are.

    ``passages`` are the stored passages of ``gathered.judged``, in order;
    ``liked`` is what the claim was found to be like, None if nobody looked. The
    suggestions are discarded when the claim was reworded or decided
    meanwhile, and so is what comes from a retracted source or a blocked
    outlet. What a person decided is never touched, and what they brought, or
    decided about an earlier wording, is left as it is altogether. A provider
    that was down gets a search of its own, due later. ``run`` is kept if a
    language model was to judge. Raise LeaseLost if the worker came too late.
    """
    Search.objects.fence(search.pk, lease)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=search.claim_id)
    wanted = claim.wording == search.wording and claim.state in (
        ClaimState.OPEN,
        ClaimState.IN_REVIEW,
    )
    kept: list[tuple[Judged, Passage]] = []
    linked = 0
    if wanted:
        kept = _suggest(claim, search, gathered, passages)
        linked = suggest_links(claim, liked) if liked is not None else 0
        _ask_again_later(claim, search, gathered.asked)
    Search.objects.finish(
        search.pk,
        lease,
        queries=list(gathered.queries),
        providers=[
            {
                "provider": asked.provider,
                "found": asked.found,
                "seconds": asked.seconds,
                "error": asked.error,
                "questions": list(asked.questions),
            }
            for asked in gathered.asked
        ],
        versions=_versions(gathered, run),
        kept=[
            {
                "source": passage.snapshot.source_id,
                "words": passage.digest,
                "rank": judged.rank,
                "stance": str(judged.judgement.stance) if judged.judgement.shown else None,
            }
            for judged, passage in kept
        ]
        if wanted
        else None,
        passages_read=gathered.read,
        started_at=started_at,
        finished_at=Now(),
    )
    if run:
        run.search = search
        run.save(force_insert=True)
    Event.objects.record(
        "search.finished",
        search,
        by=by,
        thread=claim,
        wording=search.wording,
        read=gathered.read,
        kept=len(kept),
        linked=linked,
        down=[asked.provider for asked in gathered.asked if asked.error],
        discarded=not wanted,
    )
    return len(kept)


def _versions(gathered: Gathered, run: ModelRun | None) -> dict[str, str]:
    """Which models found and judged, and which one did not although it was to."""
    instead = {"instead of": f"{run.model}, which {run.failure}"} if run and run.failure else {}
    found_by = {one.provider: one.found.by for one in gathered.judged if one.found.by}
    return {"stance": gathered.model, **found_by, **instead}


def _suggest(
    claim: Claim, search: Search, gathered: Gathered, passages: Sequence[Passage]
) -> list[tuple[Judged, Passage]]:
    """Write the suggestions; return the passages that may stand beside the claim."""
    standing = set(
        Source.objects.standing()
        .filter(pk__in={passage.snapshot.source_id for passage in passages})
        .values_list("pk", flat=True)
    )
    found = [
        (judged, passage)
        for judged, passage in zip(gathered.judged, passages, strict=True)
        if passage.snapshot.source_id in standing
    ]
    settled = set(
        claim.evidence.filter(
            ~Q(state=EvidenceState.SUGGESTED) & ~Q(wording=search.wording)
            | Q(added_by__isnull=False)
        ).values_list("source_id", "passage_digest")
    )
    said: dict[tuple[int | None, str], str] = {
        (source, words): relation
        for source, words, relation in claim.evidence.filter(related_by__isnull=False).values_list(
            "source_id", "passage_digest", "relation"
        )
    }
    pieces = [
        _evidence(claim, search, judged, passage, gathered.model)
        for judged, passage in found
        if (passage.snapshot.source_id, passage.digest) not in settled
    ]
    for piece in pieces:
        piece.relation = said.get((piece.source_id, piece.passage_digest), piece.relation)
        piece.shown = piece.shown and piece.relation == Relation.INDEPENDENT
    Evidence.objects.bulk_create(
        pieces,
        update_conflicts=True,
        unique_fields=["claim", "source", "passage_digest"],
        update_fields=MACHINE_COLUMNS,
    )
    return found


def _evidence(
    claim: Claim, search: Search, judged: Judged, passage: Passage, model: str
) -> Evidence:
    start, end = judged.judgement.rationale or (None, None)
    return Evidence(
        claim=claim,
        wording=search.wording,
        search=search,
        kind=EvidenceKind.PASSAGE,
        source_id=passage.snapshot.source_id,
        passage=passage,
        passage_digest=passage.digest,
        machine_stance=judged.judgement.stance,
        confidence=judged.judgement.confidence,
        shown=judged.judgement.shown,
        rationale_start=start,
        rationale_end=end,
        relation=judged.relation,
        why={
            "provider": judged.provider,
            "rank": judged.rank,
            "ranks": dict(judged.found.ranks),
            "found_by": dict(judged.found.scores),
            "matched": list(judged.found.matched),
            "by": judged.found.by,
            "read_as": dict(judged.judgement.scores),
            "model": model,
        },
    )


def _ask_again_later(claim: Claim, search: Search, asked: Sequence[Asked]) -> None:
    # Whoever is owed an answer is outside, and the article may have become confidential.
    if search.only or not search.outside or claim.article.visibility != Visibility.PUBLIC:
        return
    Search.objects.bulk_create(
        [
            Search(
                claim=claim,
                wording=search.wording,
                why=Search.Why.PROVIDER_BACK,
                outside=True,
                only=answer.provider,
                due_at=Now() + _until_asked_again(answer),
            )
            for answer in asked
            if answer.error
        ],
        ignore_conflicts=True,
    )


def _until_asked_again(answer: Asked) -> timedelta:
    return PROVIDER_BACK_AFTER if answer.again_in is None else timedelta(seconds=answer.again_in)
