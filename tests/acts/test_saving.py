"""Drafts that are saved while they are typed: what changed nothing leaves nothing."""

from datetime import date

import pytest

from claims.actions.refusals import Refused
from claims.actions.verdicts import return_verdict, save_draft
from claims.models import Correction
from claims.states import VerdictState
from factcheck.models import Event
from tests.factories import UserFactory
from tests.stories import correction_of, finished, seen, verdict_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return verdict_in(VerdictState.DRAFT)


def told_of(draft):
    draft.refresh_from_db()
    events = Event.objects.about(draft.claim.public_id).filter(verb="verdict.saved")
    return draft.digest, draft.revisions.count(), events.count()


def test_a_draft_saved_as_it_is_makes_no_revision_and_no_event(draft):
    before = told_of(draft)
    for _ in range(3):
        saved = save_draft(draft.pk, finished(draft.claim), by=draft.author)
    assert told_of(draft) == before
    assert saved.digest == before[0]
    assert draft.citations.count() == 1


def test_a_returned_draft_saved_as_it_is_is_not_told_as_changed():
    returned = verdict_in(VerdictState.PROPOSED)
    return_verdict(returned.pk, seen(returned.pk), "Whose count?", by=UserFactory())
    before = told_of(returned)
    save_draft(returned.pk, finished(returned.claim), by=returned.author)
    assert told_of(returned) == before
    save_draft(returned.pk, finished(returned.claim, gaps="May."), by=returned.author)
    assert told_of(returned)[2] == before[2] + 1


@pytest.mark.parametrize(
    "changed",
    [{"gaps": "May."}, {"citations": ()}, {"waiver_note": "The registrar alone counts."}],
)
def test_whatever_is_changed_of_a_draft_is_told(draft, changed):
    _, revisions, events = told_of(draft)
    save_draft(draft.pk, finished(draft.claim, **changed), by=draft.author)
    assert told_of(draft)[1:] == (revisions + 1, events + 1)


def test_what_is_changed_of_the_public_note_alone_is_told():
    draft = correction_of(verdict_in(VerdictState.PUBLISHED))
    note = (Correction.Kind.KEEPS_RATING, "The count was made in June.")
    _, revisions, events = told_of(draft)
    for _ in range(2):
        save_draft(draft.pk, finished(draft.claim, correction=note), by=draft.author)
    assert told_of(draft)[1:] == (revisions + 1, events + 1)


@pytest.mark.parametrize(
    ("slip", "why"), [(date(1019, 5, 4), "is before 1600"), (date(2999, 5, 4), "in the future")]
)
def test_a_slip_of_the_year_is_no_day_as_of_which_a_verdict_is_true(draft, slip, why):
    before = told_of(draft)
    with pytest.raises(Refused, match=why):
        save_draft(draft.pk, finished(draft.claim, as_of=slip), by=draft.author)
    assert told_of(draft) == before
