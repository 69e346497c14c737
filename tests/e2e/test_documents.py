"""A page and a file are brought to a claim, and their words set beside it, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from sources import registry
from sources.stance.lexical import LexicalStance
from sources.web import Fetcher
from tests.e2e.pipeline import work
from tests.e2e.test_paste_to_public_page import keys, log_in, log_in_by_keys, tab_to
from tests.factories import AppearanceFactory, ArticleFactory, ArticleVersionFactory
from tests.loopback import PUBLIC, page, serving

LOG = (
    "The log of the harbour\n\n"
    "Forty boats left the harbour of Hull on Monday before noon, as the log of the office says. "
    + "It is kept in a book that nobody but the harbour master may write in. " * 5
    + "\n\nNo ferry sailed on Tuesday because of the storm, and the piers were closed to all. "
    + "The storm was the worst in the memory of all who live by the sea in that town. " * 5
)
HTML = (
    "<html><head><title>The log</title></head><body><article><h1>The log of the harbour</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in LOG.split("\n\n")[1:])
    + "</article></body></html>"
)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The outside world: one page, on this machine."""
    with serving(lambda path: [page(HTML.encode())]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        monkeypatch.setattr(registry, "stance_model", LexicalStance)
        yield


def claim_page(*, public: bool) -> str:
    article = ArticleFactory(public=True) if public else ArticleFactory()
    version = ArticleVersionFactory(article=article, split=True)
    return f"/claims/{AppearanceFactory(version=version).claim.public_id}/"


@pytest.mark.usefixtures("people", "outside")
def test_a_page_is_brought_and_chosen_from_by_keyboard_alone(new_page):
    ada: Page = new_page()
    log_in_by_keys(ada, "ada")
    ada.goto(claim_page(public=True))
    keys(ada, "f")
    ada.keyboard.type("https://port.example/log")
    keys(ada, "Enter")
    expect(ada.locator(".document")).to_contain_text("Being fetched and read.")
    keys(ada, "w")
    ada.keyboard.type("Typed meanwhile. ")
    work()
    expect(ada.locator(".document")).to_contain_text("its best passages are ready")  # by itself
    assert "Typed meanwhile." in ada.locator("#wording-text").input_value()
    tab_to(ada, ".document [data-poll] a")
    keys(ada, "Enter")
    expect(ada.locator(".document h3")).to_have_text("Passages from The log of the harbour")
    expect(ada.locator(".offer").first).to_contain_text("Forty boats left the harbour of Hull")
    tab_to(ada, ".offer input")
    keys(ada, "Space")
    tab_to(ada, ".offer select")
    ada.keyboard.type("Supports")
    tab_to(ada, ".document button.primary")
    keys(ada, "Enter")
    piece = ada.locator(".piece.supports")
    expect(piece).to_contain_text("accepted by Ada")
    expect(piece).to_contain_text("Forty boats left the harbour of Hull")


@pytest.mark.usefixtures("people", "outside")
def test_a_file_for_a_confidential_claim_without_javascript(new_page):
    ada: Page = new_page(java_script_enabled=False)
    log_in(ada, "ada")
    ada.goto(claim_page(public=False))
    ada.get_by_text("Bring a document").click()
    expect(ada.locator("#bring")).to_contain_text("Nothing is fetched for a confidential article")
    expect(ada.get_by_label("Address of a page")).to_have_count(0)
    file = {"name": "log.txt", "mimeType": "text/plain", "buffer": LOG.encode()}
    ada.get_by_label("File").set_input_files(file)
    ada.get_by_label("Who published it").fill("Port of Hull")
    ada.get_by_role("button", name="Read the file").click()
    work()
    ada.get_by_role("link", name="See how far it is").click()
    expect(ada.locator(".document h3")).to_have_text("Passages from The log of the harbour")
    ada.get_by_role("link", name="Read it and choose other words").click()
    ada.get_by_label("Words of the document").fill("No ferry\nsailed on Wednesday")
    ada.get_by_role("button", name="Set beside the claim").click()
    expect(ada.get_by_role("alert")).to_contain_text("do not stand in the document.")
    ada.get_by_label("Words of the document").fill("No ferry\nsailed on Tuesday")
    ada.get_by_role("button", name="Set beside the claim").click()
    piece = ada.locator(".piece", has_text="No ferry sailed on Tuesday")
    expect(piece).to_contain_text("accepted by Ada")
    expect(piece).to_contain_text("Not at all")


@pytest.mark.usefixtures("people", "outside")
def test_selected_words_of_a_document_fill_the_form(new_page):
    ada: Page = new_page()
    log_in(ada, "ada")
    address = claim_page(public=True)
    ada.goto(address)
    ada.get_by_text("Bring a document").click()
    ada.get_by_label("Address of a page").fill("https://port.example/log")
    ada.get_by_role("button", name="Fetch and read it").click()
    work()
    ada.goto(address)
    ada.get_by_role("link", name="Read it and choose other words").click()
    ada.wait_for_load_state()
    ada.locator("#text p").nth(1).click(click_count=3)  # the whole paragraph
    expect(ada.get_by_label("Words of the document")).not_to_have_value("")
    ada.keyboard.press("m")
    words = ada.get_by_label("Words of the document").input_value()
    assert words == LOG.split("\n\n")[1].strip()
    ada.get_by_label("They").select_option("supports")
    ada.get_by_role("button", name="Set beside the claim").click()
    expect(ada.locator(".piece.supports blockquote")).to_have_text(words)
