"""Telling publishers what became of their articles, and what came of telling them."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from claims.actions.refusals import Refused
from claims.kinds import SAME_WORDS
from claims.models import Claim, ClaimLink, Delivery, Endpoint, Submission, Verdict
from claims.models.delivery import Owed
from claims.notices import Notice
from claims.states import DeliveryState, Dismissal, check_move
from factcheck.models import Actor, Event, User, hand_to_person

GONE = 410
"""The status by which a server says that nobody listens at an address any more."""
WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=8),
    timedelta(hours=8),
)
"""After each failure until the next try: eight tries in a day, then a person must look."""
LONGEST_ERROR = 500


def tell_of_verdict(notice: Notice, verdict: Verdict) -> None:
    """Owe a notice on a public verdict to the publishers of its claim's article, and of copies.

    Each is told of the claim in its own article.
    """
    claim = "version__appearances__claim"
    told = (
        Submission.objects.filter(
            version__appearances__claim__in=[verdict.claim_id, *_repeating(verdict.claim_id)],
            publisher__isnull=False,
        )
        .values_list("publisher", f"{claim}__public_id", f"{claim}__article__public_id")
        .order_by()
        .distinct()
    )
    Delivery.objects.owe(
        notice,
        [
            Owed(owner, {"verdict": verdict.public_id, "claim": claim_id, "article": article_id})
            for owner, claim_id, article_id in told
        ],
    )


def _repeating(claim_id: int) -> QuerySet[ClaimLink, int]:
    """The claims of copies that are checked as this one, or as one merged into it."""
    links = ClaimLink.objects.filter(
        other__in=Claim.objects.filter(Q(pk=claim_id) | Q(merged_into=claim_id)),
        method=SAME_WORDS,
        claim__desk=False,
        claim__merged_into=None,
    ).exclude(Q(decision=ClaimLink.Decision.REFUSED) | Q(claim__dismissal=Dismissal.SPLIT))
    return links.values_list("claim", flat=True)


@transaction.atomic
def store_sent(delivery: Delivery, lease: UUID, status: int) -> None:
    """Note that the endpoint took a notice. Raise LeaseLost if the worker came too late."""
    Delivery.objects.finish(
        delivery.pk, lease, state=DeliveryState.SENT, status=status, tried_at=Now()
    )


@transaction.atomic
def store_stopped(delivery: Delivery, lease: UUID) -> None:
    """Note that nobody is to be told by now. Raise LeaseLost if the worker came too late."""
    Delivery.objects.finish(delivery.pk, lease, state=DeliveryState.STOPPED)


@transaction.atomic
def store_failure(
    delivery: Delivery, lease: UUID, error: str, *, status: int | None = None, by: Actor
) -> None:
    """Note why the endpoint did not take a notice, and when to try again, or give up.

    Raise LeaseLost if the worker came too late.
    """
    rows = Delivery.objects.all()
    rows.fence(delivery.pk, lease)
    rows.held(delivery.pk, lease).update(status=status, tried_at=Now())
    error = error[:LONGEST_ERROR]
    if delivery.failures >= len(WAITS):
        hand_to_person(delivery, error, by=by, lease=lease)
    else:
        wait = WAITS[delivery.failures].total_seconds()
        rows.postpone(delivery.pk, lease, error, seconds=wait)


@transaction.atomic
def store_gone(delivery: Delivery, lease: UUID, *, by: Actor) -> None:
    """Pause an endpoint that says it is there no more, and send nothing else to it.

    Raise LeaseLost if the worker came too late.
    """
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=delivery.endpoint_id)
    Delivery.objects.fence(delivery.pk, lease)
    Delivery.objects.held(delivery.pk, lease).update(status=GONE, tried_at=Now())
    pause(endpoint, "It answered with status 410: nobody listens there any more.")
    Event.objects.record("endpoint.gone", endpoint, by=by, thread=endpoint.publisher)


def pause(endpoint: Endpoint, why: str) -> None:
    """Send nothing more to a locked endpoint; what waits, for a person too, is stopped."""
    endpoint.active, endpoint.paused_because = False, why
    endpoint.save(update_fields=["active", "paused_because"])
    stopped = (DeliveryState.PENDING, DeliveryState.FAILED)
    endpoint.deliveries.filter(state__in=stopped).update(
        state=DeliveryState.STOPPED, due_at=None, lease_id=None, leased_until=None, last_error=""
    )


@transaction.atomic
def send_again(delivery_id: int, *, by: User) -> Delivery:
    """Send a notice again, or now if it waits for its next try; its id stays the same.

    Raise Refused while nothing is sent to its endpoint.
    """
    delivery = (
        Delivery.objects.select_for_update(of=["self"], no_key=True)
        .select_related("endpoint__publisher")
        .get(pk=delivery_id)
    )
    if not delivery.endpoint.active:
        raise Refused("Its endpoint is paused; resume that first.")
    if not delivery.endpoint.publisher.active:
        raise Refused("Its publisher is suspended; give it its access back first.")
    if not delivery.waits_for_another_try():
        check_move(DeliveryState(delivery.state), DeliveryState.PENDING)
    delivery.state = DeliveryState.PENDING
    delivery.make_due()
    delivery.save(update_fields=["state", *Delivery.WORK_FIELDS])
    delivery.hint()
    Event.objects.record(
        "delivery.retried", delivery, by=by, thread=delivery.endpoint, notice=delivery.notice
    )
    return delivery
