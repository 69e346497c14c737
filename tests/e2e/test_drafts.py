"""A draft that is saved while it is typed, and what is pressed meanwhile, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from claims.models import Revision, Verdict
from claims.states import VerdictState
from tests.e2e.test_paste_to_public_page import log_in
from tests.factories import AppearanceFactory
from tests.stories import claim_with_evidence


class Held:
    """Autosaves that the server did and whose answers wait on their way."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Callable[[], None]] = []
        page.route("**/autosave/", self._hold)

    def _hold(self, route: Route) -> None:
        answer = route.fetch()
        self.waiting.append(lambda: route.fulfill(response=answer))

    def let_go(self) -> None:
        for answer in self.waiting:
            answer()
        self.waiting.clear()


@pytest.fixture
def ada(new_page, people) -> Page:
    """The author's window, with a draft that may be proposed."""
    claim = claim_with_evidence(reviewer=people["ada"])
    AppearanceFactory(claim=claim, version__article=claim.article)
    page = new_page()
    log_in(page, "ada")
    page.goto(f"/claims/{claim.public_id}/")
    page.get_by_role("button", name="Write a verdict").click()
    page.get_by_label("Number").fill("1")
    page.get_by_label("Rating").select_option("default:true")
    page.get_by_label("In one or two sentences").fill("Forty boats left.")
    return page


def typed_and_saved(page: Page, held: Held, words: str) -> None:
    """Type, and wait until the server has saved it and its answer has not come."""
    page.get_by_label("Explanation").fill(words)
    for _ in range(100):
        if held.waiting:
            return
        page.wait_for_timeout(100)
    raise AssertionError("Nothing was saved by itself.")


@pytest.mark.parametrize(
    ("button", "state"),
    [("Save draft", VerdictState.DRAFT), ("Propose verdict", VerdictState.PROPOSED)],
)
def test_what_is_pressed_while_a_draft_is_saved_by_itself_waits_for_it(ada, button, state):
    held = Held(ada)
    typed_and_saved(ada, held, "The count was forty [1].")
    ada.get_by_label("Explanation").fill("The count was **40** [1].")
    ada.get_by_role("button", name=button).click()
    expect(ada.locator("[data-saved]")).to_have_text("Saving…")
    held.let_go()
    ada.wait_for_load_state()
    if state == VerdictState.PROPOSED:
        expect(ada.locator(".claimbar strong")).to_have_text("Proposed")
    else:
        expect(ada.locator("[data-saved]")).to_have_text("Saved as it stands.")
    verdict = Verdict.objects.get()
    assert (verdict.state, verdict.explanation) == (state, "The count was **40** [1].")


def test_two_saves_of_a_draft_never_overlap(ada):
    held = Held(ada)
    typed_and_saved(ada, held, "The count was forty [1].")
    ada.get_by_label("Explanation").fill("The count was **40** [1].")
    ada.wait_for_timeout(3_500)  # longer than the pause after which it is saved
    assert len(held.waiting) == 1
    held.let_go()
    for _ in range(100):
        if held.waiting:
            break
        ada.wait_for_timeout(100)
    held.let_go()
    expect(ada.locator("[data-saved]")).to_contain_text("Saved at")
    assert Verdict.objects.get().explanation == "The count was **40** [1]."
    assert Revision.objects.count() == 3


def test_what_the_browser_brings_back_into_a_draft_is_saved_and_goes_on_from_there(ada):
    address = ada.url
    said = ada.locator("[data-saved]")

    def leave_and_come_back() -> None:
        ada.get_by_role("link", name="Back to the claim").click()
        ada.wait_for_url("**/claims/**")
        ada.go_back()
        ada.wait_for_url(address)

    ada.get_by_label("Explanation").fill("The count was forty [1].")
    expect(said).to_contain_text("Saved at")
    ada.get_by_label("Explanation").fill("The count was **40** [1].")
    expect(said).to_have_text("Not saved yet.")
    leave_and_come_back()
    expect(said).to_contain_text("Saved at")
    assert Verdict.objects.get().explanation == "The count was **40** [1]."
    leave_and_come_back()  # once it is saved
    ada.get_by_label("Explanation").fill("The count was **40** boats [1].")
    expect(said).to_have_text("Not saved yet.")
    expect(said).to_contain_text("Saved at")
    assert Verdict.objects.get().explanation == "The count was **40** boats [1]."


def test_a_draft_is_saved_once_the_workspace_answers_again(ada):
    said = ada.locator("[data-saved]")
    ada.clock.install()
    ada.reload()
    ada.context.set_offline(True)
    ada.get_by_label("Explanation").fill("The count was forty [1].")
    ada.clock.run_for(2_500)
    expect(said).to_contain_text("the workspace does not answer")
    ada.context.set_offline(False)  # which the browser tells
    expect(said).to_contain_text("Saved at")
    ada.route("**/autosave/", lambda route: route.abort())
    ada.get_by_label("Explanation").fill("The count was **40** [1].")
    ada.clock.run_for(2_500)
    expect(said).to_contain_text("the workspace does not answer")
    ada.unroute("**/autosave/")
    ada.clock.run_for(10_000)  # which nobody tells
    expect(said).to_contain_text("Saved at")
    assert Verdict.objects.get().explanation == "The count was **40** [1]."
