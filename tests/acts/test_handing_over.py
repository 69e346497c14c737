"""Handing a claim to a colleague, and assigning one that nobody has in hand."""

import pytest

from claims.actions.handing_over import (
    hand_over_claim,
    open_handed_over,
    put_back_claim,
    see_taken_away,
)
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import release_claim, take_claim
from claims.actions.urgency import mark_urgent
from claims.actions.verdicts import (
    approve_verdict,
    propose_verdict,
    return_verdict,
    save_draft,
)
from claims.models import Handover, TakenAway, Verdict
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from factcheck.people import give_roles, shut_out
from tests.factories import ClaimFactory, UserFactory
from tests.stories import claim_with_evidence, finished, seen, verdict_in
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return person("ada", "Reviewers")


@pytest.fixture
def ben():
    return person("ben", "Editors")


@pytest.fixture
def cy():
    return person("cy", "Reviewers")


@pytest.fixture
def claim(ada):
    return ClaimFactory(in_review=True, reviewer=ada)


def hand(claim, to, *, by, why=""):
    holder = claim.reviewer_id if claim.state == "in_review" else None
    return hand_over_claim(claim.pk, to.pk, held_by=holder, by=by, why=why)


def waiting_for(someone):
    return [row.claim for row in Handover.objects.waiting_for(someone)]


def gone_from(someone):
    return [row.claim for row in TakenAway.objects.unseen_by(someone)]


def test_whoever_holds_a_claim_hands_it_to_a_colleague_and_says_why(claim, ada, cy):
    handed = hand(claim, cy, by=ada, why="I am away until Monday.")
    assert (handed.state, handed.reviewer) == ("in_review", cy)
    told = Event.objects.latest("position")
    assert (told.verb, told.user, told.reason.words) == (
        "claim.handed_over",
        ada,
        "I am away until Monday.",
    )
    assert told.data == {"held_by": str(ada.public_id), "to": str(cy.public_id)}
    assert waiting_for(cy) == [claim]


def test_a_colleague_takes_no_claim_out_of_anothers_hands_and_assigns_none(claim, ada, ben, cy):
    with pytest.raises(HeldByAnother, match="Ada has this claim in hand"):
        hand(claim, cy, by=cy)
    unclaimed = ClaimFactory(desk=False)
    with pytest.raises(Refused, match="Only an editor assigns"):
        hand(unclaimed, cy, by=ada)
    assert hand(claim, cy, by=ben).reviewer == cy
    assigned = hand(unclaimed, cy, by=ben)
    assert (assigned.state, assigned.reviewer, assigned.desk) == ("in_review", cy, True)
    assert waiting_for(cy) == [claim, unclaimed]


def test_an_editor_takes_a_claim_over_and_is_not_told_so(claim, ada, ben):
    assert hand(claim, ben, by=ben).reviewer == ben
    assert waiting_for(ben) == []


def test_nobody_is_handed_a_claim_they_may_not_work_on(claim, ada, ben, cy):
    mona = person("mona", "Moderators")
    eve = person("eve", "Reviewers")
    shut_out(eve.pk, by=mona)
    give_roles(cy.pk, roles=[], by=mona)
    for nobody in (eve, cy, UserFactory()):
        with pytest.raises(Refused, match="may log in and has a role"):
            hand(claim, nobody, by=ada)
    with pytest.raises(Refused, match="has this claim in hand already"):
        hand(claim, ada, by=ben)
    with pytest.raises(Refused, match="Take the claim"):
        hand(ClaimFactory(), ben, by=ben)
    with pytest.raises(Refused, match="not text"):
        hand(claim, ben, by=ada, why="a\0b")


def test_what_somebody_holds_who_is_shut_out_is_handed_on(claim, ada, ben, cy):
    shut_out(ada.pk, by=person("mona", "Moderators"))
    assert hand(claim, cy, by=ben).reviewer == cy


@pytest.mark.parametrize("state", ["closed", "dismissed"])
def test_what_is_decided_is_in_nobodys_hands(state, ben, cy):
    claim = ClaimFactory(**{state: True})
    with pytest.raises(IllegalMove, match="bring it back first"):
        hand(claim, cy, by=ben)


def test_who_looked_before_it_went_to_somebody_else_reads_that_first(claim, ada, ben, cy):
    hand(claim, cy, by=ada)
    with pytest.raises(Overtaken, match="Cy has this claim in hand by now"):
        hand_over_claim(claim.pk, ben.pk, held_by=ada.pk, by=ben)
    release_claim(claim.pk, by=cy)
    with pytest.raises(Overtaken, match="Nobody has this claim in hand by now"):
        hand_over_claim(claim.pk, cy.pk, held_by=cy.pk, by=ben)


