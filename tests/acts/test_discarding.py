"""A draft that nobody will finish stands in nobody's way."""

import pytest
from django.contrib.auth.models import Group

from claims.actions.discarding import discard_draft, restore_draft
from claims.actions.dividing import unsplit_claim
from claims.actions.merging import merge_claims
from claims.actions.refusals import Refused
from claims.actions.review import close_claim, release_claim, reword_claim, take_claim
from claims.actions.verdicts import start_verdict
from claims.models import Claim, Verdict
from claims.states import ClaimState, IllegalMove, Outcome, VerdictState
from tests.factories import AppearanceFactory, UserFactory
from tests.stories import (
    approve,
    correction_of,
    placed_beside,
    propose,
    publish,
    published,
    split_in_two,
    verdict_in,
)

pytestmark = pytest.mark.django_db


def editor():
    person = UserFactory()
    person.groups.add(Group.objects.get(name="Editors"))
    return person


def test_a_stranger_discards_no_draft_and_brings_none_back():
    draft = verdict_in(VerdictState.DRAFT)
    with pytest.raises(Refused, match="its author's, or an editor's"):
        discard_draft(draft.pk, by=UserFactory())
    discard_draft(draft.pk, by=editor())
    with pytest.raises(Refused, match="its author's, or an editor's"):
        restore_draft(draft.pk, by=UserFactory())
    restore_draft(draft.pk, by=draft.author)


def test_whoever_took_the_claim_over_discards_the_draft_that_was_left_with_it():
    draft = verdict_in(VerdictState.DRAFT)
    release_claim(draft.claim_id, by=draft.author)
    successor = UserFactory()
    take_claim(draft.claim_id, by=successor)
    discard_draft(draft.pk, by=successor)
    assert Verdict.objects.get().state == VerdictState.DISCARDED


def test_another_verdict_may_be_begun_and_gets_the_number():
    discarded = verdict_in(VerdictState.DISCARDED)
    begun = start_verdict(discarded.claim_id, by=discarded.author)
    assert begun.number == discarded.number == 1
    with pytest.raises(IllegalMove, match="begun since"):
        restore_draft(discarded.pk, by=discarded.author)


def test_a_draft_that_is_brought_back_is_written_on_and_published():
    draft = verdict_in(VerdictState.DISCARDED)
    restore_draft(draft.pk, by=draft.author)
    for step in (propose, approve, publish):
        step(draft.pk, draft.author)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (VerdictState.PUBLISHED, 1)
    assert draft.citations.count() == 1


def test_a_discarded_correction_leaves_what_is_public_and_closes_its_claim_with_it():
    public = verdict_in(VerdictState.PUBLISHED)
    first = correction_of(public)
    release_claim(public.claim_id, by=public.author)
    discard_draft(first.pk, by=public.author)
    claim = Claim.objects.get()
    assert (claim.state, claim.outcome) == (ClaimState.CLOSED, Outcome.VERDICT)
    restore_draft(first.pk, by=public.author)
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == (ClaimState.IN_REVIEW, public.author)
    discard_draft(first.pk, by=public.author)
    second = correction_of(public)
    for step in (propose, approve, publish):
        step(second.pk, public.author)
    second.refresh_from_db()
    public.refresh_from_db()
    assert (second.number, second.correction.verdict) == (2, public)
    assert public.state == VerdictState.SUPERSEDED


def test_a_correction_left_with_a_claim_that_was_closed_is_discarded_too():
    public = verdict_in(VerdictState.PUBLISHED)
    draft = correction_of(public)
    close_claim(public.claim_id, Outcome.VERDICT, by=public.author)
    discard_draft(draft.pk, by=public.author)
    assert Claim.objects.get().state == ClaimState.CLOSED


def test_a_correction_stays_while_its_claim_has_other_words_than_the_public_verdict():
    public = published()
    draft, by = correction_of(public), public.author
    claim = reword_claim(public.claim_id, "Forty boats sank.", wording=1, by=by)
    with pytest.raises(IllegalMove, match="words and the claimant of its public verdict"):
        discard_draft(draft.pk, by=by)
    reword_claim(claim.pk, public.claim_text, wording=2, by=by)
    Claim.objects.filter(pk=claim.pk).update(claimant=None)
    with pytest.raises(IllegalMove, match="words and the claimant of its public verdict"):
        discard_draft(draft.pk, by=by)
    Claim.objects.filter(pk=claim.pk).update(claimant=claim.claimant_id)
    discard_draft(draft.pk, by=by)


def test_claims_are_merged_once_the_draft_on_one_is_discarded():
    kept = AppearanceFactory().claim
    other = placed_beside(kept, "officials said")
    person = UserFactory()
    take_claim(other.pk, by=person)
    draft = start_verdict(other.pk, by=person)
    versions = {other.pk: other.wording}
    with pytest.raises(IllegalMove, match="discard it"):
        merge_claims(kept.pk, versions, wording=kept.wording, by=person)
    discard_draft(draft.pk, by=person)
    merge_claims(kept.pk, versions, wording=kept.wording, by=person)
    assert Claim.objects.get(pk=other.pk).merged_into == kept


def test_a_split_is_undone_once_the_draft_on_a_part_is_discarded():
    whole = AppearanceFactory().claim
    person = UserFactory()
    part, _ = split_in_two(whole, by=person)
    take_claim(part.pk, by=person)
    draft = start_verdict(part.pk, by=person)
    with pytest.raises(IllegalMove, match="so the split stays"):
        unsplit_claim(whole.pk, by=person)
    discard_draft(draft.pk, by=person)
    unsplit_claim(whole.pk, by=person)
