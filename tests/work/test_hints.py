"""Hints: worth sending, no loss if lost."""

import pytest
from celery import Celery, current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from claims.actions.intake import Handed, submit
from claims.actions.review import reword_claim
from claims.models import Search, Submission
from factcheck.models import Hints
from tests.factories import AppearanceFactory, SubmissionFactory, UserFactory
from tests.stories import split_in_two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker_is_down(tmp_path):
    """The same application with a broker's address where nobody listens."""
    usual = current_app._get_current_object()
    lost = Celery("lost", set_as_current=True)
    lost.config_from_object("django.conf:settings", namespace="CELERY")
    lost.conf.broker_url = f"redis+socket://{tmp_path}/nobody.sock"
    yield lost
    usual.set_current()


def test_a_hint_waits_for_the_commit(queue):
    with transaction.atomic():
        submission = SubmissionFactory()
        submission.hint()
        assert queue.hints() == []
    assert queue.hints() == [(Submission.task, submission.pk)]


def test_a_hint_vanishes_with_its_row(queue):
    with transaction.atomic():
        SubmissionFactory().hint()
        transaction.set_rollback(True)
    assert queue.hints() == []
    assert not Submission.objects.exists()


def test_a_search_that_a_person_asked_for_has_a_queue_of_its_own(queue):
    claim = AppearanceFactory().claim
    claim = reword_claim(claim.pk, "Forty boats left Hull.", wording=1, by=UserFactory())
    split_in_two(claim)
    searches = Search.objects.order_by("pk").values_list("pk", flat=True)
    assert queue.waiting_in("asked") == [(Search.task, key) for key in searches]
    assert len(searches) == 3


def test_many_hints_go_in_the_order_given(queue):
    Hints("claims.take_in", [3, 1, 2]).send()
    assert queue.hints() == [("claims.take_in", row) for row in (3, 1, 2)]


def test_a_broker_that_is_down_costs_a_submission_nothing_but_a_line_in_the_log(
    broker_is_down, caplog
):
    submission = submit(Handed(text="Forty boats."), by=UserFactory())
    assert Submission.objects.due().get() == submission
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "Hints.send" in line.getMessage()


def test_hints_stop_at_the_first_that_cannot_be_sent(broker_is_down, monkeypatch):
    tried, send = [], broker_is_down.send_task

    def noted(task, arguments, **options):
        tried.append(arguments)
        return send(task, arguments, **options)

    monkeypatch.setattr(broker_is_down, "send_task", noted)
    with pytest.raises(OperationalError):
        Hints("claims.take_in", [1, 2, 3]).send()
    assert tried == [[1]]
