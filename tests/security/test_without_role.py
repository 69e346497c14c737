"""Somebody who is logged in and has no role: nothing of the work is open to them."""

import pytest
from django.test import Client

from claims.states import VerdictState
from factcheck.people import give_roles
from factcheck.roles import EVERY_ROLE, ROLES
from tests.factories import AppearanceFactory, ArticleVersionFactory, SubmissionFactory
from tests.security.addresses import every_address
from tests.stories import verdict_in
from tests.ui.conftest import logged_in, person

OPEN = {"logout", "account"}
TO_THE_WORLD = {"login", "invitation", "new_password", "healthz", "security_txt"} | {
    f"claims:{name}"
    for name in (
        "public",
        "public_version",
        "published",
        "feed_atom",
        "feed_rss",
        "feed_json",
        "corrections",
        "corrections_atom",
        "corrections_rss",
        "corrections_json",
        "claimreview",
        "claimreviews",
        "verdicts_csv",
        "verdicts_ndjson",
        "reporting",
        "report_error",
        "error_reported",
        "embed",
        "oembed",
        "robots",
        "sitemap",
    )
}
BY_KEY = "api:"


@pytest.fixture
def eve(db):
    return person("eve")


@pytest.fixture
def eves(eve):
    """The browser of somebody without a role."""
    return logged_in(eve)


def addresses_of_the_work():
    for name, path in every_address():
        if not name.startswith(BY_KEY) and name not in OPEN | TO_THE_WORLD:
            yield name, path


def test_every_address_of_the_work_is_closed(eves):
    walked = list(addresses_of_the_work())
    assert len(walked) > 100
    for name, path in walked:
        for answer in (eves.get(path), eves.post(path)):
            assert answer.status_code == 403, (name, answer.status_code)
            assert "You have no role here" in answer.text, name


def test_every_role_holds_what_opens_the_work():
    assert all(EVERY_ROLE.removeprefix("claims.") in codes for codes in ROLES.values())


def test_nothing_confidential_is_shown(eves):
    version = ArticleVersionFactory(split=True, article__visibility="confidential", title="Hush")
    claim = AppearanceFactory(version=version).claim
    submission = SubmissionFactory(failed=True, title="Hush")
    verdict = verdict_in(VerdictState.DRAFT)
    for path in (
        "/",
        "/desk/",
        f"/articles/{version.article.public_id}/",
        f"/articles/{version.article.public_id}/1/",
        f"/claims/{claim.public_id}/",
        f"/submissions/{submission.public_id}/",
        f"/verdicts/{verdict.public_id}/",
    ):
        answer = eves.get(path)
        assert answer.status_code == 403, path
        for secret in ("Hush", version.text[:20], claim.text, verdict.claim.text):
            assert secret not in answer.text, path


def test_the_page_says_what_to_do_and_leads_nowhere_closed(eves):
    page = eves.get("/").text
    assert "You have no role here" in page
    assert "You are logged in as <strong>eve</strong>" in page
    assert "Ask a moderator to give you the role" in page
    assert 'action="/logout/"' in page
    assert "<nav" not in page
    assert "data-keys" not in page
    assert "Go to the articles" not in page
    assert "<nav" not in eves.get("/nowhere/").text


def test_whoever_loses_the_last_role_is_out_at_the_next_request_and_may_log_out(eve):
    mona = person("mona", "Moderators")
    give_roles(eve.pk, roles=["Reviewers"], by=mona)
    browser = logged_in(eve)
    assert browser.get("/desk/").status_code == 200
    give_roles(eve.pk, roles=[], by=mona)
    assert browser.get("/desk/").status_code == 403
    assert browser.post("/logout/").status_code == 302
    assert browser.get("/desk/").url.startswith("/login/")


def test_what_is_public_stays_open_without_a_way_into_the_workspace(eves):
    verdict = verdict_in(VerdictState.PUBLISHED)
    page = eves.get(f"/c/{verdict.claim.public_id}/")
    assert page.status_code == 200
    assert "In the workspace" not in page.text
    assert page.text == Client().get(f"/c/{verdict.claim.public_id}/").text
