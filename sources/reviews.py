"""What others checked, read out of ClaimReview data: a feed, a file of lines, or a page.

https://schema.org/ClaimReview, as fact-checkers publish it: in a DataFeed
(https://datacommons.org/factcheck/download), as JSON-LD alone, one a line, or
in the script elements of a page. Everything in it is a stranger's.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import lxml.html

from sources.asking import address, day, language, words
from sources.ports import Checked, Found

MOST = 200_000
"""Reviews that are read of one feed; the largest there is has about half of that."""
LONGEST_CLAIM = 1000
LONGEST_RATING = 200
_DEEPEST = 8


class NoReviews(Exception):
    """There is no ClaimReview in it; the message says what is wrong, for people."""


def reviews_in(body: bytes) -> list[Found]:
    """The checks in a feed or page, each once, in its order; raise NoReviews.

    A review without an address, a claim or a rating is passed over.
    """
    found = list(islice(_checks(_data(body)), MOST))
    if not found:
        raise NoReviews("It holds no ClaimReview with an address, a claim and a rating.")
    return list({(one.url, one.check): one for one in found}.values())


def _data(body: bytes) -> list[Any]:
    """Everything in JSON that the bytes hold."""
    text = body.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if start == "<":
        return [value for block in _scripts(body) for value in _parsed(block)]
    if start not in ("{", "["):
        raise NoReviews("It is neither JSON nor a web page.")
    whole = _parsed(text)
    return whole or [value for line in text.splitlines() for value in _parsed(line)]


def _parsed(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return []


def _scripts(body: bytes) -> list[str]:
    try:
        tree = lxml.html.document_fromstring(body)
    except (ValueError, lxml.etree.ParserError):
        return []
    return [
        script.text or ""
        for script in tree.iter("script")
        if (script.get("type") or "").strip().lower() == "application/ld+json"
    ]


def _checks(data: Any, depth: int = 0) -> Iterator[Found]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _checks(each, depth + 1)
    elif isinstance(data, dict):
        if "ClaimReview" in _listed(data.get("@type")):
            try:
                check = _check(data)
            except (TypeError, AttributeError, LookupError):
                check = None  # of another shape: the others may be good
            if check:
                yield check
        else:
            for name in ("dataFeedElement", "item", "@graph", "itemListElement", "mainEntity"):
                yield from _checks(data.get(name), depth + 1)


def _check(review: dict[str, Any]) -> Found | None:
    url = address(review.get("url"))
    claim = words(review.get("claimReviewed"))[:LONGEST_CLAIM]
    rating = _rating(_first(review.get("reviewRating")) or {})
    author = _first(review.get("author")) or _first(review.get("publisher")) or {}
    item = _first(review.get("itemReviewed")) or {}
    claimant = _first(item.get("author")) or {}
    if not (url and claim and rating):
        return None
    return Found(
        url=url,
        title=words(review.get("name")) or words(review.get("headline")) or claim,
        text=f"{claim} {rating}",
        outlet=words(author.get("name")),
        published_at=day(review.get("datePublished")),
        outlet_kind="fact_checker",
        language=language(words(review.get("inLanguage"))),
        check=Checked(
            claim=claim,
            rating=rating,
            claimant=words(claimant.get("name"))[:LONGEST_RATING],
            said_at=day(item.get("datePublished")),
        ),
    )


def _rating(rating: dict[str, Any]) -> str:
    """Its words; or its number on its scale."""
    label = words(rating.get("alternateName")) or words(rating.get("name"))
    if label:
        return label[:LONGEST_RATING]
    value, best = rating.get("ratingValue"), rating.get("bestRating")
    if isinstance(value, bool) or not isinstance(value, int | float | str) or not str(value):
        return ""
    of = f" of {best}" if isinstance(best, int | float | str) and str(best) else ""
    return words(f"{value}{of}")[:LONGEST_RATING]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
