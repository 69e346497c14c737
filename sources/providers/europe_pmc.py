"""Abstracts of the life sciences from Europe PMC, through its Articles RESTful API.

https://europepmc.org/RestfulWebService: ``search`` with ``resultType=core``
gives abstracts and journals. Ten requests a second are allowed.
"""

from typing import Any

import httpx

from sources.asking import address, asked, day, shape, words
from sources.passages import passages
from sources.ports import Found, Query
from sources.questions import in_turn, telling

URL = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"
_RESULTS = 8


class EuropePMC:
    """Looks in titles and abstracts, in English whatever the query's language."""

    name = "europe_pmc"
    label = "Europe PMC"
    outside = True
    every = 0.2

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def questions(self, query: Query) -> tuple[str, ...]:
        """The rarest words together; and names with fewer of them."""
        told = telling(query.text)
        asked = (" ".join(told.words[:4]), " ".join((*told.names[:2], *told.words[:2])))
        return tuple(dict.fromkeys(f"({each}) AND HAS_ABSTRACT:y" for each in asked if each))

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the passages of abstracts, in the order of the service."""
        with shape(self.name):
            answers = [
                [found for result in self._results(each) for found in _found(result)]
                for each in self.questions(query)
            ]
        return in_turn(answers)[:limit]

    def _results(self, question: str) -> list[dict[str, Any]]:
        parameters: dict[str, str | int] = {
            "query": question,
            "resultType": "core",
            "format": "json",
            "pageSize": _RESULTS,
        }
        answer = asked(self._client, self.name, URL, parameters)
        results: list[dict[str, Any]] = answer["resultList"]["result"]
        return results


def _found(result: dict[str, Any]) -> list[Found]:
    abstract, title = words(result.get("abstractText")), words(result.get("title"))
    url = address(f"https://europepmc.org/article/{result['source']}/{result['id']}")
    journal = ((result.get("journalInfo") or {}).get("journal") or {}).get("title")
    if not abstract or not title or not url:
        return []
    return [
        Found(
            url=url,
            title=title,
            text=abstract[start:end],
            outlet=words(journal) or "Europe PMC",
            published_at=day(result.get("firstPublicationDate")),
            document=abstract,
            kind="report",
            outlet_kind="research",
            access="open",  # the abstract, which is what is cited
            language="en",
        )
        for start, end in passages(abstract, "en")
    ]
