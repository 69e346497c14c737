"""Forty copies of one wire story are not a thousand claims."""

import re

import pytest
from django.urls import reverse

from claims.actions.clearing import bring_back_article, set_aside_article
from claims.actions.intake import Handed, submit
from claims.history import FREED
from claims.kinds import SAME_WORDS
from claims.models import ArticleVersion, Claim, ClaimLink, Search, Submission, Visibility
from claims.reading.claim import claim_page
from claims.states import VersionState
from tests.factories import ApiKeyFactory, UserFactory
from tests.ui.conftest import person
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_rules")]

STORY = """Forty boats left the harbour

Forty boats left Portsea harbour on Monday, the coastguard said. The harbour was built in 1902.

Fishing quotas fell by 12% in 2023. The ministry paid four million pounds to the owners of boats."""
LOCAL = "The town of Portsea counts 900 fishermen."


def handed_in(text, by=None, visibility=Visibility.PUBLIC, title=""):
    handed = Handed(text=text, title=title, visibility=visibility)
    return submit(handed, by=by or UserFactory())


def version_of(submission):
    submission.refresh_from_db()
    return submission.version


def texts(version, *, desk):
    claims = Claim.objects.filter(appearances__version=version, desk=desk)
    return set(claims.values_list("text", flat=True))


def test_what_a_copy_prints_word_by_word_is_checked_where_it_was_printed_first():
    first = handed_in(STORY)
    copy = handed_in(f"{STORY}\n\n{LOCAL}")

    work_off(Submission, ArticleVersion)

    original, copied = version_of(first), version_of(copy)
    assert (original.copy_of, copied.copy_of) == (None, original)
    assert len(texts(original, desk=True)) >= 3
    assert texts(copied, desk=True) == {LOCAL}
    assert texts(copied, desk=False) == texts(original, desk=True)
    for link in ClaimLink.objects.all():
        assert (link.relation, link.decision, link.method) == ("same", "suggested", SAME_WORDS)
        assert link.claim.text == link.other.text
    wanted = Search.objects.filter(claim__article=copied.article)
    assert [search.claim.text for search in wanted] == [LOCAL]


def test_forty_copies_make_the_claims_of_one():
    for _ in range(8):
        handed_in(STORY)

    work_off(Submission, ArticleVersion)

    assert ArticleVersion.objects.filter(state=VersionState.SPLIT).count() == 8
    on_desk = Claim.objects.filter(desk=True)
    assert on_desk.values("article").distinct().count() == 1
    assert ArticleVersion.objects.filter(copy_of__isnull=False).count() == 7
    assert ArticleVersion.objects.values("copy_of").distinct().count() == 2


def test_a_copy_waits_until_its_original_is_split():
    first, copy = handed_in(STORY), handed_in(STORY)
    work_off(Submission)
    later = ArticleVersion.objects.get(pk=version_of(copy).pk)
    ArticleVersion.objects.filter(pk=version_of(first).pk).update(due_at="2100-01-01T00:00Z")

    work_off(ArticleVersion)

    later.refresh_from_db()
    assert later.state == VersionState.RECEIVED
    assert (later.failures, later.last_error) == (0, "")


def test_a_copy_does_not_wait_for_an_original_that_fails():
    first, copy = handed_in(STORY), handed_in(STORY)
    work_off(Submission)
    ArticleVersion.objects.filter(pk=version_of(first).pk).update(
        due_at="2100-01-01T00:00Z", failures=1, last_error="The worker stopped."
    )

    work_off(ArticleVersion)

    assert version_of(copy).state == VersionState.SPLIT
    assert len(texts(version_of(copy), desk=True)) >= 3


@pytest.mark.parametrize("of_others", [Visibility.CONFIDENTIAL, Visibility.PUBLIC])
def test_nothing_is_told_of_a_confidential_article_of_somebody_else(of_others):
    handed_in(STORY, visibility=Visibility.CONFIDENTIAL)
    mine = handed_in(STORY, visibility=of_others)

    work_off(Submission, ArticleVersion)

    assert version_of(mine).copy_of is None
    assert not ClaimLink.objects.exists()


def test_a_public_article_keeps_its_claims_though_its_owner_handed_them_in_confidentially(client):
    ada, bob = person("ada", "Reviewers"), person("bob", "Reviewers")
    inside = handed_in(STORY, by=ada, visibility=Visibility.CONFIDENTIAL)
    mine = handed_in(STORY, by=ada)

    work_off(Submission, ArticleVersion)

    assert version_of(mine).copy_of is None
    assert len(texts(version_of(mine), desk=True)) >= 3
    there = reverse("claims:article", args=[version_of(mine).article.public_id])
    hidden = reverse("claims:article", args=[version_of(inside).article.public_id])
    client.force_login(ada)
    page = client.get(there).text
    assert "You handed this text in confidentially" in page
    assert f'<a href="{hidden}">make that one public</a>' in page
    client.force_login(bob)
    assert "confidentially" not in client.get(there).text


