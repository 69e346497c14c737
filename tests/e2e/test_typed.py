"""What is typed into the forms of a page, and how it is sent, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Search
from tests.e2e.test_paste_to_public_page import TEXT, keys, log_in
from tests.factories import SearchFactory

WORDS = "The harbour master read from her log by telephone."


@pytest.fixture
def ada(new_page, held) -> Page:
    """The window of who has the claim in hand, on its page."""
    page = new_page()
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    return page


def test_who_leaves_what_they_typed_is_asked_and_finds_it_again(ada):
    asked: list[str] = []
    stays = True

    def answer(dialog) -> None:
        asked.append(dialog.type)
        if stays:
            dialog.dismiss()
        else:
            dialog.accept()

    ada.on("dialog", answer)
    field = ada.get_by_label("What it is and what it shows")
    keys(ada, "a")
    field.fill(WORDS)
    ada.evaluate("setTimeout(() => location.reload())")
    ada.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(field).to_have_value(WORDS)
    stays = False
    keys(ada, "Escape", "g", "d")
    ada.wait_for_url("**/desk/")
    ada.go_back()
    expect(field).to_be_visible()
    expect(field).to_have_value(WORDS)
    asked.clear()
    ada.locator("#id_title").fill("Harbour master")
    ada.get_by_label("What it does").select_option("supports")
    ada.get_by_role("button", name="Add it as accepted").click()
    expect(ada.locator(".piece.supports", has_text=WORDS)).to_be_visible()
    assert asked == []


def test_a_note_that_is_half_written_is_there_again_after_going_back(ada):
    ada.on("dialog", lambda dialog: dialog.accept())
    keys(ada, "l")
    note = ada.get_by_label("Note to colleagues")
    expect(note).to_be_focused()
    note.fill("The port has a log,\nand")
    keys(ada, "Escape", "g", "d")
    ada.wait_for_url("**/desk/")
    ada.go_back()
    expect(note).to_have_value("The port has a log,\nand")
    note.fill("The port has a log.")
    keys(ada, "Control+Enter")
    expect(ada.locator(".note:target", has_text="The port has a log.")).to_be_visible()


def test_ctrl_enter_sends_the_form_one_types_in(ada, held):
    ada.get_by_label("Note").last.fill("It was counted twice.")
    keys(ada, "Control+Enter")  # three buttons: which is meant nobody knows
    expect(ada.locator(".claimbar")).to_contain_text("In review by you")
    keys(ada, "Escape", "?")
    expect(ada.get_by_role("dialog")).to_contain_text("Send the form you type in")
    keys(ada, "Escape", "w")
    ada.get_by_label("Wording that stands alone").fill("Forty boats left Hull.")
    keys(ada, "Control+Enter")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Forty boats left Hull.")
    keys(ada, "n")
    ada.get_by_label("Somebody it does not name").check()
    ada.get_by_label("Their name, or what the article calls them").fill("port officials")
    keys(ada, "Control+Enter")
    expect(ada.locator(".meta .claimant")).to_have_text("Port officials")
    ada.goto("/submit/")
    ada.get_by_label("The article's text").fill(TEXT)
    keys(ada, "Control+Enter")
    ada.wait_for_url("**/submissions/**")


def test_a_column_is_not_still_being_searched_once_the_search_is_over(ada, held):
    search = SearchFactory(claim=held)
    ada.reload()
    column = ada.locator(".columns .empty")
    expect(column).to_have_text("Still being searched.")
    now = timezone.now()
    Search.objects.filter(pk=search.pk).update(due_at=None, started_at=now, finished_at=now)
    expect(ada.get_by_role("link", name="Show the evidence found")).to_be_visible()
    expect(column).to_have_text("Searched; what was found is not shown yet.")
