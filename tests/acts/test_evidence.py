"""What people make of evidence."""

import pytest

from claims.actions.evidence import (
    accept_evidence,
    add_evidence,
    reconsider_evidence,
    reject_evidence,
    relate_evidence,
    search_again,
)
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import HeldByAnother, Refused
from claims.actions.verdicts import propose_verdict, return_verdict
from claims.history import told
from claims.models import Evidence, EvidenceKind, Relation, Search
from claims.states import EvidenceState, IllegalMove, VerdictState
from factcheck.models import Event
from sources.moderating import retract_source
from sources.ports import Stance
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    EvidenceFactory,
    SearchFactory,
    SourceFactory,
    UserFactory,
)
from tests.stories import seen, verdict_in

pytestmark = pytest.mark.django_db


def test_accepting_keeps_the_machines_stance_beside_the_persons():
    user, piece = UserFactory(), EvidenceFactory(machine_stance=Stance.SUPPORTS)
    accept_evidence(piece.pk, Stance.CONTRADICTS, by=user)
    piece.refresh_from_db()
    assert (piece.machine_stance, piece.stance) == (Stance.SUPPORTS, Stance.CONTRADICTS)
    assert piece.decided_by == user
    assert piece.decided_at is not None


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"retracted": True}, "Retracted by the workspace: Its figures were made up."),
        ({"outlet__blocked": True}, "is blocked: It makes things up."),
    ],
    ids=["retracted", "blocked"],
)
def test_what_does_not_stand_is_accepted_no_more(columns, why):
    source = SourceFactory(**columns)
    found = EvidenceFactory(passage__snapshot__source=source)
    with pytest.raises(Refused, match=why):
        accept_evidence(found.pk, Stance.SUPPORTS, by=UserFactory())
    with pytest.raises(Refused, match=why):
        add_evidence(
            found.claim_id,
            EvidenceKind.DOCUMENT,
            title="Letter",
            body="Forty.",
            stance=Stance.SUPPORTS,
            source=source,
            by=UserFactory(),
        )
    assert reject_evidence(found.pk, "It does not stand.", by=UserFactory())


def test_accepting_twice_is_one_decision():
    piece = EvidenceFactory()
    accept_evidence(piece.pk, Stance.SUPPORTS, by=UserFactory())
    accept_evidence(piece.pk, Stance.SUPPORTS, by=UserFactory())
    assert Event.objects.count() == 1


def test_rejecting_says_why():
    piece = EvidenceFactory()
    with pytest.raises(Refused, match="Say why"):
        reject_evidence(piece.pk, " ", by=UserFactory())
    reject_evidence(piece.pk, "x" * 400, by=UserFactory())
    assert Evidence.objects.get().rejection == "x" * 300


def test_rejecting_what_was_accepted_takes_its_stance_away():
    piece = EvidenceFactory(accepted=True)
    reject_evidence(piece.pk, "Another harbour.", by=UserFactory())
    piece.refresh_from_db()
    assert (piece.state, piece.stance) == (EvidenceState.REJECTED, "")


def test_a_decision_taken_back_leaves_a_plain_suggestion():
    piece = EvidenceFactory(rejected=True)
    reconsider_evidence(piece.pk, by=UserFactory())
    piece.refresh_from_db()
    assert (piece.state, piece.rejection) == (EvidenceState.SUGGESTED, "")
    assert (piece.decided_by, piece.decided_at) == (None, None)


@pytest.mark.parametrize("piece", ["found", "by_hand"])
def test_a_rejection_taken_back_lets_count_again_what_was_accepted(piece):
    user = UserFactory()
    found = EvidenceFactory(by_hand=piece == "by_hand")
    accept_evidence(found.pk, Stance.CONTRADICTS, by=UserFactory())
    accept_evidence(found.pk, Stance.SUPPORTS, by=UserFactory())
    reject_evidence(found.pk, "Another harbour.", by=UserFactory())
    reconsider_evidence(found.pk, by=user)
    found.refresh_from_db()
    assert (found.state, found.stance) == (EvidenceState.ACCEPTED, Stance.SUPPORTS)
    assert (found.rejection, found.decided_by) == ("", user)
    taken_back = Event.objects.get(verb="evidence.reconsidered")
    assert told(taken_back.verb, taken_back.data).endswith("it counts for the claim again")
    reconsider_evidence(found.pk, by=user)
    reject_evidence(found.pk, "Another harbour.", by=user)
    reconsider_evidence(found.pk, by=user)
    found.refresh_from_db()
    assert (found.state, found.stance) == (EvidenceState.SUGGESTED, "")


def test_what_was_retracted_since_does_not_count_again():
    found = EvidenceFactory(accepted=True)
    reject_evidence(found.pk, "Another harbour.", by=UserFactory())
    retract_source(found.source.pk, reason="Made up.", by=UserFactory())
    with pytest.raises(Refused, match="Made up"):
        reconsider_evidence(found.pk, by=UserFactory())


