"""The right of reply: whom a verdict goes against is asked, and the world reads the answer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.gates import gates
from claims.actions.merging import merge_claims
from claims.actions.refusals import Overtaken, Refused
from claims.actions.replies import (
    ask_for_reply,
    ask_nobody,
    bring_back_reply,
    record_reply,
    take_back_reply,
)
from claims.actions.verdicts import propose_verdict, save_draft, start_verdict
from claims.kinds import Kind
from claims.models import Claim, ReplyOutcome, ReplyRequest
from claims.states import IllegalMove, VerdictState
from tests.factories import ClaimFactory, PartyFactory, ReplyRequestFactory, UserFactory
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
    late = ReplyRequestFactory(claim=claim, late=True)
    with pytest.raises(Refused, match="write down on the claim's page what came of it"):
        propose_verdict(draft.pk, by=claim.reviewer)
    silence = {"answer": "", "answered_on": None, "recorded": 0}
    record_reply(late.pk, ReplyOutcome.SILENT, **silence, by=UserFactory())
    with pytest.raises(Refused, match="may still answer, until"):
        propose_verdict(draft.pk, by=claim.reviewer)
    told = {"answer": "“That is not so.”", "answered_on": timezone.localdate(), "recorded": 0}
    record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    proposed = propose_verdict(draft.pk, by=claim.reviewer)
    said, _ = proposed.replies
    assert (said["asked"], said["outcome"]) == (asked.asked, "answered")
    assert said["answer"] == "“That is not so.”"


def test_that_no_answer_came_is_for_a_person_to_say(claim):
    late = ReplyRequestFactory(claim=claim, late=True)
    draft = adverse(claim)
    with pytest.raises(Refused, match=r"was to answer by .* write down .* what came of it"):
        propose_verdict(draft.pk, by=claim.reviewer)
    assert late.as_published()["outcome"] == "waiting"
    told = {"answer": "", "answered_on": None, "recorded": 0}
    record_reply(late.pk, ReplyOutcome.SILENT, **told, by=UserFactory())
    proposed = propose_verdict(draft.pk, by=claim.reviewer)
    assert proposed.replies[0]["outcome"] == "silent"


def test_nobody_was_asked_about_a_claim_before_it_was_said(claim):
    today = timezone.localdate()
    asked = ReplyRequestFactory(claim=claim, silent=True)
    Claim.objects.filter(pk=claim.pk).update(said_at=today)
    with pytest.raises(Refused, match=r"said on .* nobody was asked about it before"):
        ask_for_reply(
            claim.pk, "Anna Hart", asked_on=asked.asked_on, due_on=today, by=UserFactory()
        )
    with pytest.raises(Refused, match=r"was asked on .* and the claim was said on .* Ask Anna"):
        propose_verdict(adverse(claim).pk, by=claim.reviewer)
    ask_for_reply(claim.pk, "Anna Hart", asked_on=today, due_on=today, by=UserFactory())
    assert len(ReplyRequest.objects.about(Claim.objects.get())) == 1


@pytest.mark.parametrize(
    ("asked_on", "due_on", "why"),
    [
        (date(1899, 12, 31), date(1900, 1, 2), "they were asked is before 1900"),
        (date(2026, 5, 4), date(2062, 5, 4), "more than a year after"),
    ],
)
def test_a_slip_of_the_year_is_no_day_of_asking(asked_on, due_on, why):
    claim = claim_with_evidence()
    with pytest.raises(Refused, match=why):
        ask_for_reply(claim.pk, "Anna Hart", asked_on=asked_on, due_on=due_on, by=UserFactory())
    assert not ReplyRequest.objects.exists()


def test_whoever_approves_hears_that_somebody_was_asked_before_the_article_was_here(claim):
    def warning():
        (told,) = [gate.warning for gate in gates(draft, []) if gate.code == "reply"]
        return told

    draft = adverse(claim)
    draft.refresh_from_db()
    ReplyRequestFactory(claim=claim, silent=True, asked_on=timezone.localdate())
    assert warning() == ""
    ReplyRequestFactory(claim=claim, silent=True)
    assert "before the article was handed in" in warning()


def test_a_public_reason_why_nobody_is_asked_is_enough(claim):
    ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    proposed = propose_verdict(adverse(claim).pk, by=claim.reviewer)
    assert proposed.replies[0]["answer"] == "She died in 1998."


def test_nobody_needs_to_be_asked_for_what_is_true_or_what_nobody_named_says(claim):
    assert propose_verdict(adverse(claim, rating="true").pk, by=claim.reviewer).replies == []
    for nobody in (None, PartyFactory(name="officials", kind="unnamed")):
        unsaid = claim_with_evidence(claimant=nobody)
        proposed = propose_verdict(adverse(unsaid).pk, by=unsaid.reviewer)
        assert proposed.state == VerdictState.PROPOSED


def test_what_came_of_asking_is_corrected_by_recording_it_again():
    asked = ReplyRequestFactory(silent=True)
    told = {"answer": "It was May.", "answered_on": None, "recorded": 0}
    again = record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    assert (again.outcome, again.answered_on) == ("answered", timezone.localdate())


def test_two_people_do_not_overwrite_each_others_record_of_an_answer():
    asked = ReplyRequestFactory()
    told = {"answer": "It was May.", "answered_on": None, "recorded": 0}
    record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    with pytest.raises(Overtaken):
        record_reply(asked.pk, ReplyOutcome.DECLINED, **(told | {"answer": ""}), by=UserFactory())
    told |= {"answer": "It was June.", "recorded": 1}
    record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    asked.refresh_from_db()
    assert [was["answer"] for was in asked.earlier] == ["It was May."]


def test_what_was_written_down_by_mistake_counts_for_nothing(claim):
    mistaken = ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    take_back_reply(mistaken.pk, by=UserFactory())
    with pytest.raises(Refused, match="Ask Anna Hart for an answer"):
        propose_verdict(adverse(claim).pk, by=claim.reviewer)
    ReplyRequestFactory(claim=claim)
    with pytest.raises(Refused, match="was asked already"):
        ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    with pytest.raises(IllegalMove, match="taken back"):
        take_back_reply(mistaken.pk, by=UserFactory())


def test_an_answer_that_was_taken_back_is_brought_back_whole(claim):
    asked = ReplyRequestFactory(claim=claim)
    told = {"answer": "It was May.", "answered_on": None, "recorded": 0}
    record_reply(asked.pk, ReplyOutcome.ANSWERED, **told, by=UserFactory())
    take_back_reply(asked.pk, by=UserFactory())
    assert not ReplyRequest.objects.about(claim)
    bring_back_reply(asked.pk, by=UserFactory())
    assert [reply.answer for reply in ReplyRequest.objects.about(claim)] == ["It was May."]
    with pytest.raises(IllegalMove, match="counts already"):
        bring_back_reply(asked.pk, by=UserFactory())


def test_that_nobody_is_asked_is_not_brought_back_once_somebody_was(claim):
    nobody = ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    take_back_reply(nobody.pk, by=UserFactory())
    ReplyRequestFactory(claim=claim)
    with pytest.raises(Refused, match="Somebody was asked since"):
        bring_back_reply(nobody.pk, by=UserFactory())


def test_what_was_written_down_for_one_claimant_opens_nothing_for_another(claim):
    ask_nobody(claim.pk, "She died in 1998.", by=UserFactory())
    attribute(claim, "Tom Vale", 1)
    draft = adverse(claim)
    with pytest.raises(Refused, match=r"was for Anna Hart\. Ask Tom Vale for an answer"):
        propose_verdict(draft.pk, by=claim.reviewer)
    ask_nobody(claim.pk, "He left the country.", by=UserFactory())
    proposed = propose_verdict(draft.pk, by=claim.reviewer)
    assert [reply["answer"] for reply in proposed.replies] == ["He left the country."]


def test_who_is_named_again_was_asked(claim):
    ReplyRequestFactory(claim=claim, silent=True)
    attribute(claim, "Tom Vale", 1)
    attribute(claim, "Anna hart", 2)
    claim.refresh_from_db()
    assert len(ReplyRequest.objects.about(claim)) == 1


def attribute(claim, name, seen):
    attribute_claim(
        claim.pk,
        Voice(name),
        Kind.EVENT,
        said_at=claim.said_at,
        attribution=seen,
        by=claim.reviewer,
    )


def test_a_claim_has_what_was_asked_beside_those_merged_into_it_and_its_whole(claim):
    alike = {"article": claim.article, "claimant": claim.claimant}
    whole, merged = (ClaimFactory(**alike) for _ in range(2))
    type(claim).objects.filter(pk=claim.pk).update(split_from=whole)
    merge_claims(claim.pk, {merged.pk: merged.wording}, wording=claim.wording, by=claim.reviewer)
    asked = [ReplyRequestFactory(claim=one, silent=True) for one in (whole, merged, claim)]
    ReplyRequestFactory()
    claim.refresh_from_db()
    assert ReplyRequest.objects.about(claim) == asked
    merged.refresh_from_db()
    with pytest.raises(IllegalMove, match="Another claim stands for it"):
        ask_nobody(merged.pk, "She died in 1998.", by=UserFactory())


def test_an_answer_does_not_change_what_an_approver_reads():
    proposed = verdict_in(VerdictState.PROPOSED)
    asked = ReplyRequestFactory(claim=proposed.claim)
    told = {"answer": "", "answered_on": None, "recorded": 0}
    with pytest.raises(IllegalMove, match="with the approver"):
        record_reply(asked.pk, ReplyOutcome.SILENT, **told, by=UserFactory())


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
        (ReplyOutcome.ANSWERED, "No.", 30, "or after today"),
        (ReplyOutcome.ANSWERED, "No. " * 2000, None, "5,000 at most"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(outcome, answer, day, why):
    asked = ReplyRequestFactory()
    answered_on = None if day is None else timezone.localdate() + timedelta(days=day)
    told = {"answer": answer, "answered_on": answered_on, "recorded": 0}
    with pytest.raises(Refused, match=why):
        record_reply(asked.pk, outcome, **told, by=UserFactory())
