"""How often something was asked for lately, counted in Redis, where a restart forgets nothing.

When Redis is away nobody is held up: nothing is counted, and Redis is asked again a little later.
"""

import logging
import time

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

ANSWERS_WITHIN = 0.2  # seconds
ASK_AGAIN_AFTER = 5.0  # seconds without counting, after Redis did not answer


class Counters:
    """Counters by name, each forgotten some time after it was counted up last."""

    def __init__(self) -> None:
        self._redis = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=ANSWERS_WITHIN,
            socket_connect_timeout=ANSWERS_WITHIN,
            retry=Retry(NoBackoff(), 0),
        )
        self._away_until = 0.0

    def count(self, name: str, *, kept: int) -> int | None:
        """Count ``name`` up, to be forgotten after ``kept`` seconds; None when nobody can count."""
        if time.monotonic() < self._away_until:
            return None
        try:
            together = self._redis.pipeline()
            together.incr(name)
            together.expire(name, kept)
            counted, _ = together.execute()
        except redis.RedisError as error:
            log.warning("requests are not counted: %s", error)
            self._away_until = time.monotonic() + ASK_AGAIN_AFTER
            return None
        return int(counted)
