"""The sweep: it finds what hints missed, and no row can kill workers for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from claims.models import ArticleVersion, Search, Submission
from claims.states import SubmissionState, VersionState
from factcheck import tasks
from factcheck.locks import Lock, alone
from factcheck.models import Event
from factcheck.models.work import KILLED, MAX_ATTEMPTS
from factcheck.tasks import FULL, sweep
from tests.factories import ArticleVersionFactory, SearchFactory, SubmissionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_rows_of_every_kind_are_hinted_by_name_the_one_that_waits_longest_first(queue):
    submission = SubmissionFactory(due_at=Now() - minutes(1))
    search = SearchFactory(due_at=Now() - minutes(3))
    version = ArticleVersionFactory(due_at=Now() - minutes(2))

    sweep()

    assert queue.waiting_in("work") == [("claims.gather_evidence", search.pk)]
    assert queue.waiting_in("reading") == [
        ("claims.split_article", version.pk),
        ("claims.take_in", submission.pk),
    ]


def test_what_is_done_not_yet_due_or_in_a_workers_hands_is_not_hinted(queue):
    SubmissionFactory(ready=True, version=ArticleVersionFactory(split=True))
    SubmissionFactory(due_at=Now() + minutes(1))
    Submission.objects.lease(SubmissionFactory().pk)

    sweep()

    assert queue.hints() == []


def test_a_row_whose_worker_died_is_hinted_once_its_lease_has_run_out(queue):
    submission = SubmissionFactory()
    Submission.objects.lease(submission.pk)
    Submission.objects.update(leased_until=Now() - minutes(1))

    sweep()

    assert queue.hints() == [("claims.take_in", submission.pk)]


def test_the_queue_is_topped_up_and_never_overfilled(queue):
    first, *_ = [SubmissionFactory(due_at=Now() - minutes(60 - n)) for n in range(FULL + 5)]

    sweep()
    assert len(queue.hints()) == FULL
    assert queue.hints()[0] == ("claims.take_in", first.pk)
    sweep()
    assert len(queue.hints()) == FULL

    for _ in range(7):
        queue.redis.rpop("reading")
    sweep()
    assert len(queue.hints()) == FULL


def test_a_search_that_a_person_asked_for_waits_behind_no_articles_searches(queue):
    for n in range(FULL + 5):
        SearchFactory(due_at=Now() - minutes(60 - n))
    asked = [
        SearchFactory(why="asked"),
        SearchFactory(why="attributed"),
        SearchFactory(why="reworded", claim__worded_by=UserFactory()),
        SearchFactory(claim__added_by=UserFactory(), claim__splitter=""),
    ]
    SearchFactory(why="reworded")  # a machine's wording, for another date of the article
    SearchFactory(why="provider_back", only="wikipedia", claim=asked[0].claim)

    sweep()

    hints = [("claims.gather_evidence", search.pk) for search in asked]
    assert queue.waiting_in("asked") == hints
    assert len(queue.waiting_in("work")) == FULL


def test_searches_of_urgent_claims_and_of_those_in_hand_are_waited_for(queue):
    SearchFactory(due_at=Now() - minutes(60))
    waited_for = [SearchFactory(claim__priority=1), SearchFactory(claim__in_review=True)]
    sweep()
    assert queue.waiting_in("asked") == [(Search.task, search.pk) for search in waited_for]


def test_searches_of_claims_that_are_due_wait_behind_no_others(queue):
    for n in range(FULL + 5):
        SearchFactory(due_at=Now() - minutes(60 - n))
    due = SearchFactory(claim__deadline=timezone.now() + minutes(60))
    both = SearchFactory(claim__deadline=timezone.now() + minutes(60), claim__priority=1)
    SearchFactory(claim=due.claim, why="provider_back", only="wikipedia")
    sweep()
    assert queue.waiting_in("needed") == [(Search.task, due.pk)]
    assert queue.waiting_in("asked") == [(Search.task, both.pk)]
    assert len(queue.waiting_in("work")) == FULL


def test_many_due_searches_do_not_hide_an_article_somebody_waits_for(queue):
    for n in range(FULL + 5):
        SearchFactory(due_at=Now() - minutes(60 - n))
    sweep()
    submission = SubmissionFactory()

    sweep()

    assert queue.waiting_in("reading") == [("claims.take_in", submission.pk)]
    assert len(queue.waiting_in("work")) == FULL


def test_while_a_sweep_sends_its_hints_another_sends_none(queue, monkeypatch):
    SubmissionFactory()
    waiting = tasks.hints_waiting

    def swept_elsewhere() -> bool:
        sweep()
        with alone(Lock.SWEEP) as mine:
            free = mine
        connection.close()
        return free

    def after_another_sweep(name: str) -> int:
        with ThreadPoolExecutor(1) as other:
            assert not other.submit(swept_elsewhere).result()
        return waiting(name)

    monkeypatch.setattr(tasks, "hints_waiting", after_another_sweep)
    sweep()
    assert len(queue.hints()) == 1
    with alone(Lock.SWEEP) as mine:
        assert mine


def test_hints_go_out_when_the_sweeps_transaction_is_over(queue, monkeypatch):
    SubmissionFactory()
    open_at_send, send = [], tasks.Hints.send

    def noted(hints: tasks.Hints) -> None:
        open_at_send.append(connection.in_atomic_block)
        send(hints)

    monkeypatch.setattr(tasks.Hints, "send", noted)
    sweep()
    assert open_at_send == [False]


EXHAUSTED = {
    "attempts": MAX_ATTEMPTS,
    "lease_id": "018f2b5e-0000-7000-8000-000000000000",
    "leased_until": "2020-06-24T00:00:00Z",
}


@pytest.mark.parametrize(
    ("make", "verb", "state"),
    [
        (SubmissionFactory, "submission.failed", SubmissionState.FAILED),
        (ArticleVersionFactory, "article.split_failed", VersionState.FAILED),
        (SearchFactory, "search.failed", None),
    ],
)
def test_a_row_that_kills_its_workers_goes_to_a_person(queue, make, verb, state):
    row = make(**EXHAUSTED)

    sweep()

    row.refresh_from_db()
    assert (row.due_at, row.lease_id, row.leased_until) == (None, None, None)
    assert row.last_error == KILLED
    assert state is None or row.state == state
    event = Event.objects.get()
    assert (event.verb, event.component, event.thread) == (verb, "sweep", row.story.public_id)
    assert queue.hints() == []


def test_a_row_on_its_last_attempt_is_left_to_its_worker(queue):
    submission = SubmissionFactory(**EXHAUSTED)
    Submission.objects.update(leased_until=Now() + minutes(1))

    sweep()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED
    assert not Event.objects.exists()


def test_one_sweep_hands_over_rows_of_every_kind(queue):
    made = [SubmissionFactory, ArticleVersionFactory, SearchFactory, SubmissionFactory]
    for make in made:
        make(**EXHAUSTED)

    sweep()

    assert Event.objects.count() == len(made)
    assert list(Event.objects.verify()) == []
    for model in (Submission, ArticleVersion, Search):
        assert not model.objects.exhausted().exists()


def test_the_sweep_looks_at_every_table_that_is_a_queue():
    assert {model.__name__ for model in tasks.work_models()} >= {
        "Submission",
        "ArticleVersion",
        "Search",
        "Delivery",
    }
