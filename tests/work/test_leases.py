"""Rows of work: one worker at a time, and none after its lease."""

import threading
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.utils import timezone

from claims.models import Search, Submission
from claims.states import SubmissionState
from factcheck.models import LeaseLost, Work, backoff, hand_to_person, keep_lease, work
from factcheck.models.work import LEASE, MAX_ATTEMPTS
from tests.at_once import at_once
from tests.factories import DeliveryFactory, SearchFactory, SubmissionFactory

PAST = timedelta(seconds=-1)
rows = Submission.objects


def leased():
    """A submission, and the lease a worker took of it."""
    submission = SubmissionFactory()
    return submission.pk, rows.lease(submission.pk)


def run_out(pk):
    """Let the lease of a row run out."""
    rows.filter(pk=pk).update(leased_until=timezone.now() + PAST)


def taken_over():
    """A row that another worker took after the first one's lease ran out: its key, both leases."""
    pk, first = leased()
    run_out(pk)
    return pk, first, rows.lease(pk)


# Taking.
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_gets_the_lease():
    pk = SubmissionFactory().pk
    leases = [lease for lease in at_once(*[partial(rows.lease, pk)] * 8) if lease]
    assert [rows.get(pk=pk).lease_id] == leases
    assert rows.get(pk=pk).attempts == 1


@pytest.mark.django_db
def test_a_lease_lasts_as_long_as_it_says():
    pk, _ = leased()
    assert timedelta() < rows.get(pk=pk).leased_until - timezone.now() <= LEASE
    assert rows.lease(pk) is None
    assert not rows.due().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"state": SubmissionState.FAILED, "due_at": None},
        {"due_at": timezone.now() + timedelta(hours=1)},
        {"attempts": MAX_ATTEMPTS},
    ],
    ids=["done", "later", "exhausted"],
)
def test_a_row_that_is_not_due_is_not_leased(columns):
    assert rows.lease(SubmissionFactory(**columns).pk) is None


@pytest.mark.django_db
def test_rows_wait_in_the_order_they_were_wanted():
    late, early = (
        SubmissionFactory(due_at=timezone.now() - timedelta(minutes=minutes)) for minutes in (1, 2)
    )
    assert list(rows.due()) == [early, late]