def test_it_waits_until_it_is_opened(claim, ada, cy):
    hand(claim, cy, by=ada)
    open_handed_over(claim, reader=ada)
    assert waiting_for(cy) == [claim]
    open_handed_over(claim, reader=cy)
    assert waiting_for(cy) == []


def test_it_waits_until_it_is_worked_on_or_in_other_hands(claim, ada, ben, cy):
    hand(claim, cy, by=ada)
    mark_urgent(claim.pk, True, by=ben)
    assert waiting_for(cy) == [claim]
    mark_urgent(claim.pk, False, by=cy)
    assert waiting_for(cy) == []
    claim.refresh_from_db()
    hand(claim, ada, by=cy)
    put_back_claim(claim.pk, by=person("mona", "Moderators"))
    assert waiting_for(ada) == []
    take_claim(claim.pk, by=ada)
    assert waiting_for(ada) == []


def test_it_may_come_back_to_whoever_had_it(claim, ada, cy):
    hand(claim, cy, by=ada)
    open_handed_over(claim, reader=cy)
    claim.refresh_from_db()
    hand(claim, ada, by=cy, why="Not my subject.")
    assert (waiting_for(cy), waiting_for(ada)) == ([], [claim])


def test_a_draft_stays_its_authors_and_neither_who_wrote_on_it_approves_it(ada, ben):
    dora = person("dora", "Editors")
    draft = verdict_in(VerdictState.DRAFT, claim_with_evidence(reviewer=ben))
    claim, summary = draft.claim, draft.summary
    hand(claim, dora, by=ben)
    draft.refresh_from_db()
    assert (draft.author, draft.summary, draft.state) == (ben, summary, "draft")
    with pytest.raises(HeldByAnother):
        save_draft(draft.pk, finished(claim), by=ben)
    save_draft(draft.pk, finished(claim, summary="Forty left."), by=dora)
    proposed = propose_verdict(draft.pk, by=dora)
    assert proposed.author == ben
    for author in (ben, dora):
        with pytest.raises(Refused, match="another person must decide"):
            approve_verdict(proposed.pk, proposed.digest, by=author)
    approve_verdict(proposed.pk, proposed.digest, by=person("emil", "Editors"))


def test_a_proposal_goes_with_its_claim_and_is_returned_to_whoever_has_it(ada, ben, cy):
    proposed = verdict_in(VerdictState.PROPOSED, claim_with_evidence(reviewer=ada))
    hand(proposed.claim, cy, by=ada)
    return_verdict(proposed.pk, seen(proposed.pk), "Whose count?", by=ben)
    assert list(Verdict.objects.returned_to(cy)) == [proposed]
    assert list(Verdict.objects.returned_to(ada)) == []


def test_whoever_loses_a_claim_to_an_editor_or_a_moderator_is_told_until_they_saw_it(
    claim, ada, ben, cy
):
    hand(claim, cy, by=ben)
    assert (gone_from(ada), gone_from(ben), gone_from(cy)) == ([claim], [], [])
    put_back_claim(claim.pk, by=person("mona", "Moderators"))
    assert (gone_from(ada), gone_from(cy)) == ([claim], [claim])
    told = Event.objects.latest("position")
    assert (told.verb, told.data) == ("claim.put_back", {"held_by": str(cy.public_id)})
    see_taken_away(claim, reader=ada)
    assert (gone_from(ada), gone_from(cy)) == ([], [claim])


def test_who_hands_a_claim_on_or_puts_it_back_themselves_is_not_told(claim, ada, cy):
    hand(claim, cy, by=ada)
    release_claim(claim.pk, by=cy)
    take_claim(claim.pk, by=ada)
    put_back_claim(claim.pk, by=ada)
    assert (gone_from(ada), gone_from(cy)) == ([], [])


def test_who_has_the_claim_again_is_told_no_more_until_it_is_taken_again(claim, ada, ben, cy):
    hand(claim, cy, by=ben)
    claim.refresh_from_db()
    hand(claim, ada, by=cy)
    assert gone_from(ada) == []
    release_claim(claim.pk, by=ada)
    assert gone_from(ada) == []
    take_claim(claim.pk, by=ada)
    see_taken_away(claim, reader=ada)
    put_back_claim(claim.pk, by=ben)
    assert gone_from(ada) == [claim]
