"""Gives each request an id and tells about it in one line when it is answered."""

import logging
import re
import time
from collections.abc import Callable
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from factcheck.logs import CARRIED
from factcheck.models import ApiKey

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET = {"/healthz"}  # asked every few seconds


class RequestLog:
    """Middleware. An id that a proxy gave is kept, so that its log and ours agree."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the id in a header and in every line that is told meanwhile."""
        given = request.headers.get(HEADER, "") if settings.PROXIES else ""
        request_id = given if _GIVEN.fullmatch(given) else uuid4().hex
        carried = CARRIED.set({"request": request_id})
        began = time.monotonic()
        try:
            response = self._get_response(request)
            ms = round((time.monotonic() - began) * 1000)
            level = logging.DEBUG if request.path in QUIET else logging.INFO
            # The path alone: what people search for stands in the query.
            about = {**who(request), "status": response.status_code, "ms": ms}
            log.log(level, "%s %s", request.method, quote(request.path), extra={"about": about})
        finally:
            CARRIED.reset(carried)
        response.headers[HEADER] = request_id
        return response


def who(request: HttpRequest) -> dict[str, str]:
    """Who asked, if somebody found out: a page that needs nobody is not made to look."""
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        return {"key": key.prefix, "publisher": str(key.publisher.public_id)}
    user = request.__dict__.get("_cached_user")
    return {"user": str(user.public_id)} if user is not None and user.is_authenticated else {}
