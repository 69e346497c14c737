"""Merging claims that say the same, and taking them apart again."""

import pytest

from claims.actions.dividing import unsplit_claim
from claims.actions.evidence import accept_evidence, relate_evidence
from claims.actions.merging import merge_claims, unmerge_claim
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import dismiss_claim, restore_claim, reword_claim
from claims.actions.urgency import mark_urgent
from claims.actions.verdicts import start_verdict
from claims.kinds import Anchor
from claims.models import Claim, Relation
from claims.reading.claim import claim_page
from claims.reading.lineage import place_of
from claims.states import ClaimState, Dismissal, IllegalMove, VerdictState
from sources.ports import Stance
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    PassageFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, merged_claim, placed_beside, split_in_two, verdict_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return AppearanceFactory(version__split=True).claim


@pytest.fixture
def other(kept):
    return placed_beside(kept, "Forty boats at sea", text="There were forty boats.")


def merge(kept, *others, by=None):
    seen = {other.pk: other.wording for other in others}
    return merge_claims(kept.pk, seen, wording=kept.wording, by=by or UserFactory())


def quotes(claim):
    return sorted(claim.appearances.values_list("quote", flat=True))


def test_the_claim_that_is_kept_stands_at_every_place(kept, other):
    AttributionFactory(appearance=other.appearances.get(), verb="said")
    merge(kept, other)
    assert quotes(kept) == ["Forty boats at sea", "Forty boats left the harbour"]
    place = kept.appearances.get(merged_from=other)
    assert place.attributions.get().verb == "said"
    assert quotes(other) == ["Forty boats at sea"]


def test_what_is_public_quotes_the_claims_own_words_before_those_of_a_merged_one():
    kept = claim_with_evidence()
    version = ArticleVersionFactory(article=kept.article, split=True)
    tom = PartyFactory(name="Tom Reid")
    Claim.objects.filter(pk=kept.pk).update(claimant=tom)
    own = AppearanceFactory(claim=kept, version=version)
    AttributionFactory(appearance=own, party=tom, verb="said", described_as="harbour master")
    other = placed_beside(kept, "Forty boats at sea")
    AttributionFactory(appearance=other.appearances.get(), party=tom, verb="says")
    merge(kept, other, by=kept.reviewer)
    verdict = verdict_in(VerdictState.PROPOSED, kept)
    assert verdict.quote == "Forty boats left the harbour"
    assert verdict.claimant_title == "harbour master"
    page = claim_page(kept.public_id)
    assert [said.verb for said in page.attributions] == ["said"]
    assert [place.quote for place in page.merged_places] == ["Forty boats at sea"]
    assert place_of(kept.public_id).appearance == own


def test_the_others_are_duplicates_that_lead_to_it(kept, other):
    third, user = placed_beside(kept, "officials said"), UserFactory()
    merge(kept, other, third, by=user)
    for claim in Claim.objects.exclude(pk=kept.pk):
        assert (claim.state, claim.dismissal, claim.merged_into) == (
            "dismissed",
            "duplicate",
            kept,
        )
        assert (claim.reviewer, claim.desk) == (user, False)
    assert Claim.objects.waiting().get() == kept


def test_claims_of_the_same_words_are_merged_without_a_second_place(kept):
    same = placed_beside(kept, "Forty boats left the harbour")
    merge(kept, same)
    assert kept.appearances.count() == 1
    unmerge_claim(same.pk, by=UserFactory())
    assert (kept.appearances.count(), same.appearances.count()) == (1, 1)


def test_the_claim_that_is_kept_is_as_urgent_as_the_most_urgent(kept, other):
    mark_urgent(other.pk, True, by=UserFactory())
    merge(kept, other, placed_beside(kept, "officials said"))
    kept.refresh_from_db()
    assert kept.is_urgent


def test_what_a_person_accepted_counts_for_the_claim_that_is_kept(kept, other):
    ben = UserFactory()
    piece = EvidenceFactory(claim=other, accepted=True, decided_by=ben)
    EvidenceFactory(claim=other)
    by_hand = EvidenceFactory(claim=other, by_hand=True, accepted=True)
    merge(kept, other)
    passage, record = kept.evidence.order_by("pk")
    assert (passage.carried_from, record.carried_from) == (piece, by_hand)
    assert (passage.state, passage.stance, passage.decided_by) == ("accepted", "supports", ben)
    assert piece.claim == other


