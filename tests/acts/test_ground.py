"""On what a verdict stands: evidence a person accepted, and no other."""

import pytest

from claims.actions.gates import gates
from claims.actions.verdicts import save_draft, start_verdict
from tests.factories import EvidenceFactory
from tests.stories import finished, public_claim

pytestmark = pytest.mark.django_db


def test_what_is_rejected_or_undecided_is_no_ground():
    claim = public_claim()
    pieces = [
        EvidenceFactory(claim=claim, passage__snapshot__source__primary=True, **columns)
        for columns in ({"accepted": True, "relation": "relays_claimant"}, {"rejected": True}, {})
    ]
    draft = start_verdict(claim.pk, by=claim.reviewer)
    cited = {"explanation": "[1][2][3]", "citations": tuple(piece.pk for piece in pieces)}
    draft = save_draft(draft.pk, finished(claim, **cited), by=claim.reviewer)
    checklist = gates(draft, list(draft.citations.with_evidence()))
    assert {gate.code for gate in checklist if not gate.open} == {"accepted", "ground"}
