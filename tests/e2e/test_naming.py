"""Completing a colleague's name behind an @ in a note, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.models import Addressee
from tests.e2e.test_paste_to_public_page import keys, log_in
from tests.ui.conftest import person


@pytest.fixture
def ada(new_page, held) -> Page:
    """The window of somebody with three colleagues, on the page of a claim, in the note."""
    person("bea@desk.example", "Reviewers")
    person("cy", "Reviewers")
    person("eve")
    page = new_page()
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    keys(page, "l")
    return page


def test_arrows_and_enter_take_a_name_and_the_note_reaches_them(ada):
    note, names = ada.get_by_label("Note to colleagues"), ada.get_by_role("listbox")
    ada.keyboard.type("See the log, @b")
    options = names.get_by_role("option")
    expect(options).to_have_text([re.compile("@bea$"), re.compile("@ben$")])
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(note).to_have_attribute("aria-activedescendant", "note-text-names-0")
    keys(ada, "ArrowDown")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(note).to_have_attribute("aria-activedescendant", "note-text-names-1")
    keys(ada, "ArrowDown", "ArrowUp", "ArrowUp", "Enter")
    expect(names).to_be_hidden()
    expect(note).to_have_value("See the log, @bea ")
    expect(note).not_to_have_attribute("aria-activedescendant", re.compile(""))
    ada.keyboard.type("and @Be")
    options.last.click()
    ada.keyboard.type("please.")
    expect(note).to_have_value("See the log, @bea and @ben please.")
    keys(ada, "Control+Enter")
    expect(ada.locator(".note:target")).to_contain_text("@bea and @ben please.")
    told = Addressee.objects.values_list("person__username", flat=True)
    assert set(told) == {"bea@desk.example", "ben"}


def test_escape_closes_the_names_and_nothing_else(ada):
    note, names = ada.get_by_label("Note to colleagues"), ada.get_by_role("listbox")
    ada.keyboard.type("Ask @c")
    expect(names).to_be_visible()
    keys(ada, "Escape")
    expect(names).to_be_hidden()
    expect(note).to_be_focused()
    keys(ada, "Enter")
    ada.keyboard.type("or ada@c")
    expect(names).to_be_hidden()
    ada.keyboard.type(" or @nobody")
    expect(names).to_be_hidden()
    keys(ada, "Enter")
    ada.keyboard.type("@cy")
    expect(names).to_be_hidden()
    keys(ada, "Enter")
    expect(note).to_have_value("Ask @c\nor ada@c or @nobody\n@cy\n")


def test_only_people_of_the_desk_are_offered_and_not_oneself(ada):
    ada.keyboard.type("@")
    offered = ada.get_by_role("listbox").get_by_role("option")
    expect(offered).to_have_text([re.compile(f"@{name}$") for name in ("bea", "ben", "cy")])


def test_a_note_that_is_reworded_has_names_too(ada):
    ada.keyboard.type("Whose log?")
    keys(ada, "Control+Enter")
    ada.get_by_text("Reword your note").click()
    field = ada.get_by_label("What the note says")
    field.press("End")
    ada.keyboard.type(" @cy")
    field.press("Backspace")
    ada.get_by_role("option", name="@cy").click()
    expect(field).to_have_value("Whose log? @cy ")
