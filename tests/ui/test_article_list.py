"""The first page: every article, and what is still on its way."""

import pytest
from django.db import connection
from django.urls import reverse

from claims.actions.review import restore_claim, take_claim
from claims.reading.articles import SoughtArticles, articles
from claims.states import SubmissionState, VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.stories import verdict_in


def test_articles_stand_newest_first_with_what_is_decided(browser):
    ArticleVersionFactory(split=True, title="The older one")
    version = ArticleVersionFactory(split=True, title="The newer one")
    ClaimFactory(article=version.article)
    ClaimFactory(article=version.article, dismissed=True)
    ClaimFactory(article=version.article, desk=False)
    html = browser.get("/").text
    assert html.index("The newer one") < html.index("The older one")
    assert "<strong>1</strong> of 2 decided" in html


@pytest.mark.parametrize(
    ("columns", "decided", "total"),
    [
        ({}, 0, 1),
        ({"in_review": True}, 0, 1),
        ({"dismissed": True}, 1, 1),
        ({"closed": True}, 1, 1),
        ({"desk": False}, 0, 0),
        ({"desk": False, "dismissed": True}, 0, 0),
    ],
)
@pytest.mark.parametrize("orphaned", [False, True])
def test_list_article_and_desk_count_the_same_claims(browser, columns, decided, total, orphaned):
    first = ArticleVersionFactory(split=True)
    known = ClaimFactory(article=first.article, closed=True, reviewer=UserFactory())
    claim = ClaimFactory(article=first.article, **({"reviewer": UserFactory()} | columns))
    second = ArticleVersionFactory(article=first.article, split=True, text=f"{first.text} More.")
    for version in (first, second):
        AppearanceFactory(version=version, claim=known, quote="officials said")
        gone = orphaned and version == second
        AppearanceFactory(version=version, claim=claim, orphaned=gone)
    counted = f"<strong>{1 + decided}</strong> of {1 + total} decided"
    assert counted in browser.get("/").text
    for address in (["article", first.article.public_id], ["version", first.article.public_id, 1]):
        assert counted in browser.get(reverse(f"claims:{address[0]}", args=address[1:])).text
    desk = browser.get(f"/desk/?state=all&article={first.article.public_id}").text
    assert f"{1 + total} claim" in desk


def test_an_opinion_somebody_takes_is_counted_from_then_on(browser, reviewer):
    version = ArticleVersionFactory(split=True)
    claim = AppearanceFactory(
        version=version, claim=ClaimFactory(article=version.article, desk=False, kind="opinion")
    ).claim
    take_claim(claim.pk, by=reviewer)
    assert "<strong>0</strong> of 1 decided" in browser.get("/").text


def test_a_claim_that_is_checked_again_counts_as_decided_while_its_verdict_is_public(browser):
    verdict = verdict_in(VerdictState.PUBLISHED)
    article = verdict.claim.article
    AppearanceFactory(claim=verdict.claim, version__article=article, version__split=True)
    restore_claim(verdict.claim_id, by=verdict.author)
    counted = "<strong>1</strong> of 1 decided"
    assert counted in browser.get("/", {"stage": "decided"}).text
    assert counted not in browser.get("/", {"stage": "undecided"}).text
    assert counted in browser.get(reverse("claims:article", args=[article.public_id])).text


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


@pytest.mark.parametrize(
    "words", ["harbours", "gazette", "jo reed", '"left the harbour"', "boat -rain"]
)
def test_articles_are_found_by_the_words_of_headline_byline_outlet_and_text(browser, words):
    ArticleVersionFactory(split=True, byline="Jo Reed", outlet="Gazette", title="Forty boats")
    ArticleVersionFactory(split=True, title="A wet week", text="It rained on boats at home.")
    html = browser.get("/", {"words": words}).text
    assert "Forty boats" in html
    assert "1 found" in html


def test_an_article_is_found_once_by_words_that_an_earlier_version_printed(browser):
    version = ArticleVersionFactory(split=True, title="Forty boats", text="Forty boats left.")
    ArticleVersionFactory(article=version.article, title="Fifty boats", text="Fifty boats left.")
    html = browser.get("/?words=forty").text
    assert "1 found" in html
    assert "Fifty boats" in html


@pytest.mark.parametrize(
    ("stage", "found"),
    [
        ("undecided", {"Half done"}),
        ("decided", {"All done"}),
        ("failed", {"Not split"}),
        ("", {"Half done", "All done", "Not split", "No claims", "Split at last"}),
        ("nonsense", {"Half done", "All done", "Not split", "No claims", "Split at last"}),
    ],
)
def test_articles_are_shown_by_how_far_their_claims_are(browser, stage, found):
    half = ArticleVersionFactory(split=True, title="Half done").article
    ClaimFactory(article=half)
    ClaimFactory(article=half, dismissed=True)
    done = ArticleVersionFactory(split=True, title="All done").article
    ClaimFactory(article=done, dismissed=True)
    ClaimFactory(article=done, desk=False)
    ArticleVersionFactory(failed=True, title="Not split")
    ArticleVersionFactory(split=True, title="No claims")
    again = ArticleVersionFactory(failed=True, title="Not split at first").article
    ArticleVersionFactory(article=again, split=True, title="Split at last", text="Other words.")
    html = browser.get("/", {"stage": stage}).text
    titles = {"Half done", "All done", "Not split", "No claims", "Split at last"}
    assert {title for title in titles if f">{title}</a>" in html} == found


def test_what_is_looked_for_stays_in_the_form_and_on_the_next_page(browser):
    for version in ArticleVersionFactory.create_batch(26, split=True):
        ClaimFactory(article=version.article)
    SubmissionFactory(title="Still on its way")
    html = browser.get("/?words=boats&stage=undecided").text
    assert 'value="boats"' in html
    assert '<option value="undecided" selected>' in html
    assert "words=boats&amp;stage=undecided&amp;page=2" in html
    assert "Still on its way" not in html
    assert "No article fits" in browser.get("/?words=zeppelin").text


@pytest.mark.parametrize("words", ["\0", "x" * 999, "& | !() '\"<->:*"])
def test_words_that_make_no_sense_break_nothing(browser, words):
    assert browser.get("/", {"words": words}).status_code == 200


def test_a_text_of_the_most_characters_that_are_taken_can_be_found(browser, settings):
    words = " ".join(f"wört{number}日" for number in range(settings.MAX_ARTICLE_CHARACTERS // 10))
    ArticleVersionFactory(split=True, title="Very long", text=words)
    assert "Very long" in browser.get("/?words=wört99日").text


WRITTEN = ["2300", "2,300", "2 300", "2\u00a0300", "2\u2009300", "2\u202f300"]


@pytest.mark.parametrize("sought", WRITTEN)
def test_figures_are_found_however_they_are_written(browser, sought):
    for number, said in enumerate(WRITTEN):
        title = f"Found {number}"
        ArticleVersionFactory(split=True, title=title, text=f"It sold {said} boats.")
    ArticleVersionFactory(split=True, title="Other", text="It sold 2301 boats.")
    html = browser.get("/", {"words": f"{sought} boats"}).text
    assert all(f">Found {number}<" in html for number in range(len(WRITTEN)))
    assert "Other" not in html


@pytest.mark.parametrize("words", ["boats", "2300", "2,300 or 12000"])
def test_words_of_articles_are_found_by_an_index(db, words):
    ArticleVersionFactory(split=True)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "version_words" in articles(SoughtArticles(words=words)).explain()
