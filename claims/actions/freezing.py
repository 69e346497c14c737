"""What the public will read of a verdict, copied into it before a second person reads it."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import F

from claims.kinds import OWN_VOICE, Role
from claims.models import (
    Appearance,
    CheckLink,
    Citation,
    Claim,
    Evidence,
    EvidenceKind,
    ReplyRequest,
    Verdict,
    Visibility,
)
from claims.ratings import SCALES
from sources.models import SourceKind

FROZEN = [
    "claim_text",
    "claim_wording",
    "claimant",
    "claimant_kind",
    "claimant_title",
    "said_at",
    "quote",
    "article_url",
    "article_title",
    "article_outlet",
    "article_published_at",
    "language",
    "rating_label",
    "rating_number",
    "checked_elsewhere",
    "replies",
]
"""What a verdict takes from its claim, its article, its scale, checks by others, and replies."""

CITED = [
    "stance",
    "excerpt",
    "title",
    "outlet",
    "url",
    "source_kind",
    "source_published_at",
    "record_kind",
]
"""What a reader sees of a citation."""


def freeze(verdict: Verdict, citations: Sequence[Citation]) -> None:
    """Fill FROZEN from the rows as they stand now, and store what each citation shows.

    The caller saves the verdict.
    """
    fill(verdict, citations)
    Citation.objects.bulk_update(citations, [*CITED, "snapshot"])


def fill(verdict: Verdict, citations: Sequence[Citation]) -> None:
    """Say of a verdict and its citations what the public would read, and store nothing.

    Nothing is copied of an article that is not public. A draft may not be rated yet.
    """
    claim = verdict.claim
    rating = SCALES[verdict.scale][verdict.rating] if verdict.rating else None
    verdict.claim_text, verdict.claim_wording = claim.text, claim.wording
    verdict.claimant = claim.claimant.name if claim.claimant else ""
    own_voice = OWN_VOICE if claim.claimant_is_known else ""
    verdict.claimant_kind = claim.claimant.kind if claim.claimant else own_voice
    verdict.said_at, verdict.language = claim.said_at, settings.PUBLICATION_LANGUAGE
    verdict.rating_label = rating.label if rating else ""
    verdict.rating_number = rating.number if rating else None
    checks = CheckLink.objects.filter(claim=claim).confirmed().told()
    verdict.checked_elsewhere = [link.as_published() for link in checks]
    verdict.replies = [reply.as_published() for reply in ReplyRequest.objects.about(claim)]
    _freeze_place(verdict, claim)
    for citation in citations:
        _freeze_citation(citation)


def _freeze_place(verdict: Verdict, claim: Claim) -> None:
    """Where the article first says it, in which words of its own, and what it calls the claimant.

    Headline, outlet and date are as they were last corrected for that text.
    The words of a merged claim only where its own are not public.
    """
    verdict.quote = verdict.claimant_title = ""
    verdict.article_url = verdict.article_title = verdict.article_outlet = ""
    verdict.article_published_at = None
    first = (
        Appearance.objects.filter(
            claim=claim, start__isnull=False, version__article__visibility=Visibility.PUBLIC
        )
        .select_related("version__article")
        .prefetch_related("attributions")
        .order_by(F("merged_from").asc(nulls_first=True), "version__number", "start")
        .first()
    )
    if first is None:
        return
    version = first.version
    verdict.quote = first.quote
    verdict.claimant_title = next(
        (
            said.described_as
            for said in first.attributions.all()
            if said.party_id == claim.claimant_id and said.role == Role.ASSERTS
        ),
        "",
    )
    version = version.article.versions.filter(digest=version.digest).order_by("-number")[0]
    verdict.article_url = version.article.canonical_url
    verdict.article_title, verdict.article_outlet = version.title, version.outlet
    verdict.article_published_at = version.published_at


def _freeze_citation(citation: Citation) -> None:
    """Copy into the citation what its evidence says and where it stands."""
    evidence, passage, source = (
        citation.evidence,
        citation.evidence.passage,
        citation.evidence.source,
    )
    citation.stance = evidence.stance
    citation.title, citation.outlet, citation.url = "A source that is not named", "", ""
    citation.source_kind, citation.source_published_at = "", None
    citation.record_kind = ""
    citation.excerpt, citation.snapshot = "", None
    if evidence.publication == Evidence.Publication.SECRET:
        return
    citation.title = source.title if source else evidence.title
    if source:
        citation.outlet, citation.url = source.outlet.name, source.url or ""
        citation.source_kind, citation.source_published_at = source.kind, source.published_at
    elif evidence.kind == EvidenceKind.DATASET:
        citation.source_kind = SourceKind.DATASET
    if evidence.kind != EvidenceKind.PASSAGE:
        citation.record_kind = evidence.kind
    if evidence.publication == Evidence.Publication.FULL:
        citation.excerpt = passage.text if passage else evidence.body
        citation.snapshot_id = passage.snapshot_id if passage else None
