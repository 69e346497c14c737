"""ClaimReview as fact-checkers publish it."""

import json

CLAIMED = "The Lund dam cost 4.2 million crowns."


def review(**about: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/dam",
        "datePublished": "2020-06-02",
        "claimReviewed": CLAIMED,
        "author": {
            "@type": "Organization",
            "name": "Lund Checks",
            "url": "https://checks.example/",
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly false",
            "ratingValue": 2,
            "bestRating": 5,
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "The mayor"},
            "datePublished": "2020-05-20",
        },
    } | about


def feed(*reviews: object) -> bytes:
    """A DataFeed, each item a list as in the largest feed there is."""
    items = [
        {"@type": "DataFeedItem", "dateCreated": "2020-06-02T10:00:00Z", "item": [each]}
        for each in reviews
    ]
    return json.dumps(
        {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": items}
    ).encode()
