"""What a reviewer does to a claim."""

import pytest

from claims.actions.correcting import begin_correction
from claims.actions.handing_over import put_back_claim
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import (
    close_claim,
    dismiss_claim,
    mark_claim,
    release_claim,
    restore_claim,
    reword_claim,
    take_claim,
)
from claims.actions.verdicts import return_verdict
from claims.kinds import Kind
from claims.models import Claim, EvidenceKind, Search
from claims.states import ClaimState, Dismissal, IllegalMove, Outcome, VerdictState
from factcheck.models import Event
from tests.factories import (
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EvidenceFactory,
    SearchFactory,
    UserFactory,
)
from tests.stories import CORRECTION, claim_with_evidence, seen, verdict_in

pytestmark = pytest.mark.django_db


def test_the_second_who_takes_a_claim_is_told_who_was_quicker():
    claim = ClaimFactory()
    take_claim(claim.pk, by=UserFactory(first_name="Ada", last_name="Quick"))
    with pytest.raises(HeldByAnother, match="Ada Quick has this claim in hand"):
        take_claim(claim.pk, by=UserFactory())


@pytest.mark.parametrize(
    "act",
    [
        lambda claim, by: release_claim(claim.pk, by=by),
        lambda claim, by: reword_claim(claim.pk, "Boats left.", wording=1, by=by),
        lambda claim, by: dismiss_claim(claim.pk, Dismissal.VAGUE, by=by),
        lambda claim, by: close_claim(claim.pk, Outcome.CUT, by=by),
    ],
    ids=["release", "reword", "dismiss", "close"],
)
def test_only_its_holder_acts_on_a_claim_in_review(act):
    claim = ClaimFactory(in_review=True)
    with pytest.raises(HeldByAnother):
        act(claim, UserFactory())
    act(claim, claim.reviewer)


def test_a_released_claim_is_nobodys():
    claim = ClaimFactory(in_review=True)
    release_claim(claim.pk, by=claim.reviewer)
    assert Claim.objects.waiting().get().reviewer is None


# Rewording.
def test_a_rewording_keeps_the_earlier_words_and_searches_again():
    user = UserFactory()
    claim = ClaimFactory(needs_context=True, read_with="They left.")
    reword_claim(claim.pk, "  Forty  boats\nleft.", wording=1, by=user)
    claim.refresh_from_db()
    assert (claim.text, claim.wording, claim.worded_by) == ("Forty boats left.", 2, user)
    assert (claim.needs_context, claim.read_with) == (False, "")
    earlier = claim.earlier_wordings.get()
    assert (earlier.number, earlier.text) == (1, "Forty boats left the harbour.")
    assert claim.searches.due().get().wording == 2


@pytest.mark.parametrize(("trait", "outside"), [({}, False), ({"public": True}, True)])
def test_only_a_public_articles_claim_is_searched_outside(trait, outside):
    claim = ClaimFactory(article=ArticleFactory(**trait))
    reword_claim(claim.pk, "Forty boats left.", wording=1, by=UserFactory())
    assert claim.searches.get().outside is outside


def test_of_two_who_reword_at_once_the_second_reads_first():
    claim = ClaimFactory()
    reword_claim(claim.pk, "Forty boats left.", wording=1, by=UserFactory())
    with pytest.raises(Overtaken, match="read their wording first"):
        reword_claim(claim.pk, "Boats left.", wording=1, by=UserFactory())
    assert Claim.objects.get().text == "Forty boats left."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "needs words"),
        ("Forty boats left the  harbour.", "the words the claim has"),
        ("Boats\0 left.", "not text"),
    ],
)
def test_a_claim_is_not_reworded_to_nothing(text, message):
    with pytest.raises(Refused, match=message):
        reword_claim(ClaimFactory().pk, text, wording=1, by=UserFactory())


@pytest.mark.parametrize("trait", ["closed", "dismissed"])
def test_a_claim_that_was_decided_is_not_reworded(trait):
    with pytest.raises(IllegalMove):
        reword_claim(ClaimFactory(**{trait: True}).pk, "Boats left.", wording=1, by=UserFactory())