# A worker whose row was taken over.
LATE_WRITES = {
    "fence": rows.fence,
    "finish": lambda pk, lease: rows.finish(pk, lease, title="Too late"),
    "postpone": lambda pk, lease: rows.postpone(pk, lease, "Too late", seconds=1),
    "put_off": lambda pk, lease: rows.put_off(pk, lease, seconds=1),
    "give_up": lambda pk, lease: rows.give_up(pk, lease, "Too late"),
    "hand_to_person": lambda pk, lease: hand_to_person(
        rows.get(pk=pk), "Too late", by="worker", lease=lease
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("write", LATE_WRITES.values(), ids=LATE_WRITES)
def test_a_worker_whose_lease_was_taken_over_changes_nothing(write):
    pk, first, _ = taken_over()
    before = rows.filter(pk=pk).values().get()
    with pytest.raises(LeaseLost), transaction.atomic():
        write(pk, first)
    assert rows.filter(pk=pk).values().get() == before


@pytest.mark.django_db
def test_a_worker_whose_lease_was_taken_over_neither_renews_nor_releases():
    pk, first, _ = taken_over()
    before = rows.filter(pk=pk).values().get()
    assert rows.renew(pk, first) is False
    rows.release(pk, first)
    assert rows.filter(pk=pk).values().get() == before


@pytest.mark.django_db
def test_a_lease_that_ran_out_but_was_not_taken_over_still_finishes():
    pk, lease = leased()
    run_out(pk)
    rows.postpone(pk, lease, "Slow", seconds=0)
    assert rows.get(pk=pk).last_error == "Slow"


@pytest.mark.django_db(transaction=True)
def test_while_a_worker_writes_its_result_nobody_takes_the_row_over():
    pk, lease = leased()
    run_out(pk)
    successor = []

    def take_over():
        try:
            successor.append(rows.lease(pk))
        finally:
            connection.close()

    other = threading.Thread(target=take_over)
    with transaction.atomic():
        rows.fence(pk, lease)
        other.start()
        other.join(0.3)
        assert other.is_alive(), "the row is locked"
        rows.give_up(pk, lease, "Empty", state=SubmissionState.FAILED)
    other.join()
    assert successor == [None]


# Answers.
@pytest.mark.django_db
def test_a_finished_row_wants_nothing_more():
    search = SearchFactory(failures=2, last_error="Down")
    lease = Search.objects.lease(search.pk)
    Search.objects.finish(search.pk, lease, passages_read=7)
    search.refresh_from_db()
    assert (search.due_at, search.lease_id, search.leased_until) == (None, None, None)
    assert (search.attempts, search.failures, search.last_error) == (0, 0, "")
    assert search.passages_read == 7


@pytest.mark.django_db
def test_a_postponed_row_comes_back_when_it_said():
    pk, lease = leased()
    rows.postpone(pk, lease, "Timed out", seconds=60)
    row = rows.get(pk=pk)
    assert timedelta(seconds=55) < row.due_at - timezone.now() <= timedelta(seconds=60)
    assert (row.failures, row.attempts, row.last_error) == (1, 0, "Timed out")
    assert rows.lease(pk) is None


@pytest.mark.django_db
def test_a_row_put_off_has_not_failed():
    pk, lease = leased()
    rows.put_off(pk, lease, seconds=0)
    assert rows.get(pk=pk).failures == 0
    assert rows.lease(pk)


@pytest.mark.django_db
@pytest.mark.parametrize("made", [SubmissionFactory, SearchFactory, DeliveryFactory])
def test_what_no_worker_can_do_is_handed_to_a_person(made):
    row = made()
    model = type(row)
    hand_to_person(row, "Empty.", by="worker", lease=model.objects.lease(row.pk))
    row = model.objects.get(pk=row.pk)
    assert (row.due_at, row.last_error) == (None, "Empty.")
    for column, value in model.given_up.items():
        assert getattr(row, column) == value


@pytest.mark.django_db
def test_a_row_that_kills_every_worker_is_exhausted_and_no_longer_due():
    pk = SubmissionFactory().pk
    for _ in range(MAX_ATTEMPTS):
        assert rows.lease(pk)
        assert not rows.exhausted().exists(), "its last worker may still live"
        run_out(pk)
    assert rows.lease(pk) is None
    assert not rows.due().exists()
    assert rows.exhausted().get().pk == pk


def test_waiting_grows_and_stays_within_reason():
    assert [backoff(n) for n in range(1, 8)] == sorted(backoff(n) for n in range(1, 8))
    assert backoff(30_000) == backoff(7) < 3 * 3600


# Keeping a lease while the work goes on.
@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(work, "RENEW_EVERY", 0.05)


def wait_for(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_while_its_holder_works(quick):
    pk, lease = leased()
    run_out(pk)
    with keep_lease(rows, pk, lease):
        wait_for(lambda: rows.get(pk=pk).leased_until > timezone.now())
    run_out(pk)
    time.sleep(0.2)
    assert rows.get(pk=pk).leased_until < timezone.now(), "and not afterwards"


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_not_renewed_past_the_longest_a_task_may_take(quick, monkeypatch):
    monkeypatch.setattr(work, "LONGEST", 0.2)
    pk, lease = leased()
    with keep_lease(rows, pk, lease):
        time.sleep(0.4)
        run_out(pk)
        time.sleep(0.2)
        assert rows.lease(pk)


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_was_taken_over_is_let_go(quick, caplog):
    pk, first, second = taken_over()
    with keep_lease(rows, pk, first):
        wait_for(lambda: "is lost" in caplog.text)
    assert rows.get(pk=pk).lease_id == second


@pytest.mark.django_db(transaction=True)
def test_renewing_outlives_a_restart_of_the_database(quick):
    pk, lease = leased()
    run_out(pk)
    with keep_lease(rows, pk, lease):
        wait_for(lambda: rows.get(pk=pk).leased_until > timezone.now())
        with connection.cursor() as cursor, suppress(Error):
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        run_out(pk)
        wait_for(lambda: rows.get(pk=pk).leased_until > timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stop", [SystemExit, KeyboardInterrupt])
def test_a_worker_told_to_stop_gives_the_row_and_the_attempt_back(stop):
    pk, lease = leased()
    with pytest.raises(stop), keep_lease(rows, pk, lease):
        raise stop
    assert rows.get(pk=pk).attempts == 0
    assert rows.due().get().pk == pk


@pytest.mark.django_db(transaction=True)
def test_an_error_leaves_the_answer_to_the_worker():
    pk, lease = leased()
    with pytest.raises(ValueError, match="Empty"), keep_lease(rows, pk, lease):
        raise ValueError("Empty")
    assert rows.get(pk=pk).lease_id == lease


def test_every_queue_is_indexed_by_when_it_is_due():
    queues = [model for model in apps.get_models() if issubclass(model, Work)]
    assert len(queues) > 5
    for model in queues:
        names = {index.name for index in model._meta.indexes}
        assert f"{model._meta.model_name}_due" in names


def test_a_worker_that_dies_is_replaced_within_half_a_minute():
    assert timedelta(seconds=30) >= LEASE > 2 * timedelta(seconds=work.RENEW_EVERY)
