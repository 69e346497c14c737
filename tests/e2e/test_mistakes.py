"""What is missing is said in the form it was sent with, and read first, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from claims.actions.review import take_claim
from tests.e2e.test_paste_to_public_page import keys, log_in
from tests.factories import AppearanceFactory, ArticleVersionFactory

NARROW = {"width": 390, "height": 800}


@pytest.fixture
def claim(people):
    found = AppearanceFactory(version=ArticleVersionFactory(split=True)).claim
    return take_claim(found.pk, by=people["ada"])


@pytest.fixture
def ada(new_page, claim) -> Page:
    """The window of who has the claim in hand, on its page."""
    page = new_page()
    log_in(page, "ada")
    page.goto(f"/claims/{claim.public_id}/")
    return page


def test_what_is_missing_has_the_focus_and_what_was_typed_is_sent_again(ada, claim):
    keys(ada, "w")
    expect(ada.locator("#wording-text")).to_be_focused()
    ada.get_by_role("button", name="Save the wording").click()
    alert = ada.get_by_role("alert")
    expect(alert).to_have_text("Not reworded. These are the words the claim has.")
    expect(alert).to_be_focused()
    ada.get_by_label("Wording that stands alone").fill("Forty boats left Hull.")
    ada.get_by_role("button", name="Save the wording").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Forty boats left Hull.")


def test_a_claim_marked_in_vain_is_mended_beside_the_text_on_a_telephone_too(ada, claim):
    ada.set_viewport_size(NARROW)
    ada.goto(f"/articles/{claim.article.public_id}/#mark")
    ada.get_by_text("Mark a claim by hand").click()
    ada.get_by_label("The article's words that make it").fill("Forty ferries")
    ada.get_by_label("The article itself").check()
    ada.get_by_role("button", name="Add the claim").click()
    alert = ada.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    ada.get_by_label("The article's words that make it").fill("Forty boats left")
    ada.get_by_label("Wording that stands alone").fill("There were forty boats.")
    ada.get_by_role("button", name="Add the claim").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("There were forty boats.")


def test_escape_closes_an_opened_form_and_what_was_typed_stays_in_it(ada):
    keys(ada, "w")
    ada.get_by_label("Wording that stands alone").fill("Forty boats left Hull.")
    keys(ada, "Escape")
    expect(ada.get_by_label("Wording that stands alone")).to_be_hidden()
    expect(ada.locator("summary", has_text="Reword")).to_be_focused()
    keys(ada, "w")
    expect(ada.get_by_label("Wording that stands alone")).to_have_value("Forty boats left Hull.")
