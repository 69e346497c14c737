"""Answers that scripts of any other site may read: public data, the same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def any_origin(view: View) -> View:
    """Let a page of any site read the answer, also that there is none.

    Only for views that look at no cookie: what they tell is public in any case.
    """

    @wraps(view)
    def answer(*args: Any, **keys: Any) -> HttpResponseBase:
        try:
            response = view(*args, **keys)
        except Http404:
            response = JsonResponse({"error": "There is nothing public here."}, status=404)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer
