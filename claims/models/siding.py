"""Which evidence counts for a side of its claim, as a condition on claims."""

from django.db.models import Q

from claims.states import EvidenceState
from sources.ports import Stance


def taken_as(stance: Stance) -> Q:
    """Evidence that counts as ``stance``: a person's word before the machine's.

    A machine's counts while the source stands.
    """
    by_machine = Q(
        evidence__stance="",
        evidence__machine_stance=stance,
        evidence__shown=True,
        evidence__source__retracted_at__isnull=True,
        evidence__source__outlet__blocked=False,
    )
    return (Q(evidence__stance=stance) | by_machine) & ~Q(evidence__state=EvidenceState.REJECTED)
