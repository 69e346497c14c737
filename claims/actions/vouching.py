"""Who vouched for the evidence of a verdict before a second person decides on it."""

from collections.abc import Sequence

from claims.models import Citation
from factcheck.models import User


def rests_on_evidence_of(person: User, citations: Sequence[Citation]) -> bool:
    """Whether one person added or accepted every piece of evidence that is cited.

    Whoever wrote the verdict chose to cite it; that is all the judging anybody else did.
    """
    pieces = [citation.evidence for citation in citations]
    return bool(pieces) and all(
        person.pk in {piece.added_by_id, piece.decided_by_id} for piece in pieces
    )
