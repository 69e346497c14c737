"""Addresses and files handed in, races lost and single keys, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Verdict
from claims.states import ClaimState, Outcome
from sources import registry
from sources.web import Fetcher
from tests.e2e.pipeline import work
from tests.e2e.test_paste_to_public_page import keys, log_in, log_in_by_keys, tab_to
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EvidenceFactory,
)
from tests.loopback import PUBLIC, page, serving
from tests.stories import claim_with_evidence

PAGE = b"""<!doctype html><html lang="en"><head><title>Forty boats left Hull</title></head><body>
<article><h1>Forty boats left Hull</h1><p>Forty boats left the harbour of Hull on Monday, the
harbour master said. The council paid 240,000 pounds for a new pier in 2024.</p>
<p>The harbour was built in 1902 by the county, which still owns it.</p></article></body></html>"""

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def fetched(monkeypatch):
    """The web, which knows one page."""
    with serving(lambda path: [page(PAGE)]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        yield backend


def assert_split(ada: Page) -> None:
    """What was handed in stands on its page with its claims, by itself."""
    ada.wait_for_url("**/submissions/**")
    work()
    ada.wait_for_url("**/articles/**")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Forty boats left Hull")
    expect(ada.locator(".mark", has_text="harbour of Hull on Monday").first).to_be_visible()


@pytest.mark.usefixtures("people")
def test_an_address_is_handed_in_by_keyboard(new_page, fetched):
    ada = new_page()
    log_in_by_keys(ada, "ada")
    keys(ada, "g", "n")
    ada.wait_for_url("**/submit/")
    tab_to(ada, "#id_url")
    ada.keyboard.type("http://paper.example/boats")
    tab_to(ada, "main button.primary")
    keys(ada, "Enter")
    expect(ada.get_by_role("alert")).to_contain_text("make the submission public")
    expect(ada.locator("#id_url")).to_have_value("http://paper.example/boats")
    assert fetched.asked == []
    tab_to(ada, "[name=visibility]")
    keys(ada, "ArrowDown")
    tab_to(ada, "main button.primary")
    keys(ada, "Enter")
    assert_split(ada)
    assert fetched.asked == [(PUBLIC, 80)]


@pytest.mark.usefixtures("people")
def test_a_file_is_handed_in_by_keyboard(new_page):
    ada = new_page()
    log_in_by_keys(ada, "ada")
    keys(ada, "g", "n")
    ada.wait_for_url("**/submit/")
    tab_to(ada, "#id_file")
    ada.locator(":focus").set_input_files(  # the system's own window, which no page sees
        {"name": "boats.html", "mimeType": "text/html", "buffer": PAGE}
    )
    tab_to(ada, "main button.primary")
    keys(ada, "Enter")
    assert_split(ada)


@pytest.mark.usefixtures("people")
def test_an_address_is_handed_in_without_javascript(new_page, fetched):
    ada = new_page(java_script_enabled=False)
    log_in(ada, "ada")
    ada.goto("/submit/")
    ada.get_by_label("Or its address").fill("http://paper.example/boats")
    ada.get_by_label("Public: outside providers").check()
    ada.get_by_role("button", name="Hand in the article").click()
    assert_split(ada)


@pytest.mark.usefixtures("people")
def test_a_file_is_handed_in_without_javascript(new_page):
    ada = new_page(java_script_enabled=False)
    log_in(ada, "ada")
    ada.goto("/submit/")
    ada.get_by_label("Or a file").set_input_files(
        {"name": "boats.html", "mimeType": "text/html", "buffer": PAGE}
    )
    ada.get_by_role("button", name="Hand in the article").click()
    assert_split(ada)


@WITH_AND_WITHOUT
def test_of_two_windows_with_one_draft_the_late_one_sees_both_and_loses_nothing(
    new_page, people, script
):
    claim = claim_with_evidence(reviewer=people["ada"])
    AppearanceFactory(claim=claim, version__article=claim.article)
    first = new_page(java_script_enabled=script)
    log_in(first, "ada")
    first.goto(f"/claims/{claim.public_id}/")
    first.get_by_role("button", name="Write a verdict").click()
    address = first.url
    late = first.context.new_page()
    late.goto(address)
    late.get_by_label("Explanation").fill("Thirty-nine, to be exact [1].")
    first.get_by_label("Explanation").fill("The count was forty [1].")
    first.get_by_role("button", name="Save draft").click()
    late.get_by_role("button", name="Save draft").click()
    expect(late.get_by_role("alert")).to_contain_text("You changed this draft elsewhere meanwhile")
    expect(late.locator(".stands", has_text="The count was forty [1].")).to_be_visible()
    expect(late.get_by_label("Explanation")).to_have_value("Thirty-nine, to be exact [1].")
    late.get_by_role("button", name="Send mine all the same").click()
    late.wait_for_url(address)
    expect(late.get_by_label("Explanation")).to_have_value("Thirty-nine, to be exact [1].")
    assert Verdict.objects.get().explanation == "Thirty-nine, to be exact [1]."


@WITH_AND_WITHOUT
def test_of_two_people_who_reword_a_claim_the_late_one_sees_both(new_page, people, script):
    claim = AppearanceFactory().claim
    windows = {name: new_page(java_script_enabled=script) for name in people}
    for name, window in windows.items():
        log_in(window, name)
        window.goto(f"/claims/{claim.public_id}/")
        window.get_by_text("Reword", exact=True).click()
        window.get_by_label("Wording that stands alone").fill(f"Forty boats left, {name} writes.")
    for window in windows.values():
        window.get_by_role("button", name="Save the wording").click()
    late = windows["ben"]
    expect(late.get_by_text("Forty boats left, ada writes.")).to_be_visible()
    expect(late.get_by_label("Wording")).to_have_value("Forty boats left, ben writes.")
    late.get_by_role("link", name="Keep what stands").click()
    expect(late.get_by_role("heading", level=1)).to_have_text("Forty boats left, ada writes.")


@pytest.mark.usefixtures("people")
def test_who_takes_a_claim_late_is_told_who_has_it(new_page):
    claim = AppearanceFactory().claim
    ada, ben = new_page(), new_page()
    for window, name in ((ada, "ada"), (ben, "ben")):
        log_in(window, name)
        window.goto("/desk/")
    keys(ada, "j", "t")
    ada.wait_for_url(f"**/claims/{claim.public_id}/")
    keys(ben, "j", "t")
    expect(ben.get_by_role("alert")).to_contain_text("Ada has this claim in hand.")


def test_evidence_is_accepted_and_the_claim_confirmed_with_single_keys(new_page, people):
    version = ArticleVersionFactory(split=True)
    claim = ClaimFactory(article=version.article, in_review=True, reviewer=people["ada"])
    AppearanceFactory(version=version, claim=claim)
    EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    ada = new_page()
    log_in_by_keys(ada, "ada")
    keys(ada, "g", "m")
    ada.wait_for_url("**/mine/")
    keys(ada, "j", "Enter")
    ada.wait_for_url("**/claims/**")
    keys(ada, "j", "1")
    expect(ada.locator(".piece.supports")).to_contain_text("accepted by Ada")
    keys(ada, "c", "1")
    expect(ada.locator(".claimbar")).to_contain_text("Closed")
    assert Claim.objects.get().outcome == Outcome.CONFIRMED
    keys(ada, "b")
    expect(ada.locator(".claimbar")).to_contain_text("Open")
    assert Claim.objects.get().state == ClaimState.OPEN


def test_the_focus_stays_where_it_is_while_the_draft_saves_itself(new_page, people):
    claim = claim_with_evidence(reviewer=people["ada"])
    AppearanceFactory(claim=claim, version__article=claim.article)
    ada = new_page()
    log_in(ada, "ada")
    ada.goto(f"/claims/{claim.public_id}/")
    keys(ada, "v")
    ada.wait_for_url("**/verdicts/**")
    expect(ada.locator(".checklist .shut")).to_have_count(3)
    ada.get_by_label("Explanation").press_sequentially("So [1].")
    expect(ada.locator("[data-saved]")).to_contain_text("Still missing: 1.")
    expect(ada.locator(".checklist .shut")).to_have_count(1)
    expect(ada.get_by_label("Explanation")).to_be_focused()
    ada.keyboard.type(" And so it is.")
    expect(ada.get_by_label("Explanation")).to_have_value("So [1]. And so it is.")


@pytest.mark.usefixtures("people")
def test_the_first_tab_skips_to_the_content_and_the_focus_is_always_seen(new_page):
    version = ArticleVersionFactory(split=True)
    AppearanceFactory(version=version)
    ada = new_page(reduced_motion="reduce", forced_colors="active")
    log_in(ada, "ada")
    ada.goto(f"/articles/{version.article.public_id}/")
    keys(ada, "Tab")
    expect(ada.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys(ada, "Enter", "Tab")
    reached = 0
    while ada.evaluate("document.activeElement !== document.body"):
        seen = ada.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen != "none", ada.evaluate("document.activeElement.outerHTML")
        keys(ada, "Tab")
        reached += 1
    assert reached > 5
    assert ada.evaluate("document.getAnimations().length") == 0
