"""Answers about articles, claims and verdicts that the documentation shows."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

ARTICLE_ID = "019ab2c4-81aa-7f02-b7a4-0d9e6c1b3f52"
CLAIM_ID = "019ab2c4-86c9-7b55-8a10-c2f7d4e9b083"
VERDICT_ID = "019ab2c5-0b3e-7a4d-9c11-7d2e8f6a5b90"
TEXT = "Forty boats at sea\n\nForty boats left the harbour, officials said."
QUOTE = "Forty boats left the harbour"
PASSAGE = "On Monday the port counted 14 boats that left the harbour."

_SUMMARY: dict[str, Any] = {
    "number": 1,
    "title": "Forty boats at sea",
    "byline": "",
    "outlet": "The Harbour Times",
    "language": "en",
    "published_at": "2026-11-24",
    "digest": "77c5be9ea26ab4430f3381dba2c6eae08f2c8ef932fc2c63e61ff1fb3ffd2096",
    "state": "split",
}
_EVIDENCE: dict[str, Any] = {
    "id": "019ab2c4-9f10-7e21-8c33-1a2b3c4d5e6f",
    "kind": "passage",
    "wording": 1,
    "reviewed": True,
    "stance": "contradicts",
    "confidence": None,
    "relation": "independent",
    "publication": "full",
    "source": {
        "title": "Departures, November 2026",
        "url": "https://port.example/departures/2026-11",
        "outlet": "Port Authority",
        "published_at": "2026-11-24",
        "kind": "dataset",
        "retracted": False,
        "blocked": False,
    },
    "passage": PASSAGE,
    "rationale": {"start": 10, "end": 57, "start_utf16": 10, "end_utf16": 57},
}
_CHECK: dict[str, Any] = {
    "outlet": "Harbour Checks",
    "rating": "Mostly false",
    "claim": "Forty boats went out on Monday",
    "title": "How many boats went out?",
    "url": "https://harbour-checks.example/boats",
    "checked_at": "2026-11-24",
}
_CLAIM: dict[str, Any] = {
    "id": CLAIM_ID,
    "article": ARTICLE_ID,
    "text": "Forty boats left the harbour.",
    "wording": 1,
    "made_by": "machine",
    "worded_by": "machine",
    "machine_text": None,
    "attributed_by": "machine",
    "split_from": None,
    "split_into": [],
    "merged_into": None,
    "merged_from": [],
    "kind": "quantity",
    "target": "content",
    "state": "closed",
    "outcome": "verdict",
    "dismissal": None,
    "on_desk": True,
    "off_desk": None,
    "checked_as": None,
    "search": "finished",
    "searched_at": "2026-11-24T09:31:07.250000Z",
    "check_worthiness": {"score": 0.871, "reasons": ["names a number"]},
    "needs_context": False,
    "read_with": "It was cold.",
    "said_at": "2026-11-24",
    "claimant": {"name": "officials", "kind": "unnamed"},
    "verdict": {"id": VERDICT_ID, "rating": "false", "rating_label": "False"},
    "checked_elsewhere": [_CHECK],
    "appearances": [
        {
            "id": "019ab2c4-8a01-7d10-9b22-0f1e2d3c4b5a",
            "version": 1,
            "anchor": "exact",
            "quote": QUOTE,
            "prefix": "Forty boats at sea\n\n",
            "suffix": ", officials said.",
            "span": {"start": 20, "end": 48, "start_utf16": 20, "end_utf16": 48},
            "attributions": [
                {
                    "party": "officials",
                    "party_kind": "unnamed",
                    "role": "asserts",
                    "described_as": "officials",
                    "verb": "said",
                    "direct": False,
                    "hedged": False,
                    "via": "",
                }
            ],
        }
    ],
    "evidence": [_EVIDENCE],
}
TOLD_VERDICT: dict[str, Any] = {
    "id": VERDICT_ID,
    "claim": CLAIM_ID,
    "version": 1,
    "state": "published",
    "url": f"https://check.example/c/{CLAIM_ID}/",
    "claim_text": "Forty boats left the harbour.",
    "claimant": {"name": "officials", "kind": "unnamed", "title": ""},
    "said_at": "2026-11-24",
    "said_in": {
        "title": "Forty boats at sea",
        "url": "https://harbour-times.example/boats",
        "outlet": "The Harbour Times",
        "published_at": "2026-11-24",
    },
    "quote": QUOTE,
    "language": "en",
    "rating": {"scale": "default", "code": "false", "label": "False", "number": 1, "best": 5},
    "summary": "The port counted 14 departures that day.",
    "explanation": "The port's own count for Monday is 14 departures [1].",
    "confidence": "high",
    "gaps": "",
    "waiver": "",
    "as_of": "2026-11-25",
    "published_at": "2026-11-25T10:00:00Z",
    "updated_at": "2026-11-25T10:00:00Z",
    "withdrawal_note": "",
    "correction": None,
    "replaces": None,
    "citations": [
        {
            "number": 1,
            "stance": "contradicts",
            "title": "Departures, November 2026",
            "outlet": "Port Authority",
            "url": "https://port.example/departures/2026-11",
            "published_at": "2026-11-24",
            "excerpt": PASSAGE,
        }
    ],
    "replies": [
        {
            "asked": "The ministry's press office",
            "asked_on": "2026-11-24",
            "outcome": "declined",
            "answer": "",
            "answered_on": None,
        }
    ],
    "checked_elsewhere": [_CHECK],
}


def _answer(
    name: str, value: dict[str, Any], media_type: str = "application/json"
) -> OpenApiExample:
    return OpenApiExample(
        name, value=value, response_only=True, status_codes=["200"], media_type=media_type
    )


ARTICLE = _answer(
    "A text handed in",
    {
        "id": ARTICLE_ID,
        "url": None,
        "external_id": "story-4711",
        "visibility": "confidential",
        "disclosed_at": None,
        "versions": [_SUMMARY],
    },
)
VERSION = _answer(
    "Two paragraphs",
    {
        "article": ARTICLE_ID,
        **_SUMMARY,
        "text": TEXT,
        "blocks": [
            {"start": 0, "end": 18, "start_utf16": 0, "end_utf16": 18, "placement": "headline"},
            {"start": 20, "end": 65, "start_utf16": 20, "end_utf16": 65, "placement": "body"},
        ],
    },
)
CLAIMS = _answer(
    "One claim, checked",
    {"article": ARTICLE_ID, "version": 1, "state": "split", "claims": [_CLAIM]},
)
CLAIM = _answer("A claim with a verdict", _CLAIM)
COPIED = _answer(
    "A claim of a copy",
    {
        **_CLAIM,
        "id": "019ab2c6-1f7d-7c08-9a55-3b6e2d4f8a01",
        "article": "019ab2c6-1a02-7e94-8d31-6c5b4a392817",
        "state": "open",
        "outcome": None,
        "on_desk": False,
        "off_desk": "copy",
        "checked_as": CLAIM_ID,
        "search": None,
        "searched_at": None,
        "checked_elsewhere": [],
        "evidence": [],
    },
)
EVIDENCE = _answer("One accepted passage", {"results": [_EVIDENCE]})
COMPARISONS = _answer(
    "Another figure",
    {
        "results": [
            {
                "evidence": _EVIDENCE["id"],
                "figures": [
                    {
                        "claimed": "Forty boats left",
                        "found": "14 boats that left",
                        "how": "differs",
                    }
                ],
                "quotations": [],
            }
        ]
    },
)
VERDICT = _answer("A verdict", TOLD_VERDICT)
CLAIM_REVIEW = _answer(
    "Shortened",
    {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://check.example/c/{CLAIM_ID}/",
        "claimReviewed": "Forty boats left the harbour.",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
    },
    "application/ld+json",
)
MATCH_ASKED = OpenApiExample(
    "One sentence",
    value={"texts": ["Forty boats set out from the harbour on Monday."]},
    request_only=True,
)
MATCHED = _answer(
    "Checked before",
    {
        "results": [
            {
                "text": "Forty boats set out from the harbour on Monday.",
                "matches": [
                    {"score": 0.912, "method": "words-and-meaning/1", "verdict": TOLD_VERDICT}
                ],
            }
        ]
    },
)
