"""Refuses a request that is too large before a byte of its body is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FORM = 500_000  # bytes that a form may have around its largest file


class SizeLimit:
    """Middleware. Django's own limits leave out files: those it would write to disk first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to what states too large a length; what states none has no body."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdecimal() and int(stated) <= settings.MAX_UPLOAD_BYTES + FORM:
            return self._get_response(request)
        answer = render(request, "413.html", status=413)
        answer.headers["Connection"] = "close"  # what is still being sent is not waited for
        return answer
