"""What GDELT and SearXNG do that no other API does."""

import json
from datetime import date

import pytest

from sources.ports import ProviderDown, Query
from sources.providers.searxng import SearXNG
from tests.providers.apis import (
    APIS,
    CLAIM,
    adapter_at,
    json_page,
    parameters,
    speaking,
)
from tests.providers.asking import body, search


# What one API has and the others have not.
def test_gdelt_tells_in_plain_text_that_a_question_is_too_short_and_that_is_no_fault():
    told = body(b"Your query was too short or too long.\n", content_type="text/html")
    assert search("gdelt", told) == []


@pytest.mark.parametrize(
    "told",
    [
        b"The specified phrase is too short.\n",
        b"Queries containing OR'd terms must be surrounded by ().",
        b"One or more of your keywords were too short, too long or too common.",
    ],
)
def test_gdelt_refuses_a_question_in_a_sentence_and_is_not_down(told):
    assert search("gdelt", body(told, content_type="text/html; charset=utf-8")) == []


def test_gdelt_asks_for_fewer_requests_with_status_200_and_is_left_alone():
    told = b"Please limit requests to one every 5 seconds or contact us for larger queries."
    with pytest.raises(ProviderDown, match="asks for fewer requests") as down:
        search("gdelt", body(told, content_type="text/html"))
    assert down.value.again_in == 30


def test_titles_that_gdelt_does_not_escape_are_read_all_the_same():
    article = {"url": "https://gazette.example/dam", "title": "TITLE", "seendate": "20200521"}
    told = json.dumps({"articles": [article]}).replace("TITLE", "The dam \\| Lund \\\\\tGazette")

    (found,) = search("gdelt", body(told.encode()))

    assert found.title == r"The dam \| Lund \ Gazette"


def test_a_question_too_long_for_gdelt_is_not_asked():
    with adapter_at("gdelt", speaking("gdelt")) as adapter:
        assert adapter.questions(Query(f"The {'A' * 150} {'B' * 90} opened in Lund.")) == ()


def test_gdelt_is_asked_around_the_day_of_a_claim_of_its_time():
    asked = []

    def answer(path):
        asked.append(parameters(path))
        return [json_page({})]

    today = date.today()
    with adapter_at("gdelt", answer) as adapter:
        adapter.search(Query(CLAIM, said_at=today), 20)
        adapter.search(Query(CLAIM, said_at=date(2010, 1, 1)), 20)
        adapter.search(Query(CLAIM, said_at=date(2018, 3, 1)), 20)
    assert asked[0]["startdatetime"] < f"{today:%Y%m%d}000000" < asked[0]["enddatetime"]
    assert "startdatetime" not in asked[1]
    assert asked[2]["startdatetime"] < "20180301000000" < asked[2]["enddatetime"]
    assert "sourcelang:english" in asked[0]["query"]


def test_trusted_sites_are_asked_apart_and_their_pages_have_their_kind():
    asked = []

    def answer(path):
        asked.append(parameters(path)["q"])
        return speaking("searxng")(path)

    (found,) = search("searxng", answer)
    assert asked[0].endswith("(site:port.example)")
    assert "site:" not in asked[1]
    assert found.outlet_kind == "government"
    assert found.url == "https://www.port.example/dam"  # without what only tracks readers


def test_searxng_whose_engines_were_silent_and_found_nothing_is_down():
    def answer(path):
        good = APIS["searxng"](parameters(path))
        return [json_page(good | {"results": []})]

    with pytest.raises(ProviderDown, match="no answer from two"):
        search("searxng", answer)


def test_searxng_all_of_whose_engines_answered_may_know_nothing():
    nothing = {"query": "dam", "results": [], "unresponsive_engines": []}
    assert search("searxng", lambda path: [json_page(nothing)]) == []


def test_a_host_that_only_ends_like_a_trusted_one_is_not_trusted():
    engine = SearXNG(None, url="https://s.example", sites={"port.example": "government"})
    assert engine._kind_of("notport.example") == ""
    assert engine._kind_of("www.port.example") == "government"
