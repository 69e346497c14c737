"""The OpenAPI 3.1 description of the API, made from the views.

``openapi.json`` beside this file is what ``./dev manage write_docs`` wrote;
it is served as it is, and a test fails when the views say otherwise.
"""

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from claims.api.problems import MEDIA_TYPE, PROBLEMS
from claims.api.view import KeyView
from claims.scopes import MEANINGS

FILE = Path(__file__).with_name("openapi.json")

ALWAYS = (401, 403, 404, 406, 429, 500, 503)
"""What may go wrong with every request."""
WITH_BODY = (400, 409, 411, 413, 415, 422)

HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {
        "description": "Changes with the answer and with nothing else.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": 'How many requests the key may make in how many seconds: `"key";q=600;w=60`.'
        " Absent while nobody can count.",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "How many of them are left, and in how many seconds all are again:"
        ' `"key";r=599;t=40`. Absent while nobody can count.',
        "schema": {"type": "string"},
    },
    "X-Request-ID": {
        "description": "The name of this request in the workspace's log: tell it when you ask why.",
        "schema": {"type": "string"},
    },
}
"""What answers carry besides what one operation says of its own."""
UNCOUNTED = (401, 403, 406)
"""Answers to requests that were refused before they were counted."""


class KeySchema(AutoSchema):
    """Says in words what an operation does and which scope it needs."""

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        """The operation, described by the view's and its method's own words."""
        operation: dict[str, Any] | None = super().get_operation(*args)
        if operation is not None:
            view = cast(KeyView, self.view)
            handler = getattr(view, self.method.lower())
            operation.setdefault("summary", _first_line(handler).rstrip("."))
            scope = f"Needs a key with the scope `{view.scopes[self.method]}`."
            told = operation.get("description", "")
            known = told.rstrip(".") == operation["summary"]
            operation["description"] = scope if known else f"{told}\n\n{scope}"
        return operation


def _first_line(documented: object) -> str:
    return (inspect.getdoc(documented) or "").split("\n", maxsplit=1)[0]


class KeyScheme(OpenApiAuthenticationExtension):
    """How a key is sent."""

    target_class = "claims.api.authentication.ByKey"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """A bearer key, and what its scopes open."""
        scopes = "\n".join(f"- `{scope}`: {meaning}." for scope, meaning in MEANINGS.items())
        return {
            "type": "http",
            "scheme": "bearer",
            "description": f"A publisher's key, issued by this workspace. Scopes:\n\n{scopes}",
        }


def with_problems(
    result: dict[str, Any], generator: object, request: object, public: bool
) -> dict[str, Any]:
    """Add to each operation what may go wrong with it, and the headers of each answer."""
    result["components"]["schemas"]["Problem"] = _problem()
    result["components"]["headers"] = HEADERS
    for methods in result["paths"].values():
        for operation in methods.values():
            statuses = set(ALWAYS)
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
                statuses.update(WITH_BODY)
            statuses.add(400)  # a parameter that nobody knows
            answers = operation["responses"]
            for status in sorted(statuses):
                answers.setdefault(str(status), _response(status))
            for status, answer in answers.items():
                carried = answer.setdefault("headers", {})
                carried |= {name: _named(name) for name in _carried(int(status), answers)}
    return result


def _carried(status: int, answers: dict[str, Any]) -> Iterator[str]:
    """The names of the headers that an answer carries, given all of its operation's."""
    if status == 304 or (status == 200 and "304" in answers):
        yield "ETag"
    if status not in UNCOUNTED:
        yield from ("RateLimit-Policy", "RateLimit")
    yield "X-Request-ID"


def _named(header: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{header}"}


def _response(status: int) -> dict[str, Any]:
    codes = [f"`{code}`: {title}." for code, (of, title) in PROBLEMS.items() if of == status]
    return {
        "description": " ".join(codes),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _problem() -> dict[str, Any]:
    """What a problem looks like."""
    return {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "What the code means."},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "What to do about it, for people."},
            "code": {"type": "string", "enum": list(PROBLEMS)},
            "errors": {
                "type": "array",
                "description": "The fields at fault.",
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "pointer": {
                            "type": "string",
                            "description": "JSON pointer into the body, as a fragment: `#/text`.",
                        },
                        "parameter": {"type": "string", "description": "Its name."},
                        "code": {"type": "string"},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    }


def written() -> str:
    """The description as ``openapi.json`` holds it."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return json.dumps(_without_notes(schema), indent=2, ensure_ascii=False) + "\n"


def _without_notes(schema: Any) -> Any:
    """The schema without what its generator notes down for itself."""
    if isinstance(schema, dict):
        return {k: _without_notes(v) for k, v in schema.items() if k != "x-spec-enum-id"}
    return [_without_notes(item) for item in schema] if isinstance(schema, list) else schema
