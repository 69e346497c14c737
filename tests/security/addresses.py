"""Every address of the site, with example arguments, for tests that walk all of them."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

NOBODYS = "01a202e0-4465-7077-b321-069f37f4e93b"
EXAMPLES = {"int": "1", "uuid": NOBODYS, "id": NOBODYS, "path": "1", "str": "x", "slug": "x"}


def every_address() -> list[tuple[str, str]]:
    """Name and path of each, in the order of the URL patterns."""
    return list(dict.fromkeys(_below(get_resolver().url_patterns, "/", "")))


def _below(patterns: list[object], before: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + _example(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", path
        elif isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern.url_patterns, path, inner)


def _example(pattern: object) -> str:
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES[m[1] or "str"], str(pattern))
    # What Django's admin has of regular expressions: a choice of words, and "anything else".
    plain = re.sub(r"\(\?P<\w+>([\w-]+)(?:\|[\w-]+)*\)", r"\1", str(pattern))
    return re.sub(r"\(\?P<\w+>\.\*\)", "x", plain).strip("^$").replace("\\Z", "")
