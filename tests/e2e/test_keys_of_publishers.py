"""A moderator adds a publisher and hands out its key, in a browser."""

import pytest

from claims.actions.keys import digest_of
from factcheck.models import ApiKey
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_paste_to_public_page import log_in
from tests.ui.conftest import person

NO_CLIPBOARD = "delete Navigator.prototype.clipboard"
"""As on a page that is not served over https."""


@pytest.fixture
def issued(people, new_page):
    """Return the page that shows a new publisher's key, once."""
    moderator = person("mona", "Moderators")
    moderator.set_password(PASSWORD)
    moderator.save(update_fields=["password"])

    def issue(script=""):
        page = new_page(
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": 390, "height": 844},
        )
        page.add_init_script(script)
        log_in(page, "mona")
        page.get_by_role("heading", level=1).wait_for()
        page.goto("/admin/factcheck/publisher/")
        page.get_by_role("link", name="Add a publisher").click()
        page.get_by_label("Name").fill("The Harbour Times")
        page.get_by_role("button", name="Add a publisher").click()
        page.get_by_role("link", name="Issue a key").click()
        page.get_by_label("Label").fill("newsroom")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Issue a key").click()
        return page

    return issue


def test_a_new_publishers_key_is_copied(issued):
    page = issued()

    page.get_by_role("button", name="Copy").click()

    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert ApiKey.objects.get().digest == digest_of(copied)


def test_a_key_that_cannot_be_copied_is_selected(issued):
    page = issued(NO_CLIPBOARD)

    page.get_by_role("button", name="Copy").click()

    page.get_by_text("press Ctrl+C").wait_for()
    selected = page.evaluate("getSelection().toString()").strip()
    assert ApiKey.objects.get().digest == digest_of(selected)
