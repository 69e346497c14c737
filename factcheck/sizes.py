"""Refuses a request that is too large before a byte of its body is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from claims.api.problems import LARGEST_BODY, MEDIA_TYPE, problem

API = "/api/"
PUBLIC = "/c/"
MOST_PUBLIC = 100_000
"""Bytes of a form that is open to the world: all its fields, as full as they may be."""


class SizeLimit:
    """Middleware. Django's own limits leave out files: those it would write to disk first.

    The web server ends the connection after such an answer (factcheck/gunicorn.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to what states too large a length; what states none has no body."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        most = MOST_PUBLIC if request.path.startswith(PUBLIC) else settings.MAX_REQUEST_BYTES
        if stated.isdecimal() and int(stated) <= most:
            return self._get_response(request)
        if request.path.startswith(API):
            told = problem("too_large", f"A body may have {LARGEST_BODY:,} bytes.")
            return JsonResponse(told, status=413, content_type=MEDIA_TYPE)
        return render(request, "413.html", status=413)
