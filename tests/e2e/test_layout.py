"""What stands where, in a real browser: nothing over anything else, nothing out of reach."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from claims.states import VerdictState
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_paste_to_public_page import keys, log_in
from tests.factories import ObjectionFactory, OutletFactory
from tests.stories import verdict_in
from tests.ui.conftest import person

WINDOWS = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (720, 450)])
LAID_OVER = """() => {
    const places = [...document.querySelectorAll(".top a, .top button")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()]);
    return places.flatMap(([name, a], at) => places.slice(at + 1)
        .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map(([other]) => `${name} over ${other}`));
}"""

PLACES = "all => all.map((one) => [one.offsetLeft, one.offsetTop])"


@pytest.fixture
def mona(people):
    """Somebody with every role, a long name and something to approve."""
    mona = person("mona")
    mona.groups.set(Group.objects.all())
    mona.first_name, mona.last_name = "Wilhelmina Konstantinopolskaja", "of the evening desk"
    mona.set_password(PASSWORD)
    mona.save()
    verdict_in(VerdictState.PROPOSED)
    ObjectionFactory()
    return mona


def test_nothing_in_the_header_lies_over_anything_else(new_page, mona):
    page = new_page()
    log_in(page, "mona")
    for width in (1440, 1401, 1400, 1280, 1024, 960, 720, 641, 390):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto("/desk/")
        assert page.evaluate(LAID_OVER) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_on_a_phone_the_navigation_is_one_line_that_shows_where_one_is(new_page, mona):
    page = new_page(viewport={"width": 390, "height": 844})
    log_in(page, "mona")
    for address in ("/desk/", "/submit/", "/admin/"):
        page.goto(address)
        links = page.get_by_role("navigation", name="Workspace").get_by_role("link")
        assert len({link.bounding_box()["y"] for link in links.all()}) == 1
        expect(page.locator(".top [aria-current]")).to_be_in_viewport(ratio=1)


@WINDOWS
def test_acts_stay_where_they_are_when_one_is_opened(new_page, held, width, height):
    page = new_page(viewport={"width": width, "height": height})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    acts = page.locator(".tools summary, .tools > a")
    before = acts.evaluate_all(PLACES)
    for name in ("Reword", "Claimant and kind", "Dismiss"):
        summary = page.locator(".tools summary", has_text=name)
        summary.click()
        form = page.locator(".tools details[open] form")
        assert acts.evaluate_all(PLACES) == before
        lowest = acts.evaluate_all("all => Math.max(...all.map((one) => one.offsetTop))")
        assert form.evaluate("form => form.offsetTop") > lowest
        summary.click()


@WINDOWS
def test_the_list_of_shortcuts_can_be_closed_without_scrolling(new_page, held, width, height):
    page = new_page(viewport={"width": width, "height": height})
    log_in(page, "ada")
    page.goto(f"/claims/{held.public_id}/")
    keys(page, "?")
    dialog = page.get_by_role("dialog", name="Shortcuts on this page")
    close = dialog.get_by_role("button", name="Close")
    expect(dialog).to_be_in_viewport(ratio=1)
    expect(close).to_be_in_viewport(ratio=1)
    dialog.get_by_text("Leave a field").scroll_into_view_if_needed()
    expect(close).to_be_in_viewport(ratio=1)
    close.click()
    expect(dialog).to_have_count(0)


@WINDOWS
def test_what_a_link_leads_to_is_not_behind_the_bar_of_the_claim(new_page, held, width, height):
    page = new_page(viewport={"width": width, "height": height})
    log_in(page, "ada")
    for place in ("evidence", "bring", "end"):
        page.goto(f"/claims/{held.public_id}/")
        page.goto(f"/claims/{held.public_id}/#{place}")
        bar = page.locator(".claimbar").bounding_box()
        assert page.locator(f"#{place}").bounding_box()["y"] >= bar["y"] + bar["height"], place


def test_the_parts_of_the_moderation_are_folded_on_a_phone_alone(new_page, mona):
    page = new_page(viewport={"width": 1440, "height": 900})
    log_in(page, "mona")
    page.goto("/admin/")
    outlets = page.get_by_role("navigation", name="Moderation").get_by_role("link", name="Outlets")
    expect(outlets).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(outlets).to_be_hidden()
    page.get_by_text("Other parts of the moderation").click()
    outlets.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Outlets")


def test_numbers_of_pages_are_large_enough_to_hit(new_page, mona):
    OutletFactory.create_batch(101)
    page = new_page(viewport={"width": 390, "height": 844})
    log_in(page, "mona")
    page.goto("/admin/sources/outlet/")
    for number in page.get_by_role("navigation", name="Pages").get_by_role("link").all():
        box = number.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    page.get_by_role("link", name="3", exact=True).click()
    expect(page.locator(".this-page")).to_have_text("3")


def test_a_dot_between_two_parts_is_cut_off_where_a_line_begins(new_page, db):
    verdict = verdict_in(VerdictState.PUBLISHED)
    page = new_page(viewport={"width": 150, "height": 844})
    page.goto(f"/c/{verdict.claim.public_id}/embed/")
    line = page.locator(".from.dotted")
    where = "one => one.children[1].getBoundingClientRect().left - one.getBoundingClientRect().left"
    assert line.evaluate(where) == -14
    expect(line).to_have_css("clip-path", "inset(-4px)")
    assert "·" not in line.inner_text()
