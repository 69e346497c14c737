"""What people and other workers do while a worker computes."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import tasks
from claims.actions.evidence import accept_evidence, reject_evidence, search_again
from claims.actions.gathering import store_evidence
from claims.actions.intake import Handed, submit
from claims.actions.review import close_claim, dismiss_claim, reword_claim, take_claim
from claims.models import ArticleVersion, Claim, Evidence, Search, Submission
from claims.states import Dismissal, EvidenceState, Outcome
from factcheck.models import Event, Work
from sources import registry
from sources.ports import Found, Judgement, Stance
from sources.relays import Relation
from sources.retrieval import Asked, Gathered, Judged
from sources.stance.lexical import LexicalStance
from tests.factories import PassageFactory, UserFactory
from tests.work.conftest import HARBOUR
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]


@pytest.fixture
def search() -> Search:
    """A due search of an article that was split."""
    submit(Handed(text=HARBOUR), by=UserFactory())
    work_off(Submission, ArticleVersion)
    return Search.objects.get(claim__text="The harbour was built in 1902.")


class Meanwhile(LexicalStance):
    """Something happens while passages are read."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def judge(self, claim: str, passages: list[str]) -> list[Judgement]:
        self.happens()
        return super().judge(claim, passages)


class Sure:
    """A stance model that always has one opinion."""

    name = "sure/2"

    def __init__(self, stance: Stance, confidence: float) -> None:
        self.stance, self.confidence = stance, confidence

    def judge(self, claim: str, passages: list[str]) -> list[Judgement]:
        return [Judgement(self.stance, self.confidence, shown=True) for _ in passages]


def test_suggestions_for_a_wording_that_was_replaced_meanwhile_are_discarded(search, monkeypatch):
    def reword() -> None:
        text = "The harbour of Portsea was built in 1902."
        reword_claim(search.claim_id, text, wording=1, by=UserFactory())

    monkeypatch.setattr(registry, "stance_model", lambda: Meanwhile(reword))

    tasks.gather_evidence(search.pk)

    search.refresh_from_db()
    assert search.finished_at is not None
    assert not Evidence.objects.filter(claim=search.claim_id).exists()
    assert Event.objects.latest("position").data["discarded"] is True
    second = Search.objects.get(claim=search.claim_id, wording=2)
    assert second.why == "reworded"
    monkeypatch.setattr(registry, "stance_model", LexicalStance)
    tasks.gather_evidence(second.pk)
    assert set(
        Evidence.objects.filter(claim=search.claim_id).values_list("wording", flat=True)
    ) == {2}


def test_nothing_is_suggested_for_a_claim_that_was_dismissed_meanwhile(search, monkeypatch):
    def dismiss() -> None:
        dismiss_claim(search.claim_id, Dismissal.VAGUE, by=UserFactory())

    monkeypatch.setattr(registry, "stance_model", lambda: Meanwhile(dismiss))

    tasks.gather_evidence(search.pk)

    assert not Evidence.objects.filter(claim=search.claim_id).exists()
    claim = Claim.objects.get(pk=search.claim_id)
    assert claim.state == "dismissed"


def test_nothing_is_suggested_for_a_claim_that_was_closed_meanwhile(search, monkeypatch):
    def close() -> None:
        by = UserFactory()
        take_claim(search.claim_id, by=by)
        close_claim(search.claim_id, Outcome.CUT, by=by)

    monkeypatch.setattr(registry, "stance_model", lambda: Meanwhile(close))

    tasks.gather_evidence(search.pk)

    assert not Evidence.objects.filter(claim=search.claim_id).exists()


def test_a_reviewer_may_take_the_claim_while_workers_search(search, monkeypatch):
    reviewer = UserFactory()
    take = Meanwhile(lambda: take_claim(search.claim_id, by=reviewer))
    monkeypatch.setattr(registry, "stance_model", lambda: take)

    tasks.gather_evidence(search.pk)

    claim = Claim.objects.get(pk=search.claim_id)
    assert (claim.state, claim.reviewer) == ("in_review", reviewer)
    assert claim.evidence.exists()


