"""ClaimReview: a published verdict as data that search engines and archives read.

The vocabulary is schema.org's; the root is the ClaimReview itself, without a
graph around it, because readers look at the root only.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.kinds import OWN_VOICE

Node = dict[str, object]

_CLAIMANTS = {"person": "Person", "body": "Organization"}
_WORKS = {
    "article": "Article",
    "report": "Report",
    "dataset": "Dataset",
    "law": "Legislation",
    "post": "SocialMediaPosting",
}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who publishes, and where it says how it works; empty addresses are left out.

    ``site`` is where it publishes, without a slash at the end, and ``home`` its own page.
    """

    name: str
    site: str
    home: str
    logo: str = ""
    licence: str = ""
    corrections_policy: str = ""
    methodology: str = ""
    sources_policy: str = ""
    feedback: str = ""
    principles: str = ""
    funding: str = ""
    about: str = ""

    @property
    def says_how_it_works(self) -> bool:
        """Whether it has a page about itself or how it works."""
        return any(
            (
                *(self.about, self.methodology, self.sources_policy, self.corrections_policy),
                *(self.principles, self.funding, self.feedback),
            )
        )


@dataclass(frozen=True, slots=True)
class Work:
    """An article that makes the claim, or a work the verdict cites. ``kind`` is a source's.

    ``archive_url`` is a public archive's copy of what was cited.
    """

    name: str
    url: str = ""
    outlet: str = ""
    published_at: date | None = None
    kind: str = ""
    archive_url: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a version corrects in public, or the withdrawal of the one whose place it took."""

    number: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A published verdict as frozen.

    ``rating_number`` lies between 1 (worst) and ``best``; None where nothing
    was measured. ``claimant_kind`` is "person", "body", OWN_VOICE or anything
    else, of which ClaimReview has no type: then it names no claimant, as readers
    refuse one without. ``quote`` is what the article printed.
    """

    url: str
    organisation: Organisation
    claim: str
    rating: str
    published_at: datetime
    modified_at: datetime
    version: int
    best: int
    rating_number: int | None = None
    summary: str = ""
    language: str = ""
    claimant: str = ""
    claimant_kind: str = ""
    claimant_title: str = ""
    said_at: date | None = None
    quote: str = ""
    said_in: Work | None = None
    also_said: Sequence[Work] = ()
    citations: Sequence[Work] = ()
    corrections: Sequence[Corrected] = ()


def claim_review(reviewed: Reviewed) -> Node:
    """Return the ClaimReview of a verdict; empty properties are left out."""
    organisation = reviewed.organisation
    return _kept(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": f"{reviewed.url}#review",
            "url": reviewed.url,
            "datePublished": reviewed.published_at.isoformat(),
            "dateModified": reviewed.modified_at.isoformat(),
            "inLanguage": reviewed.language,
            "version": str(reviewed.version),
            "claimReviewed": reviewed.claim,
            "author": _author(organisation),
            "reviewRating": _rating(reviewed),
            "itemReviewed": _claim(reviewed),
            "citation": [_work(cited) for cited in reviewed.citations],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "@id": f"{reviewed.url}#correction-{corrected.number}",
                    "datePublished": corrected.at.isoformat(),
                    "text": corrected.note,
                }
                for corrected in reviewed.corrections
            ],
            "sdPublisher": {
                "@type": "Organization",
                "name": organisation.name,
                "url": organisation.home,
            },
            "sdDatePublished": reviewed.modified_at.date().isoformat(),
            "sdLicense": organisation.licence,
        }
    )


def data_feed(url: str, organisation: Organisation, changed_at: datetime | None) -> Node:
    """Return the DataFeed of all verdicts but for its elements."""
    return _kept(
        {
            "@context": "https://schema.org",
            "@type": "DataFeed",
            "@id": url,
            "url": url,
            "name": f"Fact-checks by {organisation.name}",
            "publisher": _author(organisation),
            "license": organisation.licence,
            "dateModified": changed_at.isoformat() if changed_at else "",
        }
    )


def data_feed_item(reviewed: Reviewed) -> Node:
    """Return one element of the DataFeed."""
    return {
        "@type": "DataFeedItem",
        "dateCreated": reviewed.published_at.isoformat(),
        "dateModified": reviewed.modified_at.isoformat(),
        "item": claim_review(reviewed),
    }


def as_script(node: Mapping[str, object]) -> str:
    """JSON that can stand inside a script element, whatever its strings hold.

    >>> as_script({"text": "</script><b>"})
    '{"text": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    return json.dumps(node, ensure_ascii=False).translate(_ESCAPES)


def _author(organisation: Organisation) -> Node:
    return _kept(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{organisation.site}/#organisation",
            "name": organisation.name,
            "url": organisation.home,
            "logo": organisation.logo,
            "correctionsPolicy": organisation.corrections_policy,
            "verificationFactCheckingPolicy": organisation.methodology,
            "unnamedSourcesPolicy": organisation.sources_policy,
            "actionableFeedbackPolicy": organisation.feedback,
            "publishingPrinciples": organisation.principles,
            "ownershipFundingInfo": organisation.funding,
        }
    )


def _rating(reviewed: Reviewed) -> Node:
    rating: Node = {
        "@type": "Rating",
        "alternateName": reviewed.rating,
        "name": reviewed.rating,
        "ratingExplanation": reviewed.summary,
    }
    if reviewed.rating_number is not None:
        rating |= {
            "ratingValue": reviewed.rating_number,
            "bestRating": reviewed.best,
            "worstRating": 1,
        }
    return _kept(rating)


def _claim(reviewed: Reviewed) -> Node:
    return _kept(
        {
            "@type": "Claim",
            "@id": f"{reviewed.url}#claim",
            # What an article prints of a claimant is its writer's sentence, not their words.
            "text": reviewed.claim if reviewed.claimant else reviewed.quote or reviewed.claim,
            "datePublished": _day(reviewed.said_at),
            "author": _claimant(reviewed),
            "firstAppearance": _work(reviewed.said_in) | {"@type": "NewsArticle"}
            if reviewed.said_in
            else {},
            "appearance": [_work(work) | {"@type": "CreativeWork"} for work in reviewed.also_said],
        }
    )


def _claimant(reviewed: Reviewed) -> Node:
    if reviewed.claimant_kind == OWN_VOICE and reviewed.said_in and reviewed.said_in.outlet:
        return {"@type": "Organization", "name": reviewed.said_in.outlet}
    kind = _CLAIMANTS.get(reviewed.claimant_kind, "")
    if not reviewed.claimant or not kind:
        return {}
    return _kept(
        {
            "@type": kind,
            "name": reviewed.claimant,
            "jobTitle": reviewed.claimant_title if kind == "Person" else "",
        }
    )


def _work(work: Work) -> Node:
    return _kept(
        {
            "@type": _WORKS.get(work.kind, "CreativeWork"),
            "name": work.name,
            "headline": work.name if work.kind == "article" else "",
            "url": work.url,
            "archivedAt": work.archive_url,
            "datePublished": _day(work.published_at),
            "publisher": {"@type": "Organization", "name": work.outlet} if work.outlet else {},
        }
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _kept(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
