"""News reports of the world from GDELT, through its DOC 2.0 API.

https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/: mode ``artlist``
names pages since 2017, of the last three months unless it is asked about other
days. One request in five seconds is allowed; exactly so many are turned away
at times. What is wrong with a question, and at times that there were too many,
comes as plain text with status 200; some titles hold a backslash that makes
the answer no JSON.
"""

import json
import re
from datetime import date, timedelta
from typing import Any

import httpx

from sources.asking import address, answered, day, language, shape, words
from sources.ports import Found, ProviderDown, Query
from sources.questions import telling

URL = "https://api.gdeltproject.org/api/v2/doc/doc"
_RECORDS = 8
_COVERED = date(2017, 1, 1)
_AROUND = timedelta(days=21)
_SHORTEST = 4  # characters of a word that is searched for
_LONGEST = 200
"""Characters of a question: one of 250 is refused."""
_TOO_MANY = "limit requests"
_BUSY = 30.0  # seconds
_REFUSED = re.compile(
    r"[^<>{}]{0,300}\b(?:too (?:short|long|common)|quer(?:y|ies)|phrases?|keywords?|invalid"
    r"|within the last)\b[^<>{}]{0,300}",
    re.IGNORECASE,
)
"""A sentence about what was asked, and no page."""
_BACKSLASH = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
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
    every = 6.0

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
        question = " ".join([*terms, *([f"sourcelang:{spoken}"] if spoken else [])])
        return (question,) if len(question) <= _LONGEST else ()

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
        if said_at and said_at >= _COVERED:
            parameters["startdatetime"] = f"{said_at - _AROUND:%Y%m%d}000000"
            parameters["enddatetime"] = f"{said_at + _AROUND:%Y%m%d}235959"
        answer = _understood(answered(self._client, self.name, URL, parameters).text)
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


def _understood(text: str) -> Any:
    """What an answer says; nothing for a question that is refused, in a sentence."""
    try:
        # A backslash that begins no escape stands for itself.
        whole = _BACKSLASH.sub(lambda found: found[0] if found[1] else r"\\", text)
        return json.loads(whole, strict=False)
    except (ValueError, RecursionError):
        pass
    if _TOO_MANY in text[:300]:
        raise ProviderDown("gdelt: asks for fewer requests", again_in=_BUSY)
    if _REFUSED.fullmatch(text):
        return {}
    raise ProviderDown("gdelt: answer is not JSON")
