"""Splitting a claim, and putting it together again: what is kept, and what stands in the way."""

import pytest

from claims.actions.dividing import Part, split_claim, unsplit_claim
from claims.actions.evidence import accept_evidence
from claims.actions.merging import merge_claims
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import dismiss_claim, restore_claim, reword_claim, take_claim
from claims.models import Claim, Evidence, Search
from claims.states import ClaimState, Dismissal, EvidenceState, IllegalMove, VerdictState
from factcheck.models import Event
from sources.ports import Stance
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    UserFactory,
)
from tests.stories import parts, placed_beside, split_in_two, verdict_in

pytestmark = pytest.mark.django_db


def claim_at(quote="Forty boats left the harbour", **columns):
    version = ArticleVersionFactory(split=True)
    claim = ClaimFactory(article=version.article, **columns)
    AppearanceFactory(claim=claim, version=version, quote=quote)
    return claim


def split(claim, *made, wording=1, version=1, by=None):
    return split_claim(
        claim.pk, made or parts(), wording=wording, version=version, by=by or UserFactory()
    )


def test_each_part_is_a_claim_by_hand_with_its_claimant_its_words_and_a_search():
    user, officials = UserFactory(), PartyFactory(name="officials")
    claim = claim_at(claimant=officials, check_worthiness=0.8, needs_context=True, priority=2)
    AttributionFactory(appearance=claim.appearances.get(), party=officials, verb="said")
    made = split(claim, by=user)
    assert [part.text for part in made] == ["Forty boats left.", "They left the harbour."]
    for part in Claim.objects.filter(split_from=claim):
        assert (part.added_by, part.worded_by, part.splitter) == (user, user, "")
        assert (part.claimant, part.check_worthiness, part.priority) == (officials, 0.8, 2)
        assert not part.needs_context
        place = part.appearances.get()
        assert place.quote == "Forty boats left the harbour"
        assert place.attributions.get().verb == "said"
        assert Search.objects.due().get(claim=part).wording == 1


def test_the_claim_that_was_split_says_so_and_keeps_what_it_had():
    user = UserFactory()
    claim = claim_at()
    piece = EvidenceFactory(claim=claim, accepted=True)
    split_in_two(claim, by=user)
    assert (claim.state, claim.dismissal, claim.reviewer) == ("dismissed", "split", user)
    assert (claim.desk, claim.was_split) == (False, True)
    piece.refresh_from_db()
    assert (piece.claim, piece.state) == (claim, EvidenceState.ACCEPTED)
    assert claim.appearances.count() == 1


def test_a_part_stands_at_its_own_words_if_a_person_says_which():
    claim = claim_at()
    text = claim.appearances.get().version.text
    start = text.index("left the harbour")
    narrow, whole = split(
        claim, Part("Boats left the harbour.", (start, start + 16)), Part("There were forty boats.")
    )
    place = narrow.appearances.get()
    assert (place.quote, text[place.start : place.end]) == ("left the harbour", "left the harbour")
    assert (place.prefix, place.suffix) == (text[:start], text[start + 16 :])
    assert whole.appearances.get().quote == "Forty boats left the harbour"


def test_in_earlier_versions_the_parts_stand_where_the_claim_stood():
    claim = claim_at()
    second = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=second)
    narrow, _ = split(claim, Part("Forty boats.", (20, 31)), Part("They left."), version=2)
    assert list(narrow.appearances.order_by("version__number").values_list("quote", flat=True)) == [
        "Forty boats left the harbour",
        "Forty boats",
    ]


