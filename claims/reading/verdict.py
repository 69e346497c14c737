"""A verdict in work or public, as the people who write, approve and publish it see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.actions.freezing import fill
from claims.actions.gates import Gate, gates
from claims.actions.grounds import judged_otherwise
from claims.actions.verdicts import discarding
from claims.actions.vouching import rests_on_evidence_of
from claims.models import (
    HEAVY,
    Approval,
    CheckLink,
    Citation,
    Correction,
    Evidence,
    Objection,
    Search,
    Verdict,
)
from claims.reading.evidence import Sides, sides_of
from claims.reading.objections import objections_at
from claims.reading.verdict_parts import Part, note, parts
from claims.rewording import Piece, changes
from claims.states import EvidenceState, VerdictState
from factcheck.models import Event, User
from sources.models import Source
from sources.ports import Stance

TAKING_SIDES = frozenset({Stance.SUPPORTS, Stance.CONTRADICTS})


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """Everything the page of a verdict shows."""

    verdict: Verdict
    citations: list[Citation]
    approvals: list[Approval]
    correction: Correction | None
    accepted: list[tuple[Evidence, int | None]]
    confirmed: list[CheckLink]
    checklist: list[Gate]
    writers: list[User]
    """Whoever wrote any part of it, its author first."""
    wrote_some: bool
    wrote_before: bool
    """Whether the person wrote part of an earlier version: a correction begins as a copy of it."""
    own_evidence: bool
    """Whether the person added or accepted all that it cites."""
    returned: Approval | None
    withdrawn: Verdict | None
    """What was public before, if it was withdrawn: this one takes its place."""
    stood: list[Part]
    """What is told of the public verdict that it corrects, but for its own correction."""
    beside: Sides
    """All that stands beside its claim."""
    objections: list[Objection]
    """What readers object to in it; of a correction in work, what it settles."""
    searched: bool
    """Whether a search for evidence for the present words of its claim has run."""

    @property
    def uncited(self) -> list[Evidence]:
        """What people accepted for or against the claim and is not cited."""
        cited = {citation.evidence_id for citation in self.citations}
        cited |= {piece.pk for piece, number in self.accepted if number}
        sided = (piece for piece in self.beside.accepted if piece.stance in TAKING_SIDES)
        return [piece for piece in sided if piece.pk not in cited]

    @property
    def objected(self) -> list[tuple[int, Source]]:
        """The cited sources retracted or blocked, with the numbers they are cited by."""
        return [
            (citation.number, citation.evidence.source)
            for citation in self.citations
            if citation.evidence.source and citation.evidence.source.objections
        ]

    @property
    def judged_otherwise(self) -> list[tuple[Citation, str]]:
        """What people take otherwise by now than the public verdict cites it, and how."""
        if self.verdict.state != VerdictState.PUBLISHED:
            return []
        told = ((citation, judged_otherwise(citation)) for citation in self.citations)
        return [(citation, happened) for citation, happened in told if happened]

    @property
    def changed(self) -> list[tuple[int, Source, str]]:
        """The cited sources that say it no more or are gone: number, source, what happened."""
        found = []
        for citation in self.citations:
            source = citation.evidence.source
            if source and source.gone_at:
                found.append((citation.number, source, "gone"))
            elif source and citation.place_now is not None:
                said = "stands" if citation.place_now else "changed"
                found.append((citation.number, source, said))
        return found

    @property
    def told(self) -> list[Part]:
        """What a second person reads."""
        return [*parts(self.verdict, self.citations), note(self.correction)]

    @property
    def corrected(self) -> list[tuple[str, list[Piece]]]:
        """What a correction changes of what is public: each part that is not the same."""
        was = {name: words for name, _, words in self.stood}
        return [
            (label, changes(was[name], words))
            for name, label, words in self.told
            if was.get(name, words).split() != words.split()
        ]

    @property
    def discarding(self) -> Event | None:
        """By whom and when it was given up, if it was. Asks the database."""
        return discarding(self.verdict)

    @property
    def complete(self) -> bool:
        """Whether every gate is open."""
        return all(gate.open for gate in self.checklist)


def verdicts() -> QuerySet[Verdict]:
    """Verdicts with what their pages show of other rows."""
    return (
        Verdict.objects.with_anchor()
        .with_article_language()
        .select_related(
            "claim__claimant",
            "claim__reviewer",
            "claim__article",
            "author",
            "published_by",
            "correction__by",
            "correction__verdict",
        )
    )


def verdict_page(verdict: Verdict, person: User) -> VerdictPage:
    """Load the page of one of ``verdicts``: eight queries, one more for a draft.

    And one more for a rating that proves nothing, for a draft that anybody
    decided on, for a version after the first, and for what is public; two for
    a correction of that, another if it cites a source which does not stand.
    """
    drafted = verdict.state == VerdictState.DRAFT
    citations = list(
        Citation.objects.filter(verdict=verdict)
        .with_evidence()
        .with_changes()
        .with_copies()
        .with_languages()
        .order_by("number")
    )
    accepted = numbered(verdict, citations) if drafted else []
    offered = [
        Citation(verdict=verdict, number=number, evidence=piece)
        for piece, number in accepted
        if number
    ]
    writers = _writers(verdict)
    approvals = list(
        Approval.objects.filter(verdict=verdict).select_related("approver").order_by("pk")
    )
    return VerdictPage(
        verdict=verdict,
        citations=citations,
        approvals=approvals,
        correction=getattr(verdict, "correction", None),
        accepted=accepted,
        confirmed=list(CheckLink.objects.filter(claim=verdict.claim_id).confirmed().told())
        if drafted
        else [],
        checklist=gates(verdict, citations or offered),
        writers=writers,
        wrote_some=person in writers,
        wrote_before=verdict.number > 1 and _wrote_before(verdict, person),
        own_evidence=rests_on_evidence_of(person, citations),
        returned=_returned(verdict, approvals) if drafted else None,
        withdrawn=_withdrawn(verdict),
        stood=_stood(verdict),
        beside=sides_of(verdict.claim_id),
        objections=objections_at(verdict),
        searched=_was_searched(verdict),
    )


def _was_searched(verdict: Verdict) -> bool:
    claim = verdict.claim
    present = Search.objects.filter(claim=claim, wording=claim.wording, only="")
    return present.filter(finished_at__isnull=False).exists()


def _stood(verdict: Verdict) -> list[Part]:
    """What is told of the public verdict that one in work corrects; nothing where it does not."""
    correction = getattr(verdict, "correction", None)
    if correction is None or correction.verdict.state != VerdictState.PUBLISHED:
        return []
    public = correction.verdict
    return parts(public, list(Citation.objects.filter(verdict=public).order_by("number")))


def _withdrawn(verdict: Verdict) -> Verdict | None:
    """The public verdict on the claim before this one, if it was withdrawn."""
    earlier = Verdict.objects.public().filter(claim=verdict.claim_id, number__lt=verdict.number)
    last = earlier.order_by("-number").first()
    return last if last is not None and last.state == VerdictState.WITHDRAWN else None


def _wrote_before(verdict: Verdict, person: User) -> bool:
    earlier = Verdict.objects.public().filter(claim=verdict.claim_id, number__lt=verdict.number)
    return earlier.filter(revisions__author=person).exists()


def _returned(verdict: Verdict, approvals: Sequence[Approval]) -> Approval | None:
    """The word of whoever sent a draft back, until it is proposed again."""
    sent_back = Verdict.objects.filter(pk=verdict.pk).sent_back() if approvals else None
    found = sent_back.first() if sent_back is not None else None
    return next((one for one in approvals if found and one.pk == found.returned_by), None)


def _writers(verdict: Verdict) -> list[User]:
    """Its author, then whoever else changed it, in that order. One query."""
    revisions = verdict.revisions.select_related("author").order_by("pk")
    return list(dict.fromkeys([verdict.author, *(one.author for one in revisions)]))


def changes_since(page: VerdictPage, read: Mapping[str, str]) -> list[tuple[str, list[Piece]]]:
    """What became of the parts that somebody read, as their form sent them back."""
    return [
        (label, changes(read[f"read-{name}"], words))
        for name, label, words in page.told
        if read.get(f"read-{name}", words).split() != words.split()
    ]


def as_it_would_be_proposed(page: VerdictPage) -> None:
    """Fill a draft with what a proposal of it would say now. Three queries more."""
    fill(page.verdict, page.citations)


def checklist(verdict: Verdict) -> list[Gate]:
    """The gates of a verdict as it stands.

    Two queries, and one more for a rating that proves nothing and for a
    correction that cites a source which does not stand.
    """
    return gates(verdict, list(Citation.objects.filter(verdict=verdict).with_evidence()))


def numbered(verdict: Verdict, citations: list[Citation]) -> list[tuple[Evidence, int | None]]:
    """The claim's accepted evidence with the number the draft cites it by.

    What the draft cites stays among it when it is rejected, until its author takes it out. A
    draft nobody has written in yet is offered all that is accepted, in order.
    """
    numbers = {citation.evidence_id: citation.number for citation in citations}
    citable = list(
        Evidence.objects.filter(claim=verdict.claim_id)
        .filter(Q(state=EvidenceState.ACCEPTED) | Q(pk__in=numbers))
        .select_related("source__outlet", "passage__snapshot", "decided_by")
        .defer(*(f"passage__{column}" for column in HEAVY))
        .order_by("pk")
    )
    if not numbers and not verdict.explanation:
        numbers = {piece.pk: number for number, piece in enumerate(citable, start=1)}
    return [(piece, numbers.get(piece.pk)) for piece in citable]
