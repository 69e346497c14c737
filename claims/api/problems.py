"""What goes wrong, as RFC 9457 tells it: ``application/problem+json``.

``code`` is the promise to programs, ``detail`` the words for people;
``errors`` lists the fields at fault, each by a JSON pointer into the body or
the name of a parameter.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework.exceptions import (
    APIException,
    NotFound,
    ParseError,
    Throttled,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.response import Response

from claims.actions.refusals import Refused
from factcheck.attempts import DATABASE_GONE
from factcheck.logs import CARRIED

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
LARGEST_BODY = 12 * settings.MAX_ARTICLE_CHARACTERS + 100_000
"""Bytes: the longest text with every character escaped as two ``\\uXXXX``, and the rest."""
WAITS = {"unavailable": 5, "idempotency_key_in_use": 1}
"""Seconds after which it is worth asking again."""

PROBLEMS: dict[str, tuple[int, str]] = {
    "key_missing": (401, "No key was sent"),
    "key_unknown": (401, "The key is not known"),
    "key_revoked": (401, "The key was revoked"),
    "key_expired": (401, "The key has expired"),
    "publisher_inactive": (401, "The publisher's access has ended"),
    "scope_missing": (403, "The key does not hold the scope this needs"),
    "not_found": (404, "There is no such thing, or it is not yours to see"),
    "method_not_allowed": (405, "This address does not take that method"),
    "not_acceptable": (406, "The answer is JSON and you accept none"),
    "parse_error": (400, "The body is not JSON"),
    "parameter_invalid": (400, "A parameter cannot be used"),
    "idempotency_key_in_use": (409, "The first request with this key is still being answered"),
    "idempotency_key_reused": (422, "The key came with another body before"),
    "length_required": (411, "The body came without its length"),
    "too_large": (413, "The body is too large"),
    "unsupported_media_type": (415, "The body must be application/json"),
    "invalid": (422, "The body cannot be used as it is"),
    "throttled": (429, "Too many requests in this minute"),
    "server_error": (500, "Something broke here"),
    "unavailable": (503, "The database does not answer"),
}
"""Each code with its status and title; the documentation page lists them."""


class Problem(APIException):
    """A problem of the table, raised by its code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail, code)
        self.status_code = PROBLEMS[code][0]


class ParameterInvalid(Problem):
    """A query parameter that cannot be used."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__("parameter_invalid", detail)
        self.errors = [{"parameter": parameter, "code": "invalid", "detail": detail}]


def answer(error: Exception, context: dict[str, Any]) -> Response:
    """Turn whatever a view raised into a problem."""
    raised = _as_api_exception(error)
    errors: list[dict[str, str]] = getattr(raised, "errors", [])
    code = _code(raised)
    detail = str(raised.detail)
    headers = {}
    match raised:
        case ValidationError():
            errors = list(_field_errors(raised.detail, ""))
            detail = " ".join(dict.fromkeys(map(_told, errors if errors[1:] else [])))
            detail = detail or errors[0]["detail"]
        case UnsupportedMediaType():
            detail = (
                "Send JSON as application/json. To have a file checked, send its words as `text`."
            )
        case Throttled():
            detail = f"Ask again in {raised.wait} s."  # type: ignore[attr-defined]
            headers["Retry-After"] = str(raised.wait)  # type: ignore[attr-defined]
    if code in WAITS:
        headers["Retry-After"] = str(WAITS[code])
    if code == "server_error":
        log.error("%s failed", context["request"].path, exc_info=error)
        got_request_exception.send(sender=type(context["view"]), request=context["request"])
    if header := getattr(raised, "auth_header", None):
        headers["WWW-Authenticate"] = header
    content = problem(code, detail)
    if errors:
        content["errors"] = errors
    return Response(content, content["status"], headers=headers, content_type=MEDIA_TYPE)


def problem(code: str, detail: str) -> dict[str, Any]:
    """What is told of a problem of the table."""
    status, title = PROBLEMS[code]
    return {
        "type": f"{settings.SITE_URL}/api/v1/docs/#{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }


def _as_api_exception(error: Exception) -> APIException:
    match error:
        case APIException():
            known = error
        case Refused():
            known = ValidationError({error.field or "non_field_errors": [str(error)]})
        case Http404():
            known = NotFound()
        case RequestDataTooBig():
            known = Problem("too_large", f"A body may have {LARGEST_BODY:,} bytes.")
        case RecursionError():
            known = ParseError("The body is nested too deeply.")
        case _ if isinstance(error, DATABASE_GONE):
            known = Problem("unavailable", "Ask again in a moment; nothing was changed.")
        case _:
            noted = CARRIED.get().get("request", "")
            known = Problem(
                "server_error",
                f"It was noted{noted and f' under {noted}, its X-Request-ID'}. "
                "Asking again may help.",
            )
    return known


def _code(raised: APIException) -> str:
    if isinstance(raised, ValidationError):
        return "invalid"
    return str(getattr(raised.detail, "code", raised.default_code))


def _field_errors(detail: Any, path: str) -> Iterator[dict[str, str]]:
    """Each message with a pointer to its field; what is about all of it points to the whole."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            if name == "non_field_errors":
                yield from _field_errors(inner, path)
            else:
                yield from _field_errors(inner, f"{path}/{_escaped(str(name))}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            deeper = f"{path}/{place}" if isinstance(inner, dict | list) else path
            yield from _field_errors(inner, deeper)
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield {"pointer": f"#{path}", "code": code, "detail": str(detail)}


def _told(error: dict[str, str]) -> str:
    """A message with the name of its field."""
    name = error["pointer"].removeprefix("#").removeprefix("/")
    return f"{name}: {error['detail']}" if name else error["detail"]


def _escaped(name: str) -> str:
    """A name as a JSON pointer spells it; what is no text is spelt out."""
    readable = name.encode("utf-8", "backslashreplace").decode()
    return readable.replace("~", "~0").replace("/", "~1")
