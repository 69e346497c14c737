"""Verdicts, who signed them, and how publishers learn of them."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from claims import models
from claims.notices import Notice
from claims.states import DeliveryState, VerdictState
from sources.ports import Stance
from tests.factories.claims import ClaimFactory, EvidenceFactory
from tests.factories.people import EndpointFactory, UserFactory


class VerdictFactory(DjangoModelFactory):
    """A draft: later states are reached by the acts alone."""

    class Meta:
        model = models.Verdict

    claim = factory.SubFactory(ClaimFactory)
    number = 1
    author = factory.SubFactory(UserFactory)


class ReplyRequestFactory(DjangoModelFactory):
    """Somebody who was asked yesterday and may answer until next week."""

    class Meta:
        model = models.ReplyRequest

    class Params:
        silent = factory.Trait(outcome=models.ReplyOutcome.SILENT)
        late = factory.Trait(due_on=factory.LazyAttribute(lambda request: request.asked_on))

    claim = factory.SubFactory(ClaimFactory)
    claimant = factory.SelfAttribute("claim.claimant")
    asked = "The port's press office"
    asked_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    due_on = factory.LazyAttribute(lambda request: request.asked_on + timedelta(days=7))
    asked_by = factory.SubFactory(UserFactory)


def a_public_verdict() -> models.Verdict:
    """One that took every step, as no factory does."""
    from tests.stories import verdict_in

    return verdict_in(VerdictState.PUBLISHED)


DECIDED = {
    "decided_by": factory.SubFactory(UserFactory),
    "decided_at": factory.LazyFunction(timezone.now),
}


class ObjectionFactory(DjangoModelFactory):
    """What a reader objects to in a public verdict."""

    class Meta:
        model = models.Objection

    class Params:
        upheld = factory.Trait(decision="upheld", **DECIDED)
        not_upheld = factory.Trait(decision="not_upheld", reason="It was May.", **DECIDED)
        not_serious = factory.Trait(decision="not_serious", **DECIDED)

    verdict = factory.LazyFunction(a_public_verdict)
    kind = models.ObjectionKind.WRONG_FACT
    words = factory.Sequence(lambda number: f"It was June, says the port: number {number}.")


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Citation

    verdict = factory.SubFactory(VerdictFactory)
    number = 1
    evidence = factory.LazyAttribute(lambda citation: EvidenceFactory(claim=citation.verdict.claim))
    stance = Stance.SUPPORTS


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.Approval

    verdict = factory.SubFactory(VerdictFactory)
    approver = factory.SubFactory(UserFactory)
    decision = models.Approval.Decision.APPROVED
    digest = factory.SelfAttribute("verdict.digest")


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.Delivery

    class Params:
        sent = factory.Trait(state=DeliveryState.SENT, status=204, due_at=None)
        failed = factory.Trait(state=DeliveryState.FAILED, last_error="Closed.", due_at=None)
        stopped = factory.Trait(state=DeliveryState.STOPPED, due_at=None)

    endpoint = factory.SubFactory(EndpointFactory)
    notice = Notice.SUBMISSION_READY
    ids = factory.LazyFunction(lambda: {"submission": str(uuid4())})
