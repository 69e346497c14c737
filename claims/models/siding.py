"""The sides evidence takes: in words, and which evidence counts for one."""

from django.db.models import Q

from claims.states import EvidenceState
from sources.ports import Stance

STANCES = [
    (Stance.SUPPORTS.value, "Supports"),
    (Stance.CONTRADICTS.value, "Contradicts"),
    (Stance.NEUTRAL.value, "Background"),
]
"""What evidence does to its claim, as people read it everywhere."""


def taken_as(stance: Stance) -> Q:
    """Claims whose evidence counts as ``stance``: a person's word before the machine's.

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
