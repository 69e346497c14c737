"""Rest, pace and health of the providers outside, shared by all workers.

Each function is one statement on the provider's row, outside any
transaction, and the clock is the database's. docs/decisions tells why this
is a table and not Valkey.

A provider that failed OPENS_AFTER times in a row rests, twice as long after
each further failure. When the rest is over one worker tries it, and the
others go on sparing it until that worker is heard of or PROBE has passed.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from sources.models import OutsideProvider, ProviderAnswer, ProviderHour
from sources.ports import NotAsked

OPENS_AFTER = 3
REST = 60.0
LONGEST_REST = 3600.0
PROBE = 60.0
"""Seconds after which a worker that tries a provider is taken for dead."""
WORTH_WAITING = 6.0
"""Seconds a worker waits for its turn; after that it has something better to do."""
KEPT_FOR = timedelta(hours=24)
"""How long answers are kept: news of the day change what is found."""
HOURS_KEPT = timedelta(days=7)

_ADMIT = """
UPDATE sources_outsideprovider
SET rests_until = CASE WHEN failures >= %(opens)s
    THEN statement_timestamp() + %(probe)s * interval '1 second' END
WHERE name = %(name)s AND NOT off
    AND (rests_until IS NULL OR rests_until <= statement_timestamp())
"""
_TURN = """
UPDATE sources_outsideprovider
SET free_at = greatest(free_at, statement_timestamp()) + %(every)s * interval '1 second'
WHERE name = %(name)s
    AND (free_at IS NULL OR free_at <= statement_timestamp() + %(wait)s * interval '1 second')
RETURNING extract(epoch FROM free_at - statement_timestamp()) - %(every)s
"""
_COUNT = """
INSERT INTO sources_providerhour (provider_id, began_at, answered, failed, requests, seconds)
SELECT id, date_trunc('hour', statement_timestamp()), %(answered)s, %(failed)s, %(requests)s,
    %(seconds)s
FROM sources_outsideprovider WHERE name = %(name)s
ON CONFLICT (provider_id, began_at) DO UPDATE
SET answered = sources_providerhour.answered + excluded.answered,
    failed = sources_providerhour.failed + excluded.failed,
    requests = sources_providerhour.requests + excluded.requests,
    seconds = sources_providerhour.seconds + excluded.seconds
"""
_ANSWERED = """
UPDATE sources_outsideprovider
SET failures = 0, rests_until = NULL, answered_at = statement_timestamp() WHERE name = %(name)s
"""
_FAILED = """
UPDATE sources_outsideprovider
SET failures = failures + 1, failed_at = statement_timestamp(), last_error = %(error)s,
    rests_until = CASE
        WHEN %(again_in)s IS NOT NULL
            THEN statement_timestamp() + %(again_in)s * interval '1 second'
        WHEN failures + 1 >= %(opens)s
            THEN statement_timestamp() + interval '1 second'
                * least(%(longest)s, %(rest)s * 2 ^ least(failures + 1 - %(opens)s, 20))
    END
WHERE name = %(name)s
RETURNING extract(epoch FROM rests_until - statement_timestamp())
"""
_KEEP = """
INSERT INTO sources_provideranswer (provider_id, digest, found, expires_at)
SELECT id, %(digest)s, %(found)s::jsonb, statement_timestamp() + %(kept)s
FROM sources_outsideprovider WHERE name = %(name)s
ON CONFLICT (provider_id, digest) DO UPDATE
SET found = excluded.found, expires_at = excluded.expires_at
"""


def admit(name: str) -> None:
    """Let one search through to the provider, or raise NotAsked when it is to be spared."""
    if _run(_ADMIT, name=name, opens=OPENS_AFTER, probe=PROBE):
        return
    provider, made = OutsideProvider.objects.get_or_create(name=name)
    if made:
        return
    if provider.off:
        raise NotAsked(f"{name}: switched off by a moderator", again_in=LONGEST_REST)
    wait = _seconds_until(provider.rests_until)
    raise NotAsked(f"{name}: rests, {provider.last_error}"[:300], again_in=wait)


def turn(name: str, every: float) -> float:
    """Seconds until the worker may send its request; raise NotAsked when they are too many.

    ``every`` is how far apart requests of all workers together are kept. A
    turn that is given is taken, whether the request is sent or not.
    """
    given = _run(_TURN, name=name, every=every, wait=WORTH_WAITING)
    if not given:
        # Others wait too: what comes back at the same moment is turned away again.
        busy = WORTH_WAITING + 10 * every
        raise NotAsked(f"{name}: as much is asked as its limit allows", again_in=busy)
    return max(0.0, float(given[0]))


def answered(name: str, *, seconds: float, requests: int) -> None:
    """Note that the provider answered a search."""
    _run(_ANSWERED, name=name)
    _run(_COUNT, name=name, answered=1, failed=0, requests=requests, seconds=seconds)


def failed(
    name: str, error: str, *, seconds: float, requests: int, again_in: float | None
) -> float | None:
    """Note that it did not; return in how many seconds it may be tried, if it rests now.

    ``again_in`` is the rest it asked for itself.
    """
    rest = _run(
        _FAILED,
        name=name,
        error=error[:300],
        again_in=again_in,
        opens=OPENS_AFTER,
        rest=REST,
        longest=LONGEST_REST,
    )
    _run(_COUNT, name=name, answered=0, failed=1, requests=requests, seconds=seconds)
    return float(rest[0]) if rest and rest[0] is not None else None


def keep(name: str, digest: str, found: str) -> None:
    """Keep an answer, given as JSON, for KEPT_FOR."""
    _run(_KEEP, name=name, digest=digest, found=found, kept=KEPT_FOR)


def kept(name: str, digest: str) -> Any | None:
    """The answer that was kept, if it is still good."""
    return (
        ProviderAnswer.objects.filter(
            provider__name=name, digest=digest, expires_at__gt=Now(), provider__off=False
        )
        .values_list("found", flat=True)
        .first()
    )


def forget() -> None:
    """Drop answers and hours that are too old."""
    ProviderAnswer.objects.filter(expires_at__lte=Now()).delete()
    ProviderHour.objects.filter(began_at__lt=Now() - HOURS_KEPT).delete()


def _seconds_until(moment: datetime | None) -> float:
    if moment is None:
        return 1.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM %s - statement_timestamp())", [moment])
        return max(1.0, float(cursor.fetchone()[0]))


def _run(statement: str, **values: Any) -> Any:
    """Run one statement; return the row it returns, or whether it changed any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else cursor.rowcount
