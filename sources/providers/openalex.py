"""Abstracts of scholarly works from OpenAlex, through its API.

https://developers.openalex.org/api-reference: ``/works`` with ``search``;
abstracts come as an index from words to their places. The key is free; with
it about a thousand searches a day are, so one is made for each claim.
"""

from typing import Any

import httpx

from sources.asking import address, asked, day, shape, words
from sources.passages import passages
from sources.ports import Found, Query
from sources.questions import questions

URL = "https://api.openalex.org/works"
_WORKS = 10
_LONGEST = 3000
"""Words of an abstract; the index may name any place."""
_FIELDS = (
    "id,display_name,abstract_inverted_index,publication_date,language,is_retracted,"
    "primary_location,open_access"
)


class OpenAlex:
    """Looks in titles, abstracts and full texts; retracted works are left out."""

    name = "openalex"
    label = "OpenAlex"
    outside = True
    every = 0.5

    def __init__(self, client: httpx.Client, *, key: str) -> None:
        self._client = client
        self._key = key

    def questions(self, query: Query) -> tuple[str, ...]:
        """What tells the claim from others."""
        return questions(query.text)[:1]

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the passages of abstracts, in the order of the service."""
        with shape(self.name):
            found = [
                passage
                for question in self.questions(query)
                for work in self._works(question)
                for passage in _found(work)
            ]
        return found[:limit]

    def _works(self, question: str) -> list[dict[str, Any]]:
        parameters: dict[str, str | int] = {
            "search": question,
            "filter": "has_abstract:true,is_retracted:false",
            "select": _FIELDS,
            "per_page": _WORKS,
            "api_key": self._key,
        }
        works: list[dict[str, Any]] = asked(self._client, self.name, URL, parameters)["results"]
        return works


def _found(work: dict[str, Any]) -> list[Found]:
    abstract = words(_in_order(work.get("abstract_inverted_index") or {}))
    url, title = address(work["id"]), words(work.get("display_name"))
    journal = (work.get("primary_location") or {}).get("source") or {}
    if not abstract or not title or not url or work.get("is_retracted"):
        return []
    language = words(work.get("language"))[:2] or "en"
    return [
        Found(
            url=url,
            title=title,
            text=abstract[start:end],
            outlet=words(journal.get("display_name")) or "OpenAlex",
            published_at=day(work.get("publication_date")),
            document=abstract,
            kind="report",
            outlet_kind="research",
            access="open" if (work.get("open_access") or {}).get("is_oa") else "paywall",
            language=language,
        )
        for start, end in passages(abstract, language)
    ]


def _in_order(index: dict[str, list[int]]) -> str:
    """The text of an inverted index.

    >>> _in_order({"rose": [1, 3], "Rates": [0], "and": [2]})
    'Rates rose and rose'
    """
    places = [(place, word) for word, places in index.items() for place in places[:_LONGEST]]
    return " ".join(word for place, word in sorted(places)[:_LONGEST])
