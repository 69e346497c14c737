"""On which day a claim was said, and what its claimant is, as read and as people correct it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.freezing import fill
from claims.actions.refusals import Refused
from claims.actions.splitting import store_claims
from claims.actions.verdicts import propose_verdict
from claims.kinds import Kind
from claims.models import (
    ArticleVersion,
    Attribution,
    Citation,
    Claim,
    EvidenceKind,
    PartyKind,
    Relation,
    Verdict,
)
from claims.states import VerdictState
from factcheck.models import Event
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    SearchFactory,
    UserFactory,
)
from tests.splits import found_claim, split_of
from tests.stories import claim_with_evidence, verdict_in

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
HELEN = Voice("Helen Oduya", PartyKind.PERSON)


@pytest.fixture
def claim():
    """A claim of somebody of whom it is not known what they are."""
    helen = PartyFactory(name="Helen Oduya", kind=PartyKind.UNKNOWN)
    claim = ClaimFactory(claimant=helen, kind=Kind.EVENT, said_at=FRIDAY)
    place = AppearanceFactory(claim=claim, version__article=claim.article)
    AttributionFactory(appearance=place, party=helen, verb="may have said", hedged=True)
    return claim


def attribute(claim, voice=HELEN, *, said_at=FRIDAY, attribution=1, by=None):
    by = by or claim.reviewer or UserFactory()
    attribute_claim(claim.pk, voice, claim.kind, said_at=said_at, attribution=attribution, by=by)
    claim.refresh_from_db()
    return claim


@pytest.mark.parametrize(("days", "said_at"), [(0, FRIDAY), (4, MONDAY), (None, None)])
def test_a_claim_is_said_as_long_before_its_article_as_was_read(days, said_at):
    version = ArticleVersionFactory(published_at=FRIDAY)
    lease = ArticleVersion.objects.lease(version.pk)
    found = found_claim(version, version.text[:18], said_by="The Town Council")
    found = replace(
        found, days_before=days, attribution=replace(found.attribution, kind=PartyKind.BODY)
    )
    (claim,) = store_claims(version, lease, split_of(found), by="splitter")
    assert (claim.said_at, claim.claimant.kind) == (said_at, PartyKind.BODY)


@pytest.mark.parametrize("said_at", [MONDAY, None])
def test_a_person_sets_or_clears_the_day_and_what_stood_there_is_kept(claim, said_at):
    attribute(claim, said_at=said_at)
    assert claim.said_at == said_at
    assert claim.earlier_attributions.get().said_at == FRIDAY
    assert Event.objects.get(verb="claim.attributed").data["changed"] == ["claimant", "said_at"]


def test_nothing_was_said_after_today(claim):
    ahead = datetime.now(UTC).date() + timedelta(days=3)
    with pytest.raises(Refused, match=r"The day it was said, .* is in the future\."):
        attribute(claim, said_at=ahead)
    assert Claim.objects.get().said_at == FRIDAY


@pytest.mark.parametrize("slip", [date(1019, 5, 4), date(19, 5, 4), date(1599, 12, 31)])
def test_a_slip_of_the_year_is_no_day_it_was_said(claim, slip):
    why = rf"The day it was said, {slip.day} \w+ {slip.year}, is before 1600\. Correct the year"
    with pytest.raises(Refused, match=why):
        attribute(claim, said_at=slip)
    assert Claim.objects.get().said_at == FRIDAY
    attribute(claim, said_at=date(1600, 1, 1))


def test_nothing_was_said_after_the_article_that_prints_it(claim):
    version = claim.appearances.get().version
    after = FRIDAY + timedelta(days=1)
    attribute(claim, said_at=after)
    ArticleVersionFactory(article=version.article, published_at=FRIDAY)
    printed = ArticleVersionFactory(article=version.article, published_at=FRIDAY)
    AppearanceFactory(claim=claim, version=printed)
    with pytest.raises(Refused, match=r"prints it is of 20 November 2026, .* lies after it"):
        attribute(claim, said_at=after + timedelta(days=1), attribution=2)
    attribute(claim, Voice("Mara Oduya"), said_at=after, attribution=2)
    assert attribute(claim, said_at=FRIDAY, attribution=3).said_at == FRIDAY


def test_who_is_known_now_to_be_a_person_is_still_who_said_it(claim):
    SearchFactory(claim=claim, done=True)
    EvidenceFactory(
        claim=claim,
        relation=Relation.RELAYS_CLAIMANT,
        related_by=UserFactory(),
        relation_reason="It quotes her.",
    )
    attribute(claim)
    said = Attribution.objects.get()
    assert (said.party.kind, said.verb, said.hedged) == ("person", "may have said", True)
    assert claim.evidence.get().related_by is not None
    assert not claim.searches.due().exists()


def test_a_dataset_that_a_person_set_beside_the_claim_is_cited_as_one():
    claim = claim_with_evidence()
    brought = EvidenceFactory(
        claim=claim, kind=EvidenceKind.DATASET, passage=None, title="Log", body="A table."
    )
    verdict = Verdict(claim=claim, scale="default", rating="true")
    citation = Citation(verdict=verdict, evidence=brought, number=1)
    fill(verdict, [citation])
    assert citation.source_kind == "dataset"


def test_a_verdict_freezes_the_day_and_what_the_claimant_is():
    verdict = verdict_in(VerdictState.DRAFT)
    AppearanceFactory(claim=verdict.claim, version__article=verdict.claim.article)
    attribute(verdict.claim, said_at=None)
    proposed = propose_verdict(verdict.pk, by=verdict.author)
    assert (proposed.claimant_kind, proposed.said_at) == ("person", None)
