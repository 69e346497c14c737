"""What beat has forgotten, so that no table only grows."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from claims.models import Objection
from claims.tasks import forget_objectors
from factcheck.tasks import forget_sessions
from tests.factories import ObjectionFactory


def test_every_task_on_the_clock_is_known_to_the_workers():
    current_app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "factcheck.forget_sessions" in asked
    assert asked <= current_app.tasks.keys()


@pytest.mark.django_db
def test_sessions_that_are_over_are_forgotten_and_others_are_not():
    now = timezone.now()
    for name, age in {"over": -1, "open": 1}.items():
        end = now + timedelta(minutes=age)
        Session.objects.create(session_key=name, session_data="", expire_date=end)
    forget_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["open"]


@pytest.mark.django_db
def test_who_objected_is_forgotten_a_month_after_it_was_decided_and_not_what_they_wrote():
    told = {"name": "Ada", "email": "ada@port.example"}
    decided = [timezone.now() - timedelta(days=days) for days in (31, 29)]
    old, _ = (ObjectionFactory(not_upheld=True, decided_at=at, **told) for at in decided)
    ObjectionFactory(**told)
    forget_objectors()
    kept = list(Objection.objects.order_by("pk").values_list("name", "email"))
    assert kept == [("", ""), *[("Ada", "ada@port.example")] * 2]
    assert Objection.objects.get(pk=old.pk).words == old.words
