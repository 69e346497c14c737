"""ClaimReview: a published verdict as data that search engines and archives read.

The vocabulary is schema.org's; the root is the ClaimReview itself, without a
graph around it, because readers look at the root only.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Node = dict[str, object]

_TYPES = {"person": "Person", "body": "Organization"}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A work the verdict cites."""

    name: str
    url: str = ""
    outlet: str = ""
    published_at: date | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a version corrects, in public."""

    number: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A published verdict as frozen.

    ``rating_number`` lies between 1 (worst) and ``best``; None where nothing
    was measured. ``claimant_kind`` is "person", "body" or anything else, which
    leaves the claimant's type open.
    """

    url: str
    site: str
    organisation: str
    claim: str
    rating: str
    published_at: datetime
    modified_at: datetime
    version: int
    best: int
    rating_number: int | None = None
    summary: str = ""
    claimant: str = ""
    claimant_kind: str = ""
    citations: Sequence[Cited] = ()
    corrections: Sequence[Corrected] = ()


def claim_review(reviewed: Reviewed) -> Node:
    """Return the ClaimReview of a verdict; empty properties are left out."""
    publisher = {
        "@type": "Organization",
        "@id": f"{reviewed.site}/#organisation",
        "name": reviewed.organisation,
        "url": f"{reviewed.site}/",
    }
    return _kept(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": f"{reviewed.url}#review",
            "url": reviewed.url,
            "datePublished": reviewed.published_at.isoformat(),
            "dateModified": reviewed.modified_at.isoformat() if reviewed.version > 1 else "",
            "version": str(reviewed.version),
            "claimReviewed": reviewed.claim,
            "author": publisher,
            "reviewRating": _rating(reviewed),
            "itemReviewed": _kept(
                {
                    "@type": "Claim",
                    "@id": f"{reviewed.url}#claim",
                    "text": reviewed.claim,
                    "author": _claimant(reviewed),
                }
            ),
            "citation": [_cited(cited) for cited in reviewed.citations],
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
                "name": reviewed.organisation,
                "url": f"{reviewed.site}/",
            },
            "sdDatePublished": reviewed.modified_at.date().isoformat(),
        }
    )


def as_script(node: Mapping[str, object]) -> str:
    """JSON that can stand inside a script element, whatever its strings hold.

    >>> as_script({"text": "</script><b>"})
    '{"text": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    return json.dumps(node, ensure_ascii=False).translate(_ESCAPES)


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


def _claimant(reviewed: Reviewed) -> Node:
    if not reviewed.claimant:
        return {}
    return _kept({"@type": _TYPES.get(reviewed.claimant_kind, ""), "name": reviewed.claimant})


def _cited(cited: Cited) -> Node:
    return _kept(
        {
            "@type": "CreativeWork",
            "name": cited.name,
            "url": cited.url,
            "datePublished": cited.published_at.isoformat() if cited.published_at else "",
            "publisher": {"@type": "Organization", "name": cited.outlet} if cited.outlet else {},
        }
    )


def _kept(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
