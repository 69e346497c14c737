"""Splitting, merging, ordering and marking claims in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from tests.e2e.test_paste_to_public_page import keys, log_in, log_in_by_keys, tab_to
from tests.factories import AppearanceFactory, ArticleVersionFactory, ClaimFactory
from tests.stories import placed_beside

TEXT = """🎈 Boats

Forty boats left the harbour and a ferry sank, officials said. Nobody was hurt.

Photo: Forty 🎈 boats at sea. AP"""


@pytest.fixture
def claim(people):
    start = TEXT.index("Photo")
    version = ArticleVersionFactory(
        split=True, text=TEXT, title="🎈 Boats", dropped=[[start, len(TEXT), "photo credit"]]
    )
    claim = ClaimFactory(
        article=version.article, text="Forty boats left the harbour and a ferry sank."
    )
    words = "Forty boats left the harbour and a ferry sank"
    AppearanceFactory(version=version, claim=claim, quote=words)
    return claim


def article_of(claim) -> str:
    return f"/articles/{claim.article.public_id}/"


def select(page: Page, words: str, within: str) -> None:
    """Select words that stand in one text node of ``within``."""
    page.evaluate(
        """([words, within]) => {
            for (const block of document.querySelectorAll(within)) {
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    const node = walker.currentNode;
                    getSelection().setBaseAndExtent(node, at, node, at + words.length);
                    return;
                }
            }
        }""",
        [words, within],
    )


def test_a_claim_is_split_narrowed_and_put_together_by_keyboard(new_page, claim):
    ada = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(article_of(claim))
    keys(ada, "j", "x")
    ada.wait_for_url("**/split/")
    keys(ada, "1")
    expect(ada.locator("#text-1")).to_be_focused()
    ada.keyboard.type("Forty boats left the harbour.")
    keys(ada, "Escape", "2")
    ada.keyboard.type("A ferry sank.")
    select(ada, "a ferry sank", "#text p")
    expect(ada.locator("#quote-2")).to_have_value("a ferry sank")
    expect(ada.locator("#quote-1")).to_have_value("Forty boats left the harbour and a ferry sank")
    keys(ada, "Control+Enter")
    ada.wait_for_url(f"**/claims/{claim.public_id}/")
    expect(ada.locator(".lineage")).to_contain_text("Split by Ada into 2 claims")
    place = Claim.objects.get(text="A ferry sank.").appearances.get()
    assert TEXT[place.start : place.end] == place.quote == "a ferry sank"
    keys(ada, "2")
    ada.wait_for_url(f"**/claims/{place.claim.public_id}/")
    expect(ada.get_by_text("Split off by Ada")).to_be_visible()
    ada.go_back()
    keys(ada, "b")
    expect(ada.locator(".claimbar")).to_contain_text("Open")
    assert Claim.objects.waiting().get() == claim


def test_claims_are_merged_by_keyboard(new_page, claim):
    other = placed_beside(claim, "Nobody was hurt", text="Nobody was hurt.")
    ada = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(f"/claims/{claim.public_id}/")
    keys(ada, "u")
    ada.wait_for_url("**/merge/")
    keys(ada, "j", "x")
    expect(ada.get_by_role("checkbox")).to_be_checked()
    keys(ada, "Control+Enter")
    ada.wait_for_url(f"**/claims/{claim.public_id}/")
    expect(ada.locator(".lineage")).to_contain_text("Stands for 1 merged claim")
    other.refresh_from_db()
    assert other.merged_into == claim


def test_a_claim_is_moved_by_keyboard_and_stays_in_focus(new_page, claim):
    placed_beside(claim, "Nobody was hurt", text="Nobody was hurt.")
    placed_beside(claim, "officials said", text="Officials said so.")
    ada = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(article_of(claim))
    keys(ada, "j", "J")
    ada.wait_for_url("**#claim-2")
    expect(ada.locator("#claim-2")).to_contain_text(
        "Forty boats left the harbour and a ferry sank."
    )
    expect(ada.locator("#claim-2")).to_be_focused()
    keys(ada, "J")
    ada.wait_for_url("**#claim-3")
    keys(ada, "K")
    ada.wait_for_url("**#claim-2")
    titles = ada.locator(".card h3").all_text_contents()
    assert titles[1] == "Forty boats left the harbour and a ferry sank."


def test_all_of_it_works_without_a_script(new_page, claim):
    placed_beside(claim, "Nobody was hurt", text="Nobody was hurt.")
    ada = new_page(java_script_enabled=False)
    log_in(ada, "ada")
    ada.goto(article_of(claim))
    ada.locator("#claim-1").get_by_text("Move", exact=True).click()
    ada.locator("#claim-1").get_by_label("Place in the list").fill("2")
    ada.locator("#claim-1").get_by_role("button", name="Move it there").click()
    expect(ada.locator("#claim-1")).to_contain_text("Nobody was hurt.")
    ada.locator("#claim-2").get_by_role("link", name="Merge").click()
    ada.get_by_label("Nobody was hurt.").check()
    ada.get_by_role("button", name="Merge the ticked claims").click()
    ada.get_by_role("link", name="Split", exact=True).click()
    for number, words in enumerate(("Forty boats left.", "A ferry sank.", "They left."), start=1):
        if number == 3:
            ada.get_by_text("More parts").click()
        part = ada.get_by_role("group", name=f"Part {number}")
        part.get_by_label("Wording that stands alone").fill(words)
    ada.get_by_role("button", name="Split the claim").click()
    expect(ada.locator(".lineage").first).to_contain_text("Split by Ada into 3 claims")


@pytest.mark.parametrize("words", ["Forty 🎈 boats", "boats at sea. AP"])
def test_selected_words_that_were_left_out_become_a_claim(new_page, claim, words):
    ada = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(article_of(claim))
    select(ada, words, ".dimmed")
    keys(ada, "m")
    expect(ada.get_by_label("The article's words that make it")).to_have_value(words)
    tab_to(ada, "#mark button.primary")
    keys(ada, "Enter")
    ada.wait_for_url("**/claims/**")
    expect(ada.locator(".context mark")).to_have_text(words)
    expect(ada.get_by_text("Marked by Ada")).to_be_visible()


def test_a_selection_that_runs_into_the_reason_keeps_to_the_article(new_page, claim):
    """Why words were left out is told behind them, and is no word of the article."""
    ada = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(article_of(claim))
    ada.evaluate("() => getSelection().selectAllChildren(document.querySelector('.dimmed'))")
    keys(ada, "m")
    field = ada.get_by_label("The article's words that make it")
    expect(field).to_have_value("Photo: Forty 🎈 boats at sea. AP")
    tab_to(ada, "#mark button.primary")
    keys(ada, "Enter")
    ada.wait_for_url("**/claims/**")
    expect(ada.locator(".context mark")).to_have_text("Photo: Forty 🎈 boats at sea. AP")


def test_the_claimant_is_corrected_by_keyboard(new_page, claim):
    ada = new_page(viewport={"width": 390, "height": 844})
    log_in_by_keys(ada, "ada")
    ada.goto(f"/claims/{claim.public_id}/")
    keys(ada, "n")
    tab_to(ada, "#voice-article")
    keys(ada, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")
    expect(ada.get_by_label("Somebody it does not name")).to_be_checked()
    tab_to(ada, "#voice-name")
    ada.keyboard.type("officials")
    tab_to(ada, "form[action$='attribute/'] button")
    keys(ada, "Enter")
    expect(ada.get_by_text("Claimant changed by Ada.")).to_be_visible()
    assert Claim.objects.get().claimant.name == "officials"
    keys(ada, "n")
    expect(ada.get_by_label("Somebody it does not name")).to_be_focused()