def test_a_second_search_refreshes_what_the_machine_said_and_nothing_a_person_did(
    search, monkeypatch
):
    monkeypatch.setattr(registry, "stance_model", lambda: Sure(Stance.SUPPORTS, 0.6))
    tasks.gather_evidence(search.pk)
    accepted, rejected, *_ = Evidence.objects.filter(claim=search.claim_id).order_by("pk")
    person = UserFactory()
    accept_evidence(accepted.pk, Stance.SUPPORTS, by=person)
    reject_evidence(rejected.pk, "Another harbour.", by=person)
    there = Evidence.objects.count()
    monkeypatch.setattr(registry, "stance_model", lambda: Sure(Stance.CONTRADICTS, 0.9))

    again = search_again(search.claim_id, by=person)
    tasks.gather_evidence(again.pk)

    assert Evidence.objects.count() == there
    for piece in (accepted, rejected):
        piece.refresh_from_db()
        assert (piece.machine_stance, piece.confidence) == (Stance.CONTRADICTS, 0.9)
        assert piece.search == again
        assert piece.why["model"] == "sure/2"
        assert piece.decided_by == person
        assert piece.decided_at is not None
    assert (accepted.state, accepted.stance) == (EvidenceState.ACCEPTED, Stance.SUPPORTS)
    assert (rejected.state, rejected.rejection) == (EvidenceState.REJECTED, "Another harbour.")


def stolen(model: type[Work], pk: int) -> UUID:
    """Give the row to another worker, as happens when a lease has run out."""
    lease = uuid4()
    model.objects.filter(pk=pk).update(lease_id=lease)
    return lease


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ArticleVersion, Claim, Evidence, Event))


def test_a_worker_whose_lease_ran_out_stores_no_article(monkeypatch):
    submission = submit(Handed(text=HARBOUR), by=UserFactory())
    before, read = written(), tasks._read
    other = []

    def read_slowly(row: Submission) -> object:
        other.append(stolen(Submission, row.pk))
        return read(row)

    monkeypatch.setattr(tasks, "_read", read_slowly)

    tasks.take_in(submission.pk)

    submission.refresh_from_db()
    assert submission.lease_id == other[0]
    assert submission.due_at is not None
    assert written() == before


def test_a_worker_whose_lease_ran_out_stores_no_claims(monkeypatch):
    submit(Handed(text=HARBOUR), by=UserFactory())
    work_off(Submission)
    version = ArticleVersion.objects.get()
    before, split = written(), tasks.split_article
    other = []

    def split_slowly(*args: object, **options: object) -> object:
        other.append(stolen(ArticleVersion, version.pk))
        return split(*args, **options)

    monkeypatch.setattr(tasks, "split_article", split_slowly)

    tasks.split(version.pk)

    version.refresh_from_db()
    assert version.lease_id == other[0]
    assert version.due_at is not None
    assert written() == before


def test_a_worker_whose_lease_ran_out_stores_no_evidence(search, monkeypatch):
    before, other = written(), []
    slow = Meanwhile(lambda: other.append(stolen(Search, search.pk)))
    monkeypatch.setattr(registry, "stance_model", lambda: slow)

    tasks.gather_evidence(search.pk)

    search.refresh_from_db()
    assert search.lease_id == other[0]
    assert search.finished_at is None
    assert written() == before


@pytest.mark.parametrize("model", [Submission, ArticleVersion, Search])
def test_a_worker_that_fails_after_its_lease_ran_out_leaves_the_row_to_its_successor(
    model, monkeypatch
):
    submit(Handed(text=HARBOUR), by=UserFactory())
    for earlier in [Submission, ArticleVersion]:
        if not model.objects.exists():
            work_off(earlier)
    row = model.objects.earliest("pk")
    other = []

    def fail(*args: object, **options: object) -> None:
        other.append(stolen(model, row.pk))
        raise RuntimeError("broken")

    monkeypatch.setattr(tasks, "_read", fail)
    monkeypatch.setattr(tasks, "split_article", fail)
    monkeypatch.setattr(tasks, "gather", fail)

    {Submission: tasks.take_in, ArticleVersion: tasks.split, Search: tasks.gather_evidence}[model](
        row.pk
    )

    row.refresh_from_db()
    assert row.lease_id == other[0]
    assert (row.failures, row.last_error) == (0, "")


def queries_to_store(search: Search, pieces: int) -> int:
    passages = [
        PassageFactory(snapshot__text=f"{search.pk}: boat {n} left.") for n in range(pieces)
    ]
    judged = [
        Judged(
            Found("", "", passage.text, passage_id=passage.pk),
            "library",
            rank,
            Judgement(Stance.SUPPORTS, 0.9, shown=True),
            Relation.INDEPENDENT,
        )
        for rank, passage in enumerate(passages, start=1)
    ]
    asked = (Asked("library", pieces, 0.1), Asked("wikipedia", 0, 0.1, "down"))
    gathered = Gathered(tuple(judged), asked, pieces, ("boats",), "test")
    lease = Search.objects.lease(search.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        store_evidence(
            search, lease, gathered, passages, started_at=search.created_at, by="searcher"
        )
    return len(queries)


def test_storing_evidence_takes_the_same_number_of_queries_however_much_there_is(search):
    other = Search.objects.exclude(pk=search.pk).earliest("pk")

    one, twenty = queries_to_store(search, 1), queries_to_store(other, 20)

    assert one == twenty <= 13
