"""From pasted text to a public verdict by two people, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.pipeline import work

TEXT = """Forty boats left Hull

Forty boats left the harbour of Hull on Monday, the harbour master said.

The council paid £240,000 for a new pier in 2024."""

CALL = "The harbour master read from her log by telephone: forty boats on Monday."


def tab_to(page: Page, selector: str) -> None:
    """Move the focus by the Tab key alone."""
    for _ in range(80):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key never reaches {selector}.")


def log_in_by_keys(page: Page, name: str) -> None:
    page.goto("/login/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles")


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def add_evidence_by_keys(page: Page) -> None:
    keys(page, "a")
    tab_to(page, "#id_title")
    page.keyboard.type("Harbour master")
    keys(page, "Tab")
    page.keyboard.type(CALL)
    tab_to(page, "#id_stance")
    page.keyboard.type("Sup")
    tab_to(page, "#add button.primary")
    keys(page, "Enter")


@pytest.mark.usefixtures("people")
def test_by_keyboard_alone(new_page):
    ada, ben = new_page(), new_page()
    log_in_by_keys(ada, "ada")
    keys(ada, "g", "n")
    ada.wait_for_url("**/submit/")
    tab_to(ada, "#id_text")
    ada.keyboard.insert_text(TEXT)
    tab_to(ada, "[name=visibility]")
    keys(ada, "ArrowDown")
    tab_to(ada, "main button.primary")
    keys(ada, "Enter")
    ada.wait_for_url("**/submissions/**")
    work()
    ada.wait_for_url("**/articles/**")  # by itself
    expect(ada.locator(".card").first).to_be_visible()

    keys(ada, "j", "j", "o")
    ada.wait_for_url("**/claims/**")
    keys(ada, "t")
    expect(ada.locator(".claimbar")).to_contain_text("In review by you")
    add_evidence_by_keys(ada)
    expect(ada.locator(".piece.supports")).to_contain_text("accepted by Ada")

    keys(ada, "v")
    ada.wait_for_url("**/verdicts/**")
    tab_to(ada, "#id_rating")
    ada.keyboard.type("True")
    keys(ada, "Tab")
    ada.keyboard.type("Forty boats left on Monday.")
    keys(ada, "Tab")
    ada.keyboard.type("The log **counts** forty [1].")
    expect(ada.locator("[data-saved]")).to_contain_text("Ready to propose")  # by itself
    expect(ada.locator(".checklist .shut")).to_have_count(0)
    keys(ada, "Control+Enter")
    expect(ada.locator(".claimbar")).to_contain_text("Proposed")

    log_in_by_keys(ben, "ben")
    keys(ben, "g", "p")
    ben.wait_for_url("**/approvals/")
    keys(ben, "j", "Enter")
    ben.wait_for_url("**/verdicts/**")
    keys(ben, "A")
    expect(ben.locator(".claimbar")).to_contain_text("Approved")
    keys(ben, "P")
    expect(ben.locator(".claimbar")).to_contain_text("Published")
    address = ben.get_by_role("link", name="Public page").get_attribute("href")
    assert_public(new_page(), address)


@pytest.mark.usefixtures("people")
def test_keys_are_listed_and_can_be_switched_off(new_page):
    page = new_page()
    log_in(page, "ada")
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles")
    keys(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("Go to the desk")
    page.get_by_label("Use single keys in this browser").uncheck()
    keys(page, "Escape", "g", "d", "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles")
    page.get_by_label("Use single keys in this browser").check()
    keys(page, "Escape", "g", "d")
    page.wait_for_url("**/desk/")


@pytest.mark.usefixtures("people")
def test_without_javascript(new_page):
    ada = new_page(java_script_enabled=False)
    ben = new_page(java_script_enabled=False)
    log_in(ada, "ada")
    ada.get_by_role("link", name="Hand in").click()
    ada.get_by_label("The article's text").fill(TEXT)
    ada.get_by_role("button", name="Hand in the article").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Being read")
    work()
    ada.wait_for_url("**/articles/**")  # the page asks again by itself

    ada.locator(".mark").nth(1).click()
    assert re.search(r"#claim-\d+$", ada.url)
    ada.locator(".card:target").get_by_role("link", name="Open claim").click()
    ada.get_by_role("button", name="Take claim").click()
    ada.get_by_text("Add evidence by hand").click()
    ada.get_by_label("Title", exact=True).fill("Harbour master")
    ada.get_by_label("What it is and what it shows").fill(CALL)
    ada.get_by_label("What it does").select_option("supports")
    ada.get_by_role("button", name="Add it as accepted").click()
    ada.get_by_role("button", name="Write a verdict").click()
    ada.get_by_label("Rating").select_option("default:true")
    ada.get_by_label("In one or two sentences").fill("Forty boats left on Monday.")
    ada.get_by_label("Explanation").fill("The log **counts** forty [1].")
    ada.get_by_role("button", name="Propose verdict").click()
    expect(ada.locator(".messages")).to_contain_text("must make it public")
    ada.get_by_role("link", name="Open the confidential article").click()
    ada.get_by_text("Make it public", exact=True).click()
    ada.get_by_role("button", name="Make the article public").click()
    ada.get_by_role("link", name="My work").click()
    ada.locator(".row a.title").click()
    ada.get_by_role("link", name="Go on writing").click()
    ada.get_by_role("button", name="Propose verdict").click()
    expect(ada.locator(".claimbar")).to_contain_text("Proposed")
    ada.get_by_role("button", name="Take back").click()
    ada.get_by_role("button", name="Propose verdict").click()

    log_in(ben, "ben")
    ben.get_by_role("link", name="Approvals").click()
    ben.locator(".row a.title").click()
    ben.get_by_role("button", name="Approve verdict").click()
    ben.get_by_role("button", name="Publish").click()
    address = ben.get_by_role("link", name="Public page").get_attribute("href")
    assert_public(new_page(java_script_enabled=False), address)


@pytest.mark.usefixtures("people")
def test_selected_words_become_a_claim(new_page):
    page = new_page()
    log_in(page, "ada")
    page.goto("/submit/")
    page.get_by_label("The article's text").fill(TEXT.replace("pier", "🎈 pier"))
    page.get_by_role("button", name="Hand in the article").click()
    work()
    page.wait_for_url("**/articles/**")
    words = "£240,000 for a new 🎈 pier"
    page.evaluate(
        """() => {
            const block = [...document.querySelectorAll('.prose p')].at(-1);
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf('£240,000');
                if (at < 0) continue;
                const end = walker.currentNode.data.indexOf('pier') + 4;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, end);
                return;
            }
        }"""
    )
    page.keyboard.press("m")
    expect(page.get_by_label("The article's words that make it")).to_have_value(words)
    page.get_by_label("Kind").select_option("quantity")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/claims/**")
    expect(page.locator(".context mark")).to_have_text(words)


def log_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def assert_public(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".ruling")).to_contain_text("True")
    expect(page.locator(".explanation a")).to_have_attribute("href", "#citation-1")
    expect(page.locator("#citation-1")).to_contain_text(CALL)
    data = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert data["reviewRating"]["alternateName"] == "True"
    assert data["url"].endswith(address)
