"""What a piece of evidence says of a stance that is not shown, and of whom it relays."""

import re

import pytest
from django.urls import reverse

from tests.factories import AppearanceFactory, EvidenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return AppearanceFactory().claim


def page_of(browser, claim):
    return browser.get(reverse("claims:claim", args=[claim.public_id])).text


@pytest.mark.parametrize(
    ("piece", "of_claim", "told"),
    [
        (
            {"machine_stance": "contradicts", "confidence": 0.78},
            {},
            "Not sure enough: contradicts 0.78",
        ),
        (
            {"confidence": 0.94, "relation": "relays_claimant"},
            {},
            "Not shown, because it relays the claimant: supports 0.94",
        ),
        (
            {"confidence": 0.94},
            {"text": "He denies it."},
            "Not shown, because the claim says too little by itself: supports 0.94",
        ),
        (
            {"machine_stance": "contradicts", "confidence": 0.94},
            {"needs_context": True},
            "Not shown, because the claim leans on other sentences: contradicts 0.94",
        ),
    ],
)
def test_a_stance_that_is_withheld_is_told_with_why(browser, claim, piece, of_claim, told):
    type(claim).objects.filter(pk=claim.pk).update(
        **{"text": "Forty boats left the harbour of Hull on Monday."} | of_claim
    )
    EvidenceFactory(claim=claim, **{"machine_stance": "supports"} | piece)
    side, sure = told.rsplit(" ", 1)
    assert f"{side}, right with a probability of {sure}" in page_of(browser, claim)


def test_of_the_background_what_was_nearly_shown_comes_first(browser, claim):
    for stance, confidence in (("neutral", 0.99), ("neutral", 0.55), ("supports", 0.7)):
        EvidenceFactory(claim=claim, machine_stance=stance, confidence=confidence)
    html = page_of(browser, claim)
    told = re.findall("right with a probability of ([0-9.]+)", html)
    assert told == ["0.70", "0.55", "0.99"]


def test_a_reviewer_says_below_a_piece_that_it_is_independent_after_all(browser, claim):
    piece = EvidenceFactory(claim=claim, accepted=True, relation="relays_article")
    assert "Independent after all…" in page_of(browser, claim)

    sent = {"relation": "independent", "reason": "Older than the <article>."}
    browser.post(reverse("claims:relate", args=[piece.public_id]), sent)

    html = page_of(browser, claim)
    assert "1 accepted, 1 independent origin<" in html
    assert "Older than the &lt;article&gt;." in html
    assert f"said that “{piece.source.title}” is independent after all" in html
    assert "Only relays it…" in html
