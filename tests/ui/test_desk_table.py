"""The claims of the desk as a table to take along."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.reading import table
from tests.factories import ArticleVersionFactory, ClaimFactory, EvidenceFactory, PartyFactory
from tests.stories import published
from tests.ui.test_desk import texts


@pytest.fixture
def article(db):
    return ArticleVersionFactory(split=True, title="Boats at sea", outlet="Gazette").article


def rows(browser, asked=""):
    answer = browser.get(f"/desk/claims.csv{asked}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="claims.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_tells_what_the_desk_knows_of_a_claim(browser, reviewer, article, settings):
    settings.SITE_URL = "https://checks.example"
    claim = ClaimFactory(
        article=article,
        in_review=True,
        reviewer=reviewer,
        claimant=PartyFactory(name="Jo Reed"),
        check_worthiness=0.876,
        deadline=datetime(2027, 1, 5, 16, 30, tzinfo=UTC),
    )
    ArticleVersionFactory(article=article, split=True, title="Ships at sea", outlet="Herald")
    for stance in ("supports", "supports", "contradicts"):
        EvidenceFactory(claim=claim, accepted=True, stance=stance)
    EvidenceFactory(claim=claim, machine_stance="supports", shown=True)
    (row,) = rows(browser, "?state=in_review")
    assert row == {
        "Claim": "Forty boats left the harbour.",
        "Claimant": "Jo Reed",
        "Kind": claim.get_kind_display(),
        "State": "In review",
        "Outcome": "",
        "Rating": "",
        "Article": "Ships at sea",
        "Outlet": "Herald",
        "Due": "2027-01-05 16:30",
        "Held by": reviewer.name,
        "Check-worthiness": "0.88",
        "Accepted for": "2",
        "Accepted against": "1",
        "Address": f"https://checks.example/claims/{claim.public_id}/",
    }


def test_what_is_decided_says_how_and_is_not_due_nor_held(browser, article, reviewer):
    due = datetime(2027, 1, 5, 16, 30, tzinfo=UTC)
    ClaimFactory(article=article, text="Cut.", closed=True, deadline=due, reviewer=reviewer)
    ClaimFactory(article=article, text="Vague.", dismissed=True, check_worthiness=None)
    published("Rated.")
    told = {row["Claim"]: row for row in rows(browser, "?state=all")}
    assert told["Cut."]["Outcome"] == Claim.objects.get(text="Cut.").get_outcome_display()
    assert (told["Cut."]["Due"], told["Cut."]["Held by"]) == ("", "")
    assert told["Vague."]["Outcome"] == Claim.objects.get(text="Vague.").get_dismissal_display()
    assert (told["Vague."]["Check-worthiness"], told["Vague."]["Claimant"]) == ("", "Not known")
    assert told["Cut."]["Claimant"] == "The article itself"
    assert told["Rated."]["Rating"] == "True"


@pytest.mark.parametrize(
    "asked",
    ["", "?state=open&words=BOATS", "?state=all", "?state=all&kind=quote", "?page=2", "?state=x"],
)
def test_the_table_has_what_the_list_has_in_its_order(browser, article, asked):
    ClaimFactory(article=article, text="Ten boats.", check_worthiness=0.5)
    ClaimFactory(article=article, text="Ships.", check_worthiness=0.9)
    ClaimFactory(article=article, text="Urgent boats.", priority=1)
    ClaimFactory(article=article, closed=True, text="Done.")
    ClaimFactory(article=article, in_review=True, text="Held.", kind="quote")
    ClaimFactory(article=article, text="An opinion.", desk=False)
    listed = texts(browser.get(f"/desk/{asked}").text)
    assert [row["Claim"] for row in rows(browser, asked)] == listed


def test_the_table_has_all_pages_of_the_list(browser, article, monkeypatch):
    monkeypatch.setattr("claims.views.desk.PER_PAGE", 2)
    for number in range(5):
        ClaimFactory(article=article, text=f"Boat {number} left.")
    assert len(texts(browser.get("/desk/?page=2").text)) == 2
    assert len(rows(browser, "?page=2")) == 5


def test_claims_are_read_in_batches_of_a_fixed_number_of_questions(browser, article, monkeypatch):
    monkeypatch.setattr(table, "BATCH", 2)
    counts = []
    for number in range(1, 6):
        claim = ClaimFactory(article=article, text=f"Boat {number} left.")
        EvidenceFactory(claim=claim, accepted=True)
        with CaptureQueriesContext(connection) as asked:
            assert len(rows(browser)) == number
        counts.append(len(asked))
    one, two, three, four, five = counts
    assert (one, three) == (two, four)
    assert three - two == five - four == 4


def test_no_cell_is_a_formula(browser):
    words = "=HYPERLINK(A1)"
    version = ArticleVersionFactory(split=True, title=words, outlet=words)
    ClaimFactory(article=version.article, text=words, claimant=PartyFactory(name=words))
    (row,) = rows(browser)
    for name in ("Claim", "Claimant", "Article", "Outlet"):
        assert row[name] == f"'{words}", name


def test_a_confidential_article_is_in_the_table_of_whoever_sees_it_on_the_list(browser, article):
    assert article.visibility == "confidential"
    ClaimFactory(article=article)
    assert len(texts(browser.get("/desk/").text)) == len(rows(browser)) == 1
    answer = browser.get("/desk/claims.csv")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_desk_and_an_articles_page_offer_it(browser, article):
    assert "Download as CSV" not in browser.get("/desk/").text
    ClaimFactory(article=article, text="Forty boats left.")
    ClaimFactory(article=ArticleVersionFactory(split=True).article, text="Elsewhere.")
    html = browser.get("/desk/?words=boats&page=1").text
    assert '<a href="/desk/claims.csv?words=boats">Download as CSV</a>' in html
    assert '<a href="/desk/claims.csv">Download as CSV</a>' in browser.get("/desk/").text
    assert [row["Claim"] for row in rows(browser, f"?state=all&article={article.public_id}")] == [
        "Forty boats left."
    ]


def test_an_articles_page_offers_the_table_of_its_own_claims(browser):
    article = published().claim.article
    asked = f"?state=all&amp;article={article.public_id}"
    html = browser.get(f"/articles/{article.public_id}/").text
    assert f'<a href="/desk/claims.csv{asked}">Download as CSV</a>' in html
