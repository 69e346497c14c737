"""The next version of an article that came as a text or a file: a person says that it is one."""

import pytest
from django.contrib.auth.models import Group

from claims.actions.clearing import (
    bring_back_article,
    bring_back_own_article,
    continued_in,
)
from claims.actions.continuing import continue_article
from claims.actions.intake import Handed, ReadArticle, store_article, submit
from claims.actions.refusals import Overtaken, Refused
from claims.models import Article, ArticleVersion, Claim, Submission, Visibility
from claims.states import ClaimState, IllegalMove
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    PublisherFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SIXTY = "Sixty boats at sea\n\nSixty boats left the harbour, officials said."


def editor():
    person = UserFactory()
    person.groups.add(Group.objects.get(name="Editors"))
    return person


def version_of(owner, **columns):
    article = ArticleFactory(owner=owner, **columns)
    return ArticleVersionFactory(article=article, split=True, outlet="Gazette")


def store(submission, text=SIXTY):
    lease = Submission.objects.lease(submission.pk)
    read = ReadArticle(text=text, title="Sixty boats at sea", extractor="test")
    return store_article(submission, lease, read, by="reader")


# At hand-in.
def test_a_text_is_the_next_version_of_the_article_its_owner_names():
    owner = UserFactory()
    first = version_of(owner)
    submission = submit(Handed(text=SIXTY), by=owner, follows=first.article_id)
    second = store(submission)
    assert (second.article, second.number) == (first.article, 2)
    assert second.outlet == "Gazette"
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "handed", "why"),
    [
        ({"visibility": Visibility.PUBLIC}, {}, "The article is public"),
        ({}, {"visibility": Visibility.PUBLIC}, "The article is confidential"),
        ({"set_aside_at": "2026-01-01T00:00Z", "set_aside_reason": "Spam."}, {}, "set aside"),
    ],
)
def test_neither_confidential_nor_public_words_change_sides(columns, handed, why):
    owner = UserFactory()
    first = version_of(owner, **columns)
    with pytest.raises(Refused, match=why):
        submit(Handed(text=SIXTY, **handed), by=owner, follows=first.article_id)


def test_only_who_handed_an_article_in_or_for_a_public_one_an_editor_continues_it():
    inside, public = version_of(UserFactory()), version_of(UserFactory(), public=True)
    of_a_publisher = version_of(None, publisher=PublisherFactory(), visibility="public")
    open_to_all = Handed(text=SIXTY, visibility="public")
    for who in (UserFactory(), editor()):
        with pytest.raises(Refused, match="Whoever handed the article in"):
            submit(Handed(text=SIXTY), by=who, follows=inside.article_id)
    with pytest.raises(Refused, match="Whoever handed the article in"):
        submit(open_to_all, by=UserFactory(), follows=public.article_id)
    with pytest.raises(Refused, match="from that publisher"):
        submit(open_to_all, by=editor(), follows=of_a_publisher.article_id)
    assert store(submit(open_to_all, by=editor(), follows=public.article_id)).number == 2


def test_a_confidential_text_joins_no_article_that_became_public_meanwhile():
    owner = UserFactory()
    first = version_of(owner)
    submission = submit(Handed(text=SIXTY), by=owner, follows=first.article_id)
    Article.objects.update(visibility=Visibility.PUBLIC)
    second = store(submission)
    assert second.article != first.article
    assert second.article.visibility == Visibility.CONFIDENTIAL


# From the notice that it is nearly the same text.
@pytest.fixture
def owner(db):
    return UserFactory()


@pytest.fixture
def earlier(owner):
    return version_of(owner)


@pytest.fixture
def version(owner):
    """An article of its own that should have been the next version."""
    article = ArticleFactory(owner=owner)
    version = ArticleVersionFactory(article=article, split=True, text=SIXTY)
    AppearanceFactory(version=version, quote="Sixty boats left the harbour")
    SubmissionFactory(ready=True, version=version, submitted_by=owner, deadline="2099-01-01T12:00Z")
    return version


