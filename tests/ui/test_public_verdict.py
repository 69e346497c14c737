"""What the world reads of a verdict: what was frozen when it was published, and nothing else."""

import json
import re

import pytest

from claims.models import Party
from claims.states import VerdictState
from tests.factories import AppearanceFactory, ArticleVersionFactory, PartyFactory
from tests.stories import claim_with_evidence, published, verdict_in
from tests.ui.conftest import path


@pytest.mark.parametrize(
    ("rating", "told"),
    [("mostly_true", "4 on a scale from 1 (False) to 5 (True)"), ("unproven", None)],
)
def test_the_public_page_says_on_which_scale_a_rating_has_its_number(world, rating, told):
    html = world.get(path("public", published(rating=rating, waiver="").claim)).text
    assert (told in html) if told else ('class="scale"' not in html)


def test_the_public_page_carries_a_claim_review_of_what_was_frozen(world, settings):
    settings.SITE_URL = "https://checks.example"
    settings.ORGANISATION = "Example Checks"
    settings.CORRECTIONS_POLICY_URL = "https://checks.example/corrections"
    verdict = verdict_in(VerdictState.PUBLISHED)
    html = world.get(path("public", verdict.claim)).text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    citation = verdict.citations.get()
    assert data["@type"] == "ClaimReview"
    assert data["url"] == f"https://checks.example/c/{verdict.claim.public_id}/"
    assert data["claimReviewed"] == verdict.claim_text
    assert data["reviewRating"]["alternateName"] == "True"
    assert (data["reviewRating"]["ratingValue"], data["reviewRating"]["bestRating"]) == (5, 5)
    assert data["author"]["name"] == "Example Checks"
    assert data["author"]["correctionsPolicy"] == "https://checks.example/corrections"
    assert "https://checks.example/corrections" in html
    assert data["citation"][0]["url"] == citation.url
    assert "correction" not in data


def test_what_changed_inside_since_publication_changes_nothing_outside(world, settings):
    claim = claim_with_evidence(claimant=PartyFactory(name="Jo Reed", kind="person"))
    AppearanceFactory(claim=claim, version__article=claim.article)
    verdict = verdict_in(VerdictState.PUBLISHED, claim)
    before = world.get(path("public", claim)).text
    settings.PUBLICATION_LANGUAGE = "de"
    Party.objects.update(name="Somebody else", kind="body")
    ArticleVersionFactory(article=claim.article, title="Rewritten", outlet="Another")
    type(claim.article).objects.update(canonical_url="https://moved.example/")
    type(claim).objects.filter(pk=claim.pk).update(text="Secret new wording.", note="Inside.")
    source = verdict.citations.get().evidence.source
    type(source).objects.filter(pk=source.pk).update(title="Renamed since")
    assert world.get(path("public", claim)).text == before


@pytest.mark.parametrize(
    "state", [VerdictState.DRAFT, VerdictState.PROPOSED, VerdictState.APPROVED]
)
def test_what_is_not_published_does_not_exist_for_the_world(world, state):
    verdict = verdict_in(state)
    assert world.get(path("public", verdict.claim)).status_code == 404
    assert world.get(path("public_version", verdict.claim, 1)).status_code == 404
