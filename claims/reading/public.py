"""A verdict as the world reads it: what was frozen with it, and where copies of it are."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings

from claims.claimreview import Corrected, Organisation, Reviewed, Work
from claims.models import Citation, Verdict
from claims.ratings import SCALES
from claims.states import VerdictState


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One published version, and every other one."""

    verdict: Verdict
    versions: list[Verdict]
    citations: list[Citation]

    @property
    def is_newest(self) -> bool:
        """Whether this is the version that stands."""
        return self.verdict == self.versions[0]

    @property
    def stands(self) -> bool:
        """Whether this version is neither corrected since nor withdrawn."""
        return self.verdict.state == VerdictState.PUBLISHED

    @property
    def first_at(self) -> datetime:
        """When there was a public verdict on the claim first."""
        return _public_since(self.versions[-1])

    @property
    def changed_at(self) -> datetime:
        """When this version was published or, if it was since, withdrawn."""
        return self.verdict.withdrawn_at or _public_since(self.verdict)

    @property
    def is_withdrawn(self) -> bool:
        """Whether this version was taken back in public."""
        return self.verdict.state == VerdictState.WITHDRAWN

    @property
    def corrected(self) -> list[Verdict]:
        """The versions up to this one that correct an earlier one, the newest first."""
        return [
            version
            for version in self.versions
            if version.number <= self.verdict.number and hasattr(version, "correction")
        ]

    def reviewed(self, url: str, organisation: Organisation) -> Reviewed:
        """What the ClaimReview is made of."""
        verdict = self.verdict
        return Reviewed(
            url=url,
            organisation=organisation,
            claim=verdict.claim_text,
            claimant=verdict.claimant,
            claimant_kind=verdict.claimant_kind,
            claimant_title=verdict.claimant_title,
            said_at=verdict.said_at,
            quote=verdict.quote,
            said_in=Work(
                verdict.article_title,
                verdict.article_url,
                verdict.article_outlet,
                verdict.article_published_at,
                kind="article",
            )
            if verdict.article_title
            else None,
            language=verdict.language,
            rating=verdict.rating_label,
            rating_number=verdict.rating_number,
            best=SCALES[verdict.scale].best,
            summary=verdict.summary,
            published_at=self.first_at,
            modified_at=_public_since(verdict),
            version=len(self.versions),
            citations=[
                Work(
                    citation.title,
                    citation.url,
                    citation.outlet,
                    citation.source_published_at,
                    citation.source_kind,
                    citation.archive_url or "",
                )
                for citation in self.citations
            ],
            corrections=[
                Corrected(place, version.correction.note, _public_since(version))
                for place, version in enumerate(reversed(self.corrected), start=1)
            ],
        )


def _public_since(verdict: Verdict) -> datetime:
    return cast(datetime, verdict.published_at)  # the database holds no public verdict without


def public_page(claim_id: UUID, number: int | None) -> PublicPage | None:
    """Load a claim's newest public verdict, or version ``number``; None if there is none.

    Two queries.
    """
    versions = list(
        Verdict.objects.filter(claim__public_id=claim_id)
        .public()
        .with_article_language()
        .select_related("claim", "correction")
        .order_by("-number")
    )
    wanted = [version for version in versions if number in (None, version.number)]
    if not wanted:
        return None
    # A copy is made some time after the page was cited, and adds to what was frozen.
    citations = Citation.objects.filter(verdict=wanted[0]).with_copies().with_languages()
    return PublicPage(wanted[0], versions, list(citations.order_by("number")))


def organisation_of_settings() -> Organisation:
    """Who publishes here."""
    return Organisation(
        name=settings.ORGANISATION,
        site=settings.SITE_URL,
        logo=settings.LOGO_URL,
        licence=settings.LICENCE_URL,
        corrections_policy=settings.CORRECTIONS_POLICY_URL,
        methodology=settings.METHODOLOGY_URL,
        sources_policy=settings.SOURCES_POLICY_URL,
        feedback=settings.FEEDBACK_URL,
        principles=settings.PRINCIPLES_URL,
        funding=settings.FUNDING_URL,
        about=settings.ABOUT_URL,
    )
