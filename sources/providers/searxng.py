"""Web pages from a SearXNG instance, through its search API.

https://docs.searxng.org/dev/search_api.html: ``/search`` with ``format=json``,
which the instance must allow in its settings. Sites that are trusted are
asked for apart, so that they are found however loud the rest of the web is.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from sources.asking import address, asked, day, language, shape, words
from sources.ports import Found, ProviderDown, Query
from sources.questions import in_turn, questions

_RESULTS = 6
_SITES = 8
"""Sites that one question names; search engines cut longer ones."""


class SearXNG:
    """Names pages; they are read elsewhere.

    ``url`` is the instance's; ``sites`` the trusted hosts, each with the kind
    of outlet it is, in the words of sources.models.
    """

    name = "searxng"
    label = "SearXNG"
    outside = True
    every = 1.0

    def __init__(
        self, client: httpx.Client, *, url: str, sites: Mapping[str, str] | None = None
    ) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._sites = dict(sites or {})

    def questions(self, query: Query) -> tuple[str, ...]:
        """The claim's telling words on trusted sites and anywhere; else these and the claim."""
        plain = questions(query.text)
        sites = " OR ".join(f"site:{host}" for host in list(self._sites)[:_SITES])
        if not sites or not plain:
            return tuple(dict.fromkeys((*plain[:1], *plain[-1:])))
        return f"{plain[0]} ({sites})", plain[0]

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the addresses of pages, each once, those of trusted sites first.

        Raise ProviderDown where nothing is found and an engine behind it did not answer:
        such an engine is told with status 200, and nobody knows what it would have found.
        """
        with shape(self.name):
            answers = [self._answer(each, query) for each in self.questions(query)]
            results = [answer["results"][:_RESULTS] for answer in answers]
            silent = dict.fromkeys(
                words(engine)
                for answer in answers
                for engine, *_ in answer.get("unresponsive_engines") or ()
            )
            found = [[page for each in some if (page := self._found(each))] for some in results]
        if silent and not any(results):
            raise ProviderDown(f"{self.name}: no answer from {', '.join(silent)}"[:200])
        return in_turn(found)[:limit]

    def _answer(self, question: str, query: Query) -> dict[str, Any]:
        parameters: dict[str, str | int] = {
            "q": question,
            "format": "json",
            "language": language(query.language),
            "safesearch": 0,
        }
        return asked(self._client, self.name, f"{self._url}/search", parameters)

    def _found(self, result: dict[str, Any]) -> Found | None:
        url = address(result.get("url"))
        if not url:
            return None
        return Found(
            url=url,
            title=words(result.get("title")),
            text="",
            published_at=day(result.get("publishedDate")),
            outlet_kind=self._kind_of(urlsplit(url).hostname or ""),
        )

    def _kind_of(self, host: str) -> str:
        """The kind of a trusted site, its subdomains included; empty for others."""
        return next(
            (
                kind
                for site, kind in self._sites.items()
                if host == site or host.endswith(f".{site}")
            ),
            "",
        )
