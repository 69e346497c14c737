"""How the providers of evidence are, as moderators see it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from sources import registry


@dataclass(frozen=True, slots=True)
class Health:
    """How one provider answered in the last 24 hours.

    ``seconds`` is what a search of it took on average; ``lately`` the
    requests of this hour and the one before; ``waiting`` the searches that
    will ask it alone. ``needs`` names the setting it cannot be asked without.
    ``key`` leads to what a moderator may do about it.
    """

    provider: str
    asked: int = 0
    failed: int = 0
    found: int = 0
    lately: int = 0
    seconds: float | None = None
    answered_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""
    waiting: int = 0
    failures: int = 0
    rests_until: datetime | None = None
    off: bool = False
    needs: str = ""
    key: int | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return registry.LABELS.get(self.provider, self.provider)

    @property
    def down(self) -> bool:
        """Whether it did not answer when it was asked last."""
        return self.failures > 0 and not self.off and not self.needs

    @property
    def state(self) -> str:
        """In a word or two."""
        if self.needs:
            return f"needs {self.needs}"
        if self.off:
            return "switched off"
        if self.down:
            return "down, rests" if self.rests_until else "down"
        return "answers" if self.answered_at else "not asked yet"


_SEARCHED = """
SELECT answer.provider, count(*), coalesce(sum(answer.found), 0), avg(answer.seconds),
    max(search.finished_at)
FROM claims_search search
CROSS JOIN LATERAL jsonb_to_recordset(search.providers)
    AS answer(provider text, found int, seconds float8, error text)
WHERE search.finished_at > now() - interval '24 hours' AND answer.error = ''
GROUP BY answer.provider
"""
_WAITING = """
SELECT "only", count(*) FROM claims_search
WHERE due_at IS NOT NULL AND "only" <> '' GROUP BY "only"
"""
_OUTSIDE = """
SELECT provider.id, provider.name, provider.off, provider.failures, provider.answered_at,
    provider.failed_at, provider.last_error,
    CASE WHEN provider.rests_until > now() THEN provider.rests_until END AS rests_until,
    coalesce(sum(hour.answered + hour.failed), 0) AS asked,
    coalesce(sum(hour.failed), 0) AS failed,
    coalesce(sum(hour.requests) FILTER (
        WHERE hour.began_at > now() - interval '2 hours'), 0) AS lately,
    sum(hour.seconds) / nullif(sum(hour.answered + hour.failed), 0) AS seconds
FROM sources_outsideprovider provider
LEFT JOIN sources_providerhour hour
    ON hour.provider_id = provider.id AND hour.began_at > now() - interval '24 hours'
GROUP BY provider.id
"""


def providers() -> list[Health]:
    """The library, and every outside provider that is listed or known. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_SEARCHED)
        searched = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_WAITING)
        waiting = dict(cursor.fetchall())
        cursor.execute(_OUTSIDE)
        columns = [column.name for column in cursor.description]
        outside = {row[1]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}
    count, found, seconds, at = searched.get("library", (0, 0, None, None))
    health = [
        Health("library", asked=count, found=found, seconds=seconds, answered_at=at),
    ]
    for name in dict.fromkeys([*settings.OUTSIDE_PROVIDERS, *sorted(outside), *sorted(waiting)]):
        known = outside.get(name, {})
        health.append(
            Health(
                name,
                asked=known.get("asked", 0),
                failed=known.get("failed", 0),
                found=searched.get(name, (0, 0))[1],
                lately=known.get("lately", 0),
                seconds=known.get("seconds"),
                answered_at=known.get("answered_at"),
                failed_at=known.get("failed_at"),
                error=known.get("last_error", ""),
                waiting=waiting.get(name, 0),
                failures=known.get("failures", 0),
                rests_until=known.get("rests_until"),
                off=known.get("off", False),
                needs=registry.missing(name),
                key=known.get("id"),
            )
        )
    return health
