"""The desk: what waits, most urgent and check-worthy first, and who holds what."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions.review import release_claim, restore_claim
from claims.models import Claim
from claims.states import ClaimState, VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    SearchFactory,
)
from tests.stories import claim_with_evidence, correction_of, split_in_two, verdict_in


@pytest.fixture
def article(db):
    return ArticleVersionFactory(split=True, title="Boats at sea").article


def texts(html):
    return re.findall(r'class="title" href="/claims/[^"]+">([^<]+)<', html)


def test_urgent_and_check_worthy_claims_come_first(browser, article):
    ClaimFactory(article=article, text="Dull.", check_worthiness=0.2)
    ClaimFactory(article=article, text="Strong.", check_worthiness=0.9)
    ClaimFactory(article=article, text="Urgent.", check_worthiness=0.1, priority=1)
    ClaimFactory(article=article, text="An opinion.", desk=False)
    assert texts(browser.get("/desk/").text) == ["Urgent.", "Strong.", "Dull."]


def test_what_a_person_worded_comes_before_what_a_machine_is_sure_of(browser, reviewer, article):
    ClaimFactory(article=article, text="Sure.", check_worthiness=0.99)
    ClaimFactory(article=article, text="By Ada.", check_worthiness=0.1, worded_by=reviewer)
    assert texts(browser.get("/desk/").text) == ["By Ada.", "Sure."]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Forty boats left."]),
        ("state=open&words=BOATS", ["Forty boats left."]),
        ("state=open&words=trains", []),
        ("state=closed", ["Done."]),
        ("state=all", ["Forty boats left.", "Done.", "Held."]),
        ("state=all&kind=quote", ["Held."]),
        ("state=all&claimant=kcna", ["Done."]),
        ("state=all&headline=BOATS+at", ["Forty boats left.", "Done.", "Held."]),
        ("state=all&headline=trains", []),
        ("state=nonsense&kind=nonsense&article=nonsense", ["Forty boats left."]),
    ],
)
def test_filters_narrow_the_list(browser, article, asked, found):
    ClaimFactory(article=article, text="Forty boats left.", check_worthiness=0.9)
    ClaimFactory(article=article, closed=True, text="Done.", claimant=PartyFactory(name="KCNA"))
    ClaimFactory(article=article, in_review=True, text="Held.", kind="quote")
    assert texts(browser.get(f"/desk/?{asked}").text) == found


WRITTEN = ["2300", "2,300", "2 300", "2\u00a0300", "2\u2009300", "2\u202f300"]


@pytest.mark.parametrize("sought", WRITTEN)
def test_figures_are_found_however_they_are_written(browser, sought):
    for said in WRITTEN:
        version = ArticleVersionFactory(split=True, title=f"The {said} boats.")
        ClaimFactory(article=version.article, text=f"It sold {said} boats.")
    other = ArticleVersionFactory(split=True, title="The 2301 boats.")
    ClaimFactory(article=other.article, text="It sold 2301 boats.")
    for asked in ({"words": f"SOLD {sought} boats."}, {"headline": f"the {sought} boats."}):
        assert texts(browser.get("/desk/", asked).text) == [
            f"It sold {said} boats." for said in WRITTEN
        ]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        *[("300 boats (", True), ("40% of 2,300 (or so) [sic] *", True), ("all 300", True)],
        *[("2,30", False), ("sold.40", False), ("40 -boats", False), ('"boats 300"', False)],
    ],
)
def test_words_around_figures_are_found_in_any_order(browser, article, words, is_found):
    ClaimFactory(article=article, text="It sold 40% of 2,300 (or so) [sic] * and 300 boats (all).")
    assert bool(texts(browser.get("/desk/", {"words": words}).text)) == is_found


SAID = "Biden’s “deaths of despair” drew Solyndra’s $528 million, O'Brien said."


@pytest.mark.parametrize("marks", ['\'""', "’“”", "'„“", "’«»"])
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        *[("Solyndra 528", True), ("528 solyndra", True), ("Biden's", True), ("O'Brien", True)],
        *[('"deaths of despair"', True), ('"despair of deaths"', False), ("despair death", True)],
        *[("deaths – despair", True), ("deaths - despair", True), ("deaths -despair", False)],
    ],
)
def test_words_are_found_in_any_order_with_either_kind_of_marks(
    browser, article, words, is_found, marks
):
    ClaimFactory(article=article, text=SAID)
    apostrophe, opening, closing = marks
    words = words.replace("'", apostrophe).replace('"', opening, 1).replace('"', closing)
    assert bool(texts(browser.get("/desk/", {"words": words}).text)) == is_found


def test_articles_are_found_with_either_kind_of_marks(browser, db):
    ArticleVersionFactory(split=True, title="Biden’s “deaths of despair”")
    for words in ("Biden's", '"deaths of despair"', "“deaths of despair”", "despair - deaths"):
        assert "deaths of despair”</a>" in browser.get("/", {"words": words}).text
    assert "No article fits" in browser.get("/", {"words": "“despair of deaths”"}).text


@pytest.mark.parametrize(
    ("claimant", "found"),
    [
        *[("martins silvia", ["Named."]), ("Silvia", ["Named."]), ("silvia -martins", [])],
        *[("The article itself", ["Its own."]), ("the ARTICLE itself", ["Its own."])],
        *[("“article itself”", ["Its own."]), ("claimant not known", ["No machine guessed."])],
        *[("they", ["Theirs."]), ("o’brien", ["Heard."]), ("O'Brien", ["Heard."])],
    ],
)
def test_claims_are_found_by_who_the_desk_says_said_them(browser, article, claimant, found):
    ClaimFactory(article=article, text="Named.", claimant=PartyFactory(name="Silvia S. Martins"))
    ClaimFactory(article=article, text="Theirs.", claimant=PartyFactory(name="they"))
    ClaimFactory(article=article, text="Heard.", claimant=PartyFactory(name="Pat O’Brien"))
    ClaimFactory(article=article, text="Its own.")
    ClaimFactory(article=article, text="No machine guessed.", check_worthiness=None)
    assert texts(browser.get("/desk/", {"claimant": claimant}).text) == found


@pytest.mark.parametrize("headline", ["washington times", "times: biden's", "- plan - outlined"])
def test_an_articles_outlet_stands_among_the_words_of_its_headline(browser, headline):
    version = ArticleVersionFactory(
        split=True, title="Biden’s plan - outlined", outlet="The Washington Times", text="A train."
    )
    ClaimFactory(article=version.article, text="Here.")
    assert texts(browser.get("/desk/", {"headline": headline}).text) == ["Here."]
    assert texts(browser.get("/desk/", {"headline": "train"}).text) == []


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"words": "boats 2300"}, "claim_words"),
        ({"headline": "boats"}, "version_headline_words"),
        ({"claimant": "silvia"}, "party_words"),
    ],
)
def test_words_are_looked_up_in_an_index(browser, article, asked, index):
    for _ in range(2):
        ClaimFactory(article=article, claimant=PartyFactory())
    with connection.cursor() as cursor:
        # Among two claims any way is cheap: only this one may be left.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute("DROP INDEX claim_waiting, claim_on_desk, claim_held, version_newest")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/desk/", asked)
    sought = [query["sql"] for query in queries if "websearch_to_tsquery" in query["sql"]]
    assert sought
    with connection.cursor() as cursor:
        for query in sought:
            cursor.execute(f"EXPLAIN {query}")
            assert index in "\n".join(row[0] for row in cursor.fetchall())


def test_looking_for_words_asks_a_fixed_number_of_questions(browser, article):
    counts = set()
    for number in range(2):
        for other in range(2):
            silvia = PartyFactory(name=f"Silvia {number} {other}")
            ClaimFactory(article=article, text="Boats.", claimant=silvia)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/desk/", {"words": "boats", "claimant": "silvia", "headline": "boats"})
        counts.add(len(queries))
    assert len(counts) == 1
    with CaptureQueriesContext(connection) as queries:
        browser.get("/desk/")
    assert counts == {len(queries)}


@pytest.mark.parametrize("kind", ["image", "prediction", "opinion"])
def test_what_is_kept_aside_is_found_by_its_kind(browser, article, kind):
    ClaimFactory(article=article, text="Boats.", kind="event")
    ClaimFactory(article=article, text="Kept.", kind=kind, desk=False)
    ClaimFactory(article=article, text="In hand.", kind=kind, in_review=True)
    split = ClaimFactory(article=article, text="Split.", kind=kind, desk=False)
    split_in_two(AppearanceFactory(version=article.versions.get(), claim=split).claim)
    Claim.objects.filter(split_from=split).update(kind="event")
    assert texts(browser.get(f"/desk/?state=open&kind={kind}").text) == ["Kept."]
    html = browser.get(f"/desk/?state=all&kind={kind}").text
    assert sorted(texts(html)) == ["In hand.", "Kept."]
    assert html.count("kept aside") == 1
    assert html.count("Not searched yet") == 1


@pytest.mark.parametrize(
    ("name", "label", "most"),
    [("words", "Words in it", 200), ("claimant", "Claimant", 200), ("headline", "Article", 500)],
)
def test_what_is_too_long_to_be_looked_for_says_so_and_finds_nothing(
    browser, article, name, label, most
):
    ClaimFactory(article=article, text="Boats.")
    html = browser.get(f"/desk/?state=open&{name}={'x' * (most + 1)}").text
    assert texts(html) == []
    assert f"<p>{label}: Ensure this value has at most {most} characters" in html
    assert f'name="{name}" value="" maxlength="{most}"' in html


def test_one_articles_claims_can_be_listed_alone(browser, article):
    ClaimFactory(article=article, text="Here.")
    ClaimFactory(article=ArticleVersionFactory(split=True).article, text="Elsewhere.")
    html = browser.get(f"/desk/?state=open&article={article.public_id}").text
    assert texts(html) == ["Here."]
    assert "Boats at sea" in html


def test_an_article_is_picked_by_words_of_any_title_it_had(browser, article):
    ClaimFactory(article=article, text="Here.")
    ArticleVersionFactory(article=article, split=True, title="Ships at sea")
    ClaimFactory(article=ArticleVersionFactory(split=True, title="Trains").article, text="There.")
    html = browser.get("/desk/?headline=boats").text
    assert texts(html) == ["Here."]
    assert '<option value="Ships at sea">' in html


def test_the_row_has_the_whole_title_of_the_article_and_says_who_speaks(browser, article):
    title = "Boats at sea, and what the harbour master counted on a Monday in March"
    ClaimFactory(article=ArticleVersionFactory(split=True, title=title).article, text="Here.")
    html = browser.get("/desk/").text
    assert f">{title}</a>" in html
    assert "The article itself" in html


def test_every_page_of_the_workspace_leads_to_what_is_published(browser, db):
    assert f'<a href="{reverse("claims:published")}"' in browser.get("/desk/").text


def test_a_claim_that_leans_on_other_words_says_in_short_what_to_read_it_with(browser, article):
    leaning = {"article": article, "needs_context": True}
    ClaimFactory(**leaning, text="They fell.", read_with="Rents rose in 2019. " * 20)
    assert "Read it with: <q>Rents rose in 2019. Rents" in browser.get("/desk/").text
    assert "Rents rose in 2019. " * 11 not in browser.get("/desk/").text
    ClaimFactory(**leaning, text="So did those.", read_with="")
    assert "Leans on the sentences around it." in browser.get("/desk/").text


def test_the_row_counts_passages_for_and_against(browser, article):
    claim = ClaimFactory(article=article)
    EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    EvidenceFactory(claim=claim, accepted=True, stance="contradicts")
    EvidenceFactory(claim=claim, rejected=True)
    html = browser.get("/desk/").text
    assert "1 for" in html
    assert "1 against" in html


def test_the_row_of_a_claim_nobody_has_searched_counts_nothing(browser, article):
    claim = ClaimFactory(article=article)
    search = SearchFactory(claim=claim)
    html = browser.get("/desk/").text
    assert "Not searched yet" in html
    assert "0 for" not in html
    search.due_at, search.started_at = None, timezone.now()
    search.finished_at = search.started_at
    search.save()
    html = browser.get("/desk/").text
    assert "Not searched" not in html
    assert "0 for" in html
    claim.wording = 2
    claim.save(update_fields=["wording"])
    assert "Not searched yet" in browser.get("/desk/").text


def test_what_stands_beside_a_claim_before_its_search_is_counted(browser, article):
    claim = ClaimFactory(article=article)
    EvidenceFactory(claim=claim, by_hand=True, accepted=True, stance="contradicts")
    html = browser.get("/desk/").text
    assert "1 against" in html
    assert "Not searched yet" in html


def test_the_row_of_a_claim_opened_again_says_what_is_public(browser):
    article = ArticleVersionFactory(split=True, article__visibility="public").article
    verdict = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(article=article))
    restore_claim(verdict.claim_id, by=verdict.author)
    html = browser.get("/desk/").text
    assert '<strong class="rating rating-true">True</strong> is public' in html
    assert reverse("claims:verdict", args=[verdict.public_id]) in html


def test_the_row_of_a_claim_put_back_says_that_its_verdict_waits(browser):
    article = ArticleVersionFactory(split=True, article__visibility="public").article
    verdict = verdict_in(VerdictState.PROPOSED, claim_with_evidence(article=article))
    release_claim(verdict.claim_id, by=verdict.author)
    html = browser.get("/desk/").text
    assert '<strong class="rating rating-true">True</strong> waits for approval' in html
    assert reverse("claims:verdict", args=[verdict.public_id]) in html


def test_taking_a_claim_leads_to_it_and_to_my_work(browser, reviewer, article):
    claim = ClaimFactory(article=article, text="Forty boats left.")
    answer = browser.post(reverse("claims:take", args=[claim.public_id]))
    assert answer.url == reverse("claims:claim", args=[claim.public_id])
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == (ClaimState.IN_REVIEW, reviewer)
    assert texts(browser.get("/desk/mine/").text) == ["Forty boats left."]
    assert texts(browser.get("/desk/").text) == []


def test_putting_it_back_returns_to_where_one_was(browser, reviewer, article):
    claim = ClaimFactory(article=article, in_review=True, reviewer=reviewer)
    path = reverse("claims:release", args=[claim.public_id])
    assert browser.post(path, {"back": "/desk/mine/"}).url == "/desk/mine/"
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_putting_it_back_never_leads_to_another_site(browser, reviewer, article):
    claim = ClaimFactory(article=article, in_review=True, reviewer=reviewer)
    path = reverse("claims:release", args=[claim.public_id])
    assert browser.post(path, {"back": "//evil.example/"}).url == "/desk/"


def test_of_two_who_take_a_claim_the_second_learns_who_was_quicker(
    browser, editors_browser, article
):
    claim = ClaimFactory(article=article)
    path = reverse("claims:take", args=[claim.public_id])
    assert browser.post(path).status_code == 302
    late = editors_browser.post(path)
    assert late.status_code == 409
    assert "Ada has this claim in hand." in late.text


def test_a_draft_in_work_is_led_to_from_the_row_of_its_claim(browser, editors_browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article, split=True)
    draft = correction_of(verdict_in(VerdictState.PUBLISHED, claim))
    html = browser.get("/desk/mine/").text
    assert "Draft, version 2, begun by Ada;" in html
    assert f'href="{reverse("claims:verdict", args=[draft.public_id])}">go on writing' in html
    others = editors_browser.get("/desk/?state=all").text
    assert f'href="{reverse("claims:verdict", args=[draft.public_id])}">read it' in others


def test_an_empty_desk_teaches_the_next_step(browser):
    assert "Nothing waits" in browser.get("/desk/").text
    assert "You hold no claim" in browser.get("/desk/mine/").text
    assert "No verdict waits for you" in browser.get("/desk/approvals/").text


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/?state=all&words=boats&claimant=official", "/desk/mine/"]
)
def test_the_lists_ask_a_fixed_number_of_questions(
    path, browser, reviewer, django_assert_max_num_queries
):
    for _ in range(6):
        article = ArticleVersionFactory(split=True).article
        for columns in ({}, {"in_review": True, "reviewer": reviewer}):
            claim = ClaimFactory(article=article, claimant=PartyFactory(), **columns)
            EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    with django_assert_max_num_queries(17):
        assert len(texts(browser.get(path).text)) >= 6


def test_the_row_of_a_claim_whose_article_is_set_aside_says_why(browser, article):
    ClaimFactory(article=article, text="Forty boats left.")
    article.set_aside_at, article.set_aside_reason = timezone.now(), "Spam from a boat shop."
    article.save(update_fields=["set_aside_at", "set_aside_reason"])
    assert "Spam from a boat shop." in browser.get("/desk/").text
