"""What keeps approved verdicts from being published: much can happen after an approval."""

from collections.abc import Collection

from django.db.models import Prefetch

from claims.actions.gates import gates
from claims.models import Citation, Verdict


def missing(verdicts: Collection[int]) -> dict[int, str]:
    """What opens the gates that are shut, of those verdicts alone that have one, by their keys.

    Two queries, none for no verdict, and those of ``gates``: one for a rating that proves
    nothing or goes against somebody who is named, one where a cited source does not stand.
    Few are approved at any time, since nobody waits to publish them.
    """
    if not verdicts:
        return {}
    told = ("claim__article", "claim__claimant", "correction__verdict")
    citations = Prefetch("citations", Citation.objects.with_evidence())
    found = Verdict.objects.filter(pk__in=verdicts).select_related(*told)
    shut = {
        verdict.pk: [
            gate.how for gate in gates(verdict, list(verdict.citations.all())) if not gate.open
        ]
        for verdict in found.prefetch_related(citations)
    }
    return {key: " ".join(how) for key, how in shut.items() if how}