def test_an_article_becomes_the_next_version_of_an_earlier_one(owner, earlier, version):
    carried = AppearanceFactory(version=earlier).claim
    following = continue_article(version.pk, earlier.article_id, by=owner)
    assert (following.article, following.number) == (earlier.article, 2)
    assert (following.text, following.outlet) == (SIXTY, "Gazette")
    assert ArticleVersion.objects.due().get() == following
    assert Submission.objects.get().version == following
    carried.refresh_from_db()
    assert carried.deadline.year == 2099
    version.article.refresh_from_db()
    assert "It is version 2 of an article that was here" in version.article.set_aside_reason
    assert version.article.claims.get().state == ClaimState.DISMISSED


def test_nothing_that_was_begun_is_left_behind(owner, earlier, version):
    Claim.objects.update(state=ClaimState.IN_REVIEW, reviewer=owner)
    with pytest.raises(Refused, match="Put them back first"):
        continue_article(version.pk, earlier.article_id, by=owner)


def test_others_continue_nothing(earlier, version):
    for who in (UserFactory(), editor()):
        with pytest.raises(Refused, match="Whoever handed the article in"):
            continue_article(version.pk, earlier.article_id, by=who)


def test_a_public_text_is_no_version_of_a_confidential_article(owner, earlier, version):
    Article.objects.filter(pk=version.article_id).update(visibility=Visibility.PUBLIC)
    with pytest.raises(Refused, match="and so is its next version"):
        continue_article(version.pk, earlier.article_id, by=owner)


def test_only_the_newest_text_that_is_split_and_new_there_is_a_version(owner, earlier, version):
    with pytest.raises(Refused, match="version of that article already"):
        continue_article(version.pk, version.article_id, by=owner)
    newer = ArticleVersionFactory(article=version.article, text=earlier.text)
    with pytest.raises(Overtaken, match="newer version"):
        continue_article(version.pk, earlier.article_id, by=owner)
    with pytest.raises(IllegalMove, match="until it is split"):
        continue_article(newer.pk, earlier.article_id, by=owner)
    ArticleVersion.objects.filter(pk=newer.pk).update(state="split", due_at=None)
    with pytest.raises(Refused, match="has this text already"):
        continue_article(newer.pk, earlier.article_id, by=owner)


# Once it is one, nobody checks its text twice.
def test_its_text_is_not_brought_back_beside_the_version_it_became(owner, earlier, version):
    following = continue_article(version.pk, earlier.article_id, by=owner)
    for bring_back in (bring_back_own_article, bring_back_article):
        with pytest.raises(Refused, match=r"Its text is version 2 of “.*”, and is checked there"):
            bring_back(version.article_id, by=owner)
    version.article.refresh_from_db()
    assert version.article.set_aside_at
    assert continued_in(version.article) == following
    assert version.article.claims.get().state == ClaimState.DISMISSED


def test_said_by_mistake_it_comes_back_when_the_other_article_has_another_text(
    owner, earlier, version
):
    continue_article(version.pk, earlier.article_id, by=owner)
    ArticleVersionFactory(article=earlier.article, number=3, text="Forty boats, and no more.")
    bring_back_own_article(version.article_id, by=owner)
    version.article.refresh_from_db()
    assert version.article.set_aside_at is None
    assert version.article.claims.get().state == ClaimState.OPEN


def test_its_text_handed_in_again_is_that_of_the_article_it_became_a_version_of(
    owner, earlier, version
):
    continue_article(version.pk, earlier.article_id, by=owner)
    told = store(submit(Handed(text=SIXTY, title="Sixty boats"), by=owner))
    assert (told.article, told.title) == (earlier.article, "Sixty boats")
    assert Article.objects.get(pk=version.article_id).set_aside_at


def test_another_text_at_the_address_of_what_became_a_version_brings_its_article_back(owner):
    url = "https://gazette.example/sixty"
    earlier = version_of(owner, public=True)
    article = ArticleFactory(owner=owner, canonical_url=url, public=True)
    version = ArticleVersionFactory(article=article, split=True, text=SIXTY)
    continue_article(version.pk, earlier.article_id, by=owner)
    handed = Handed(url=url, visibility="public")
    assert store(submit(handed, by=owner)).article == earlier.article
    assert Article.objects.get(pk=article.pk).set_aside_at
    again = store(submit(handed, by=owner), "Seventy boats left the harbour, officials said.")
    assert again.article == article
    assert Article.objects.get(pk=article.pk).set_aside_at is None
