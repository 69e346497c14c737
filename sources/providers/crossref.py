"""Abstracts of scholarly works from Crossref, through its REST API.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/: ``/works``
with ``query.bibliographic``; abstracts come as JATS. Whoever gives a mail
address in ``mailto`` is in the polite pool, which may ask for lists three
times a second, others once.
"""

from datetime import date
from typing import Any

import httpx

from sources.asking import address, asked, shape, words
from sources.language import language_of
from sources.passages import passages
from sources.ports import Found, Query
from sources.questions import in_turn, questions

URL = "https://api.crossref.org/works"
_ROWS = 8
_FIELDS = "DOI,title,abstract,container-title,publisher,issued"
"""Of those the service lets choose; it refuses others, such as ``language``, with status 400."""


class Crossref:
    """Looks in what publishers deposit; ``mailto`` says whom to write to about it."""

    name = "crossref"
    label = "Crossref"
    outside = True

    def __init__(self, client: httpx.Client, *, mailto: str = "") -> None:
        self._client = client
        self._mailto = mailto
        self.every = 0.35 if mailto else 1.0

    def questions(self, query: Query) -> tuple[str, ...]:
        """What tells the claim from others, and the claim itself."""
        asked = questions(query.text)
        return tuple(dict.fromkeys((*asked[:1], *asked[-1:])))

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the passages of abstracts, in the order of the service."""
        with shape(self.name):
            answers = [
                [found for item in self._items(each) for found in _found(item)]
                for each in self.questions(query)
            ]
        return in_turn(answers)[:limit]

    def _items(self, question: str) -> list[dict[str, Any]]:
        parameters: dict[str, str | int] = {
            "query.bibliographic": question,
            "filter": "has-abstract:true",
            "select": _FIELDS,
            "rows": _ROWS,
        }
        if self._mailto:
            parameters["mailto"] = self._mailto
        answer = asked(self._client, self.name, URL, parameters)
        items: list[dict[str, Any]] = answer["message"]["items"]
        return items


def _found(item: dict[str, Any]) -> list[Found]:
    abstract = words(item.get("abstract")).removeprefix("Abstract ")
    title = words(next(iter(item.get("title") or ()), None))
    url = address(f"https://doi.org/{words(item['DOI'])}")
    journal = words(next(iter(item.get("container-title") or ()), None))
    if not abstract or not title or not url:
        return []
    language = language_of(abstract) or "en"
    return [
        Found(
            url=url,
            title=title,
            text=abstract[start:end],
            outlet=journal or words(item.get("publisher")) or "Crossref",
            published_at=_day((item.get("issued") or {}).get("date-parts")),
            document=abstract,
            kind="report",
            outlet_kind="research",
            language=language,
        )
        for start, end in passages(abstract, language)
    ]


def _day(parts: Any) -> date | None:
    """``[[2024, 5, 3]]`` as a day; None where only year or month is stated, or nothing."""
    stated = parts[0] if parts else []
    if len(stated) != 3:
        return None
    return date(*stated)
