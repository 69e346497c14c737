"""ClaimReview says what was published, in schema.org's words and nothing besides."""

from datetime import UTC, date, datetime

import pytest

from claims.claimreview import Corrected, Organisation, Reviewed, Work, claim_review
from claims.kinds import OWN_VOICE

SITE = "https://checks.example"
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
        "inLanguage",
        "itemReviewed",
        "reviewRating",
        "sdDatePublished",
        "sdLicense",
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
    "Claim": {"@id", "appearance", "author", "datePublished", "firstAppearance", "text"},
    "CreativeWork": {"datePublished", "headline", "name", "publisher", "url"},
    "Person": {"jobTitle", "name"},
    "Organization": {"name", "url"},
    "NewsMediaOrganization": {
        "@id",
        "actionableFeedbackPolicy",
        "correctionsPolicy",
        "logo",
        "name",
        "ownershipFundingInfo",
        "publishingPrinciples",
        "unnamedSourcesPolicy",
        "url",
        "verificationFactCheckingPolicy",
    },
    "NewsArticle": {"datePublished", "headline", "name", "publisher", "url"},
    "Dataset": {"datePublished", "name", "publisher", "url"},
    "CorrectionComment": {"@id", "datePublished", "text"},
}
"""Properties schema.org allows on each type, of those that are used here."""


def reviewed(**columns):
    content = {
        "url": "https://checks.example/c/1/",
        "organisation": Organisation(
            "Example Checks",
            SITE,
            f"{SITE}/c/",
            logo="https://checks.example/logo.png",
            licence="https://creativecommons.org/licenses/by/4.0/",
            corrections_policy="https://checks.example/corrections",
            methodology="https://checks.example/method",
            sources_policy="https://checks.example/sources",
            feedback="https://checks.example/error",
            principles="https://checks.example/principles",
            funding="https://checks.example/funding",
        ),
        "claim": "Crime doubled.",
        "claimant": "John Doe",
        "claimant_kind": "person",
        "claimant_title": "Leader of the opposition",
        "said_at": date(2026, 11, 12),
        "quote": "Crime in this town has doubled",
        "said_in": Work(
            "Council debate turns to crime",
            "https://gazette.example/debate",
            "Northford Gazette",
            date(2026, 11, 12),
            "article",
        ),
        "also_said": [
            Work(
                "Crime again",
                "https://herald.example/crime",
                "Herald",
                date(2026, 11, 13),
                "article",
            ),
            Work("Undated", "https://post.example/1", kind="article"),
        ],
        "language": "en",
        "rating": "Mostly false",
        "rating_number": 2,
        "best": 5,
        "summary": "It rose by 11%.",
        "published_at": FIRST,
        "modified_at": SECOND,
        "version": 2,
        "citations": [
            Work("Table A4", "https://stat.example/a4", "Office", date(2026, 10, 24), "dataset")
        ],
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
    assert data["itemReviewed"]["author"] == {
        "@type": "Person",
        "name": "John Doe",
        "jobTitle": "Leader of the opposition",
    }
    assert data["citation"][0]["@type"] == "Dataset"


def test_it_has_every_property_of_the_worked_example_that_the_workspace_knows():
    data = reviewed()
    assert data.keys() - {"@type"} == PROPERTIES["ClaimReview"]
    assert data["author"].keys() - {"@type"} == PROPERTIES["NewsMediaOrganization"]
    claim = data["itemReviewed"]
    assert claim.keys() - {"@type"} == PROPERTIES["Claim"]
    assert claim["text"] == "Crime doubled."
    assert claim["datePublished"] == "2026-11-12"
    assert claim["firstAppearance"] == {
        "@type": "NewsArticle",
        "name": "Council debate turns to crime",
        "headline": "Council debate turns to crime",
        "url": "https://gazette.example/debate",
        "datePublished": "2026-11-12",
        "publisher": {"@type": "Organization", "name": "Northford Gazette"},
    }
    assert claim["appearance"] == [
        {
            "@type": "CreativeWork",
            "name": "Crime again",
            "headline": "Crime again",
            "url": "https://herald.example/crime",
            "datePublished": "2026-11-13",
            "publisher": {"@type": "Organization", "name": "Herald"},
        },
        {
            "@type": "CreativeWork",
            "name": "Undated",
            "headline": "Undated",
            "url": "https://post.example/1",
        },
    ]


def test_only_an_article_itself_says_what_it_prints():
    claim = reviewed(claimant="", claimant_kind="", claimant_title="")["itemReviewed"]
    assert claim["text"] == "Crime in this town has doubled"


def test_a_rating_that_measures_nothing_carries_no_number():
    rating = reviewed(rating="Unproven", rating_number=None)["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()


@pytest.mark.parametrize("kind", ["document", "unnamed", "unknown", ""])
def test_a_claimant_who_is_neither_person_nor_body_is_left_out(kind):
    assert "author" not in reviewed(claimant_kind=kind)["itemReviewed"]


def test_a_body_is_an_organisation():
    author = reviewed(claimant_kind="body")["itemReviewed"]["author"]
    assert author == {"@type": "Organization", "name": "John Doe"}


@pytest.mark.parametrize(
    ("columns", "absent"),
    [
        ({"corrections": []}, "correction"),
        ({"citations": []}, "citation"),
        ({"language": ""}, "inLanguage"),
        ({"organisation": Organisation("Example Checks", SITE, f"{SITE}/c/")}, "sdLicense"),
    ],
)
def test_what_there_is_not_is_left_out(columns, absent):
    assert absent not in reviewed(**columns)


def test_without_a_claimant_the_claim_has_no_author():
    assert "author" not in reviewed(claimant="", claimant_kind="")["itemReviewed"]


def test_what_the_article_itself_says_is_its_outlets():
    claim = reviewed(claimant="", claimant_kind=OWN_VOICE)["itemReviewed"]
    assert claim["author"] == {"@type": "Organization", "name": "Northford Gazette"}


@pytest.mark.parametrize("said_in", [None, Work("Council debate turns to crime")])
def test_of_an_article_without_an_outlet_nobody_is_said_to_say_it(said_in):
    claim = reviewed(claimant="", claimant_kind=OWN_VOICE, said_in=said_in)["itemReviewed"]
    assert "author" not in claim


def test_a_body_has_no_job():
    assert "jobTitle" not in reviewed(claimant_kind="body")["itemReviewed"]["author"]
