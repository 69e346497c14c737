"""Public answers that anybody may keep for a while, and need not read twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe

KEPT = 60
"""Seconds anybody may keep a public answer: a correction must not wait longer."""

View = Callable[..., Any]


def known_by_etag(view: View) -> View:
    """Give the answer an ETag, to HEAD as to GET, and answer 304 to who has it already.

    Django's own ``conditional_page`` gives none to HEAD, since what is asked
    that way may have no content. Here it has: ``require_safe`` passes both on alike.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        response = view(request, *args, **keys)
        if isinstance(response, TemplateResponse):
            response.render()
        set_response_etag(response)
        told = get_conditional_response(
            request,
            etag=response.get("ETag"),
            last_modified=parse_http_date_safe(response.get("Last-Modified", "")),
            response=response,
        )
        return told or response

    return answer
