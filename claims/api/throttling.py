"""How often a key may ask: a number of requests in each minute, counted in Redis.

The counters outlive a restart of the web server. When Redis is away nobody
is held up: requests pass uncounted, and Redis is asked again a little later.
The headers are those of the IETF's draft "RateLimit header fields for HTTP".
"""

import logging
import math
import time
from functools import cache
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from factcheck.models import ApiKey

if TYPE_CHECKING:  # what the settings name is imported by rest_framework.views itself
    from rest_framework.views import APIView

log = logging.getLogger(__name__)

WINDOW = 60  # seconds
ANSWERS_WITHIN = 0.2  # seconds
ASK_AGAIN_AFTER = 5.0  # seconds without counting, after Redis did not answer


class Counters:
    """The requests of each key in the present minute."""

    def __init__(self) -> None:
        self._redis = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=ANSWERS_WITHIN,
            socket_connect_timeout=ANSWERS_WITHIN,
            retry=Retry(NoBackoff(), 0),
        )
        self._away_until = 0.0

    def count(self, key: ApiKey, window: int) -> int | None:
        """Count one request more; None when nobody can count."""
        if time.monotonic() < self._away_until:
            return None
        name = f"api:rate:{key.pk}:{window}"
        try:
            together = self._redis.pipeline()
            together.incr(name)
            together.expire(name, 2 * WINDOW)
            counted, _ = together.execute()
        except redis.RedisError as error:
            log.warning("requests are not counted: %s", error)
            self._away_until = time.monotonic() + ASK_AGAIN_AFTER
            return None
        return int(counted)


class PerKey(BaseThrottle):
    """Refuses a key's requests beyond the limit until the next minute begins."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request, and remember for the headers what is left."""
        if not isinstance(request.auth, ApiKey):
            return True
        now = time.time()
        counted = _counters().count(request.auth, int(now // WINDOW))
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
