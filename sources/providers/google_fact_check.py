"""What fact-checkers wrote about a claim, through Google's Fact Check Tools API.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search:
each claim comes with the reviews of it. They are checks, not passages: they
are shown apart, with the words of their rating.
"""

from typing import Any

import httpx

from sources.asking import address, asked, day, language, shape, words
from sources.ports import Checked, Found, Query
from sources.questions import in_turn, questions

URL = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
_CLAIMS = 10


class GoogleFactCheck:
    """Looks for reviews in the query's language."""

    name = "google_fact_check"
    label = "Google Fact Check Tools"
    outside = True
    every = 0.5

    def __init__(self, client: httpx.Client, *, key: str) -> None:
        self._client = client
        self._key = key

    def questions(self, query: Query) -> tuple[str, ...]:
        """What tells the claim from others, and the claim itself."""
        asked = questions(query.text)
        return tuple(dict.fromkeys((*asked[:1], *asked[-1:])))

    def search(self, query: Query, limit: int) -> list[Found]:
        """Return checks of claims like it."""
        with shape(self.name):
            answers = [
                [found for claim in self._claims(each, query) for found in _found(claim)]
                for each in self.questions(query)
            ]
        return in_turn(answers)[:limit]

    def _claims(self, question: str, query: Query) -> list[dict[str, Any]]:
        parameters: dict[str, str | int] = {
            "query": question,
            "languageCode": language(query.language),
            "pageSize": _CLAIMS,
            "key": self._key,
        }
        claims: list[dict[str, Any]] = asked(self._client, self.name, URL, parameters).get(
            "claims", []
        )
        return claims


def _found(claim: dict[str, Any]) -> list[Found]:
    """One for each review that has an address and a rating."""
    checked = words(claim.get("text"))
    found = []
    for review in claim.get("claimReview", []):
        url, rating = address(review.get("url")), words(review.get("textualRating"))
        publisher = review.get("publisher") or {}
        if not checked or not url or not rating:
            continue
        found.append(
            Found(
                url=url,
                title=words(review.get("title")) or checked,
                text=f"{checked} {rating}",
                outlet=words(publisher.get("name")) or words(publisher.get("site")),
                published_at=day(review.get("reviewDate")),
                kind="article",
                outlet_kind="fact_checker",
                language=language(words(review.get("languageCode"))),
                check=Checked(
                    claim=checked,
                    rating=rating,
                    claimant=words(claim.get("claimant")),
                    said_at=day(claim.get("claimDate")),
                ),
            )
        )
    return found
