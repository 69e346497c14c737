"""From an article version to claims on the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from claims.actions.attributing import copy_attributions, parties
from claims.actions.locking import lock_article
from claims.actions.redating import bring_apart, day_said, word_anew
from claims.actions.urgency import deadline_of
from claims.anchoring import CONTEXT
from claims.carrying import Carried
from claims.kinds import SAME_WORDS, Likeness
from claims.models import (
    Appearance,
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    ClaimLink,
    ModelRun,
    PartyKind,
    Search,
    SearchReason,
    Submission,
    Visibility,
)
from claims.models.searching import NEEDED
from claims.notices import Notice
from claims.states import ClaimState, Dismissal, VersionState, check_move
from factcheck.models import Actor, Event, Hints

if TYPE_CHECKING:  # the splitter loads a language model; only workers need it
    from claims.splitting.results import Attribution as Said
    from claims.splitting.results import FoundClaim

LONGEST_READ_WITH = 2_000
"""Characters kept of the words a claim is read with."""


@dataclass(frozen=True, slots=True)
class Split:
    """Everything a worker computed about one version; ``run`` if it asked a language model.

    ``earlier`` are the keys of the appearances in the version before that
    ``carried`` was computed from.
    """

    new: Sequence["FoundClaim"]
    carried: Sequence[Carried]
    dropped: Sequence[tuple[int, int, str]]
    blocks: Sequence[tuple[int, int, str]]
    engine: str
    copy_of: ArticleVersion | None = None
    repeats: Mapping[int, int] = field(default_factory=dict)
    """Which of ``new``, by place, repeat a claim of ``copy_of`` word by word; by its key."""
    run: ModelRun | None = None
    earlier: frozenset[int] = frozenset()
    redated: Mapping[int, str] = field(default_factory=dict)
    """Wordings of carried claims, by key, whose relative dates mean something else now."""
    days_before: Mapping[int, int | None] = field(default_factory=dict)
    """How long before the article carried claims were said, by key, where that is read again."""


class Outdated(Exception):
    """Somebody changed what a worker looked at, meanwhile.

    Where the claims of the version before stand, or whether the original is checked.
    """


@transaction.atomic
def store_claims(version: ArticleVersion, lease: UUID, split: Split, *, by: Actor) -> list[Claim]:
    """Put the claims of a version on the desk, each with a search to run.

    What a copy repeats word by word is kept beside the desk, linked to the
    claim of the original: it is checked there. What an article makes that was
    set aside meanwhile is dismissed with it, and not searched.

    Raise LeaseLost if the worker came too late: then nothing is written, and
    the version's successor worker has split it. Raise Outdated if people
    marked, split or merged claims of the version before meanwhile, or set
    aside what it is a copy of.
    """
    ArticleVersion.objects.fence(version.pk, lease)
    version.article = lock_article(version.article_id)  # by now perhaps confidential
    _check_still_stand(version, split.earlier)
    _check_is_checked(split.copy_of)
    check_move(VersionState(version.state), VersionState.SPLIT)
    places = Appearance.objects.bulk_create(
        Appearance(
            claim_id=carried.claim_id,
            version=version,
            quote=carried.quote,
            prefix=carried.prefix,
            suffix=carried.suffix,
            start=carried.start,
            end=carried.end,
            anchor=carried.anchor,
            merged_from_id=carried.merged_from,
        )
        for carried in split.carried
    )
    _carry_attributions(version, places)
    claims = _create_claims(version, split)
    _create_appearances(version, claims, split.new)
    ClaimLink.objects.bulk_create(
        ClaimLink(
            claim=claims[place],
            other_id=other_id,
            relation=Likeness.SAME,
            score=1.0,
            method=SAME_WORDS,
        )
        for place, other_id in split.repeats.items()
    )
    redated = word_anew(version, split.redated, split.days_before)
    apart = bring_apart(redated)
    searches = [
        *want_evidence([claim for claim in [*claims, *apart] if _is_asked_about(claim)]),
        *want_evidence([claim for claim in redated if claim.desk], SearchReason.REWORDED),
    ]
    ArticleVersion.objects.finish(
        version.pk,
        lease,
        state=VersionState.SPLIT,
        dropped=[list(dropped) for dropped in split.dropped],
        blocks=version.blocks or [list(block) for block in split.blocks],
        splitter=split.engine,
        copy_of=split.copy_of,
    )
    if split.run:
        split.run.version = version
        split.run.save(force_insert=True)
    queue = NEEDED if any(search.claim.deadline for search in searches) else ""
    Hints(Search.task, [search.pk for search in searches], queue).after_commit()
    Submission.objects.filter(version=version).tell(Notice.SUBMISSION_READY)
    Event.objects.record(
        "article.split",
        version,
        by=by,
        thread=version.article,
        engine=split.engine[:120],
        new=len(claims),
        carried=sum(carried.start is not None for carried in split.carried),
        orphaned=sum(carried.start is None for carried in split.carried),
        dropped=len(split.dropped),
        copy_of=split.copy_of.public_id if split.copy_of else None,
        repeated=len(split.repeats),
        redated=len(redated),
        **_of_model(split),
    )
    return claims


def _of_model(split: Split) -> dict[str, Any]:
    """What the event says of the language model, if one was asked."""
    if split.run is None:
        return {}
    told = {"model": split.run.model, "tokens": split.run.tokens}
    return told | ({"fell_back": True} if split.run.failure else {})


def _check_still_stand(version: ArticleVersion, earlier: frozenset[int]) -> None:
    """Raise Outdated unless the version before still makes its claims where it did."""
    before = version.split_before()
    standing = Appearance.objects.filter(version=before) if before else Appearance.objects.none()
    if set(standing.values_list("pk", flat=True)) != earlier:
        raise Outdated("The claims of the version before were changed meanwhile.")


def _check_is_checked(original: ArticleVersion | None) -> None:
    """Raise Outdated if nobody checks any more what a copy repeats."""
    if original is None:
        return
    if Article.objects.filter(pk=original.article_id, set_aside_at__isnull=False).exists():
        raise Outdated("What it is a copy of was set aside meanwhile.")


def _carry_attributions(version: ArticleVersion, places: Sequence[Appearance]) -> None:
    """Let the version say of each carried claim who says it, as the version before did."""
    if not places:
        return
    before = version.split_before()
    earlier = Appearance.objects.filter(version=before).prefetch_related("attributions")
    said = {(at.claim_id, at.merged_from_id): at for at in earlier.order_by("-start", "-pk")}
    pairs = [(at, said.get((at.claim_id, at.merged_from_id))) for at in places]
    copy_attributions([(new, old) for new, old in pairs if old is not None])


def _create_claims(version: ArticleVersion, split: Split) -> list[Claim]:
    parties_by_key = parties(party_key(new.attribution) for new in split.new if new.attribution)
    deadline = deadline_of(version)
    return Claim.objects.bulk_create(
        Claim(
            article=version.article,
            text=new.dated_text,
            kind=new.kind,
            target=new.target,
            desk=new.desk and place not in split.repeats,
            check_worthiness=new.check_worthiness,
            reasons=list(new.reasons),
            needs_context=new.needs_context,
            read_with=_beginning(new.read_with(version.text)),
            claimant_id=parties_by_key[party_key(new.attribution)] if new.attribution else None,
            said_at=day_said(version.published_at, new.days_before),
            deadline=deadline,
            splitter=split.engine,
            **_end_with(version.article),
        )
        for place, new in enumerate(split.new)
    )


def _end_with(article: Article) -> dict[str, str]:
    """How claims end with an article that was set aside; no person dismissed them."""
    if article.set_aside_at is None:
        return {}
    return {
        "state": ClaimState.DISMISSED,
        "dismissal": Dismissal.OUTSIDE_REMIT,
        "note": article.set_aside_reason,
    }


def _is_asked_about(claim: Claim) -> bool:
    return claim.desk and claim.state == ClaimState.OPEN


def _beginning(words: str) -> str:
    """The words, of what has no end the beginning."""
    return words if len(words) <= LONGEST_READ_WITH else f"{words[:LONGEST_READ_WITH].rstrip()} …"


def _create_appearances(
    version: ArticleVersion, claims: Sequence[Claim], new: Sequence["FoundClaim"]
) -> None:
    appearances = Appearance.objects.bulk_create(
        Appearance(
            claim=claim,
            version=version,
            quote=found.quote,
            prefix=version.text[max(0, found.start - CONTEXT) : found.start],
            suffix=version.text[found.end : found.end + CONTEXT],
            start=found.start,
            end=found.end,
        )
        for claim, found in zip(claims, new, strict=True)
    )
    Attribution.objects.bulk_create(
        Attribution(
            appearance=appearance,
            party_id=claim.claimant_id,
            role=found.attribution.role,
            described_as=found.attribution.described_as[:300],
            verb=found.attribution.verb[:200],
            direct=found.attribution.direct,
            hedged=found.attribution.hedged,
            via=found.attribution.via[:200],
        )
        for appearance, claim, found in zip(appearances, claims, new, strict=True)
        if found.attribution and claim.claimant_id
    )


def want_evidence(
    claims: Sequence[Claim], why: SearchReason = SearchReason.NEW_CLAIM
) -> list[Search]:
    """Insert a search for each claim; the caller sends the hints.

    Only what is public may be asked about outside.
    """
    return Search.objects.bulk_create(
        Search(
            claim=claim,
            wording=claim.wording,
            why=why,
            outside=claim.article.visibility == Visibility.PUBLIC,
        )
        for claim in claims
    )


def party_key(said: "Said") -> tuple[str, str]:
    """The name and kind a party is stored by."""
    return (said.name[:200], PartyKind(said.kind) if said.named else PartyKind.UNNAMED)
