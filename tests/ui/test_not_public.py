"""What a verdict rests on and nobody outside may read: read inside, and told nowhere else."""

import pytest
from django.urls import reverse

from claims.actions.publishing import publish_verdict
from claims.actions.verdicts import approve_verdict, propose_verdict, save_draft, start_verdict
from claims.models import EvidenceKind
from claims.scopes import Scope
from claims.states import VerdictState
from tests.api.callers import caller
from tests.factories import EvidenceFactory, PublisherFactory, UserFactory
from tests.stories import claim_with_evidence, finished, verdict_in

KEPT = ("The harbour master counted forty.", "Call with the harbour master", "Only Jo Reed knows.")
"""A passage, the title of a source that is not named, and a note kept inside."""


def proposed(claim):
    """A proposal that rests on what is described, on what is not named, and on a waiver."""
    described = claim.evidence.get()
    claim.evidence.update(publication="described")
    unnamed = EvidenceFactory(
        claim=claim, by_hand=True, accepted=True, title=KEPT[1], publication="secret"
    )
    draft = finished(
        claim,
        explanation="The count was 40 boats [1][2].",
        citations=(described.pk, unnamed.pk),
        waiver="source_at_risk",
        waiver_note=KEPT[2],
    )
    verdict = start_verdict(claim.pk, by=claim.reviewer)
    save_draft(verdict.pk, draft, by=claim.reviewer)
    return propose_verdict(verdict.pk, by=claim.reviewer)


@pytest.fixture
def verdict(reviewer):
    return proposed(claim_with_evidence(reviewer=reviewer))


def passage_of(verdict):
    return verdict.citations.get(number=1).evidence.passage.text


def test_the_second_person_reads_everything_the_verdict_rests_on(editors_browser, verdict):
    html = editors_browser.get(reverse("claims:verdict", args=[verdict.public_id])).text
    for words in (passage_of(verdict), *KEPT):
        assert words in html
    assert html.count("Not public") == 3
    assert "Readers learn what it is, and read none of these words." in html
    assert "Readers learn that there is a source, and not which." in html


def test_nobody_outside_reads_any_of_it(world, verdict, settings):
    approve_verdict(verdict.pk, verdict.digest, by=UserFactory())
    publish_verdict(verdict.pk, by=UserFactory())
    publisher = caller(PublisherFactory(), *Scope)
    told = [
        world.get(reverse("claims:public", args=[verdict.claim.public_id])),
        *(
            publisher.get(reverse(f"api:{name}", args=[verdict.public_id]))
            for name in ("verdict", "claim_review")
        ),
    ]
    for answer in told:
        assert answer.status_code == 200
        for words in (passage_of(verdict), *KEPT):
            assert words not in answer.text
    assert "ld+json" in told[0].text
    assert told[0].text.count("Its words are not shown in public.") == 2
    assert "Interview" not in told[0].text


def test_readers_learn_what_sort_of_thing_is_described(world, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    claim.evidence.all().delete()
    columns = {"by_hand": True, "accepted": True, "publication": "described"}
    EvidenceFactory(claim=claim, title="A call with the harbour master", **columns)
    verdict_in(VerdictState.PUBLISHED, claim)
    html = world.get(reverse("claims:public", args=[claim.public_id])).text
    assert "Interview: A call with the harbour master" in html
    assert "Its words are not shown in public." in html


def test_evidence_of_a_kind_a_person_recorded_is_read_whole(editors_browser, verdict):
    verdict.claim.evidence.filter(kind=EvidenceKind.INTERVIEW).update(body="<b>One</b>\nTwo")
    html = editors_browser.get(reverse("claims:verdict", args=[verdict.public_id])).text
    assert "&lt;b&gt;One&lt;/b&gt;<br>Two" in html