def test_a_suggestion_of_the_same_words_becomes_the_accepted_piece(kept, other):
    passage = PassageFactory()
    mine = EvidenceFactory(claim=kept, passage=passage, confidence=0.7)
    EvidenceFactory(claim=other, passage=passage, accepted=True)
    merge(kept, other)
    mine.refresh_from_db()
    assert (kept.evidence.get(), mine.state, mine.confidence) == (mine, "accepted", 0.7)


def test_what_a_person_said_an_accepted_piece_relays_stays_said(kept, other):
    passage, ada = PassageFactory(), UserFactory()
    mine = EvidenceFactory(claim=kept, passage=passage, shown=True)
    theirs = EvidenceFactory(claim=other, passage=passage, accepted=True)
    relate_evidence(theirs.pk, Relation.RELAYS_CLAIMANT, "It asks her alone.", by=ada)
    merge(kept, other)
    mine.refresh_from_db()
    assert (mine.relation, mine.related_by, mine.shown) == ("relays_claimant", ada, False)
    assert mine.relation_reason == "It asks her alone."


def test_what_a_person_said_a_piece_relays_is_not_lost_where_both_are_accepted(kept, other):
    passage, ada = PassageFactory(), UserFactory()
    mine = EvidenceFactory(claim=kept, passage=passage, accepted=True)
    theirs = EvidenceFactory(claim=other, passage=passage, accepted=True)
    relate_evidence(theirs.pk, Relation.RELAYS_CLAIMANT, "It asks her alone.", by=ada)
    merge(kept, other)
    mine.refresh_from_db()
    assert (mine.relation, mine.related_by) == ("relays_claimant", ada)


def test_claims_are_not_merged_where_people_say_otherwise_from_whom_a_piece_has_it(kept, other):
    passage = PassageFactory(snapshot__source__title="Harbour log")
    for claim, relation in ((kept, Relation.RELAYS_ARTICLE), (other, Relation.RELAYS_CLAIMANT)):
        piece = EvidenceFactory(claim=claim, passage=passage, accepted=True)
        relate_evidence(piece.pk, relation, "It asks her alone.", by=UserFactory())
    with pytest.raises(Refused, match=r"decided differently: “Harbour log”"):
        merge(kept, other)


@pytest.mark.parametrize("trait", [{"rejected": True}, {"accepted": True, "stance": "contradicts"}])
def test_decisions_that_disagree_are_not_merged(kept, other, trait):
    passage = PassageFactory(snapshot__source__title="Harbour log")
    EvidenceFactory(claim=kept, passage=passage, **trait)
    EvidenceFactory(claim=other, passage=passage, accepted=True)
    with pytest.raises(Refused, match=r"decided differently: “Harbour log”"):
        merge(kept, other)
    assert Claim.objects.waiting().count() == 2


def test_only_claims_of_one_article_are_merged(kept):
    stranger = AppearanceFactory().claim
    for others in ((stranger,), (kept,), ()):
        with pytest.raises(Refused):
            merge(kept, *others)
    with pytest.raises(Refused, match="same article"):
        merge_claims(kept.pk, {10**9: 1}, wording=1, by=UserFactory())


def test_a_claim_somebody_else_has_in_hand_is_not_merged(kept):
    held = placed_beside(kept, "officials", in_review=True, reviewer=UserFactory(first_name="Ada"))
    for first, second in ((kept, held), (held, kept)):
        with pytest.raises(HeldByAnother, match="Ada has this claim in hand"):
            merge(first, second)


def test_nobody_merges_words_they_have_not_read(kept, other):
    reword_claim(other.pk, "Forty boats sank.", wording=1, by=UserFactory())
    with pytest.raises(Overtaken, match="Forty boats sank"):
        merge_claims(kept.pk, {other.pk: 1}, wording=1, by=UserFactory())


def test_a_claim_that_was_decided_is_not_merged(kept, other):
    dismiss_claim(other.pk, Dismissal.VAGUE, by=UserFactory())
    with pytest.raises(IllegalMove, match="bring it back first"):
        merge(kept, other)


