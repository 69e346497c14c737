"""Reporting an error in a public verdict, by anybody: form, thanks, and what is said of it."""

import re

import pytest
from django.urls import reverse

from claims.models import Objection
from claims.states import VerdictState
from claims.views import reporting
from tests.security.test_reporting import forgotten  # noqa: F401 - nobody has reported yet
from tests.stories import published, verdict_in
from tests.ui.conftest import ALERT

SENT = {"kind": "wrong_fact", "words": "The port counted in June."}
LATER = {"url": "https://port.example/log", "name": "Ada", "email": "ada@port.example"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten")]


def path(name, verdict, *more):
    return reverse(f"claims:{name}", args=[verdict.claim.public_id, *more])


def test_each_public_version_leads_to_the_form_for_it(world):
    first = verdict_in(VerdictState.SUPERSEDED)
    form = path("report_error", first)
    assert f'href="{form}" rel="nofollow">Report an error in this verdict</a>' in (
        world.get(path("public", first)).text
    )
    assert f'href="{form}?version=1"' in world.get(path("public_version", first, 1)).text
    text = world.get(form, {"version": "1"}).text
    assert "This is an earlier version" in text
    assert '<input type="hidden" name="version" value="1">' in text
    assert '<input type="hidden" name="version" value="2">' in world.get(form).text
    world.post(form, SENT | {"version": "1"})
    assert Objection.objects.get().verdict == first


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_was_sent_is_taken_in_and_thanked_for(world, state):
    verdict = verdict_in(VerdictState(state))
    answer = world.post(path("report_error", verdict), SENT | LATER | {"version": "1"})
    assert answer.url == path("error_reported", verdict)
    kept = Objection.objects.get()
    assert {name: getattr(kept, name) for name in SENT | LATER} == SENT | LATER
    thanks = world.get(answer.url)
    assert "A person reads it and decides." in thanks.text
    assert "Nothing of what you wrote is shown publicly" in thanks.text
    assert "deleted 30 days after" in thanks.text
    assert not thanks.cookies


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(world):
    form = path("report_error", published())
    answer = world.post(form, {"words": "Wrong.", "url": "ftp://x", "email": "ada"})
    assert answer.status_code == 422
    assert ALERT.replace("p class", "div class") in answer.text
    assert '<a href="#id_kind_0">What kind of error it is</a>: ' in answer.text
    assert "Wrong.</textarea>" in answer.text
    for field, why in (("words", "this has 6"), ("url", "http:// or https://")):
        sent = (
            SENT | {"words": "Wrong in June."} | {field: {"words": "Wrong."}.get(field, "ftp://x")}
        )
        refused = world.post(form, sent)
        assert refused.status_code == 422
        assert why in refused.text.partition(f'href="#id_{field}"')[2].partition("</li>")[0]
    assert not Objection.objects.exists()


def test_what_nobody_sees_is_left_out_and_lines_are_counted_as_everybody_counts_them(world):
    form = path("report_error", published())
    world.post(form, SENT | {"words": "It \u202ewas\u200b June.\r\n" + "x\r\n" * 1_990})
    assert Objection.objects.get().words.startswith("It was June.\nx\nx\n")


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_there_is_no_form_for_what_is_not_public(world, state):
    verdict = verdict_in(VerdictState(state))
    for name in ("report_error", "error_reported"):
        assert world.get(path(name, verdict)).status_code == 404
    assert world.post(path("report_error", verdict), SENT).status_code == 404
    form = path("report_error", published())
    assert world.get(form, {"version": "7"}).status_code == 404
    assert world.get(form, {"version": "9" * 90}).status_code == 200


def test_where_readers_report_elsewhere_every_address_leads_there(world, settings):
    verdict = published()
    assert "https://checks.example/error" not in world.get(path("public", verdict)).text
    settings.FEEDBACK_URL = "https://checks.example/error"
    text = world.get(path("public", verdict)).text
    assert 'href="https://checks.example/error">Report an error</a>' in text
    assert "/objection/" not in text
    for name in ("report_error", "error_reported"):
        assert world.get(path(name, verdict)).url == settings.FEEDBACK_URL
    assert world.get("/c/report-an-error/").url == settings.FEEDBACK_URL


def test_how_errors_are_reported_is_told_and_named_in_the_data(world, settings):
    settings.SITE_URL = "https://checks.example"
    page = "https://checks.example/c/report-an-error/"
    text = world.get(path("public", published())).text
    assert f'"actionableFeedbackPolicy": "{page}"' in text
    assert f'href="{page}">What happens with reports of errors</a>' in text
    assert f'href="{page}">Report an error</a>' in world.get("/c/").text
    told = world.get("/c/report-an-error/")
    assert "Nobody turns down a report on a verdict they wrote themselves" in told.text
    assert (told.headers["Cache-Control"], len(told.cookies)) == ("public, max-age=60", 0)


def test_the_form_costs_few_questions(world, django_assert_max_num_queries):
    verdict = verdict_in(VerdictState.SUPERSEDED)
    with django_assert_max_num_queries(5):
        world.get(path("report_error", verdict))
    with django_assert_max_num_queries(14):
        assert world.post(path("report_error", verdict), SENT).status_code == 302


def test_the_form_can_be_sent_by_keys_and_hides_its_trap_from_people(world):
    html = world.get(path("report_error", published())).text
    trap = re.search(r'<div class="hidden" aria-hidden="true">(.*?)</div>', html)[1]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "<script" not in html.partition("<main")[2]
    assert reporting.MOST_FROM_ONE >= 5
