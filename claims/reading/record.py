"""What was corrected, updated and withdrawn in public, told alike wherever it is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, QuerySet, Value

from claims.models import CorrectionKind, Verdict
from claims.states import VerdictState

LONG = ("explanation", "checked_elsewhere", "replies")
"""What of a verdict no list of changes shows."""


class What(StrEnum):
    """What happened to a verdict that was public."""

    CORRECTED = "corrected"
    UPDATED = "updated"  # what is added was not known before: nothing was wrong
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A verdict that was public became another, or stood no longer.

    ``verdict`` is the version that corrects or updates an earlier one, or the one that was
    withdrawn.
    """

    what: What
    at: datetime
    note: str
    verdict: Verdict

    @property
    def effect(self) -> str:
        """What it does to the rating, in words; empty for a withdrawal, which ends it."""
        if self.what == What.WITHDRAWN:
            return ""
        return self.verdict.correction.get_kind_display().lower()

    @property
    def began_with_a_reader(self) -> bool:
        """Whether a reader's objection had been upheld when it was begun. Of what ``told`` made."""
        return self.what != What.WITHDRAWN and self.verdict.began_with_a_reader

    @property
    def rated_before(self) -> str:
        """The rating that a correction changed; empty where none was. Of what ``told`` made."""
        if self.what == What.WITHDRAWN:
            return ""
        correction = self.verdict.correction
        changes = correction.kind == CorrectionKind.CHANGES_RATING
        return correction.verdict.rating_label if changes else ""


def came_by(verdict: Verdict) -> PublicChange | None:
    """Why a public version took the place of an earlier one; None if it is the first.

    That is its correction, or the withdrawal of the one before: nothing but what stands is
    corrected. Reads what ``with_withdrawn`` and ``correction`` load.
    """
    if hasattr(verdict, "correction"):
        return _correction(verdict)
    earlier = (each for each in verdict.claim.withdrawn_verdicts if each.number < verdict.number)
    withdrawn = next(earlier, None)
    return withdrawal_of(withdrawn) if withdrawn else None


def withdrawal_of(verdict: Verdict) -> PublicChange | None:
    """The withdrawal of a version; None if there was none."""
    if verdict.withdrawn_at is None:
        return None
    return PublicChange(What.WITHDRAWN, verdict.withdrawn_at, verdict.withdrawal_note, verdict)


def everything() -> QuerySet[Verdict, Any]:
    """Every public change, the last one first: when, of which version, whether it was taken back.

    ``told`` makes more of them. A version that corrected another and was withdrawn later is
    there twice.
    """
    corrected = Verdict.objects.public().filter(correction__isnull=False)
    withdrawn = Verdict.objects.filter(state=VerdictState.WITHDRAWN)
    entries = [
        verdicts.annotate(at=F(moment), key=F("pk"), taken_back=Value(is_withdrawal)).values_list(
            "at", "key", "taken_back"
        )
        for verdicts, moment, is_withdrawal in (
            (corrected, "published_at", False),
            (withdrawn, "withdrawn_at", True),
        )
    ]
    return entries[0].union(entries[1], all=True).order_by("-at", "-key")


def told(entries: Iterable[Sequence[Any]]) -> list[PublicChange]:
    """The changes that entries of ``everything`` stand for, in their order. One query."""
    wanted = [(key, taken_back) for _, key, taken_back in entries]
    verdicts = (
        Verdict.objects.with_beginning()
        .select_related("claim", "correction__verdict")
        .defer(*LONG, *(f"correction__verdict__{name}" for name in LONG))
        .in_bulk({key for key, _ in wanted})
    )
    changes = (
        withdrawal_of(verdicts[key]) if taken_back else _correction(verdicts[key])
        for key, taken_back in wanted
    )
    return [change for change in changes if change]


def _correction(verdict: Verdict) -> PublicChange:
    correction = verdict.correction
    what = What.UPDATED if correction.kind == CorrectionKind.UPDATE else What.CORRECTED
    at = verdict.published_at or correction.created_at
    return PublicChange(what, at, correction.note, verdict)
