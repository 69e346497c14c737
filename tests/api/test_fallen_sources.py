"""What a publisher reads of sources that were retracted or whose outlet is blocked."""

import pytest
from django.urls import reverse

from sources.ports import Stance
from tests.api.callers import caller, handed_in
from tests.factories import EvidenceFactory, PublisherFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fallen", ["retracted", "blocked"])
def test_a_machines_stance_falls_with_the_source_and_a_persons_stays(fallen):
    handed = handed_in(PublisherFactory())
    for decided in (True, False):
        source = SourceFactory(retracted=fallen == "retracted", outlet__blocked=fallen == "blocked")
        EvidenceFactory(
            claim=handed.claim,
            passage__snapshot__source=source,
            accepted=decided,
            machine_stance=Stance.CONTRADICTS,
            shown=True,
        )
    asked = reverse("api:claim", args=[handed.claim.public_id])
    pieces = caller(handed.publisher).get(asked).json()["evidence"]
    assert [piece["stance"] for piece in pieces] == ["supports", "neutral"]
    for piece in pieces:
        told = {name for name in ("retracted", "blocked") if piece["source"][name]}
        assert told == {fallen}
