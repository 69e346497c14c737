"""A session that ends while somebody works, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from claims.models import Verdict
from claims.states import VerdictState
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_paste_to_public_page import log_in
from tests.factories import AppearanceFactory
from tests.stories import claim_with_evidence, verdict_in


def end_sessions():
    Session.objects.all().delete()


def test_a_draft_says_that_one_is_logged_out_and_is_saved_after_logging_in_elsewhere(
    new_page, people
):
    claim = claim_with_evidence(reviewer=people["ada"])
    AppearanceFactory(claim=claim, version__article=claim.article)
    verdict = verdict_in(VerdictState.DRAFT, claim)
    ada = new_page()
    log_in(ada, "ada")
    ada.goto(f"/verdicts/{verdict.public_id}/")
    end_sessions()
    ada.get_by_label("Explanation").fill("Forty boats, by the log [1].")
    said = ada.locator("[data-saved]")
    expect(said).to_contain_text("Not saved: you are logged out. What you typed stays here.")
    with ada.context.expect_page() as opened:
        said.get_by_role("link", name="Log in in a new tab").click()
    door = opened.value
    door.get_by_label("User name").fill("ada")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Log in").click()
    door.get_by_role("heading", name="Articles").wait_for()
    ada.evaluate("dispatchEvent(new Event('focus'))")  # without a window, none ever loses it
    expect(said).to_contain_text("Saved at")
    assert Verdict.objects.get().explanation == "Forty boats, by the log [1]."
    ada.get_by_role("button", name="Save draft").click()
    expect(ada.get_by_label("Explanation")).to_have_value(Verdict.objects.get().explanation)


@pytest.mark.parametrize("cookies", ["kept", "gone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_wording_typed_when_the_session_ended_is_sent_after_logging_in(
    new_page, people, cookies, script
):
    claim = AppearanceFactory().claim
    ada = new_page(java_script_enabled=script, viewport={"width": 390, "height": 844})
    log_in(ada, "ada")
    ada.goto(f"/claims/{claim.public_id}/")
    ada.locator("summary", has_text="Reword").click()
    ada.get_by_label("Wording that stands alone").fill("Forty vessels left.")
    end_sessions()
    if cookies == "gone":
        ada.context.clear_cookies()
    ada.get_by_role("button", name="Save the wording").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("You were logged out")
    expect(ada.get_by_label("Wording that stands alone")).to_have_value("Forty vessels left.")
    ada.get_by_label("User name").fill("ada")
    ada.get_by_label("Password").fill(PASSWORD)
    ada.get_by_role("button", name="Log in").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("This was not saved yet")
    ada.get_by_role("button", name="Send it again").click()
    ada.wait_for_url(f"**/claims/{claim.public_id}/")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Forty vessels left.")