def test_a_copy_of_a_public_copy_of_a_confidential_article_keeps_its_claims():
    inside = handed_in(STORY, visibility=Visibility.CONFIDENTIAL)
    work_off(Submission, ArticleVersion)
    second = handed_in(STORY)
    work_off(Submission)
    # As versions were stored before public articles kept their claims.
    ArticleVersion.objects.filter(pk=version_of(second).pk).update(
        copy_of=version_of(inside), state=VersionState.SPLIT, due_at=None
    )
    third = handed_in(STORY)

    work_off(Submission, ArticleVersion)

    assert version_of(third).copy_of == version_of(second)
    assert len(texts(version_of(third), desk=True)) >= 3


def test_a_confidential_article_may_be_the_copy_of_its_owners_public_one():
    ada = UserFactory()
    public = handed_in(STORY, by=ada)
    inside = handed_in(STORY, by=ada, visibility=Visibility.CONFIDENTIAL)

    work_off(Submission, ArticleVersion)

    assert version_of(inside).copy_of == version_of(public)


def test_a_publishers_article_is_checked_for_that_publisher():
    handed_in(STORY)
    key = ApiKeyFactory()
    mine = handed_in(STORY, by=key)
    again = handed_in(STORY, by=key, title="Boats leave")

    work_off(Submission, ArticleVersion)

    assert version_of(mine).copy_of is None
    assert len(texts(version_of(mine), desk=True)) >= 3
    assert version_of(again).copy_of == version_of(mine)


def test_copies_of_an_article_that_is_set_aside_are_checked_themselves():
    first, before = handed_in(STORY), handed_in(STORY)
    work_off(Submission, ArticleVersion)
    original, copied = version_of(first), version_of(before)
    assert texts(copied, desk=True) == set()
    stories = texts(original, desk=True)

    set_aside_article(original.article_id, reason="Spam.", by=UserFactory())
    after = handed_in(f"{STORY}\n\n{LOCAL}")
    work_off(Submission, ArticleVersion)

    assert texts(copied, desk=True) == stories
    wanted = Search.objects.filter(claim__article=copied.article)
    assert set(wanted.values_list("claim__text", flat=True)) == stories
    assert version_of(after).copy_of == copied
    assert texts(version_of(after), desk=True) == {LOCAL}


def test_a_copy_tells_that_its_original_was_set_aside_and_its_claims_why_they_came_back(client):
    first, copy = handed_in(STORY), handed_in(STORY)
    work_off(Submission, ArticleVersion)
    set_aside_article(version_of(first).article_id, reason="Spam.", by=UserFactory())

    client.force_login(person("ada", "Reviewers"))
    copied = version_of(copy).article
    there = client.get(reverse("claims:article", args=[copied.public_id])).text
    assert re.search(r"It was set aside on [^<]+: Spam\.", there)
    for claim in copied.claims.filter(desk=True):
        assert [line.words for line in claim_page(claim.public_id).history] == [FREED]


def test_a_copy_that_is_brought_back_without_its_original_is_checked_itself():
    first, copy = handed_in(STORY), handed_in(STORY)
    work_off(Submission, ArticleVersion)
    original, copied = version_of(first), version_of(copy)
    stories = texts(original, desk=True)
    for version in (copied, original):
        set_aside_article(version.article_id, reason="Spam.", by=UserFactory())
    assert texts(copied, desk=True) == set()

    bring_back_article(copied.article_id, by=UserFactory())

    assert set(Claim.objects.waiting().values_list("text", flat=True)) == stories
    assert Search.objects.filter(claim__article=copied.article).count() == len(stories)


def test_the_pages_lead_from_copy_to_original_and_back(client):
    first, copy = handed_in(STORY, title="Boats"), handed_in(STORY, title="Ships")
    work_off(Submission, ArticleVersion)
    original, copied = version_of(first), version_of(copy)
    client.force_login(person("ada", "Reviewers"))

    there = client.get(reverse("claims:article", args=[copied.article.public_id])).text
    assert "Nearly the same text as" in there
    assert reverse("claims:article", args=[original.article.public_id]) in there
    claim = Claim.objects.filter(article=original.article, desk=True).first()
    assert reverse("claims:claim", args=[claim.public_id]) in there
    assert "Nothing else to check was found in this text." in there
    assert "No claim to check" not in there

    back = client.get(reverse("claims:article", args=[original.article.public_id])).text
    assert "1 copy of this text" in back
    assert reverse("claims:article", args=[copied.article.public_id]) in back
