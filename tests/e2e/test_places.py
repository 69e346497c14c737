"""Where the keyboard is after a key and after an act, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_paste_to_public_page import log_in
from tests.factories import EvidenceFactory

pytestmark = pytest.mark.usefixtures("people")
FOCUSED = "document.activeElement.id || document.activeElement.className"


def test_what_lies_folded_is_reached_with_j_and_unfolds(new_page, held):
    folded = EvidenceFactory(claim=held, rejected=True)
    page = new_page(viewport={"width": 1440, "height": 900})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    piece = page.locator(f"#evidence-{folded.public_id}")
    expect(piece).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("j")
    expect(piece).to_be_focused()
    expect(piece).to_be_in_viewport()


def test_after_a_rejection_by_keys_the_next_piece_is_in_focus(new_page, held):
    following = EvidenceFactory(claim=held, shown=True, confidence=0.8)
    page = new_page(viewport={"width": 1440, "height": 900})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    for key in ("j", "j", "4"):
        page.keyboard.press(key)
    page.keyboard.type("Another harbour.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#evidence-*")
    expect(page.locator(f"#evidence-{following.public_id}")).to_be_focused()
    expect(page.locator(".messages")).to_contain_text("does not count. Next to decide:")
    expect(page.locator(".messages")).to_be_in_viewport()


def test_after_an_act_the_focus_is_on_what_is_said_of_it(new_page, held):
    page = new_page(viewport={"width": 1440, "height": 900})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    page.get_by_role("button", name="Mark urgent").click()
    expect(page.locator(".messages")).to_be_focused()
    expect(page.locator(".messages")).to_contain_text("Marked urgent.")


def test_enlarged_far_the_bar_of_the_claim_does_not_stay(new_page, held):
    page = new_page(viewport={"width": 320, "height": 256})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/#end")
    expect(page.locator(".claimbar")).not_to_be_in_viewport()
