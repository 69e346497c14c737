"""What became of what a public verdict cites, since people agreed on it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from claims.history import SIDES
from claims.models import Citation
from claims.states import EvidenceState
from sources.models import Source


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that happened to what a verdict cites under a number.

    ``settled`` says that a moderator has looked at it since.
    """

    number: int
    happened: str
    settled: bool = False

    @property
    def words(self) -> str:
        """One clause: what is cited, and what happened to it."""
        return f"[{self.number}] {self.happened}{', and was looked at' if self.settled else ''}"


def doubts(verdicts: Collection[int]) -> dict[int, list[Doubt]]:
    """What happened to what these verdicts cite, in the order of its numbers, by their keys.

    Only of those to which something did. One query, none for no verdict.
    """
    found: dict[int, list[Doubt]] = defaultdict(list)
    if not verdicts:
        return found
    told = ("evidence__state", "evidence__stance", "evidence__source__outlet__blocked_at")
    times = ("changed_at", "gone_at", "retracted_at", "examined_at")
    citations = (
        Citation.objects.filter(verdict__in=verdicts)
        .with_changes()
        .select_related("evidence__source__outlet")
        .only("verdict", "number", "stance", *told, *(f"evidence__source__{at}" for at in times))
    )
    for citation in citations.order_by("number"):
        if happened := doubts_about(citation):
            found[citation.verdict_id] += happened
    return found


def doubts_about(citation: Citation) -> list[Doubt]:
    """What happened to what is cited; of those ``with_changes``, with evidence and outlet.

    A source that changed or went is passed over once a moderator has looked at it. What was
    retracted or blocked is told until that is taken back.
    """
    source, otherwise = citation.evidence.source, judged_otherwise(citation)
    found = [Doubt(citation.number, otherwise)] if otherwise else []
    if source is None:
        return found
    settled = not source.wants_looking_at
    found += [Doubt(citation.number, words, settled) for words in _fallen(source)]
    if not settled and (changed := _changed(source, citation.place_now)):
        found.append(Doubt(citation.number, changed))
    return found


def judged_otherwise(citation: Citation) -> str:
    """What people made of the cited evidence since; nothing while they take it as it is cited."""
    evidence = citation.evidence
    if evidence.state == EvidenceState.REJECTED:
        return "was rejected"
    if evidence.state != EvidenceState.ACCEPTED:
        return "is not accepted any more"
    if evidence.stance != citation.stance:
        return f"is accepted {SIDES[evidence.stance]} now"
    return ""


def _fallen(source: Source) -> list[str]:
    retracted = "is of a retracted source" if source.retracted_at else ""
    blocked = "is of a blocked outlet" if source.outlet.blocked_at else ""
    return [words for words in (retracted, blocked) if words]


def _changed(source: Source, place_now: int | None) -> str:
    if source.gone_at:
        return "is not there any more"
    return "is not said by its source any more" if place_now == 0 else ""
