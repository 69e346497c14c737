"""What the Wikipedia adapter makes of answers, good and bad."""

import httpx
import pytest

from sources.ports import ProviderDown, Query
from sources.providers.wikipedia import PAGES, Wikipedia

CLAIM = "The Lund dam cost 4.2 million crowns and opened in May 2020."
TEXTS = {
    "Lund Dam": """The Lund Dam is a dam on the river Holm near the town of Lund. It is high.


== Building ==
Work began in 2014. The dam cost 4.2 million crowns and it was opened by the king in May 2020, two
months earlier than planned, after a wet winter with many floods.


== See also ==
List of dams""",
    "Lund": "Lund is a town. Its cathedral is old and its market is held every Saturday morning.",
}


class Api:
    """Answers as the documented API does, from ``TEXTS``."""

    def __init__(self):
        self.requests = []

    def __call__(self, request):
        self.requests.append(request)
        asked = request.url.params
        assert (asked["action"], asked["format"], asked["formatversion"]) == ("query", "json", "2")
        if asked.get("list") == "search":
            hits = [{"ns": 0, "title": title, "pageid": n} for n, title in enumerate(TEXTS)]
            return httpx.Response(200, json={"batchcomplete": True, "query": {"search": hits}})
        assert (asked["prop"], asked["explaintext"]) == ("extracts", "1")
        title = asked["titles"]
        page = {"pageid": 1, "ns": 0, "title": title, "extract": TEXTS[title]}
        return httpx.Response(200, json={"batchcomplete": True, "query": {"pages": [page]}})


def wikipedia(answer):
    return Wikipedia(httpx.Client(transport=httpx.MockTransport(answer)))


def test_the_passage_that_shares_most_words_comes_first_with_its_page():
    found = wikipedia(Api()).search(Query(CLAIM), 5)
    assert found[0].title == "Lund Dam"
    assert found[0].url == "https://en.wikipedia.org/wiki/Lund_Dam"
    assert found[0].outlet == "Wikipedia"
    assert "cost 4.2 million crowns" in found[0].text
    assert "==" not in found[0].text


def test_no_more_passages_than_asked_for_and_none_that_share_one_word_only():
    assert len(wikipedia(Api()).search(Query(CLAIM), 1)) == 1
    titles = {one.title for one in wikipedia(Api()).search(Query(CLAIM), 9)}
    assert titles == {"Lund Dam"}


def test_a_few_requests_ask_the_wikipedia_of_the_language_for_any_telling_word():
    api = Api()
    wikipedia(api).search(Query(CLAIM, language="sv"), 5)
    assert len(api.requests) <= 2 + PAGES
    assert {request.url.host for request in api.requests} == {"sv.wikipedia.org"}
    together, either = (request.url.params["srsearch"] for request in api.requests[:2])
    assert together == "Lund dam cost"
    words = either.split(" OR ")
    assert {"Lund", "crowns", "2020"} <= set(words)
    assert "and" not in words


@pytest.mark.parametrize("language", ["", "../evil", "EN", "en-GB", "evil.example/", "1"])
def test_a_language_cannot_name_another_host(language):
    api = Api()
    wikipedia(api).search(Query(CLAIM, language=language), 5)
    assert {request.url.host for request in api.requests} <= {
        "en.wikipedia.org",
        "evi.wikipedia.org",
    }


def test_a_query_without_telling_words_is_not_sent():
    api = Api()
    assert wikipedia(api).search(Query("he is in"), 5) == []
    assert api.requests == []


def test_an_empty_search_means_that_it_knows_nothing():
    def answer(request):
        return httpx.Response(200, json={"batchcomplete": True, "query": {"search": []}})

    assert wikipedia(answer).search(Query(CLAIM), 5) == []


def test_a_page_deleted_since_it_was_indexed_is_passed_over():
    api = Api()

    def answer(request):
        if request.url.params.get("titles") == "Lund":
            return httpx.Response(
                200, json={"query": {"pages": [{"title": "Lund", "missing": True}]}}
            )
        return api(request)

    assert wikipedia(answer).search(Query(CLAIM), 5)


def raising(error):
    def answer(request):
        raise error

    return answer


def answering(status=200, headers=None, **body):
    return lambda request: httpx.Response(status, headers=headers, **body)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (answering(500), "status 500"),
        (answering(403), "status 403"),
        (answering(302, {"Location": "https://evil.example/"}), "status 302"),
        (answering(429, {"Retry-After": "30"}), "status 429, asks to wait 30 s"),
        (answering(429, {"Retry-After": "never\nmind"}), "status 429"),
        (answering(429, {"Retry-After": "9" * 5000}), "status 429"),
        (raising(httpx.ReadTimeout("slow")), "ReadTimeout"),
        (raising(httpx.ConnectError("dead")), "ConnectError"),
        (raising(httpx.RemoteProtocolError("garbage")), "RemoteProtocolError"),
        (answering(text="<html>maintenance</html>"), "not JSON"),
        (answering(content=b"\xff\xfe\x00"), "not JSON"),
        (
            answering(json={"error": {"code": "ratelimited", "info": "slow down"}}),
            "refuses (ratelimited)",
        ),
        (answering(content=b"[" * 100_000), "not JSON"),
        (answering(json=[]), "unexpected shape"),
        (answering(content=b"null"), "unexpected shape"),
        (answering(json={"query": []}), "unexpected shape"),
        (answering(json={"query": {"search": [{"pageid": 1}]}}), "unexpected shape"),
        (
            answering(json={"query": {"search": [{"title": 7}], "pages": [{"extract": "A dam."}]}}),
            "unexpected shape",
        ),
        (
            answering(json={"query": {"search": [{"title": "Lund"}], "pages": []}}),
            "unexpected shape",
        ),
        (
            answering(
                json={"query": {"search": [{"title": "Lund"}], "pages": [{"extract": None}]}}
            ),
            "unexpected shape",
        ),
    ],
)
def test_any_failure_is_provider_down_and_names_the_fault_but_not_the_request(answer, fault):
    with pytest.raises(ProviderDown) as down:
        wikipedia(answer).search(Query(CLAIM), 5)
    message = str(down.value)
    assert message.startswith("wikipedia: ")
    assert fault in message
    assert "\n" not in message
    for secret in ("Lund", "crowns", "http", "api.php"):
        assert secret not in message
    assert down.value.__suppress_context__ or down.value.__context__ is None
