"""Passages from Wikipedia, through the public API of MediaWiki.

https://www.mediawiki.org/wiki/API:Search finds pages; Extension:TextExtracts
brings the text of each, the whole of only one page at a time. The API's
etiquette asks for requests one after the other and a User-Agent that says
whom to contact: the client brings it.
"""

import re
from typing import Any
from urllib.parse import quote

import httpx

from sources.asking import asked, language, shape
from sources.decoding import visible
from sources.passages import passages
from sources.ports import Found, Query
from sources.questions import any_of, nearest, telling

PAGES = 4
"""Whose text is read for one claim."""
_FOUND = 3  # pages of each question
_WORDS = 12
_HEADING = re.compile(r"^=+ *(.*?) *=+$", re.MULTILINE)


class Wikipedia:
    """Looks in the Wikipedia of the query's language."""

    name = "wikipedia"
    label = "Wikipedia"
    outside = True
    every = 0.2

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def questions(self, query: Query) -> tuple[str, ...]:
        """Names and rare words that must all occur; and all that tells, of which any may."""
        told = telling(query.text)
        together = " ".join(
            f'"{name}"' if " " in name else name for name in (*told.names[:2], *told.words[:2])
        )
        # Without OR only pages that hold every word are found: none, for a whole claim.
        either = " OR ".join(any_of(query.text, _WORDS))
        return tuple(dict.fromkeys(question for question in (together, either) if question))

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the passages that share the most telling words with the query."""
        site = f"https://{language(query.language)}.wikipedia.org"
        with shape(self.name):
            titles = dict.fromkeys(
                title
                for question in self.questions(query)
                for title in self._titles(site, question)
            )
            texts = {title: self._text(site, title) for title in list(titles)[:PAGES]}
        found = [
            Found(
                url=f"{site}/wiki/{quote(title.replace(' ', '_'))}",
                title=title,
                text=text[start:end],
                outlet="Wikipedia",
                document=text,
                kind="reference",
                outlet_kind="reference",
                access="open",
                language=language(query.language),
            )
            for title, text in texts.items()
            for start, end in passages(text, language(query.language))
        ]
        return nearest(found, query.text, limit)

    def _titles(self, site: str, question: str) -> list[str]:
        answer = self._ask(site, list="search", srsearch=question, srlimit=_FOUND, srprop="")
        return [_string(hit["title"]) for hit in answer["search"]][:_FOUND]

    def _text(self, site: str, title: str) -> str:
        answer = self._ask(site, prop="extracts", titles=title, explaintext=1)
        page = answer["pages"][0]
        if "missing" in page:  # deleted since it was indexed
            return ""
        return _HEADING.sub(r"\1", _string(page["extract"]))

    def _ask(self, site: str, **parameters: str | int) -> dict[str, Any]:
        parameters |= {"action": "query", "format": "json", "formatversion": 2}
        answer: dict[str, Any] = asked(self._client, self.name, f"{site}/w/api.php", parameters)[
            "query"
        ]
        return answer


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return visible(value)