def test_a_verdict_being_written_is_not_merged_away(kept):
    user = UserFactory()
    writing = placed_beside(kept, "officials", in_review=True, reviewer=user)
    start_verdict(writing.pk, by=user)
    with pytest.raises(IllegalMove, match="merge the others into that claim"):
        merge(kept, writing, by=user)
    assert merge(writing, kept, by=user) == writing


# Undoing.
def test_undoing_a_merge_gives_each_claim_its_own_places(kept, other):
    merge(kept, other)
    second = ArticleVersionFactory(article=kept.article, split=True)
    AppearanceFactory(claim=kept, version=second, quote="Forty boats at sea", merged_from=other)
    AppearanceFactory(claim=other, version=second, quote="Forty boats at sea")
    unmerge_claim(other.pk, by=UserFactory())
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.dismissal, other.desk) == ("open", None, "", True)
    own, lost = kept.appearances.order_by("version__number")
    assert (own.quote, lost.anchor, lost.quote) == (
        "Forty boats left the harbour",
        Anchor.ORPHANED,
        "Forty boats left the harbour",
    )


def test_after_undoing_a_merge_carried_evidence_asks_for_a_decision(kept, other):
    piece = EvidenceFactory(claim=other, accepted=True)
    again = EvidenceFactory(claim=other, accepted=True)
    merge(kept, other)
    accept_evidence(kept.evidence.get(carried_from=again).pk, Stance.CONTRADICTS, by=UserFactory())
    unmerge_claim(other.pk, by=UserFactory())
    undecided = kept.evidence.get(carried_from=piece)
    assert (undecided.state, undecided.stance, undecided.decided_by) == ("suggested", "", None)
    assert kept.evidence.get(carried_from=again).stance == "contradicts"
    assert other.evidence.accepted().count() == 2


def test_a_merge_stays_once_the_claim_that_is_kept_is_decided(kept, other):
    merge(kept, other)
    dismiss_claim(kept.pk, Dismissal.VAGUE, by=UserFactory())
    with pytest.raises(IllegalMove, match="bring that back first"):
        unmerge_claim(other.pk, by=UserFactory())


def test_a_merge_stays_while_a_verdict_may_rest_on_it(kept, other):
    user = UserFactory()
    merge(kept, other)
    Claim.objects.filter(pk=kept.pk).update(state=ClaimState.IN_REVIEW, reviewer=user)
    start_verdict(kept.pk, by=user)
    with pytest.raises(IllegalMove, match="has a verdict"):
        unmerge_claim(other.pk, by=user)


def test_only_a_merged_claim_is_taken_apart(kept):
    with pytest.raises(IllegalMove, match="not merged"):
        unmerge_claim(kept.pk, by=UserFactory())


def test_a_part_that_was_put_back_comes_out_by_splitting_again(kept):
    first, _ = split_in_two(kept)
    unsplit_claim(kept.pk, by=UserFactory())
    with pytest.raises(IllegalMove, match="split that again"):
        unmerge_claim(first.pk, by=UserFactory())


def test_a_merged_claim_comes_back_by_undoing_that_alone():
    with pytest.raises(IllegalMove, match="undo the merging instead"):
        restore_claim(merged_claim().pk, by=UserFactory())


def test_merging_a_claim_that_others_were_merged_into_takes_all_places_along(kept, other):
    third = placed_beside(kept, "officials said")
    merge(other, third)
    merge(kept, other)
    assert quotes(kept) == ["Forty boats at sea", "Forty boats left the harbour", "officials said"]
    unmerge_claim(other.pk, by=UserFactory())
    assert quotes(kept) == ["Forty boats left the harbour"]
    assert quotes(other) == ["Forty boats at sea", "officials said"]


def test_an_orphaned_claim_gets_a_place_again_by_merging(kept):
    version = kept.appearances.get().version
    lost = ClaimFactory(article=kept.article)
    AppearanceFactory(claim=lost, version=version, orphaned=True, quote="Boats were gone.")
    merge(lost, kept)
    first = lost.appearances.order_by("start").first()
    assert first.quote == "Forty boats left the harbour"
