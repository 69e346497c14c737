"""The first page: every article, and what is still on its way."""

from django.urls import reverse

from claims.states import SubmissionState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    SubmissionFactory,
)


def test_articles_stand_newest_first_with_what_is_decided(browser):
    ArticleVersionFactory(split=True, title="The older one")
    version = ArticleVersionFactory(split=True, title="The newer one")
    ClaimFactory(article=version.article)
    ClaimFactory(article=version.article, dismissed=True)
    ClaimFactory(article=version.article, desk=False)
    html = browser.get("/").text
    assert html.index("The newer one") < html.index("The older one")
    assert "<strong>1</strong> of 2 decided" in html


def test_the_newest_version_gives_the_title(browser):
    version = ArticleVersionFactory(split=True, title="As first read")
    ArticleVersionFactory(article=version.article, title="As read today", text="New words.")
    html = browser.get("/").text
    assert "As read today" in html
    assert "As first read" not in html


def test_what_could_not_be_read_says_why_and_can_be_tried_again(browser):
    submission = SubmissionFactory(failed=True, title="Boats", last_error="404 Not Found")
    assert "404 Not Found" in browser.get("/").text
    page = reverse("claims:submission", args=[submission.public_id])
    assert "Read it again" in browser.get(page).text
    browser.post(reverse("claims:read_again", args=[submission.public_id]))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED


def test_a_submission_that_became_an_article_leads_there(browser):
    submission = SubmissionFactory(ready=True)
    answer = browser.get(reverse("claims:submission", args=[submission.public_id]))
    assert answer.url == reverse("claims:article", args=[submission.version.article.public_id])


def test_an_empty_workspace_teaches_the_next_step(browser):
    assert "No article yet" in browser.get("/").text


def test_the_list_is_cut_into_pages(browser):
    ArticleVersionFactory.create_batch(26, split=True)
    first, second = browser.get("/").text, browser.get("/?page=2").text
    assert first.count('class="title"') == 25
    assert second.count('class="title"') == 1
    assert "Page 1 of 2" in first


def test_the_list_asks_a_fixed_number_of_questions(browser, django_assert_max_num_queries):
    for version in ArticleVersionFactory.create_batch(8, split=True):
        AppearanceFactory(version=version)
        SubmissionFactory()
    with django_assert_max_num_queries(10):
        assert browser.get("/").text.count('class="title"') == 8
