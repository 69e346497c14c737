"""Verdicts, who signed them, and how publishers learn of them."""

import factory
from factory.django import DjangoModelFactory

from claims import models
from claims.states import (
    DeliveryState,
)
from factcheck.models import Event
from sources.ports import Stance
from tests.factories.claims import ClaimFactory, EvidenceFactory, SubmissionFactory
from tests.factories.people import EndpointFactory, UserFactory


class VerdictFactory(DjangoModelFactory):
    """A draft: later states are reached by the acts alone."""

    class Meta:
        model = models.Verdict

    claim = factory.SubFactory(ClaimFactory)
    number = 1
    author = factory.SubFactory(UserFactory)


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
        sent = factory.Trait(state=DeliveryState.SENT, due_at=None)

    endpoint = factory.SubFactory(EndpointFactory)
    event = factory.LazyFunction(
        lambda: Event.objects.record("submission.received", SubmissionFactory(), by="test")
    )
