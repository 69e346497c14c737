"""The page that documents the API, and the description it is made from.

Made on the server: under this site's content security policy a page of
scripts that draw themselves would stay empty.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.api.problems import PROBLEMS
from claims.api.schema import FILE
from claims.markdown import rendered
from claims.notices import MEANINGS as NOTICES
from claims.scopes import MEANINGS


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, a header or a property, as the page tells it."""

    name: str
    kind: str
    see: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Example:
    """A body that might be sent or received."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    sent: list[Field]
    status: str
    received: str
    headers: list[Field]
    examples: list[Example]
    problems: list[str]


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """How publishers use the API: every operation, field and problem."""
    schema = _schema()
    context = {
        "operations": list(_operations(schema)),
        "objects": [
            (name, described.get("description", ""), _properties(described))
            for name, described in sorted(schema["components"]["schemas"].items())
        ],
        "problems": [(code, status, title) for code, (status, title) in PROBLEMS.items()],
        "scopes": MEANINGS.items(),
        "headers": [
            _field(name, header["schema"], header["description"])
            for name, header in schema["components"]["headers"].items()
        ],
        "notices": NOTICES.items(),
        "site": settings.SITE_URL,
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
    }
    return render(request, "claims/api.html", context)


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API in OpenAPI 3.1."""
    return HttpResponse(FILE.read_bytes(), content_type="application/vnd.oai.openapi+json")


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(FILE.read_text())
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            status = next(status for status in answers if status.startswith("2"))
            good = next(iter(answers[status]["content"].values()))
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            yield Operation(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=rendered(operation["description"]),
                parameters=[
                    _field(given["name"], given["schema"], given.get("description", ""))
                    for given in operation.get("parameters", [])
                ],
                sent=_properties(_resolved(sent.get("schema", {}), schema)),
                status=status,
                received=_reference(good["schema"]),
                headers=[
                    _field(name, header["schema"], header["description"])
                    for name, header in answers[status]["headers"].items()
                    if "$ref" not in header  # those of many answers are told once
                ],
                examples=list(_examples(sent, good)),
                problems=[code for code, (status, _) in PROBLEMS.items() if str(status) in answers],
            )


def _examples(*contents: dict[str, Any]) -> Iterator[Example]:
    for content in contents:
        for name, example in content.get("examples", {}).items():
            body = json.dumps(example["value"], indent=2, ensure_ascii=False)
            yield Example(example.get("summary", name), body)  # a plain name is its own summary


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = _reference(described)
    found: dict[str, Any] = schema["components"]["schemas"][name] if name else described
    return found


def _properties(described: dict[str, Any]) -> list[Field]:
    return [
        _field(name, inner, inner.get("description", ""))
        for name, inner in described.get("properties", {}).items()
    ]


def _field(name: str, described: dict[str, Any], meaning: str) -> Field:
    return Field(name, _kind(described), _reference(described), rendered(meaning))


def _reference(described: dict[str, Any]) -> str:
    """The object a description names, itself or as one of its choices or items."""
    if "$ref" in described:
        return str(described["$ref"]).rpartition("/")[2]
    inner = [*described.get("oneOf", []), *described.get("allOf", [])]
    inner += [described["items"]] if "items" in described else []
    return next(filter(None, map(_reference, inner)), "")


def _kind(described: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in described:
        return str(described["$ref"]).rpartition("/")[2]
    if described.get("type") == "array":
        return f"list of {_kind(described['items'])}"
    if "enum" in described:
        words = " | ".join(str(value) for value in described["enum"] if value is not None)
        return f"{words}; {described['default']} if not told" if "default" in described else words
    if several := described.get("oneOf") or described.get("allOf"):
        return " or ".join(dict.fromkeys(_kind(each) for each in several))
    kinds = described.get("type", "anything")
    names = [kinds] if isinstance(kinds, str) else kinds
    told = [described.get("format", name) if name == "string" else name for name in names]
    longest = f", at most {described['maxLength']}" if described.get("maxLength") else ""
    return " or ".join(told) + longest
