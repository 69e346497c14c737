"""Whether a page says that not everybody may read it.

schema.org's isAccessibleForFree (as search engines ask publishers to state
it), the content tier of the Open Graph's article, and what a refusal means.
Only a proposal comes of it; a person records the access.
"""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

PAYWALL, REGISTRATION = "paywall", "registration"

_LONGEST_DATA = 500_000  # characters of one block of linked data
_REFUSALS = {
    401: (REGISTRATION, "The server asks for a login (status 401)."),
    402: (PAYWALL, "The server asks for payment (status 402)."),
    403: (REGISTRATION, "The server refuses readers it does not know (status 403)."),
}
_TIERS = {
    "locked": (PAYWALL, "The page calls itself locked (article:content_tier)."),
    "metered": (REGISTRATION, "The page counts visits (article:content_tier: metered)."),
}
_NOT_FREE = (PAYWALL, "The page says it is not accessible for free (schema.org).")


def access_of_status(status: int | None) -> tuple[str, str] | None:
    """The access a refusal speaks for, and why; None for other answers.

    >>> access_of_status(402)[0], access_of_status(404)
    ('paywall', None)
    """
    return _REFUSALS.get(status or 0)


def access_of_page(page: str) -> tuple[str, str]:
    """The access a page says it has, and where it says so; empty when it says nothing."""
    try:
        tree = lxml_html.document_fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", ""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        if any(_denied(value) for value in _stated(script.text_content()[:_LONGEST_DATA])):
            return _NOT_FREE
    for element in tree.xpath("//*[@itemprop='isAccessibleForFree']"):
        if _denied(element.get("content") or element.get("href") or element.text_content()):
            return _NOT_FREE
    for meta in tree.xpath("//meta[@property='article:content_tier']"):
        tier = (meta.get("content") or "").strip().lower()
        if tier in _TIERS:
            return _TIERS[tier]
    return "", ""


def _denied(value: Any) -> bool:
    return value is False or (
        isinstance(value, str) and value.strip().lower().rpartition("/")[2] in {"false", "no"}
    )


def _stated(data: str) -> Iterator[Any]:
    """What the work as a whole says of itself, not what its parts do: a part may be behind a wall
    on a page that is free, and is listed as such."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return
    nodes = found if isinstance(found, list) else [found]
    for node in nodes:
        if not isinstance(node, dict):
            continue
        graph = node.get("@graph")
        for inner in [node, *(graph if isinstance(graph, list) else [])]:
            if isinstance(inner, dict) and "isAccessibleForFree" in inner:
                yield inner["isAccessibleForFree"]
