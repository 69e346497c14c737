"""The public list: what stands, found by its words and its rating, by anybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.states import VerdictState
from tests.factories import ArticleVersionFactory
from tests.stories import STEPS, claim_with_evidence, published, verdict_in
from tests.ui.conftest import logged_in


def test_anybody_reads_what_was_published_the_newest_first(world):
    older, newer = published("Boats left."), published("Ships came.")
    html = world.get("/c/").text
    assert html.index("Ships came.") < html.index("Boats left.")
    for verdict in (older, newer):
        assert f"/c/{verdict.claim.public_id}/" in html
    for told in (">True<", "Jo Reed", "First read in Gazette", "2 published"):
        assert told in html


@pytest.mark.parametrize("state", sorted(STEPS.keys() - {"published", "superseded"}))
def test_what_does_not_stand_is_not_listed(world, state):
    verdict = verdict_in(state)
    html = world.get("/c/").text
    assert verdict.claim.text not in html
    assert str(verdict.claim.public_id) not in html
    assert "Nothing is published yet" in html


def test_a_corrected_verdict_is_listed_once_as_it_stands(world):
    verdict = verdict_in(VerdictState.SUPERSEDED)
    html = world.get("/c/").text
    assert html.count(f"/c/{verdict.claim.public_id}/") == 1
    assert "Corrected <time" in html


def test_nothing_of_a_confidential_article_is_listed_or_found(world):
    secret = claim_with_evidence(text="The minister resigns.", article__visibility="confidential")
    ArticleVersionFactory(article=secret.article, title="Minister resigns", split=True)
    verdict_in(VerdictState.APPROVED, secret)
    published("Boats left.")
    for address in ("/c/", "/c/?words=minister", "/c/?words=resigns"):
        assert "esigns" not in world.get(address).text.replace('value="resigns"', "")


def test_what_changed_inside_since_is_neither_shown_nor_found(world):
    verdict = published("Boats left.")
    type(verdict.claim).objects.update(text="Unprinted words.")
    html = world.get("/c/").text
    assert "Boats left." in html
    assert "Unprinted" not in html
    assert "No fact-check fits" in world.get("/c/?words=unprinted").text


@pytest.mark.parametrize("words", ["harbours", "reed", "counted", '"log of the master"'])
def test_words_of_claim_claimant_summary_and_explanation_are_found(world, words):
    published(
        "Forty boats left the harbour.",
        summary="They were counted.",
        explanation="So says the log of the master [1].",
    )
    published("Crime fell.", "Ann Lee", summary="It did.", explanation="The office says so [1].")
    html = world.get("/c/", {"words": words}).text
    assert "Forty boats left the harbour." in html
    assert "Crime fell." not in html


WRITTEN = ["2300", "2,300", "2 300", "2\u00a0300", "2\u2009300", "2\u202f300"]


@pytest.mark.parametrize("sought", WRITTEN)
def test_figures_are_found_however_they_are_written(world, sought):
    for said in WRITTEN:
        published(f"It sold {said} boats.")
    published("The 300 sold 2 boats, 23 ships and 00 trains, in 2301.", summary="")
    for words in (f"{sought} boats", f'"{sought} boats"'):
        html = world.get("/c/", {"words": words}).text
        assert [said for said in WRITTEN if f"It sold {said} boats." in html] == WRITTEN
    assert "6 found" in html


@pytest.mark.parametrize("said", ["£2,300", "€2300", "$2,300"])
def test_figures_are_found_behind_signs_of_money(world, said):
    published(f"It cost {said}.")
    assert "1 found" in world.get("/c/", {"words": "cost 2300"}).text


@pytest.mark.parametrize(
    ("said", "words", "is_found"),
    [
        *[("2,300.5", "2,300.5", True), ("2,300.5", "2300.5", True), ("2,300", "300", False)],
        *[("1,200,000", "1200000", True), ("1 200 000", "1,200,000", True)],
        *[("“2,300”", "2300", True), ("boats—2,300", "2 300", True)],
    ],
)
def test_a_figure_is_one_word_whatever_touches_it(world, said, words, is_found):
    published(f"It sold {said} last year.")
    assert ("1 found" in world.get("/c/", {"words": words}).text) == is_found


def test_outlets_are_found(world):
    published("240,000 boats left.")
    assert "1 found" in world.get("/c/", {"words": "gazette"}).text


def test_a_number_that_is_left_out_is_not_found_in_another_writing(world):
    published("In 2024 boats left.")
    assert "No fact-check fits" in world.get("/c/", {"words": "boats -2024"}).text


@pytest.mark.parametrize("words", ["the", "of a", "&"])
def test_words_that_nothing_is_found_by_are_said_to_be_so(world, words):
    published()
    assert "Nothing to look for" in world.get("/c/", {"words": words}).text


def test_a_rating_is_filtered_by_and_only_ratings_in_use_are_offered(world):
    published("Boats left.", rating="true")
    published("Ships came.", rating="mixed")
    html = world.get("/c/?rating=mixed").text
    assert "Ships came." in html
    assert "Boats left." not in html
    assert '<option value="mixed" selected>Mixed</option>' in html
    assert '<option value="false"' not in html


def test_what_fits_nothing_says_how_to_go_on(world):
    published()
    assert "No fact-check fits" in world.get("/c/?words=zeppelin").text


@pytest.mark.parametrize(
    "query",
    [
        *({"words": "\0"}, {"words": "x" * 999}, {"words": "& | !() '\"<->:*"}),
        *({"rating": "nonsense"}, {"page": "999"}, {"page": "\0"}),
    ],
)
def test_what_makes_no_sense_breaks_nothing(world, query):
    published()
    assert world.get("/c/", query).status_code == 200


def test_pages_hold_twenty_and_keep_what_was_looked_for(world):
    for number in range(21):
        published(f"Boat {number} left.")
    first = world.get("/c/?words=boat&rating=true").text
    assert first.count('class="found"') == 20
    assert "words=boat&amp;rating=true&amp;page=2" in first
    second = world.get("/c/?words=boat&rating=true&page=2").text
    assert second.count('class="found"') == 1
    assert "Boat 0 left." in second


def test_the_list_asks_a_fixed_number_of_questions(world):
    counts = set()
    for _ in range(2):
        published()
        verdict_in(VerdictState.SUPERSEDED)
        with CaptureQueriesContext(connection) as asked:
            world.get("/c/?words=boats")
        counts.add(len(asked))
    assert counts == {4}


def test_a_list_of_everything_reads_the_keys_of_one_page(world):
    for number in range(3):
        published(f"Boat {number} left.")
    with CaptureQueriesContext(connection) as asked:
        assert "3 published" in world.get("/c/").text
    keys, counts = (
        [query["sql"] for query in asked if begin in query["sql"]]
        for begin in ('SELECT "claims_verdict"."id" ', "SELECT COUNT(*)")
    )
    assert len(asked) == 5
    assert len(counts) == 1
    assert ["LIMIT" in query for query in keys] == [True]


def test_everybody_gets_the_same_list_which_may_be_kept(world, reviewer):
    published()
    strangers, own = world.get("/c/"), logged_in(reviewer).get("/c/")
    assert strangers.text == own.text
    for answer in (strangers, own):
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert not answer.cookies


@pytest.mark.parametrize("words", ["boat", "2300"])
def test_words_are_looked_up_in_an_index(world, words):
    for number in range(3):
        published(f"Boat {number} left.")
    with connection.cursor() as cursor:
        # Among three verdicts any way is cheap: only this one may be left.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(
            "DROP INDEX verdict_one_published_per_claim, verdict_last_published,"
            " verdict_once_per_number"
        )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        world.get("/c/", {"words": words})
    sought = next(query["sql"] for query in queries if "websearch_to_tsquery" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sought}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "verdict_words" in plan
