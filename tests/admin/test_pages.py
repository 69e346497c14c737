"""Attention, stuck work, providers, the history and how columns read."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from claims.actions.retrying import RETRIES
from claims.models import Search
from claims.reading.moderation import WORK, providers, troubles
from claims.states import SubmissionState, VerdictState, VersionState
from factcheck.celery import app
from factcheck.models import Event, Work
from factcheck.models.work import KILLED
from tests.factories import (
    ApiKeyFactory,
    ArticleVersionFactory,
    BringingFactory,
    ClaimFactory,
    FeedFactory,
    OutsideProviderFactory,
    ProviderHourFactory,
    SearchFactory,
    SourceFactory,
    SubmissionFactory,
)
from tests.stories import verdict_in

UP = [{"provider": "wikipedia", "found": 7, "seconds": 0.5, "error": ""}]


def retry(office, row):
    return office.post(f"/admin/stuck/{row._meta.label_lower}/{row.pk}/retry/", follow=True).text


def test_when_nothing_is_wrong_the_first_page_says_so(office):
    assert "Everything is in order" in office.get("/admin/").text


# Stuck work.
def test_every_table_of_work_is_looked_at_and_what_workers_do_can_be_retried():
    tables = {model for model in apps.get_models() if issubclass(model, Work)}
    assert tables == WORK.keys()
    app.loader.import_default_modules()
    assert {model for model in tables if model.task in app.tasks} == RETRIES.keys()


def test_stuck_work_shows_its_error_and_is_tried_again(office, moderator):
    submission = SubmissionFactory(failed=True, failures=4, last_error="OSError: <b>disk</b>")
    version = ArticleVersionFactory(failed=True, failures=4, title="Boats")
    html = office.get("/admin/stuck/").text
    assert "OSError: &lt;b&gt;disk&lt;/b&gt;" in html
    assert "Work is stuck" in office.get("/admin/").text
    for row, state in ((submission, SubmissionState.RECEIVED), (version, VersionState.RECEIVED)):
        assert "A worker will try again at once." in retry(office, row)
        row.refresh_from_db()
        assert (row.state, row.failures, row.last_error) == (state, 0, "")
        assert Event.objects.latest("position").user == moderator
    assert "Nothing is stuck" in office.get("/admin/stuck/").text


def test_work_that_waits_for_its_next_try_can_be_hurried(office):
    later = timezone.now() + timedelta(hours=2)
    submission = SubmissionFactory(due_at=later, failures=3, last_error="ConnectTimeout")
    search = SearchFactory(due_at=later, failures=1, last_error="wikipedia: down")
    html = office.get("/admin/stuck/").text
    assert html.count("tries again") == 2
    assert "Work is stuck" not in office.get("/admin/").text
    for row in (submission, search):
        retry(office, row)
        row.refresh_from_db()
        assert row.due_at <= timezone.now()
        assert row.failures == 0


@pytest.mark.parametrize("factory", [SubmissionFactory, ArticleVersionFactory, SearchFactory])
def test_what_a_worker_has_in_hand_is_left_to_it(office, factory):
    row = factory(last_error="ConnectTimeout")
    lease = type(row).objects.lease(row.pk)
    assert "Nothing to do" in retry(office, row)
    row.refresh_from_db()
    assert row.lease_id == lease


def test_a_search_that_was_given_up_is_made_anew_and_then_stuck_no_more(office):
    search = SearchFactory(due_at=None, last_error="No provider answered.")
    assert "No provider answered." in office.get("/admin/stuck/").text
    retry(office, search)
    assert Search.objects.filter(claim=search.claim, due_at__isnull=False).count() == 1
    assert "Nothing is stuck" in office.get("/admin/stuck/").text


def test_nobody_waits_for_a_search_of_a_claim_that_is_decided_or_reworded(db):
    SearchFactory(claim=ClaimFactory(dismissed=True), due_at=None, last_error="Down.")
    SearchFactory(claim=ClaimFactory(wording=2), wording=1, due_at=None, last_error="Down.")
    assert troubles() == []


def test_a_row_that_kills_its_workers_is_shown_before_the_sweep_has_seen_it(office):
    SubmissionFactory(attempts=10, title="A bomb")
    html = office.get("/admin/stuck/").text
    assert "A bomb" in html
    assert "died on every attempt" in html


def test_what_was_handed_in_wrongly_is_listed_as_refused_and_raises_no_alarm(office):
    SubmissionFactory(failed=True, last_error="This file is of a kind that is not read.")
    ArticleVersionFactory(failed=True, last_error="There is no sentence in it.")
    BringingFactory(failed=True, last_error="That address is not public.")
    html = office.get("/admin/stuck/").text
    assert html.count("· refused") == 3
    assert "given up</strong>" not in html
    assert "needs-person" not in html
    assert "Everything is in order" in office.get("/admin/").text


@pytest.mark.parametrize(
    "made",
    [
        lambda: SubmissionFactory(failed=True, failures=4, last_error="OSError: disk"),
        lambda: SubmissionFactory(failed=True, last_error=KILLED),
        lambda: FeedFactory(due_at=None, last_error="It is no feed."),
    ],
)
def test_what_the_machinery_could_not_do_raises_the_alarm(office, made):
    made()
    assert "given up</strong>" in office.get("/admin/stuck/").text
    assert "Work is stuck" in office.get("/admin/").text


def test_stuck_work_comes_before_what_was_refused(office):
    SubmissionFactory(failed=True, failures=4, last_error="OSError: disk", title="Boats")
    SubmissionFactory(failed=True, title="A song")
    html = office.get("/admin/stuck/").text
    assert html.index("Boats") < html.index("A song")


def test_what_could_not_be_read_is_set_aside_from_the_list(office, moderator):
    submission = SubmissionFactory(failed=True, title="A song")
    ArticleVersionFactory(failed=True)
    page = f"/admin/stuck/handed-in/{submission.pk}/set-aside/"
    html = office.get("/admin/stuck/").text
    assert html.count("Set aside</button>") == 1
    assert f'action="{page}"' in html
    assert "It is set aside." in office.post(page, follow=True).text
    assert "A song" not in office.get("/admin/stuck/").text
    event = Event.objects.latest("position")
    assert (event.verb, event.user) == ("submission.set_aside", moderator)


def test_what_is_read_again_meanwhile_is_not_set_aside_from_the_list(office):
    submission = SubmissionFactory()
    page = f"/admin/stuck/handed-in/{submission.pk}/set-aside/"
    assert "Nothing to do" in office.post(page, follow=True).text
    submission.refresh_from_db()
    assert submission.set_aside_at is None


# Providers.
def health_of(name):
    return next(health for health in providers() if health.provider == name)


def test_a_provider_that_failed_last_is_down_and_says_why(office):
    row = OutsideProviderFactory(name="wikipedia", down=True, last_error="wikipedia: ReadTimeout")
    ProviderHourFactory(
        provider=row, began_at=timezone.now(), answered=1, failed=3, requests=9, seconds=2.0
    )
    health = health_of("wikipedia")
    assert (health.state, health.asked, health.failed, health.lately) == ("down", 4, 3, 9)
    assert health.seconds == 0.5
    html = office.get("/admin/providers/").text
    assert "wikipedia: ReadTimeout" in html
    assert f"/admin/sources/outsideprovider/{row.pk}/change/" in html
    assert "Wikipedia does not answer" in office.get("/admin/").text


def test_several_providers_that_are_down_are_one_line(office, settings):
    settings.OUTSIDE_PROVIDERS = ["crossref", "gdelt", "wikipedia"]
    for name in settings.OUTSIDE_PROVIDERS:
        OutsideProviderFactory(name=name, down=True)
    SearchFactory(only="gdelt", due_at=timezone.now())
    SearchFactory(only="wikipedia", due_at=timezone.now())
    html = office.get("/admin/").text
    assert "3 providers do not answer" in html
    assert "Crossref, GDELT and Wikipedia" in html
    assert "2 searches waiting" in html


def test_a_provider_that_rests_says_until_when(office):
    later = timezone.now() + timedelta(hours=1)
    OutsideProviderFactory(name="wikipedia", down=True, rests_until=later)
    assert health_of("wikipedia").state == "down, rests"
    assert f"until {later:%H:%M}" in office.get("/admin/providers/").text


def test_a_provider_that_answered_since_is_up_and_what_it_found_is_counted(office):
    now = timezone.now()
    OutsideProviderFactory(
        name="wikipedia", failed_at=now - timedelta(hours=1), answered_at=now, last_error="Down."
    )
    for ago in (1, 24 * 60 + 1):
        at = now - timedelta(minutes=ago)
        SearchFactory(due_at=None, started_at=at, finished_at=at, providers=UP)
    health = health_of("wikipedia")
    assert (health.state, health.found) == ("answers", 7)
    assert "does not answer" not in office.get("/admin/").text


def test_what_was_longer_ago_than_a_day_is_not_counted(db):
    ProviderHourFactory(provider=OutsideProviderFactory(name="wikipedia"), answered=5)
    assert (health_of("wikipedia").asked, health_of("wikipedia").state) == (0, "not asked yet")


def test_searches_that_wait_for_a_provider_are_counted_and_are_not_stuck_work(db):
    later = timezone.now() + timedelta(minutes=10)
    SearchFactory(only="wikipedia", due_at=later, last_error="wikipedia: ConnectTimeout")
    assert health_of("wikipedia").waiting == 1
    assert troubles() == []


def test_a_provider_without_its_key_says_what_it_needs(office, settings):
    settings.OPENALEX_API_KEY = ""
    settings.OUTSIDE_PROVIDERS = ["openalex"]
    OutsideProviderFactory(name="wikipedia", down=True)
    html = office.get("/admin/providers/").text
    assert "Needs OPENALEX_API_KEY" in html
    assert "Needs OUTSIDE_PROVIDERS" in html
    assert "does not answer" not in office.get("/admin/").text


def test_columns_are_headed_and_empty_ones_filled_in_plain_words(office):
    verdict_in(VerdictState.DRAFT)
    SourceFactory(retracted=True)
    SourceFactory()
    for page, headings, absent in (
        (
            "claims/verdict",
            ["Claim", "Rating", "Version", "State", "Author", "Published"],
            "not yet",
        ),
        ("sources/source", ["Title", "Outlet", "Kind", "Published", "Retracted"], "no"),
        (
            "factcheck/event",
            ["When", "Actor", "Did what", "About", "Why", "Details", "Number"],
            None,
        ),
        ("claims/claim", ["Text", "State", "Outcome", "Reviewer", "Created at"], "none"),
    ):
        html = office.get(f"/admin/{page}/").text
        assert re.findall(r'<th scope="col">(?:<a [^>]*>)?([^<]+)', html) == headings
        assert ">-<" not in html
        assert absent is None or f'<span class="muted">{absent}</span>' in html


def test_a_key_of_a_suspended_publisher_needs_nobody(office):
    key = ApiKeyFactory(expires_at=timezone.now() + timedelta(days=1), publisher__active=False)
    assert key.prefix
    assert "Everything is in order" in office.get("/admin/").text


def test_an_article_names_the_claims_that_stay_when_it_is_set_aside(office):
    verdict = verdict_in(VerdictState.PUBLISHED)
    article = verdict.claim.article
    page = office.get(f"/admin/claims/article/{article.pk}/change/").text
    stays = page.partition("Claims that stay")[2].partition("</div>")[0]
    assert verdict.claim.text in stays


def test_the_page_of_an_article_has_its_title_and_says_that_no_claims_stay(office):
    version = ArticleVersionFactory(title="Boats at sea")
    page = office.get(f"/admin/claims/article/{version.article.pk}/change/").text
    assert "<h1>Boats at sea</h1>" in page
    assert "none" in page.partition("Claims that stay")[2].partition("</div>")[0]
