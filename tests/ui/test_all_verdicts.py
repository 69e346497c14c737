"""All verdicts that stand, as data for whoever keeps a copy of them."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, CorrectionKind
from claims.reading import standing
from claims.states import VerdictState
from sources.models import Archiving
from tests.stories import corrected, published, published_anew, verdict_in, withdraw

FEED, CSV, NDJSON = "/c/claimreview.json", "/c/verdicts.csv", "/c/verdicts.ndjson"
EVERY = pytest.mark.parametrize("address", [FEED, CSV, NDJSON])


def body(answer):
    return b"".join(answer.streaming_content).decode()


def elements(world):
    return json.loads(body(world.get(FEED)))["dataFeedElement"]


def page_of(verdict):
    return f"/c/{verdict.claim.public_id}/"


def test_the_feed_holds_the_claim_review_of_each_verdict_that_stands(world, settings):
    settings.SITE_URL = "https://checks.example"
    settings.ORGANISATION = "Example Checks"
    settings.LICENCE_URL = "https://licences.example/by"
    first = corrected(CorrectionKind.KEEPS_RATING, "It was May.", published())
    second = published("Ships came.")
    answer = world.get(FEED)
    assert answer.headers["Content-Type"] == "application/ld+json"
    feed = json.loads(body(answer))
    told = feed.pop("dataFeedElement")
    assert feed == {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": "https://checks.example/c/claimreview.json",
        "url": "https://checks.example/c/claimreview.json",
        "name": "Fact-checks by Example Checks",
        "publisher": told[0]["item"]["author"],
        "license": "https://licences.example/by",
        "dateModified": second.published_at.isoformat(),
    }
    for element, verdict in zip(told, (first, second), strict=True):
        alone = world.get(f"{page_of(verdict)}claimreview.json").json()
        assert element == {
            "@type": "DataFeedItem",
            "dateCreated": alone["datePublished"],
            "dateModified": alone["dateModified"],
            "item": alone,
        }
    assert told[0]["item"]["correction"][0]["text"] == "It was May."
    assert told[0]["dateCreated"] < told[0]["dateModified"] == first.published_at.isoformat()


def test_a_verdict_in_the_place_of_a_withdrawn_one_tells_of_it_in_the_feed_too(world):
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    assert elements(world) == []
    verdict = published_anew(withdrawn)
    (element,) = elements(world)
    assert element["item"] == world.get(f"{page_of(verdict)}claimreview.json").json()
    assert "The count was of another harbour." in element["item"]["correction"][0]["text"]


@EVERY
@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "discarded", "withdrawn"])
def test_what_does_not_stand_is_nowhere(world, address, state):
    verdict = verdict_in(VerdictState(state))
    assert str(verdict.claim.public_id) not in body(world.get(address))


@EVERY
def test_all_are_told_in_batches_of_a_fixed_number_of_questions(world, monkeypatch, address):
    monkeypatch.setattr(standing, "BATCH", 2)
    counts = []
    for number in range(1, 6):
        published(f"Boat {number} left.")
        with CaptureQueriesContext(connection) as asked:
            text = body(world.get(address))
        counts.append(len(asked))
        assert [f"Boat {each} left." in text for each in range(1, 6)].count(True) == number
    one, two, three, four, five = counts
    assert (one, three) == (two, four), "a batch costs the same, however full it is"
    assert three - two == five - four == 5


@EVERY
def test_a_claim_corrected_while_they_are_read_is_told_of_once(world, monkeypatch, address):
    monkeypatch.setattr(standing, "BATCH", 1)
    first, second = published("Boats left."), published("Ships came.")
    parts = iter(world.get(address).streaming_content)
    read = ""
    while "Boats left." not in read:
        read += next(parts).decode()
    for verdict in (first, second):
        corrected(CorrectionKind.KEEPS_RATING, "It was May.", verdict)
    read += b"".join(parts).decode()
    whole = body(world.get(address))
    for text in ("Boats left.", "Ships came."):
        assert read.count(text) == whole.count(text) > 0


@EVERY
def test_they_come_in_the_order_of_an_index(world, address, db):
    with CaptureQueriesContext(connection) as asked:
        body(world.get(address))
    (keys,) = [query["sql"] for query in asked if "LIMIT" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {keys}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "verdict_one_published_per_claim" in plan
    assert "Sort" not in plan


@EVERY
def test_whoever_has_them_is_told_so_before_any_is_read(world, address):
    verdict = published()
    answer = world.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert world.head(address).headers["ETag"] == answer.headers["ETag"]
    assert body(world.head(address)) == ""
    for condition in (
        {"If-None-Match": answer.headers["ETag"]},
        {"If-Modified-Since": answer.headers["Last-Modified"]},
    ):
        with CaptureQueriesContext(connection) as asked:
            assert world.get(address, headers=condition).status_code == 304
        assert len(asked) == 5
    withdraw(verdict.pk, verdict.author)
    again = world.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 200


@EVERY
def test_their_etag_is_another_as_soon_as_anything_told_is(world, settings, address):
    tags = [world.get(address).headers["ETag"]]

    def tell():
        tags.append(world.get(address).headers["ETag"])

    verdict = published()
    tell()
    corrected(CorrectionKind.KEEPS_RATING, "It was May.", verdict)
    tell()
    settings.ORGANISATION = "Another"
    tell()
    cited = Claim.objects.get().verdicts.latest("number").citations.get()
    Archiving.objects.create(
        snapshot=cited.snapshot,
        archive_url="https://archive.example/1",
        saved_at=verdict.published_at,
        due_at=None,
    )
    tell()
    assert len(set(tags)) == len(tags)
    assert world.get(address).headers["ETag"] == tags[-1]


@EVERY
def test_pages_of_the_public_lead_to_them(world, settings, address):
    settings.SITE_URL = "https://checks.example"
    verdict = published()
    assert f'href="https://checks.example{address}"' in world.get("/c/").text
    for page in ("/c/", page_of(verdict)):
        assert f'href="{address}"' in world.get(page).text


def test_hostile_words_stand_in_the_feed_as_text(world):
    published("</script><script>alert(1)</script>")
    text = body(world.get(FEED))
    assert "<" not in text
    assert json.loads(text)["dataFeedElement"][0]["item"]["claimReviewed"].startswith("</script>")


def rows(world):
    """What the table tells, by its columns; the lines of JSON must agree."""
    text = body(world.get(CSV))
    assert text.startswith("\ufeff")
    read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    lines = [json.loads(line) for line in body(world.get(NDJSON)).splitlines()]
    for row, line in zip(read, lines, strict=True):
        line["citation_urls"] = " ".join(line["citation_urls"])
        told = {name: "" if value is None else str(value) for name, value in line.items()}
        assert {name: cell.removeprefix("'") for name, cell in row.items()} == told
    return read


def test_a_row_tells_what_was_found_about_a_claim_and_where_to_read_it(world, settings):
    settings.SITE_URL = "https://checks.example"
    first = published()
    verdict = corrected(CorrectionKind.UPDATE, "The log came in.", first)
    citation = verdict.citations.get()
    (row,) = rows(world)
    assert row == {
        "id": str(verdict.public_id),
        "url": f"https://checks.example{page_of(verdict)}",
        "claim": "Forty boats left the harbour.",
        "claimant": "Jo Reed",
        "rating": "true",
        "rating_label": "True",
        "summary": "Forty boats left.",
        "explanation": "The count was 40 boats [1].",
        "published_at": first.published_at.isoformat(),
        "updated_at": verdict.published_at.isoformat(),
        "corrected_at": "",
        "citations": "1",
        "citation_urls": citation.url,
        "article_url": verdict.article_url,
    }
    assert citation.url.startswith("https://")
    again = corrected(CorrectionKind.KEEPS_RATING, "It was May.", verdict)
    assert rows(world)[0]["corrected_at"] == again.published_at.isoformat()


def test_a_source_that_is_not_named_counts_and_has_no_address(world):
    verdict = published()
    secret = verdict.claim.evidence.get()
    type(secret).objects.update(publication="secret")
    corrected(CorrectionKind.KEEPS_RATING, "It was May.", verdict)
    (row,) = rows(world)
    assert (row["citations"], row["citation_urls"]) == ("1", "")


@pytest.mark.parametrize(
    "words", ["=HYPERLINK(A1)", "+1 boats left.", "-2 boats", "@SUM(A1)", "＝1+1"]
)
def test_no_cell_is_a_formula(world, words):
    published(words, claimant=words, summary=words, explanation=f"{words} [1]")
    (row,) = rows(world)
    for name in ("claim", "claimant", "summary", "explanation"):
        assert row[name].startswith(f"'{words}"), name
    assert json.loads(body(world.get(NDJSON)))["claim"] == words


def test_words_with_quotation_marks_commas_and_lines_stay_one_cell(world):
    published(explanation='He said "40", they said 30 [1].\n\n- one\n- two')
    (row,) = rows(world)
    assert row["explanation"] == 'He said "40", they said 30 [1].\n\n- one\n- two'


def test_programs_are_told_what_they_get(world):
    answer = world.get(CSV)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verdicts.csv"'
    assert world.get(NDJSON).headers["Content-Type"] == "application/x-ndjson"
