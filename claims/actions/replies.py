"""The right of reply: asking whom a verdict may go against, and writing down what came of it.

Not while a verdict is with the approver: it says who was asked.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from claims.actions.handed import EARLIEST
from claims.actions.refusals import (
    Overtaken,
    Refused,
    check_fields,
    check_no_verdict_in_approval,
    check_not_replaced,
)
from claims.models import RECORDED, Claim, ReplyOutcome, ReplyRequest
from claims.states import IllegalMove
from factcheck.models import Event, User

LONGEST_ANSWER = 5_000
"""Characters of an answer."""
LONGEST_WAIT = timedelta(days=366)
"""Between asking and the last day for an answer: a later one is a slip."""


@transaction.atomic
def ask_for_reply(
    claim_id: int, asked: str, *, asked_on: date | None, due_on: date | None, by: User
) -> ReplyRequest:
    """Write down that somebody was asked for an answer, and by which day.

    It counts while the claim is said to be of whoever it is said to be of now.
    """
    claim = _locked(claim_id)
    if not asked.strip():
        raise Refused("Say who was asked.")
    if asked_on is None or due_on is None:
        raise Refused("Say on which day they were asked, and by which day to answer.")
    if asked_on > timezone.localdate():
        raise Refused("The day they were asked lies ahead: write it down when it is done.")
    if asked_on < EARLIEST:
        raise Refused(
            f"The day they were asked is before {EARLIEST.year}. Correct the year.", "asked_on"
        )
    if due_on < asked_on:
        raise Refused("The last day for an answer lies before the day they were asked.")
    if due_on > asked_on + LONGEST_WAIT:
        raise Refused(
            "The last day for an answer is more than a year after the day they were asked. "
            "Correct it.",
            "due_on",
        )
    request = ReplyRequest(
        claim=claim,
        claimant=claim.claimant,
        asked=asked.strip(),
        asked_on=asked_on,
        due_on=due_on,
        asked_by=by,
    )
    if request.is_before(claim):
        raise Refused(
            f"The claim was said on {claim.said_at:%-d %B %Y}: nobody was asked about it before. "
            "If it was said earlier, correct that day first.",
            "asked_on",
        )
    _store(request)
    Event.objects.record("reply.asked", request, by=by, thread=claim)
    return request


@transaction.atomic
def ask_nobody(claim_id: int, reason: str, *, by: User) -> ReplyRequest:
    """Say in public why nobody is asked for an answer."""
    claim = _locked(claim_id)
    if not reason.strip():
        raise Refused("Say why nobody is asked; everybody will read it.")
    if ReplyRequest.objects.about(claim):
        raise Refused("Somebody was asked already; take that back first if it is not so.")
    today = timezone.localdate()
    request = ReplyRequest(
        claim=claim,
        claimant=claim.claimant,
        asked_on=today,
        due_on=today,
        outcome=ReplyOutcome.NOT_ASKED,
        answer=reason.strip(),
        asked_by=by,
    )
    _store(request)
    Event.objects.record("reply.not_asked", request, by=by, thread=claim)
    return request


@transaction.atomic
def record_reply(
    request_id: int,
    outcome: ReplyOutcome,
    *,
    answer: str,
    answered_on: date | None,
    recorded: int,
    by: User,
) -> ReplyRequest:
    """Write down what came of asking; done again, it takes the place of what stood there.

    ``recorded`` is how often that was done when the person read it; raise Overtaken if
    somebody did it meanwhile. What stood there before is kept with it.
    """
    request, claim = _request(request_id)
    if request.recorded != recorded:
        raise Overtaken("Somebody recorded what came of it meanwhile. Read that first.")
    if request.outcome == ReplyOutcome.NOT_ASKED:
        raise Refused("Nobody was asked here. Write down anew who was.")
    if outcome not in RECORDED:
        raise Refused("Say what came of it.")
    answered = outcome == ReplyOutcome.ANSWERED
    if answered and not answer.strip():
        raise Refused("Give the answer in their words.")
    if not answered and answer.strip():
        raise Refused("There is an answer: choose “Answered”, or leave it out.")
    today = timezone.localdate()
    if answered_on is not None and not request.asked_on <= answered_on <= today:
        raise Refused("The answer is dated before the day they were asked, or after today.")
    if recorded:
        request.earlier = [*request.earlier, request.as_published()]
    request.outcome, request.answer = outcome, answer.strip()
    request.answered_on = (answered_on or today) if answered else None
    request.recorded += 1
    _store(request)
    Event.objects.record("reply.recorded", request, by=by, thread=claim, outcome=request.outcome)
    return request


@transaction.atomic
def take_back_reply(request_id: int, *, by: User) -> ReplyRequest:
    """Say that it was written down by mistake: it counts for nothing until it is brought back."""
    request, claim = _request(request_id)
    request.taken_back_at = timezone.now()
    request.save(update_fields=["taken_back_at"])
    Event.objects.record("reply.taken_back", request, by=by, thread=claim)
    return request


@transaction.atomic
def bring_back_reply(request_id: int, *, by: User) -> ReplyRequest:
    """Let what was taken back count again, as it was written down."""
    claim = _locked(ReplyRequest.objects.values_list("claim", flat=True).get(pk=request_id))
    request = ReplyRequest.objects.get(pk=request_id)
    if request.taken_back_at is None:
        raise IllegalMove("It counts already.")
    if request.outcome == ReplyOutcome.NOT_ASKED and ReplyRequest.objects.about(claim):
        raise Refused("Somebody was asked since; take that back first if it is not so.")
    request.taken_back_at = None
    request.save(update_fields=["taken_back_at"])
    Event.objects.record("reply.brought_back", request, by=by, thread=claim)
    return request


def _store(request: ReplyRequest) -> None:
    if len(request.answer) > LONGEST_ANSWER:
        raise Refused(
            f"This has {len(request.answer):,} characters; {LONGEST_ANSWER:,} at most are printed "
            "with a verdict. Give what answers the claim, and bring the whole as a document.",
            "answer",
        )
    check_fields(request, ["asked", "answer"])
    request.save()


def _request(request_id: int) -> tuple[ReplyRequest, Claim]:
    claim = _locked(ReplyRequest.objects.values_list("claim", flat=True).get(pk=request_id))
    request = ReplyRequest.objects.get(pk=request_id)
    if request.taken_back_at is not None:
        raise IllegalMove("It was taken back; write it down anew.")
    return request, claim


def _locked(claim_id: int) -> Claim:
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_replaced(claim)
    check_no_verdict_in_approval(claim)
    return claim
