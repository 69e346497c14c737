"""ClaimReview says what was published, in schema.org's words and nothing besides."""

from datetime import UTC, date, datetime

import pytest

from claims.claimreview import Cited, Corrected, Reviewed, claim_review

FIRST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SECOND = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)

PROPERTIES = {
    "ClaimReview": {
        "@context",
        "@id",
        "author",
        "citation",
        "claimReviewed",
        "correction",
        "dateModified",
        "datePublished",
        "itemReviewed",
        "reviewRating",
        "sdDatePublished",
        "sdPublisher",
        "url",
        "version",
    },
    "Rating": {
        "alternateName",
        "bestRating",
        "name",
        "ratingExplanation",
        "ratingValue",
        "worstRating",
    },
    "Claim": {"@id", "author", "text"},
    "Person": {"name"},
    "Organization": {"@id", "name", "url"},
    "CreativeWork": {"datePublished", "name", "publisher", "url"},
    "CorrectionComment": {"@id", "datePublished", "text"},
}
"""Properties schema.org allows on each type, of those that are used here."""


def reviewed(**columns):
    content = {
        "url": "https://checks.example/c/1/",
        "site": "https://checks.example",
        "organisation": "Example Checks",
        "claim": "Crime doubled.",
        "claimant": "John Doe",
        "claimant_kind": "person",
        "rating": "Mostly false",
        "rating_number": 2,
        "best": 5,
        "summary": "It rose by 11%.",
        "published_at": FIRST,
        "modified_at": SECOND,
        "version": 2,
        "citations": [Cited("Table A4", "https://stat.example/a4", "Office", date(2026, 10, 24))],
        "corrections": [Corrected(1, "An earlier version said 9%.", SECOND)],
    }
    return claim_review(Reviewed(**(content | columns)))


def nodes(value):
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)


def test_every_property_belongs_to_its_type():
    for node in nodes(reviewed()):
        assert node.keys() - {"@type"} <= PROPERTIES[node["@type"]]


def test_what_readers_require_is_there():
    data = reviewed()
    assert data["@type"] == "ClaimReview"
    assert data["claimReviewed"] == "Crime doubled."
    assert data["url"].startswith(data["author"]["url"])
    rating = data["reviewRating"]
    assert rating["alternateName"] == "Mostly false"
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert data["datePublished"] == "2026-11-20T09:30:00+00:00"
    assert data["dateModified"] == "2026-11-21T16:05:00+00:00"
    assert data["itemReviewed"]["author"] == {"@type": "Person", "name": "John Doe"}


def test_a_rating_that_measures_nothing_carries_no_number():
    rating = reviewed(rating="Unproven", rating_number=None)["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()


def test_a_claimant_of_unknown_kind_has_a_name_and_no_type():
    assert reviewed(claimant_kind="unknown")["itemReviewed"]["author"] == {"name": "John Doe"}


@pytest.mark.parametrize(
    ("columns", "absent"),
    [
        ({"corrections": []}, "correction"),
        ({"citations": []}, "citation"),
        ({"version": 1}, "dateModified"),
    ],
)
def test_what_there_is_not_is_left_out(columns, absent):
    assert absent not in reviewed(**columns)


def test_without_a_claimant_the_claim_has_no_author():
    assert "author" not in reviewed(claimant="")["itemReviewed"]
