"""Figures and quotations beside the evidence, as a publisher reads them."""

import pytest
from django.urls import reverse

from claims.scopes import Scope
from tests.api.callers import caller
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    EvidenceFactory,
    PassageFactory,
    PublisherFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

QUOTE = "Forty boats left the harbour on Monday"
TEXT = f"Boats\n\n“{QUOTE},” the mayor said."
ANOTHER = "The log has it that thirty boats left the harbour on Monday."


@pytest.fixture
def publisher():
    return PublisherFactory()


@pytest.fixture
def claim(publisher):
    article = ArticleFactory(owner=None, publisher=publisher)
    version = ArticleVersionFactory(article=article, split=True, text=TEXT)
    SubmissionFactory(
        by_publisher=True, publisher=publisher, ready=True, version=version, text=TEXT
    )
    start = TEXT.index(QUOTE)
    return AppearanceFactory(
        version=version, quote=QUOTE, start=start, end=start + len(QUOTE), claim__text=f"{QUOTE}."
    ).claim


def beside(claim, words, **columns):
    return EvidenceFactory(
        claim=claim, passage=PassageFactory(snapshot__text=words), **({"accepted": True} | columns)
    )


def comparisons(publisher, claim, *scopes):
    answer = caller(publisher, *scopes).get(reverse("api:comparisons", args=[claim.public_id]))
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_another_figure_and_an_altered_quotation_are_told_word_by_word(publisher, claim):
    piece = beside(claim, ANOTHER)
    assert comparisons(publisher, claim) == [
        {
            "evidence": str(piece.public_id),
            "figures": [
                {
                    "claimed": "Forty boats left",
                    "found": "thirty boats left",
                    "how": "differs",
                }
            ],
            "quotations": [
                {
                    "quotation": f"{QUOTE},",
                    "how": "altered",
                    "pieces": [
                        {"part": "put_in", "words": "Forty"},
                        {"part": "same", "words": "boats left the harbour on Monday"},
                    ],
                    "negations": [],
                }
            ],
        }
    ]


def test_a_negation_that_a_quotation_lacks_is_told(publisher, claim):
    beside(claim, f"“I do not say that {QUOTE.lower()},” the mayor said.")
    [told] = comparisons(publisher, claim)
    assert told["quotations"][0]["negations"] == [{"where": "before", "words": "not say that"}]


def test_evidence_with_nothing_to_compare_is_left_out(publisher, claim):
    beside(claim, "It was cold.")
    assert comparisons(publisher, claim) == []


@pytest.mark.parametrize("publication", ["described", "secret"])
def test_words_that_are_not_shown_are_not_compared(publisher, claim, publication):
    beside(claim, ANOTHER, publication=publication)
    assert comparisons(publisher, claim) == []


def test_evidence_nobody_reviewed_needs_its_own_scope(publisher, claim):
    beside(claim, ANOTHER, accepted=False)
    assert comparisons(publisher, claim, Scope.CLAIMS_READ) == []
    assert comparisons(publisher, claim, Scope.CLAIMS_READ, Scope.EVIDENCE_SUGGESTED)


def test_a_persons_own_words_are_compared_too(publisher, claim):
    EvidenceFactory(claim=claim, by_hand=True, accepted=True, title="The log", body=ANOTHER)
    (told,) = comparisons(publisher, claim)
    assert told["figures"][0]["how"] == "differs"


def test_the_number_of_queries_is_fixed(publisher, claim, django_assert_num_queries):
    for count in range(5):
        beside(claim, f"{ANOTHER} It was written {count} times.")
    client = caller(publisher)
    client.get(reverse("api:comparisons", args=[claim.public_id]))
    with django_assert_num_queries(2):  # the key, and all the rest
        client.get(reverse("api:comparisons", args=[claim.public_id]))
