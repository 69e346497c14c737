"""A verdict in work or public, as the people who write, approve and publish it see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.actions.freezing import fill
from claims.actions.gates import Gate, gates
from claims.models import (
    HEAVY,
    Approval,
    CheckLink,
    Citation,
    Correction,
    Evidence,
    ReplyOutcome,
    Verdict,
)
from claims.reading.evidence import Sides, sides_of
from claims.rewording import Piece, changes
from claims.states import EvidenceState, VerdictState
from factcheck.models import User
from sources.models import Source


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
    wrote_some: bool
    returned: Approval | None
    withdrawn: Verdict | None
    """What was public before, if it was withdrawn: this one takes its place."""
    stood: list[tuple[str, str, str]]
    """What is told of the public verdict that it corrects, as in ``told``."""
    beside: Sides
    """All that stands beside its claim."""

    @property
    def objected(self) -> list[tuple[int, Source]]:
        """The cited sources retracted or blocked, with the numbers they are cited by."""
        return [
            (citation.number, citation.evidence.source)
            for citation in self.citations
            if citation.evidence.source and citation.evidence.source.objections
        ]

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
    def told(self) -> list[tuple[str, str, str]]:
        """What a second person reads: name, label and words of each part of it."""
        return _told(self.verdict, self.citations)

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
    """Load the page of one of ``verdicts``: seven queries, one more for a draft.

    And one more for a rating that proves nothing, for a draft that anybody
    decided on, and for a correction of what is public; another if that cites a
    source which does not stand.
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
        wrote_some=verdict.author_id == person.pk
        or verdict.revisions.filter(author=person).exists(),
        returned=_returned(verdict, approvals) if drafted else None,
        withdrawn=_withdrawn(verdict),
        stood=_stood(verdict),
        beside=sides_of(verdict.claim_id),
    )


def _told(verdict: Verdict, citations: Sequence[Citation]) -> list[tuple[str, str, str]]:
    """What there is to read of a verdict: name, label and words of each part of it."""
    cited = (f"[{c.number}] {c.title}: {c.excerpt}".strip(": ") for c in citations)
    return [
        ("claim", "Claim", verdict.claim_text),
        ("rating", "Rating", verdict.rating_label),
        ("summary", "In one or two sentences", verdict.summary),
        ("explanation", "Explanation", verdict.explanation),
        ("gaps", "What could not be found", verdict.gaps),
        ("confidence", "How sure", verdict.confidence),
        ("as_of", "True as of", str(verdict.as_of or "")),
        ("evidence", "Evidence", "\n".join(cited)),
        ("replies", "Right of reply", "\n".join(map(_reply, verdict.replies))),
    ]


def _reply(reply: Mapping[str, str]) -> str:
    outcome = ReplyOutcome(reply["outcome"]).label
    return f"{reply['asked']} {outcome}: {reply['answer']}".strip(" :")


def _stood(verdict: Verdict) -> list[tuple[str, str, str]]:
    """What is told of the public verdict that one in work corrects; nothing where it does not."""
    correction = getattr(verdict, "correction", None)
    if correction is None or correction.verdict.state != VerdictState.PUBLISHED:
        return []
    public = correction.verdict
    return _told(public, list(Citation.objects.filter(verdict=public).order_by("number")))


def _withdrawn(verdict: Verdict) -> Verdict | None:
    """The public verdict on the claim before this one, if it was withdrawn."""
    earlier = Verdict.objects.public().filter(claim=verdict.claim_id, number__lt=verdict.number)
    last = earlier.order_by("-number").first()
    return last if last is not None and last.state == VerdictState.WITHDRAWN else None


def _returned(verdict: Verdict, approvals: Sequence[Approval]) -> Approval | None:
    """The word of whoever sent a draft back, until it is proposed again."""
    sent_back = Verdict.objects.filter(pk=verdict.pk).sent_back() if approvals else None
    found = sent_back.first() if sent_back is not None else None
    return next((one for one in approvals if found and one.pk == found.returned_by), None)


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