# Verdicts in the way.
@pytest.mark.parametrize("state", [VerdictState.PROPOSED, VerdictState.APPROVED])
@pytest.mark.parametrize(
    "act",
    [
        lambda claim: reword_claim(claim.pk, "Boats left.", wording=1, by=claim.reviewer),
        lambda claim: dismiss_claim(claim.pk, Dismissal.VAGUE, by=claim.reviewer),
        lambda claim: close_claim(claim.pk, Outcome.CUT, by=claim.reviewer),
    ],
    ids=["reword", "dismiss", "close"],
)
def test_what_an_approver_has_before_them_does_not_change(act, state):
    claim = verdict_in(state).claim
    with pytest.raises(IllegalMove, match="with the approver"):
        act(claim)


def reopened():
    claim = verdict_in(VerdictState.PUBLISHED).claim
    restore_claim(claim.pk, by=claim.reviewer)
    return take_claim(claim.pk, by=claim.reviewer)


def test_a_claim_whose_verdict_is_public_does_not_end_in_another_way():
    claim = reopened()
    with pytest.raises(IllegalMove, match="correct or withdraw"):
        dismiss_claim(claim.pk, Dismissal.VAGUE, by=claim.reviewer)
    with pytest.raises(IllegalMove, match="correct or withdraw"):
        close_claim(claim.pk, Outcome.CONFIRMED, by=claim.reviewer)


def test_words_of_a_claim_whose_verdict_is_public_change_with_its_correction_alone():
    claim = reopened()
    with pytest.raises(IllegalMove, match="correct or withdraw"):
        reword_claim(claim.pk, "Boats left.", wording=1, by=claim.reviewer)
    begin_correction(claim.pk, *CORRECTION, by=claim.reviewer)
    assert reword_claim(claim.pk, "Boats left.", wording=1, by=claim.reviewer).wording == 2


def test_a_claim_opened_again_may_close_with_the_verdict_that_is_public():
    claim = reopened()
    closed = close_claim(claim.pk, Outcome.VERDICT, by=claim.reviewer)
    assert (closed.state, closed.outcome) == (ClaimState.CLOSED, Outcome.VERDICT)


# Ending and coming back.
def test_a_dismissal_says_why_and_by_whom():
    user = UserFactory()
    claim = ClaimFactory()
    dismiss_claim(claim.pk, "satire", by=user, note="It is a joke page.")
    claim.refresh_from_db()
    assert (claim.dismissal, claim.note, claim.reviewer) == ("satire", "It is a joke page.", user)


def test_there_are_no_other_reasons_to_dismiss():
    with pytest.raises(ValueError, match="boring"):
        dismiss_claim(ClaimFactory().pk, "boring", by=UserFactory())


def test_a_claim_that_comes_back_carries_nothing_of_its_end():
    claim = ClaimFactory(dismissed=True, note="A joke.", desk=False, reviewer=UserFactory())
    restore_claim(claim.pk, by=UserFactory())
    claim = Claim.objects.waiting().get()
    assert (claim.dismissal, claim.note, claim.reviewer) == ("", "", None)


def test_opening_a_closed_claim_is_told_apart_from_restoring_a_dismissed_one():
    restore_claim(ClaimFactory(closed=True).pk, by=UserFactory())
    restore_claim(ClaimFactory(dismissed=True).pk, by=UserFactory())
    verbs = Event.objects.order_by("position").values_list("verb", flat=True)
    assert list(verbs) == ["claim.reopened", "claim.restored"]


@pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.FIX_NEEDED])
def test_an_outcome_about_the_facts_needs_accepted_evidence(outcome):
    claim = ClaimFactory(in_review=True)
    EvidenceFactory(claim=claim)
    EvidenceFactory(claim=claim, rejected=True)
    with pytest.raises(Refused, match="Accept at least one"):
        close_claim(claim.pk, outcome, by=claim.reviewer)
    EvidenceFactory(claim=claim, accepted=True)
    assert close_claim(claim.pk, outcome, by=claim.reviewer, note="Page 3.").note == "Page 3."


