"""Saying who can read a source, without hiding what the public reads of it."""

from django.db import transaction

from claims.models import Evidence, Verdict
from factcheck.models import User
from factcheck.refusals import Refused
from sources.models import Access, Source
from sources.moderating import record_access

NAMED = 5
"""Verdicts that a refusal names."""


@transaction.atomic
def say_who_can_read(source_id: int, *, access: str, by: User) -> Source:
    """Record the access of a source; raise Refused for a private one that is quoted in public."""
    if access == Access.PRIVATE:
        _check_not_quoted(source_id)
    return record_access(source_id, access=access, by=by)


def _check_not_quoted(source_id: int) -> None:
    quoting = (
        Verdict.objects.standing()
        .filter(
            citations__evidence__source=source_id,
            citations__evidence__publication=Evidence.Publication.FULL,
        )
        .distinct()
        .order_by("pk")
    )
    named = [f"“{verdict.claim_text}”" for verdict in quoting.defer("explanation")[: NAMED + 1]]
    if named:
        more = " and others" if len(named) > NAMED else ""
        raise Refused(
            "Everybody can read its words in public verdicts. Correct or withdraw those first, on: "
            f"{', '.join(named[:NAMED])}{more}."
        )
