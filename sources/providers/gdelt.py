"""News reports of the world from GDELT, through its DOC 2.0 API.

https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/: mode ``artlist``
names pages of about the last three months. One request in five seconds is
allowed. What is wrong with a question comes as plain text with status 200.
"""

from datetime import date, timedelta

import httpx

from sources.asking import address, answered, day, language, shape, words
from sources.ports import Found, ProviderDown, Query
from sources.questions import telling

URL = "https://api.gdeltproject.org/api/v2/doc/doc"
_RECORDS = 8
_COVERED = timedelta(days=90)
_AROUND = timedelta(days=21)
_SHORTEST = 4  # characters of a word that is searched for
_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "uk": "ukrainian",
}


class Gdelt:
    """Names reports around the day of the claim; their pages are read elsewhere."""

    name = "gdelt"
    label = "GDELT"
    outside = True
    every = 5.0

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def questions(self, query: Query) -> tuple[str, ...]:
        """Names, as phrases, and rare words that must all occur."""
        told = telling(query.text)
        terms = [
            f'"{term}"' if " " in term else term
            for term in (*told.names[:2], *told.words[:3])
            if len(term) >= _SHORTEST and all(part.isalnum() for part in term.split())
        ][:4]
        if len(terms) < 2:  # one word finds the whole news
            return ()
        spoken = _LANGUAGES.get(language(query.language))
        return (" ".join([*terms, *([f"sourcelang:{spoken}"] if spoken else [])]),)

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the addresses of reports, the most relevant first, each once."""
        found: dict[str, Found] = {}
        for question in self.questions(query):
            for one in self._articles(question, query.said_at):
                found.setdefault(one.url, one)
        return list(found.values())[:limit]

    def _articles(self, question: str, said_at: date | None) -> list[Found]:
        parameters: dict[str, str | int] = {
            "query": question,
            "mode": "artlist",
            "format": "json",
            "sort": "hybridrel",
            "maxrecords": _RECORDS,
        }
        if said_at and said_at > date.today() - _COVERED:  # noqa: DTZ011 - a day more or less
            parameters["startdatetime"] = f"{said_at - _AROUND:%Y%m%d}000000"
            parameters["enddatetime"] = f"{said_at + _AROUND:%Y%m%d}235959"
        response = answered(self._client, self.name, URL, parameters)
        if "too short" in response.text[:200] or "too common" in response.text[:200]:
            return []
        try:
            answer = response.json()
        except (ValueError, RecursionError):
            raise ProviderDown(f"{self.name}: answer is not JSON") from None
        with shape(self.name):
            return [
                Found(
                    url=address(article["url"]),
                    title=words(article.get("title")),
                    text="",
                    published_at=day(article.get("seendate")),
                    kind="article",
                    outlet_kind="news",
                )
                for article in answer.get("articles", [])
                if address(article["url"])
            ]
