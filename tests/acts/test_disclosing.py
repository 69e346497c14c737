"""Confidential words are published once the article's owner or an editor says so, not before."""

import pytest
from django.contrib.auth.models import Group

from claims.actions.clearing import set_aside_article
from claims.actions.disclosing import disclose_article
from claims.actions.intake import ReadArticle, store_article
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import Overtaken, Refused
from claims.actions.review import mark_claim
from claims.kinds import Kind
from claims.models import Article, Delivery, Submission, Visibility
from claims.notices import Notice
from claims.states import IllegalMove, SubmissionState, VerdictState
from factcheck.models import Event
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    AttributionFactory,
    EndpointFactory,
    PartyFactory,
    PublisherFactory,
    SubmissionFactory,
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


def disclosed(article, *, by, version=1):
    return disclose_article(article.pk, version=version, by=by)


@pytest.fixture
def editor():
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def endpoint():
    return EndpointFactory()


@pytest.fixture
def draft(endpoint):
    """The first version of a publisher's confidential article."""
    article = ArticleFactory(owner=None, publisher=endpoint.publisher, external_id="story-4711")
    return ArticleVersionFactory(article=article).article


def test_whoever_handed_an_article_in_makes_it_public():
    claim = confidential_claim()
    ArticleVersionFactory(article=claim.article)
    disclosed(claim.article, by=claim.article.owner)
    claim.refresh_from_db()
    assert verdict_in(VerdictState.PUBLISHED, claim).claim_text == claim.text


def test_an_editor_makes_an_article_public_and_answers_for_it(editor):
    article = disclosed(ArticleVersionFactory().article, by=editor)
    assert Event.objects.about(article.public_id).get().user == editor


def test_no_other_colleague_makes_an_article_public():
    with pytest.raises(Refused, match="an editor"):
        disclosed(ArticleVersionFactory().article, by=UserFactory())


def test_an_article_is_made_public_once():
    article = ArticleVersionFactory(article__public=True).article
    with pytest.raises(IllegalMove):
        disclosed(article, by=article.owner)


def test_a_version_that_nobody_saw_is_not_made_public(draft, editor):
    ArticleVersionFactory(article=draft)
    with pytest.raises(Overtaken, match="Version 2 has come since the one you read"):
        disclosed(draft, by=editor)
    assert Article.objects.get().visibility == Visibility.CONFIDENTIAL
    disclosed(draft, version=2, by=editor)
    assert Article.objects.get().visibility == Visibility.PUBLIC


@pytest.mark.parametrize("name", ["publisher", "external_id", "visibility", "state"])
def test_nothing_is_made_public_while_a_confidential_version_is_being_read(draft, editor, name):
    coming = {
        "submitted_by": None,
        "publisher": draft.publisher,
        "external_id": draft.external_id,
        "visibility": Visibility.CONFIDENTIAL,
    }
    other = {
        "publisher": PublisherFactory(),
        "external_id": "story-4712",
        "visibility": Visibility.PUBLIC,
        "state": SubmissionState.FAILED,
    }[name]
    submission = SubmissionFactory(**coming)
    with pytest.raises(Overtaken, match="still being read"):
        disclosed(draft, by=editor)
    due = None if name == "state" else submission.due_at
    Submission.objects.update(**{name: other}, due_at=due)
    assert disclosed(draft, by=editor).visibility == Visibility.PUBLIC


def test_a_publisher_hears_that_its_article_was_made_public_and_nobody_else(
    draft, editor, endpoint
):
    EndpointFactory()
    disclosed(draft, by=editor)
    owed = Delivery.objects.get()
    assert (owed.endpoint, owed.notice) == (endpoint, Notice.ARTICLE_DISCLOSED)
    assert owed.ids == {"article": str(draft.public_id)}


def test_what_is_confidential_again_is_disclosed_no_more(draft, editor):
    disclosed(draft, by=editor)
    draft.refresh_from_db()
    assert draft.disclosed_at is not None
    submission = SubmissionFactory(
        submitted_by=None, publisher=draft.publisher, external_id=draft.external_id
    )
    read = ReadArticle(text="More boats left.", title="More boats left.", extractor="test")
    store_article(submission, Submission.objects.lease(submission.pk), read, by="reader")
    draft.refresh_from_db()
    assert (draft.visibility, draft.disclosed_at) == (Visibility.CONFIDENTIAL, None)


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


def test_an_article_that_is_set_aside_is_not_made_public_nor_marked_in():
    article = ArticleVersionFactory(text="Forty boats left.").article
    set_aside_article(article.pk, reason="Spam.", by=UserFactory())
    version = article.versions.get()
    with pytest.raises(Refused, match="bring it back first"):
        disclosed(article, by=article.owner)
    with pytest.raises(Refused, match="bring it back first"):
        mark_claim(version.pk, 0, 5, text="", kind=Kind.UNKNOWN, by=UserFactory())
