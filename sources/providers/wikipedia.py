"""Passages from Wikipedia, through the public API of MediaWiki.

One request searches, one more for each page found brings its text
(https://www.mediawiki.org/wiki/API:Search and Extension:TextExtracts, which
gives the whole text of only one page at a time).
"""

import math
import re
from typing import Any
from urllib.parse import quote

import httpx

from sources.passages import passages
from sources.ports import Found, ProviderDown, Query

PAGES = 3
_SEARCH_WORDS = 12
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"^=+ *(.*?) *=+$", re.MULTILINE)
# Too common to tell one page from another.
_COMMON = frozenset(
    """about after also among because been before being could does from have into just more most
    only over said says some such than that their them then there these they this those under were
    what when where which while will with would""".split()
)


class Wikipedia:
    """Looks in the Wikipedia of the query's language.

    The client brings the time limits and, as the API asks of everybody, a
    User-Agent that says whom to contact.
    """

    name = "wikipedia"
    outside = True

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return the passages that share the most telling words with the query."""
        prefix = _LANGUAGE.match(query.language)
        language = prefix[0] if prefix else "en"
        words = _telling_words(query.text)
        if not words:
            return []
        try:
            titles = self._titles(language, words)
            texts = {title: self._text(language, title) for title in titles}
        except (KeyError, IndexError, TypeError, AttributeError):
            raise ProviderDown(f"{self.name}: answer of an unexpected shape") from None
        found = [
            Found(
                url=f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'))}",
                title=title,
                text=text[start:end],
                outlet="Wikipedia",
                document=text,
            )
            for title, text in texts.items()
            for start, end in passages(text, language)
        ]
        return _best(found, words, limit)

    def _titles(self, language: str, words: list[str]) -> list[str]:
        # Without OR only pages that hold every word are found: none, for a whole claim.
        asked = " OR ".join(words[:_SEARCH_WORDS])
        answer = self._ask(language, list="search", srsearch=asked, srlimit=PAGES, srprop="")
        return [_string(hit["title"]) for hit in answer["search"]][:PAGES]

    def _text(self, language: str, title: str) -> str:
        answer = self._ask(language, prop="extracts", titles=title, explaintext=1)
        page = answer["pages"][0]
        if "missing" in page:  # deleted since it was indexed
            return ""
        return _HEADING.sub(r"\1", _string(page["extract"]))

    def _ask(self, language: str, **parameters: str | int) -> dict[str, Any]:
        url = f"https://{language}.wikipedia.org/w/api.php"
        parameters |= {"action": "query", "format": "json", "formatversion": 2}
        try:
            response = self._client.get(url, params=parameters)
            response.raise_for_status()
            answer: dict[str, Any] = response.json()["query"]
        except httpx.HTTPStatusError as error:
            # The URL carries words of the claim: name the fault, never the request.
            wait = error.response.headers.get("Retry-After", "")
            later = f", asks to wait {int(wait)} s" if wait.isdecimal() and len(wait) < 7 else ""
            raise ProviderDown(f"{self.name}: status {error.response.status_code}{later}") from None
        except httpx.HTTPError as error:
            raise ProviderDown(f"{self.name}: {type(error).__name__}") from None
        except (ValueError, RecursionError):
            raise ProviderDown(f"{self.name}: answer is not JSON") from None
        return answer


def _best(found: list[Found], words: list[str], limit: int) -> list[Found]:
    """Order passages by the words they share with the query, rare ones counting more."""
    asked = {word.casefold() for word in words}
    shared = [asked.intersection(map(str.casefold, _WORD.findall(one.text))) for one in found]
    weight = {
        word: math.log(1 + len(found) / sum(word in each for each in shared))
        for word in set().union(*shared)
    }
    enough = min(2, len(asked))
    scored = [
        (sum(weight[word] for word in sorted(each)), one)
        for each, one in zip(shared, found, strict=True)
        if len(each) >= enough
    ]
    return [one for _, one in sorted(scored, key=lambda pair: -pair[0])[:limit]]


def _telling_words(text: str) -> list[str]:
    """Return names, numbers and long words of ``text``, each once, in order."""
    words = [
        word
        for word in _WORD.findall(text)
        if (len(word) > 3 or word[0].isupper() or word.isdigit()) and word.lower() not in _COMMON
    ]
    return list(dict.fromkeys(words))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
