"""A verdict as the world reads it: what was frozen with it, and where copies of it are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Subquery
from django.urls import reverse

from claims.claimreview import Corrected, Organisation, Reviewed, Work
from claims.kinds import Anchor
from claims.models import Appearance, ArticleVersion, Citation, Verdict, Visibility
from claims.ratings import SCALES
from claims.reading.record import PublicChange, What, came_by, withdrawal_of
from claims.reading.said_again import also_said
from claims.states import VerdictState, VersionState


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One published version, and every other one, the newest first.

    ``left_out`` says that the article does not say the claim any more; ``also_said`` are other
    articles that say the same, of a version that stands.
    """

    verdict: Verdict
    versions: list[Verdict]
    citations: list[Citation]
    left_out: bool = False
    also_said: Sequence[Work] = ()

    @property
    def newest(self) -> Verdict:
        """The version that stands, or was withdrawn last."""
        return self.versions[0]

    @property
    def is_newest(self) -> bool:
        """Whether no other version took the place of this one."""
        return self.verdict == self.newest

    @property
    def title(self) -> str:
        """What was found about which claim; of what does not stand, that."""
        found = "Withdrawn" if self.is_withdrawn else self.verdict.rating_label
        earlier = "" if self.is_newest else "Earlier version: "
        return f"{earlier}{found}: {self.verdict.claim_text}"

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
    def changes(self) -> list[PublicChange]:
        """How each version up to this one took the place of an earlier one, the last first."""
        came = (came_by(each) for each in self.versions if each.number <= self.verdict.number)
        return [change for change in came if change]

    @property
    def fates(self) -> list[tuple[Verdict, PublicChange | None]]:
        """Every version, with its withdrawal or what took its place; None of one that stands."""
        later = [None, *(came_by(version) for version in self.versions[:-1])]
        return [
            (version, withdrawal_of(version) or change)
            for version, change in zip(self.versions, later, strict=True)
        ]

    @property
    def fate(self) -> PublicChange | None:
        """What became of this version."""
        return dict(self.fates)[self.verdict]

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
            also_said=self.also_said,
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
                Corrected(place, _in_data(change), change.at)
                for place, change in enumerate(reversed(self.changes), start=1)
                if change.what != What.UPDATED
            ],
        )


def _public_since(verdict: Verdict) -> datetime:
    return cast(datetime, verdict.published_at)  # the database holds no public verdict without


def _in_data(change: PublicChange) -> str:
    """The note of a change; of a withdrawal with what was withdrawn, since that stands nowhere."""
    if change.what != What.WITHDRAWN:
        return change.note
    return f"Replaces a verdict ({change.verdict.rating_label}) that was withdrawn: {change.note}"


def public_page(claim_id: UUID, number: int | None) -> PublicPage | None:
    """Load a claim's newest public verdict, or version ``number``; None if there is none.

    Seven queries at most.
    """
    versions = list(
        Verdict.objects.filter(claim__public_id=claim_id)
        .public()
        .with_article_language()
        .select_related("claim__article", "correction")
        .with_withdrawn()
        .order_by("-number")
    )
    wanted = [version for version in versions if number in (None, version.number)]
    if not wanted:
        return None
    # A copy is made some time after the page was cited, and adds to what was frozen.
    citations = Citation.objects.filter(verdict=wanted[0]).with_copies().with_languages()
    shown = wanted[0]
    stands = shown.state == VerdictState.PUBLISHED
    return PublicPage(
        shown,
        versions,
        list(citations.order_by("number")),
        _is_left_out(shown),
        also_said([shown.claim_id]).get(shown.claim_id, ()) if stands else (),
    )


def _is_left_out(verdict: Verdict) -> bool:
    """Whether the article a verdict was first read in says the claim no more.

    Nothing is told of an article that is not public now.
    """
    article = verdict.claim.article
    if not verdict.article_title or article.visibility != Visibility.PUBLIC:
        return False
    newest = ArticleVersion.objects.filter(article=article, state=VersionState.SPLIT)
    places = Appearance.objects.filter(
        claim=verdict.claim_id, version=Subquery(newest.order_by("-number").values("pk")[:1])
    )
    anchors = set(places.values_list("anchor", flat=True))
    return anchors == {Anchor.ORPHANED}


def organisation_of_settings() -> Organisation:
    """Who publishes here."""
    return Organisation(
        name=settings.ORGANISATION,
        site=settings.SITE_URL,
        home=settings.ORGANISATION_URL or settings.SITE_URL + reverse("claims:published"),
        logo=settings.LOGO_URL,
        licence=settings.LICENCE_URL,
        corrections_policy=settings.CORRECTIONS_POLICY_URL,
        methodology=settings.METHODOLOGY_URL,
        sources_policy=settings.SOURCES_POLICY_URL,
        feedback=settings.FEEDBACK_URL or settings.SITE_URL + reverse("claims:reporting"),
        principles=settings.PRINCIPLES_URL,
        funding=settings.FUNDING_URL,
        about=settings.ABOUT_URL,
    )