def test_a_part_is_marked_once_however_often_the_claim_stands_there():
    claim = claim_at()
    version = claim.appearances.get().version
    AppearanceFactory(claim=claim, version=version, quote="Forty boats at sea")
    narrow, whole = split(claim, Part("Forty boats.", (20, 31)), Part("They left."))
    assert (narrow.appearances.count(), whole.appearances.count()) == (1, 2)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ([Part("Forty boats left.")], "two or more"),
        ([Part("Forty boats left."), Part(" \n")], "needs words"),
        ([Part("Forty boats left."), Part("Forty  boats left.")], "same words"),
        ([Part("Forty boats left the harbour."), Part("Forty boats.")], "still says all of it"),
        ([Part(f"Boat {n} left.") for n in range(7)], "6 parts at most"),
        ([Part("Boats\0 left."), Part("Forty boats.")], "not text"),
        ([Part("Boats left.", (20, 20)), Part("Forty.")], "Select the words"),
        ([Part("Boats left.", (0, 9_999)), Part("Forty.")], "Select the words"),
        ([Part("Boats left.", (0, 5)), Part("Forty.")], "among those of the claim"),
    ],
)
def test_what_is_no_split_is_refused_and_changes_nothing(made, message):
    claim = claim_at()
    with pytest.raises(Refused, match=message):
        split(claim, *made)
    assert Claim.objects.get().state == ClaimState.OPEN


def test_accepted_evidence_is_suggested_beside_each_part_and_decided_anew():
    claim = claim_at()
    piece = EvidenceFactory(claim=claim, accepted=True, shown=True, confidence=0.9)
    EvidenceFactory(claim=claim)
    EvidenceFactory(claim=claim, rejected=True)
    by_hand = EvidenceFactory(claim=claim, by_hand=True, accepted=True)
    for part in split(claim):
        passage, record = part.evidence.order_by("pk")
        assert (passage.carried_from, record.carried_from) == (piece, by_hand)
        assert (passage.state, passage.stance, passage.decided_by) == ("suggested", "", None)
        assert (passage.machine_stance, passage.shown, passage.confidence) == ("", False, None)
        assert record.body == by_hand.body
        accept_evidence(passage.pk, Stance.SUPPORTS, by=UserFactory())


def test_parts_of_a_claim_in_hand_stay_in_hand():
    user = UserFactory()
    claim = claim_at()
    take_claim(claim.pk, by=user)
    assert {(part.state, part.reviewer) for part in split(claim, by=user)} == {("in_review", user)}


def test_a_split_that_is_undone_leaves_in_hand_what_was_in_hand():
    user = UserFactory()
    claim = claim_at()
    split(claim, by=user)
    assert unsplit_claim(claim.pk, by=user).state == "open"
    take_claim(claim.pk, by=user)
    split(claim, by=user)
    unsplit_claim(claim.pk, by=user)
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == ("in_review", user)


def test_a_claim_somebody_else_has_in_hand_is_not_split():
    claim = claim_at(in_review=True, reviewer=UserFactory(first_name="Ada", last_name="Quick"))
    with pytest.raises(HeldByAnother, match="Ada Quick has this claim in hand"):
        split(claim)


def test_nobody_splits_words_or_a_version_they_have_not_read():
    claim = claim_at()
    reword_claim(claim.pk, "Boats left.", wording=1, by=UserFactory())
    with pytest.raises(Overtaken, match="read their wording first"):
        split(claim)
    second = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=second)
    with pytest.raises(Overtaken, match="newer version"):
        split(claim, wording=2)


@pytest.mark.parametrize("trait", ["closed", "dismissed"])
def test_a_claim_that_was_decided_is_not_split(trait):
    with pytest.raises(IllegalMove, match="bring it back first"):
        split(claim_at(**{trait: True}))


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (VerdictState.PROPOSED, "with the approver; return that first"),
        (VerdictState.APPROVED, "with the approver; return that first"),
    ],
)
def test_a_claim_whose_verdict_is_with_the_approver_is_neither_split_nor_merged(state, message):
    claim = verdict_in(state).claim
    AppearanceFactory(claim=claim, version=ArticleVersionFactory(article=claim.article, split=True))
    other = placed_beside(claim, "officials said")
    with pytest.raises(IllegalMove, match=message):
        split(claim, by=claim.reviewer)
    for kept, gone in ((claim, other), (other, claim)):
        with pytest.raises(IllegalMove, match=message):
            merge_claims(kept.pk, {gone.pk: 1}, wording=1, by=claim.reviewer)


