"""Each act moves what the table of moves says, and from nowhere else."""

import pytest

from claims.actions.bringing import retry_bringing, store_brought
from claims.actions.discarding import discard_draft, restore_draft
from claims.actions.endpoints import pause_endpoint
from claims.actions.evidence import accept_evidence, reconsider_evidence, reject_evidence
from claims.actions.intake import ReadArticle, retry_split, retry_submission, store_article
from claims.actions.publishing import publish_verdict, withdraw_verdict
from claims.actions.review import (
    close_claim,
    dismiss_claim,
    release_claim,
    restore_claim,
    take_claim,
)
from claims.actions.splitting import store_claims
from claims.actions.telling import send_again, store_sent, store_stopped
from claims.actions.verdicts import (
    approve_verdict,
    propose_verdict,
    recall_verdict,
    return_verdict,
)
from claims.models import (
    ArticleVersion,
    Bringing,
    Claim,
    Delivery,
    Evidence,
    Submission,
    Verdict,
)
from claims.states import (
    MOVES,
    BringingState,
    ClaimState,
    DeliveryState,
    Dismissal,
    EvidenceState,
    IllegalMove,
    Outcome,
    SubmissionState,
    VerdictState,
    VersionState,
)
from factcheck.models import LeaseLost, hand_to_person
from sources.ports import Stance
from sources.storing import Document
from tests.factories import (
    ArticleVersionFactory,
    BringingFactory,
    ClaimFactory,
    DeliveryFactory,
    EvidenceFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import split_of
from tests.stories import correction_of, propose, seen, verdict_in

pytestmark = pytest.mark.django_db


# Claims.
def claim_in(state):
    traits = {
        ClaimState.OPEN: {},
        ClaimState.IN_REVIEW: {"in_review": True},
        ClaimState.CLOSED: {"closed": True, "reviewer": UserFactory()},
        ClaimState.DISMISSED: {"dismissed": True},
    }
    return ClaimFactory(**traits[state])


def holder(claim):
    return claim.reviewer or UserFactory()


CLAIM_ACTS = {
    "take": (lambda c: take_claim(c.pk, by=holder(c)), "open", "in_review"),
    "release": (lambda c: release_claim(c.pk, by=holder(c)), "in_review", "open"),
    "dismiss": (
        lambda c: dismiss_claim(c.pk, Dismissal.VAGUE, by=holder(c)),
        "open in_review",
        "dismissed",
    ),
    "close": (lambda c: close_claim(c.pk, Outcome.CUT, by=holder(c)), "in_review", "closed"),
    "restore": (lambda c: restore_claim(c.pk, by=holder(c)), "closed dismissed", "open"),
}


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize(("act", "sources", "target"), CLAIM_ACTS.values(), ids=CLAIM_ACTS)
def test_an_act_moves_a_claim_only_from_the_states_it_is_for(act, sources, target, state):
    claim = claim_in(state)
    if state in sources.split():
        act(claim)
        assert Claim.objects.get(pk=claim.pk).state == target
    else:
        with pytest.raises(IllegalMove):
            act(claim)
        assert Claim.objects.get(pk=claim.pk).state == state


# Evidence.
def piece_in(state):
    traits = {"accepted": {"accepted": True}, "rejected": {"rejected": True}}
    return EvidenceFactory(**traits.get(state, {}))


EVIDENCE_ACTS = {
    "accept": (
        lambda piece: accept_evidence(piece.pk, Stance.CONTRADICTS, by=UserFactory()),
        "suggested rejected",
        "accepted",
    ),
    "reject": (
        lambda piece: reject_evidence(piece.pk, "Another harbour.", by=UserFactory()),
        "suggested accepted",
        "rejected",
    ),
    "reconsider": (
        lambda piece: reconsider_evidence(piece.pk, by=UserFactory()),
        "accepted rejected",
        "suggested",
    ),
}


@pytest.mark.parametrize("state", EvidenceState)
@pytest.mark.parametrize(("act", "sources", "target"), EVIDENCE_ACTS.values(), ids=EVIDENCE_ACTS)
def test_an_act_moves_evidence_only_from_the_states_it_is_for(act, sources, target, state):
    piece = piece_in(state)
    if state in sources.split() or state == target == "accepted":  # a side may be changed
        act(piece)
        assert Evidence.objects.get(pk=piece.pk).state == target
    else:
        with pytest.raises(IllegalMove):
            act(piece)
        assert Evidence.objects.get(pk=piece.pk).state == state


# Verdicts.
def supersede(verdict):
    if verdict.state == VerdictState.PUBLISHED:
        successor = correction_of(verdict)
        propose(successor.pk, verdict.author)
        successor.refresh_from_db()
        approve_verdict(successor.pk, successor.digest, by=UserFactory())
        publish_verdict(successor.pk, by=UserFactory())
    else:
        raise IllegalMove("Only a public verdict has a successor.")


VERDICT_ACTS = {
    "propose": (lambda v: propose_verdict(v.pk, by=v.author), "draft", "proposed"),
    "approve": (
        lambda v: approve_verdict(v.pk, v.digest, by=UserFactory()),
        "proposed",
        "approved",
    ),
    "return": (
        lambda v: return_verdict(v.pk, seen(v.pk), "Whose count?", by=UserFactory()),
        "proposed approved",
        "draft",
    ),
    "recall": (lambda v: recall_verdict(v.pk, by=v.author), "proposed", "draft"),
    "discard": (lambda v: discard_draft(v.pk, by=v.author), "draft", "discarded"),
    "restore": (lambda v: restore_draft(v.pk, by=v.author), "discarded", "draft"),
    "publish": (lambda v: publish_verdict(v.pk, by=UserFactory()), "approved", "published"),
    "supersede": (supersede, "published", "superseded"),
    "withdraw": (
        lambda v: withdraw_verdict(v.pk, "Wrong harbour.", by=UserFactory()),
        "published",
        "withdrawn",
    ),
}


@pytest.mark.parametrize("state", VerdictState)
@pytest.mark.parametrize(("act", "sources", "target"), VERDICT_ACTS.values(), ids=VERDICT_ACTS)
def test_an_act_moves_a_verdict_only_from_the_states_it_is_for(act, sources, target, state):
    verdict = verdict_in(state)
    if verdict.claim.state != ClaimState.IN_REVIEW and act is VERDICT_ACTS["propose"][0]:
        with pytest.raises(IllegalMove):
            act(verdict)
        if verdict.claim.state == ClaimState.CLOSED:
            restore_claim(verdict.claim_id, by=verdict.author)
        take_claim(verdict.claim_id, by=verdict.author)
    if state in sources.split():
        act(verdict)
        assert Verdict.objects.get(pk=verdict.pk).state == target
    else:
        with pytest.raises(IllegalMove):
            act(verdict)
        assert Verdict.objects.get(pk=verdict.pk).state == state


# Rows of work: only a row that is due can be leased, and it is due in one state only.
def read(submission):
    lease = Submission.objects.lease(submission.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    article = ReadArticle(text="Boats left.", title="Boats left.", extractor="test")
    store_article(submission, lease, article, by="reader")


def split(version):
    lease = ArticleVersion.objects.lease(version.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    store_claims(version, lease, split_of(), by="splitter")


def freeze(bringing):
    lease = Bringing.objects.lease(bringing.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    document = Document(title="Log", text="Boats left.", outlet="Port", access="private")
    store_brought(bringing, lease, document, [], wording=1, by="reader")


def take(delivery):
    lease = Delivery.objects.lease(delivery.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    store_sent(delivery, lease, 204)


def stop(delivery):
    lease = Delivery.objects.lease(delivery.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    store_stopped(delivery, lease)


def pause_its_endpoint(delivery):
    pause_endpoint(delivery.endpoint_id, by=UserFactory())
    if Delivery.objects.get(pk=delivery.pk).state == delivery.state:
        raise IllegalMove("It was sent.")


def give_up(row):
    lease = type(row).objects.lease(row.pk)
    if lease is None:
        raise IllegalMove("It is not due.")
    hand_to_person(row, "Empty.", by="worker", lease=lease)


WORK_ACTS = {
    "read": (SubmissionFactory, read, "received", "ready"),
    "give up reading": (SubmissionFactory, give_up, "received", "failed"),
    "read again": (
        SubmissionFactory,
        lambda s: retry_submission(s.pk, by=UserFactory()),
        "failed",
        "received",
    ),
    "split": (ArticleVersionFactory, split, "received", "split"),
    "give up splitting": (ArticleVersionFactory, give_up, "received", "failed"),
    "split again": (
        ArticleVersionFactory,
        lambda v: retry_split(v.pk, by=UserFactory()),
        "failed",
        "received",
    ),
    "freeze": (BringingFactory, freeze, "received", "ready"),
    "give up on a document": (BringingFactory, give_up, "received", "failed"),
    "read a document again": (
        BringingFactory,
        lambda b: retry_bringing(b.pk, by=UserFactory()),
        "failed",
        "received",
    ),
    "be taken": (DeliveryFactory, take, "pending", "sent"),
    "give up telling": (DeliveryFactory, give_up, "pending", "failed"),
    "tell nobody": (DeliveryFactory, stop, "pending", "stopped"),
    "pause an endpoint": (DeliveryFactory, pause_its_endpoint, "pending failed", "stopped"),
    "send again": (
        DeliveryFactory,
        lambda d: send_again(d.pk, by=UserFactory()),
        "sent failed stopped",
        "pending",
    ),
}
TRAITS = {
    SubmissionFactory: {"done": "ready"},
    ArticleVersionFactory: {"done": "split"},
    BringingFactory: {"done": "ready"},
    DeliveryFactory: {"done": "sent"},
}


@pytest.mark.parametrize("trait", [None, "done", "failed"])
@pytest.mark.parametrize(("made", "act", "source", "target"), WORK_ACTS.values(), ids=WORK_ACTS)
def test_an_act_moves_a_row_of_work_only_from_the_state_it_is_for(made, act, source, target, trait):
    row = made(**({TRAITS[made].get(trait, trait): True} if trait else {}))
    state = row.state
    if state in source.split():
        act(row)
        assert type(row).objects.get(pk=row.pk).state == target
    else:
        with pytest.raises(IllegalMove):
            act(row)
        assert type(row).objects.get(pk=row.pk).state == state


def test_the_acts_make_every_move_of_the_table_and_no_other():
    made = {
        ClaimState: [act[1:] for act in CLAIM_ACTS.values()],
        EvidenceState: [act[1:] for act in EVIDENCE_ACTS.values()],
        VerdictState: [act[1:] for act in VERDICT_ACTS.values()],
        SubmissionState: [act[2:] for act in WORK_ACTS.values() if act[0] is SubmissionFactory],
        VersionState: [act[2:] for act in WORK_ACTS.values() if act[0] is ArticleVersionFactory],
        BringingState: [act[2:] for act in WORK_ACTS.values() if act[0] is BringingFactory],
        DeliveryState: [act[2:] for act in WORK_ACTS.values() if act[0] is DeliveryFactory],
    }
    for states, acts in made.items():
        moves = {(old, target) for sources, target in acts for old in sources.split()}
        assert moves == {(old, new) for old, news in MOVES[states].items() for new in news}
    assert MOVES.keys() == made.keys()


def test_a_late_worker_moves_nothing():
    submission = SubmissionFactory()
    Submission.objects.lease(submission.pk)
    article = ReadArticle(text="Boats left.", title="Boats left.", extractor="test")
    with pytest.raises(LeaseLost):
        store_article(submission, submission.public_id, article, by="reader")
    assert not ArticleVersion.objects.exists()
