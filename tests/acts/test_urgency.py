"""When claims are needed, and which come before all others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.intake import ReadArticle, store_article
from claims.actions.review import mark_claim, release_claim, take_claim
from claims.actions.splitting import store_claims
from claims.actions.urgency import change_deadline, mark_urgent
from claims.kinds import Kind
from claims.models import ArticleVersion, Claim, Submission
from claims.states import IllegalMove
from factcheck.models import Event
from tests.factories import ClaimFactory, PublisherFactory, SubmissionFactory, UserFactory
from tests.splits import found_claim, split_of

pytestmark = pytest.mark.django_db
SOON, LATER = (timezone.now() + timedelta(days=days) for days in (1, 3))
TEXT = "Forty boats left."


@pytest.fixture
def publisher():
    return PublisherFactory()


def handed_in(publisher, deadline=None, text=TEXT):
    submission = SubmissionFactory(
        submitted_by=None, publisher=publisher, external_id="a-1", deadline=deadline
    )
    read = ReadArticle(text=text, title="Boats", extractor="test")
    lease = Submission.objects.lease(submission.pk)
    return store_article(submission, lease, read, by="reader")


def split(version):
    lease = ArticleVersion.objects.lease(version.pk)
    [claim] = store_claims(
        version, lease, split_of(found_claim(version, "Forty boats left")), by="splitter"
    )
    return claim


def due(claim):
    return Claim.objects.get(pk=claim.pk).deadline


def test_claims_are_needed_when_whoever_asked_first_needs_them(publisher):
    for deadline in (LATER, None, SOON):
        version = handed_in(publisher, deadline)
    assert split(version).deadline == SOON


def test_who_needs_the_same_text_earlier_hurries_its_claims_and_who_has_time_does_not(publisher):
    claim = split(handed_in(publisher))
    assert due(claim) is None
    for deadline, then in ((LATER, LATER), (SOON, SOON), (LATER, SOON), (None, SOON)):
        handed_in(publisher, deadline)
        assert due(claim) == then


def test_claims_that_are_carried_are_needed_when_the_new_version_is(publisher):
    claim = split(handed_in(publisher, SOON))
    handed_in(publisher, LATER, f"{TEXT} Six came.")
    assert due(claim) == LATER


def test_a_version_for_which_nobody_gave_a_time_is_needed_when_the_one_before_was(publisher):
    claim = split(handed_in(publisher, SOON))
    handed_in(publisher, None, f"{TEXT} Six came.")
    assert due(claim) == SOON


def test_a_time_that_was_over_when_the_version_came_is_not_its_own(publisher):
    claim = split(handed_in(publisher, timezone.now() - timedelta(days=1)))
    handed_in(publisher, None, f"{TEXT} Six came.")
    assert due(claim) is None


def test_claims_follow_a_deadline_that_is_changed_or_lifted(publisher):
    claim = split(handed_in(publisher, SOON))
    handed_in(publisher, LATER)
    first, second = Submission.objects.order_by("pk")
    reviewer = UserFactory()
    change_deadline(first.pk, None, reason="Nobody waits any more.", by=reviewer)
    assert due(claim) == LATER
    change_deadline(second.pk, None, reason="Nor here.", by=reviewer)
    assert due(claim) is None
    change_deadline(first.pk, SOON, reason="Somebody does.", by=reviewer)
    assert due(claim) == SOON
    told = Event.objects.filter(verb="submission.deadline_changed").order_by("position")
    assert [event.reason.words for event in told][-1] == "Somebody does."
    assert told[0].data == {"was": str(SOON), "deadline": None}


def test_a_deadline_that_is_over_does_not_stand_before_one_that_can_be_met(publisher):
    claim = split(handed_in(publisher, timezone.now() - timedelta(days=1)))
    handed_in(publisher, LATER)
    assert due(claim) == LATER
    last = Submission.objects.latest("pk")
    change_deadline(last.pk, SOON, reason="It goes to print earlier.", by=UserFactory())
    assert due(claim) == SOON


def test_the_deadline_of_what_is_not_read_yet_is_changed_too():
    submission = SubmissionFactory(deadline=SOON)
    change_deadline(submission.pk, LATER, reason="Later.", by=UserFactory())
    assert Submission.objects.get().deadline == LATER


def test_a_claim_marked_by_hand_is_needed_with_its_article(publisher):
    version = handed_in(publisher, SOON)
    split(version)
    reviewer = UserFactory()
    marked = mark_claim(version.pk, 6, 11, text="Boats.", kind=Kind.EVENT, by=reviewer)
    assert marked.deadline == SOON


def test_what_is_urgent_stands_above_what_is_needed_soon_until_it_is_not_urgent_any_more():
    reviewer, soon, claim = UserFactory(), ClaimFactory(deadline=SOON), ClaimFactory()
    assert list(Claim.objects.waiting()) == [soon, claim]
    mark_urgent(claim.pk, True, by=reviewer)
    assert list(Claim.objects.waiting()) == [claim, soon]
    mark_urgent(claim.pk, False, by=reviewer)
    assert list(Claim.objects.waiting()) == [soon, claim]


def test_marking_what_is_urgent_already_records_nothing():
    claim = ClaimFactory(priority=1)
    mark_urgent(claim.pk, True, by=UserFactory())
    assert not Event.objects.exists()


def test_what_is_decided_is_not_urgent():
    with pytest.raises(IllegalMove, match="bring it back first"):
        mark_urgent(ClaimFactory(closed=True).pk, True, by=UserFactory())


def test_a_claim_stays_urgent_through_other_hands():
    reviewer, claim = UserFactory(), ClaimFactory()
    mark_urgent(claim.pk, True, by=UserFactory())
    take_claim(claim.pk, by=reviewer)
    assert release_claim(claim.pk, by=reviewer).is_urgent