def test_a_claim_whose_verdict_is_public_is_not_split():
    claim = verdict_in(VerdictState.PUBLISHED).claim
    AppearanceFactory(claim=claim, version=ArticleVersionFactory(article=claim.article, split=True))
    restore_claim(claim.pk, by=claim.reviewer)
    with pytest.raises(IllegalMove, match="public; correct or withdraw"):
        split(claim)


# Undoing.
def test_undoing_a_split_brings_the_claim_back_and_leads_the_parts_to_it():
    claim = claim_at()
    made = split_in_two(claim)
    unsplit_claim(claim.pk, by=UserFactory())
    assert Claim.objects.waiting().get() == claim
    for part in made:
        part.refresh_from_db()
        assert (part.state, part.dismissal, part.merged_into) == ("dismissed", "duplicate", claim)
        assert part.was_put_back
    assert Event.objects.latest("position").data["claims"] == [str(p.public_id) for p in made]


def test_a_claim_may_be_split_again_and_only_the_new_parts_are_put_back():
    claim = claim_at()
    split_in_two(claim)
    unsplit_claim(claim.pk, by=UserFactory())
    split(claim, Part("Boats left."), Part("Forty of them left."))
    unsplit_claim(claim.pk, by=UserFactory())
    assert Claim.objects.waiting().get() == claim
    assert Claim.objects.filter(merged_into=claim).count() == 4


def test_a_claim_that_is_not_split_is_not_put_together():
    with pytest.raises(IllegalMove, match="not split"):
        unsplit_claim(claim_at().pk, by=UserFactory())


def test_a_split_claim_comes_back_by_undoing_the_split_alone():
    claim = claim_at()
    split_in_two(claim)
    with pytest.raises(IllegalMove, match="undo the split instead"):
        restore_claim(claim.pk, by=UserFactory())


def decide_evidence(part):
    accept_evidence(EvidenceFactory(claim=part).pk, Stance.SUPPORTS, by=UserFactory())


def begin_verdict(part):
    Claim.objects.filter(pk=part.pk).update(state=ClaimState.IN_REVIEW, reviewer=UserFactory())
    part.refresh_from_db()
    EvidenceFactory(claim=part, accepted=True)
    verdict_in(VerdictState.DRAFT, part)
    Evidence.objects.filter(claim=part).update(state=EvidenceState.SUGGESTED)
    Claim.objects.filter(pk=part.pk).update(state=ClaimState.OPEN)


def merge_into(part):
    other = placed_beside(part, "officials said")
    merge_claims(part.pk, {other.pk: 1}, wording=1, by=UserFactory())


@pytest.mark.parametrize(
    ("decide", "message"),
    [
        (decide_evidence, "was accepted or rejected; take that back first"),
        (begin_verdict, "A verdict on “Forty boats left.” was begun"),
        (merge_into, "A claim was merged into “Forty boats left.”; undo that first"),
        (
            lambda part: dismiss_claim(part.pk, Dismissal.VAGUE, by=UserFactory()),
            "“Forty boats left.” has been decided; bring it back first",
        ),
        (lambda part: take_claim(part.pk, by=UserFactory(first_name="Ben")), "Ben has this claim"),
    ],
)
def test_what_was_decided_on_a_part_stands_in_the_way_and_is_named(decide, message):
    claim = claim_at()
    first, _ = split_in_two(claim)
    decide(first)
    with pytest.raises(IllegalMove, match=message):
        unsplit_claim(claim.pk, by=UserFactory())
    claim.refresh_from_db()
    assert claim.was_split


def test_nobody_dismisses_a_claim_as_split_without_splitting_it():
    with pytest.raises(Refused, match="into which claims"):
        dismiss_claim(claim_at().pk, Dismissal.SPLIT, by=UserFactory())
