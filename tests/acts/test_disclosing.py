"""Confidential words are published once the article's owner or an editor says so, not before."""

import pytest
from django.contrib.auth.models import Group

from claims.actions.disclosing import disclose_article
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import Refused
from claims.models import Article, Visibility
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    AttributionFactory,
    PartyFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, verdict_in

pytestmark = pytest.mark.django_db


def confidential_claim():
    return claim_with_evidence(article=ArticleFactory())


def test_a_verdict_on_a_confidential_article_is_not_proposed():
    with pytest.raises(Refused, match="must make it public"):
        verdict_in(VerdictState.PROPOSED, confidential_claim())


def test_an_article_that_became_confidential_again_is_not_published():
    verdict = verdict_in(VerdictState.APPROVED)
    Article.objects.update(visibility=Visibility.CONFIDENTIAL)
    with pytest.raises(Refused, match="must make it public"):
        publish_verdict(verdict.pk, by=UserFactory())


def test_whoever_handed_an_article_in_makes_it_public():
    claim = confidential_claim()
    disclose_article(claim.article_id, by=claim.article.owner)
    claim.refresh_from_db()
    assert verdict_in(VerdictState.PUBLISHED, claim).claim_text == claim.text


def test_an_editor_makes_an_article_public_and_answers_for_it():
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="Editors"))
    article = disclose_article(confidential_claim().article_id, by=editor)
    assert Event.objects.about(article.public_id).get().user == editor


def test_no_other_colleague_makes_an_article_public():
    with pytest.raises(Refused, match="an editor"):
        disclose_article(confidential_claim().article_id, by=UserFactory())


def test_an_article_is_made_public_once():
    article = ArticleFactory(visibility=Visibility.PUBLIC)
    with pytest.raises(IllegalMove):
        disclose_article(article.pk, by=article.owner)


def test_where_and_by_whom_it_was_said_is_frozen_from_the_first_version():
    claim = claim_with_evidence(claimant=PartyFactory(name="Jo Reed", kind="person"))
    first = AppearanceFactory(
        claim=claim,
        version=ArticleVersionFactory(
            article=claim.article, title="Boats leave", outlet="The Tide", published_at="2020-06-24"
        ),
    )
    AttributionFactory(appearance=first, party=claim.claimant, described_as="harbour master")
    AppearanceFactory(
        claim=claim,
        version__article=claim.article,
        version__title="Boats left",
        version__text=f"{first.quote}.",
    )
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    assert (verdict.article_title, verdict.article_outlet) == ("Boats leave", "The Tide")
    assert (verdict.quote, verdict.claimant_title) == (first.quote, "harbour master")
    assert (verdict.claimant_kind, str(verdict.article_published_at)) == ("person", "2020-06-24")


@pytest.mark.parametrize(("worthiness", "kind"), [(0.5, "article"), (None, "")])
def test_a_verdict_keeps_whether_the_article_itself_says_it(worthiness, kind):
    claim = claim_with_evidence(claimant=None, check_worthiness=worthiness)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    assert (verdict.claimant, verdict.claimant_kind) == ("", kind)


def test_what_was_corrected_about_the_text_that_first_says_it_is_frozen():
    claim = claim_with_evidence()
    for title, outlet, day in (("Boat", "Tyde", "2020-06-24"), ("Boats", "Tide", "2021-06-24")):
        version = ArticleVersionFactory(
            article=claim.article, title=title, outlet=outlet, published_at=day
        )
        AppearanceFactory(claim=claim, version=version)
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    assert (verdict.article_title, verdict.article_outlet) == ("Boats", "Tide")
    assert str(verdict.article_published_at) == "2021-06-24"
