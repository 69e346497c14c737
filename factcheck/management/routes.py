"""The page of docs/ that lists every address of the site, from the URL patterns themselves."""

import inspect
from collections.abc import Callable, Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver


def routes_page() -> str:
    """The text of docs/routes.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Addresses"
    yield ""
    yield "Written by `./dev manage write_docs` from the URL patterns. Edit those and the views'"
    yield "docstrings, not this page: a test fails when it is stale. What each person may do there"
    yield "is checked on the server, whatever the page shows."
    yield ""
    yield "| address | open to | what it is |"
    yield "|---|---|---|"
    for route, view in _routes(get_resolver().url_patterns, "/"):
        yield f"| `{route}` | {_open_to(view)} | {_meaning(view)} |"
    yield "| `/admin/` | moderators | Moderation, see [moderation.md](moderation.md). |"


def _routes(
    patterns: Sequence[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, Callable[..., object]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        elif pattern.app_name != "admin":
            yield from _routes(pattern.url_patterns, route)


def _open_to(view: Callable[..., object]) -> str:
    scopes = getattr(getattr(view, "cls", None), "scopes", None)
    if scopes:
        return "keys with " + ", ".join(dict.fromkeys(f"`{scope}`" for scope in scopes.values()))
    if not getattr(view, "login_required", True):
        return "everybody"
    return "people with a role" if getattr(view, "role_required", True) else "people logged in"


def _meaning(view: Callable[..., object]) -> str:
    """The first sentence of the view's docstring."""
    documented = getattr(view, "view_class", getattr(view, "cls", view))
    paragraph = (inspect.getdoc(documented) or "").split("\n\n", maxsplit=1)[0]
    return " ".join(paragraph.split())