def test_a_person_says_that_a_piece_is_independent_after_all_and_why():
    piece, user = EvidenceFactory(accepted=True, relation=Relation.RELAYS_ARTICLE), UserFactory()
    with pytest.raises(Refused, match="Say why"):
        relate_evidence(piece.pk, Relation.INDEPENDENT, " ", by=user)

    relate_evidence(piece.pk, Relation.INDEPENDENT, "It is older than the article.", by=user)

    piece.refresh_from_db()
    assert (piece.relation, piece.related_by) == (Relation.INDEPENDENT, user)
    assert piece.relation_reason == "It is older than the article."
    told_of = Event.objects.get()
    assert told(told_of.verb, told_of.data) == (
        "said that a piece of evidence is independent after all"
    )
    with pytest.raises(Refused, match="already"):
        relate_evidence(piece.pk, Relation.INDEPENDENT, "It is.", by=user)


def test_the_stance_of_what_a_person_calls_a_relay_is_not_shown():
    piece = EvidenceFactory(shown=True)
    relate_evidence(piece.pk, Relation.RELAYS_CLAIMANT, "It asks her alone.", by=UserFactory())
    piece.refresh_from_db()
    assert not piece.shown


ACTS = {
    "relate": lambda piece, by: relate_evidence(
        piece.pk, Relation.RELAYS_CLAIMANT, "It asks her alone.", by=by
    ),
    "accept": lambda piece, by: accept_evidence(piece.pk, Stance.SUPPORTS, by=by),
    "reject": lambda piece, by: reject_evidence(piece.pk, "Another harbour.", by=by),
    "add": lambda piece, by: bring(piece.claim, by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_while_somebody_has_the_claim_nobody_else_decides_on_its_evidence(act):
    piece = EvidenceFactory(claim__in_review=True)
    with pytest.raises(HeldByAnother):
        act(piece, UserFactory())
    act(piece, piece.claim.reviewer)


@pytest.mark.parametrize("trait", ["closed", "dismissed"])
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_evidence_of_a_claim_that_was_decided_stays_as_it_is(act, trait):
    piece = EvidenceFactory(**{f"claim__{trait}": True})
    with pytest.raises(IllegalMove, match="bring it back first"):
        act(piece, UserFactory())


def test_nobody_searches_for_a_claim_that_was_decided():
    with pytest.raises(IllegalMove):
        search_again(ClaimFactory(closed=True).pk, by=UserFactory())


# Evidence a person brings.
def bring(claim, **columns):
    given = {
        "kind": EvidenceKind.INTERVIEW,
        "title": "The harbour master",
        "body": "She counted forty.",
        "stance": Stance.SUPPORTS,
        "by": UserFactory(),
    }
    return add_evidence(claim.pk, **(given | columns))


def test_what_a_person_brings_counts_at_once_and_is_theirs():
    user = UserFactory()
    piece = bring(ClaimFactory(wording=3), by=user)
    assert (piece.state, piece.added_by, piece.decided_by) == (EvidenceState.ACCEPTED, user, user)
    assert (piece.wording, piece.search) == (3, None)


@pytest.mark.parametrize("source", [None, SourceFactory])
def test_the_same_words_are_not_brought_twice(source):
    claim, source = ClaimFactory(), source and source()
    bring(claim, source=source)
    with pytest.raises(Refused, match="already stands"):
        bring(claim, source=source, body=" She counted forty.\n")
    assert Evidence.objects.count() == 1


def test_evidence_says_something():
    with pytest.raises(Refused, match="Say what the evidence is"):
        bring(ClaimFactory(), body=" ")


def test_a_record_of_many_pages_is_brought_as_a_file():
    with pytest.raises(Refused, match="20,001 characters, and 20,000 is the most"):
        bring(ClaimFactory(), body="a" * 20_001)
    assert len(bring(ClaimFactory(), body=f"{'a' * 20_000}\n").body) == 20_000


def test_a_passage_is_not_typed_in():
    with pytest.raises(Refused, match="give its address"):
        bring(ClaimFactory(), kind=EvidenceKind.PASSAGE)


# Searching again.
def test_a_search_that_waits_is_the_one_that_was_asked_for():
    claim = ClaimFactory()
    first = search_again(claim.pk, by=UserFactory())
    assert search_again(claim.pk, by=UserFactory()) == first
    assert Event.objects.count() == 1


def test_a_search_that_ran_is_followed_by_another():
    claim = ClaimFactory(article=ArticleFactory(public=True))
    SearchFactory(claim=claim, done=True)
    search = search_again(claim.pk, by=UserFactory())
    assert (search.why, search.outside) == (Search.Why.ASKED, True)


def test_a_provider_that_waits_to_come_back_is_no_reason_not_to_search():
    claim = ClaimFactory()
    waiting = SearchFactory(claim=claim, only="wikipedia")
    assert search_again(claim.pk, by=UserFactory()) != waiting


def test_what_was_accepted_for_the_other_side_since_is_not_published():
    verdict = verdict_in(VerdictState.APPROVED)
    piece, reviewer = verdict.claim.evidence.get(), verdict.author
    reconsider_evidence(piece.pk, by=reviewer)
    accept_evidence(piece.pk, Stance.CONTRADICTS, by=reviewer)
    with pytest.raises(Refused, match="cited as “Supports”, and was accepted since as “Contradic"):
        publish_verdict(verdict.pk, by=UserFactory())
    return_verdict(verdict.pk, seen(verdict.pk), "It says the opposite.", by=UserFactory())
    again = propose_verdict(verdict.pk, by=reviewer)
    assert again.citations.get().stance == Stance.CONTRADICTS
