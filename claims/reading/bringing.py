"""Documents people brought to a claim, and what of them stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.highlighting import Block, Segment, Span, blocks_of, segments
from claims.models import Bringing, Claim, Evidence
from claims.states import BringingState, EvidenceState
from sources.models import Access


@dataclass(frozen=True, slots=True)
class Offered:
    """A passage offered, as the evidence it would be, and the piece it became if it did."""

    evidence: Evidence
    beside: Evidence | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document somebody brought."""

    bringing: Bringing
    offers: list[Offered]

    @property
    def waits(self) -> bool:
        """Whether nobody has read it yet."""
        return self.bringing.state == BringingState.RECEIVED

    @property
    def used(self) -> int:
        """How many of its offered passages stand beside the claim."""
        return sum(offer.beside is not None for offer in self.offers)

    @property
    def private(self) -> bool:
        """Whether its words are for this claim's owner alone."""
        snapshot = self.bringing.snapshot
        return snapshot is not None and snapshot.source.access == Access.PRIVATE

    @property
    def paragraphs(self) -> list[tuple[Block, list[Segment]]]:
        """The frozen text, cut where an offered passage begins or ends."""
        text = self.bringing.frozen.text
        spans = [
            Span(passage.start, passage.end, passage.pk)
            for passage in (offer.evidence.passage for offer in self.offers)
            if passage is not None
        ]
        return [
            (block, segments(text, block.start, block.end, spans)) for block in blocks_of(text, [])
        ]


def documents(claim: Claim, evidence: Iterable[Evidence]) -> list[Document]:
    """What was brought to a claim, the newest first. One query, however much was brought."""
    brought = (
        Bringing.objects.light()
        .filter(claim=claim)
        .select_related("snapshot__source__outlet", "brought_by")
        .defer("snapshot__text")
        .order_by("-pk")
    )
    return [document(bringing, evidence) for bringing in brought]


def document(bringing: Bringing, evidence: Iterable[Evidence]) -> Document:
    """One document, with what of it stands in ``evidence``. No query."""
    beside = {
        (piece.source_id, piece.passage_digest): piece
        for piece in evidence
        if piece.passage_id and piece.state == EvidenceState.ACCEPTED
    }
    offers = [bringing.as_evidence(offer) for offer in bringing.offers]
    return Document(
        bringing,
        [Offered(piece, beside.get((piece.source_id, piece.passage_digest))) for piece in offers],
    )