def test_unverifiable_needs_a_search_that_ran():
    claim = ClaimFactory(in_review=True)
    SearchFactory(claim=claim)
    with pytest.raises(Refused, match="Search first"):
        close_claim(claim.pk, Outcome.UNVERIFIABLE, by=claim.reviewer)
    SearchFactory(claim=claim, done=True)
    close_claim(claim.pk, Outcome.UNVERIFIABLE, by=claim.reviewer)


def test_unverifiable_may_rest_on_a_record_that_nothing_was_found():
    claim = ClaimFactory(in_review=True)
    EvidenceFactory(claim=claim, by_hand=True, accepted=True, kind=EvidenceKind.NOTHING_FOUND)
    closed = close_claim(claim.pk, Outcome.UNVERIFIABLE, by=claim.reviewer)
    assert closed.outcome == Outcome.UNVERIFIABLE


def test_a_cut_sentence_needs_no_evidence():
    claim = ClaimFactory(in_review=True)
    assert close_claim(claim.pk, Outcome.CUT, by=claim.reviewer).outcome == Outcome.CUT


def test_closing_with_a_verdict_is_what_publishing_does():
    claim = claim_with_evidence()
    with pytest.raises(IllegalMove, match="when it is published"):
        close_claim(claim.pk, Outcome.VERDICT, by=claim.reviewer)


# Claims by hand.
def test_a_claim_marked_by_hand_has_its_place_and_its_search():
    version = ArticleVersionFactory(failed=True)
    start = version.text.index("Forty boats left")
    user = UserFactory()
    claim = mark_claim(version.pk, start, start + 16, text="", kind=Kind.EVENT, by=user)
    place = claim.appearances.get()
    assert (place.quote, claim.text) == ("Forty boats left", "Forty boats left")
    assert (place.prefix, place.suffix) == (
        "Forty boats at sea\n\n",
        " the harbour, officials said.",
    )
    assert (claim.added_by, claim.splitter) == (user, "")
    assert Search.objects.due().get().claim == claim


def test_a_claim_is_marked_in_the_newest_version_alone():
    old = ArticleVersionFactory(split=True)
    ArticleVersionFactory(article=old.article, split=True)
    with pytest.raises(Overtaken, match="newer version"):
        mark_claim(old.pk, 20, 31, text="", kind=Kind.EVENT, by=UserFactory())


def test_a_blank_wording_of_a_marked_claim_is_its_quote():
    claim = mark_claim(
        ArticleVersionFactory().pk, 0, 11, text=" \n", kind=Kind.EVENT, by=UserFactory()
    )
    assert claim.text == "Forty boats"


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 9_999), (18, 20)])
def test_a_claim_is_marked_only_on_words_of_the_article(start, end):
    with pytest.raises(Refused, match="Select the words"):
        mark_claim(
            ArticleVersionFactory().pk, start, end, text="Boats.", kind=Kind.EVENT, by=UserFactory()
        )


@pytest.mark.parametrize("state", [VerdictState.PROPOSED, VerdictState.APPROVED])
def test_a_claim_whose_verdict_waits_for_others_stays_in_hand_and_can_be_published(state):
    verdict = verdict_in(state)
    verdict.author.is_active = False
    verdict.author.save(update_fields=["is_active"])
    assert not Claim.objects.stranded().exists()
    with pytest.raises(IllegalMove, match="published or returned"):
        put_back_claim(verdict.claim_id, by=UserFactory())
    if state == VerdictState.APPROVED:
        assert publish_verdict(verdict.pk, by=UserFactory())
    else:
        return_verdict(verdict.pk, seen(verdict.pk), "Say when.", by=UserFactory())
        assert Claim.objects.get().state == ClaimState.OPEN
