"""How often a key may ask: a number of requests in each minute, counted in Redis.

The counters outlive a restart of the web server; when Redis is away, requests pass uncounted.
The headers are those of the IETF's draft "RateLimit header fields for HTTP".
"""

import math
import time
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from factcheck.counters import Counters
from factcheck.models import ApiKey

if TYPE_CHECKING:  # what the settings name is imported by rest_framework.views itself
    from rest_framework.views import APIView

WINDOW = 60  # seconds


class PerKey(BaseThrottle):
    """Refuses a key's requests beyond the limit until the next minute begins."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request, and remember for the headers what is left."""
        if not isinstance(request.auth, ApiKey):
            return True
        now = time.time()
        name = f"api:rate:{request.auth.pk}:{int(now // WINDOW)}"
        counted = _counters().count(name, kept=2 * WINDOW)
        if counted is None:
            return True
        left = settings.API_REQUESTS_PER_MINUTE - counted
        self._wait = math.ceil(WINDOW - now % WINDOW)
        request.rate_left = (max(0, left), self._wait)  # type: ignore[attr-defined]
        return left >= 0

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return self._wait


def headers(request: Request) -> dict[str, str]:
    """The rate limit and what is left of it; nothing when it was not counted."""
    counted = getattr(request, "rate_left", None)
    if counted is None:
        return {}
    left, wait = counted
    return {
        "RateLimit-Policy": f'"key";q={settings.API_REQUESTS_PER_MINUTE};w={WINDOW}',
        "RateLimit": f'"key";r={left};t={wait}',
    }


@cache
def _counters() -> Counters:
    """The counters of this process, made when first needed."""
    return Counters()
