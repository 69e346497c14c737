"""Servers on this machine that speak each provider's documented language.

Each answers as the documentation of its API shows, about one claim.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx

from sources.calls import LimitedTransport
from sources.providers.crossref import Crossref
from sources.providers.europe_pmc import EuropePMC
from sources.providers.gdelt import Gdelt
from sources.providers.google_fact_check import GoogleFactCheck
from sources.providers.openalex import OpenAlex
from sources.providers.searxng import SearXNG
from sources.providers.wikipedia import Wikipedia
from tests.loopback import Answer, RoutedHere, page, serving

CLAIM = "The Lund dam cost 4.2 million crowns and opened in May 2020."
SENTENCE = "The Lund dam cost 4.2 million crowns and was opened by the king in May 2020."

Parameters = dict[str, str]


def parameters(path: str) -> Parameters:
    """What is asked after the question mark, each name once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def wikipedia(asked: Parameters) -> object:
    assert (asked["action"], asked["format"], asked["formatversion"]) == ("query", "json", "2")
    if asked.get("list") == "search":
        hits = [{"ns": 0, "title": "Lund Dam", "pageid": 7}]
        return {"batchcomplete": True, "query": {"searchinfo": {"totalhits": 1}, "search": hits}}
    assert (asked["prop"], asked["explaintext"]) == ("extracts", "1")
    pages = [{"pageid": 7, "ns": 0, "title": asked["titles"], "extract": SENTENCE}]
    return {"batchcomplete": True, "query": {"pages": pages}}


def gdelt(asked: Parameters) -> object:
    assert (asked["mode"], asked["format"]) == ("artlist", "json")
    return {
        "articles": [
            {
                "url": "https://gazette.example/dam",
                "url_mobile": "",
                "title": "Lund dam opens , king attends",
                "seendate": "20200521T101500Z",
                "socialimage": "",
                "domain": "gazette.example",
                "language": "English",
                "sourcecountry": "Sweden",
            }
        ]
    }


def europe_pmc(asked: Parameters) -> object:
    assert (asked["format"], asked["resultType"]) == ("json", "core")
    result = {
        "id": "32000001",
        "source": "MED",
        "pmid": "32000001",
        "doi": "10.5555/dam",
        "title": "What the Lund dam cost.",
        "authorString": "Berg A.",
        "journalInfo": {"journal": {"title": "Journal of Dams"}},
        "abstractText": f"<h4>Background</h4>{SENTENCE}",
        "firstPublicationDate": "2020-06-01",
        "isOpenAccess": "Y",
    }
    return {"version": "6.9", "hitCount": 1, "resultList": {"result": [result]}}


CROSSREF_FIELDS = frozenset(
    """abstract URL resource member posted score created degree update-policy short-title license
    ISSN container-title issued update-to issue prefix approved indexed article-number
    clinical-trial-number accepted author group-title DOI is-referenced-by-count updated-by event
    chair standards-body original-title funder translator published archive published-print
    alternative-id subject subtitle published-online publisher-location content-domain reference
    title link type publisher volume references-count ISBN issn-type assertion deposited page
    content-created short-container-title relation editor""".split()
)
"""What ``select`` may name; anything else is refused."""


def crossref(asked: Parameters) -> object:
    assert asked["query.bibliographic"]
    assert set(asked["select"].split(",")) <= CROSSREF_FIELDS
    item = {
        "DOI": "10.5555/dam",
        "title": ["What the Lund dam cost"],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{SENTENCE}</jats:p>",
        "container-title": ["Journal of Dams"],
        "publisher": "Dam Press",
        "issued": {"date-parts": [[2020, 6, 1]]},
    }
    message = {"total-results": 1, "items": [item], "items-per-page": 8}
    return {"status": "ok", "message-type": "work-list", "message": message}


def openalex(asked: Parameters) -> object:
    assert asked["api_key"] == "geheim"
    words = SENTENCE.split()
    work = {
        "id": "https://openalex.org/W7",
        "display_name": "What the Lund dam cost",
        "abstract_inverted_index": {
            word: [place for place, each in enumerate(words) if each == word] for word in words
        },
        "publication_date": "2020-06-01",
        "language": "en",
        "is_retracted": False,
        "primary_location": {"source": {"display_name": "Journal of Dams"}},
        "open_access": {"is_oa": True, "oa_status": "gold"},
    }
    return {"meta": {"count": 1, "page": 1, "per_page": 10}, "results": [work]}


def google_fact_check(asked: Parameters) -> object:
    assert asked["key"] == "geheim"
    review = {
        "publisher": {"name": "Lund Checks", "site": "checks.example"},
        "url": "https://checks.example/dam",
        "title": "No, the dam cost less",
        "reviewDate": "2020-06-02T00:00:00Z",
        "textualRating": "Mostly false",
        "languageCode": "en",
    }
    claim = {
        "text": "The dam at Lund cost 4.2 million crowns",
        "claimant": "The mayor",
        "claimDate": "2020-05-20T00:00:00Z",
        "claimReview": [review],
    }
    return {"claims": [claim], "nextPageToken": "CAo"}


def searxng(asked: Parameters) -> object:
    assert asked["format"] == "json"
    result = {
        "url": "https://www.port.example/dam?utm_source=x",
        "title": "The dam",
        "content": "The Lund dam cost 4.2 million …",
        "engine": "one",
        "engines": ["one"],
        "publishedDate": "2020-05-22T00:00:00",
        "score": 1.0,
        "category": "general",
    }
    return {
        "query": asked["q"],
        "number_of_results": 1,
        "results": [result],
        "answers": [],
        "unresponsive_engines": [["two", "timeout"]],
    }


APIS: dict[str, Callable[[Parameters], object]] = {
    "wikipedia": wikipedia,
    "gdelt": gdelt,
    "europe_pmc": europe_pmc,
    "crossref": crossref,
    "openalex": openalex,
    "google_fact_check": google_fact_check,
    "searxng": searxng,
}
"""What each API answers to the parameters of a request."""

ADAPTERS = {
    "wikipedia": Wikipedia,
    "gdelt": Gdelt,
    "europe_pmc": EuropePMC,
    "crossref": lambda client: Crossref(client, mailto="desk@example.org"),
    "openalex": lambda client: OpenAlex(client, key="geheim"),
    "google_fact_check": lambda client: GoogleFactCheck(client, key="geheim"),
    "searxng": lambda client: SearXNG(
        client, url="https://search.example/", sites={"port.example": "government"}
    ),
}


def speaking(name: str) -> Answer:
    """The server of one API, as documented."""

    def answer(path: str) -> Iterable[bytes]:
        return [json_page(APIS[name](parameters(path)))]

    return answer


def json_page(body: object) -> bytes:
    return page(json.dumps(body).encode(), content_type="application/json")


@contextmanager
def adapter_at(name: str, answer: Answer, *, seconds: float = 2.0) -> Iterator[object]:
    """The adapter, with a client whose every connection leads to ``answer``."""
    with serving(answer) as backend:
        yield ADAPTERS[name](client_to(backend, seconds=seconds))


def client_to(backend: RoutedHere, *, seconds: float = 2.0) -> httpx.Client:
    return httpx.Client(transport=LimitedTransport(seconds=seconds, backend=backend))
