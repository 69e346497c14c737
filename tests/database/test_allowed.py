"""What the triggers must let pass."""

import pytest
from django.utils import timezone

from claims.models import ArticleVersion, Verdict
from claims.states import VerdictState
from sources.models import Passage, Snapshot
from tests.database.refused_steps import ASTRAL
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    EvidenceFactory,
    PassageFactory,
    SnapshotFactory,
    VerdictFactory,
)
from tests.stories import verdict_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("quote", ["Forty", "🚢 Forty 🚢", "Cafe\u0301", "𝟒𝟎", "."])
def test_offsets_are_code_points_whatever_the_characters(quote):
    start = ASTRAL.index(quote)
    AppearanceFactory(version__text=ASTRAL, quote=quote, start=start)
    PassageFactory(snapshot__text=ASTRAL, start=start, end=start + len(quote))


def test_a_rationale_may_be_the_whole_passage():
    EvidenceFactory(
        passage=PassageFactory(snapshot__text=ASTRAL), rationale_start=0, rationale_end=len(ASTRAL)
    )


def test_a_version_that_waits_gets_what_the_splitter_found():
    version = ArticleVersionFactory()
    ArticleVersion.objects.filter(pk=version.pk).update(
        state="split", due_at=None, splitter="rules 1", blocks=[[0, 18, "headline"]]
    )
    version.refresh_from_db()
    assert (version.state, version.splitter) == ("split", "rules 1")


def test_saving_a_whole_snapshot_keeps_when_it_was_read():
    snapshot = SnapshotFactory()
    snapshot.read_at = timezone.now()
    snapshot.save()
    assert Snapshot.objects.get(pk=snapshot.pk).read_at == snapshot.read_at


def test_an_unread_passage_may_be_read_again():
    passage = PassageFactory()
    Passage.objects.filter(pk=passage.pk).update(words=9)
    assert Passage.objects.get(pk=passage.pk).words == 9


def test_a_draft_nobody_revised_may_go():
    VerdictFactory().delete()
    assert not Verdict.objects.exists()


def test_the_private_note_of_a_public_verdict_may_change():
    verdict = verdict_in(VerdictState.PUBLISHED)
    Verdict.objects.filter(pk=verdict.pk).update(waiver_note="Asked the harbour master.")
    assert Verdict.objects.get(pk=verdict.pk).waiver_note == "Asked the harbour master."
