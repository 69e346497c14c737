"""Moderators see whether the language model answers, and what it cost."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from claims.models import ModelRun
from claims.reading.language_model import language_model
from tests.factories import ArticleVersionFactory, ModelRunFactory

PAGE = "/admin/language-model/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "scripted"
    settings.LLM_KEY = "sk-never-shown"


def long_ago(run, **ago):
    ModelRun.objects.filter(pk=run.pk).update(created_at=Now() - timedelta(**ago))


def test_calls_tokens_and_time_are_added_up_for_both_kinds_of_work(office):
    version = ArticleVersionFactory()
    ModelRunFactory(version=version, seconds=2.0)
    ModelRunFactory(version=version, seconds=4.0)
    ModelRunFactory(version=version, calls=0, prompt_tokens=0, completion_tokens=0, down=True)
    ModelRunFactory(judging=True)
    long_ago(ModelRunFactory(judging=True), days=3)
    long_ago(ModelRunFactory(judging=True), days=40)
    page = language_model()
    splitting, judging = page.lately
    assert (splitting.runs, splitting.failed, splitting.calls) == (3, 1, 2)
    assert (splitting.prompt_tokens, splitting.completion_tokens) == (1400, 160)
    assert splitting.seconds == 3.0
    assert (judging.runs, page.long[1].runs) == (1, 2)
    html = office.get(PAGE).text
    assert "1,400" in html
    assert "Confidential articles never reach it" in html
    assert "sk-never-shown" not in html


def test_it_is_down_while_the_last_thing_known_is_a_failure(office):
    version = ArticleVersionFactory()
    until = Now() + timedelta(minutes=1)
    failed = ModelRunFactory(version=version, down=True, rests_until=until)
    page = language_model()
    assert page.is_down
    assert page.rests_until is not None
    assert "it did not answer in time" in office.get(PAGE).text
    long_ago(failed, minutes=5)
    ModelRunFactory(version=version)
    page = language_model()
    assert not page.is_down
    assert page.rests_until is None
    assert "Answers; last on" in office.get(PAGE).text


def test_what_was_not_asked_says_nothing_of_its_health(office):
    ModelRunFactory(calls=0, down=True)
    assert not language_model().is_down
    assert "Not asked yet" in office.get(PAGE).text


def test_without_one_the_page_says_how_to_have_one(office, settings):
    settings.LLM_URL = settings.LLM_MODEL = ""
    assert "None is set up" in office.get(PAGE).text


def test_the_page_asks_a_fixed_number_of_questions(django_assert_num_queries):
    ModelRunFactory(down=True)
    with django_assert_num_queries(5):
        language_model()
