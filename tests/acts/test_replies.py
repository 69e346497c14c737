"""The right of reply: whom a verdict goes against is asked, and the world reads the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.refusals import Refused
from claims.actions.replies import ask_for_reply, ask_nobody, record_reply
from claims.actions.verdicts import propose_verdict, save_draft, start_verdict
from claims.models import ReplyOutcome
from claims.states import IllegalMove, VerdictState
from tests.factories import PartyFactory, ReplyRequestFactory, UserFactory
from tests.stories import claim_with_evidence, finished, verdict_in

pytestmark = pytest.mark.django_db


def adverse(claim, rating="false"):
    draft = start_verdict(claim.pk, by=claim.reviewer)
    save_draft(draft.pk, finished(claim, rating=rating), by=claim.reviewer)
    return draft


@pytest.fixture
def claim():
    return claim_with_evidence(claimant=PartyFactory(name="Anna Hart"))


def test_a_verdict_against_somebody_named_waits_until_they_were_asked(claim):
    draft = adverse(claim)
    with pytest.raises(Refused, match="Ask Anna Hart for an answer"):
        propose_verdict(draft.pk, by=claim.reviewer)
    asked = ReplyRequestFactory(claim=claim)
    with pytest.raises(Refused, match="Ask Anna Hart for an answer"):
        propose_verdict(draft.pk, by=claim.reviewer)
    told = {"answer": "“That is not so.”", "answered_on": timezone.localdate()}
    record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    proposed = propose_verdict(draft.pk, by=claim.reviewer)
    (said,) = proposed.replies
    assert (said["asked"], said["outcome"]) == (asked.asked, "answered")
    assert said["answer"] == "“That is not so.”"


def test_who_did_not_answer_by_the_day_named_is_waited_for_no_longer(claim):
    ReplyRequestFactory(claim=claim, late=True)
    proposed = propose_verdict(adverse(claim).pk, by=claim.reviewer)
    assert proposed.replies[0]["outcome"] == "silent"


def test_a_public_reason_why_nobody_is_asked_is_enough(claim):
    ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    proposed = propose_verdict(adverse(claim).pk, by=claim.reviewer)
    assert proposed.replies[0]["answer"] == "She died in 1998."


def test_nobody_needs_to_be_asked_for_what_is_true_or_what_nobody_named_says(claim):
    assert propose_verdict(adverse(claim, rating="true").pk, by=claim.reviewer).replies == []
    unsaid = claim_with_evidence(claimant=None)
    assert propose_verdict(adverse(unsaid).pk, by=unsaid.reviewer).state == VerdictState.PROPOSED


def test_what_came_of_asking_is_corrected_by_recording_it_again():
    asked = ReplyRequestFactory(silent=True)
    told = {"answer": "It was May.", "answered_on": None}
    again = record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    assert (again.outcome, again.answered_on) == ("answered", timezone.localdate())


def test_an_answer_does_not_change_what_an_approver_reads():
    proposed = verdict_in(VerdictState.PROPOSED)
    asked = ReplyRequestFactory(claim=proposed.claim)
    with pytest.raises(IllegalMove, match="with the approver"):
        record_reply(asked.pk, ReplyOutcome.SILENT, answer="", answered_on=None, by=UserFactory())


@pytest.mark.parametrize(
    ("asked", "since", "until", "why"),
    [
        (" ", -1, 2, "Say who was asked"),
        ("Anna Hart", None, 2, "on which day"),
        ("Anna Hart", 1, 2, "lies ahead"),
        ("Anna Hart", -1, -2, "before the day they were asked"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(claim, asked, since, until, why):
    today = timezone.localdate()
    asked_on = None if since is None else today + timedelta(days=since)
    due_on = today + timedelta(days=until)
    with pytest.raises(Refused, match=why):
        ask_for_reply(claim.pk, asked, asked_on=asked_on, due_on=due_on, by=UserFactory())


@pytest.mark.parametrize(
    ("outcome", "answer", "day", "why"),
    [
        (ReplyOutcome.ANSWERED, " ", None, "in their words"),
        (ReplyOutcome.DECLINED, "No.", None, "choose “Answered”"),
        (ReplyOutcome.WAITING, "", None, "what came of it"),
        (ReplyOutcome.ANSWERED, "No.", -30, "before the day they were asked"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(outcome, answer, day, why):
    asked = ReplyRequestFactory()
    answered_on = None if day is None else timezone.localdate() + timedelta(days=day)
    with pytest.raises(Refused, match=why):
        record_reply(asked.pk, outcome, answer=answer, answered_on=answered_on, by=UserFactory())
