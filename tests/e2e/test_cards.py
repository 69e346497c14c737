"""The code a public page offers, pasted into a page of another site, in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.stories import published, withdraw


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A site whose only page is this one; on another host than the live server's."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("width", [600, 358, 300])
@pytest.mark.usefixtures("transactional_db")
def test_a_frame_shows_the_whole_card_however_long_its_summary_is(
    new_page: Callable[..., Page], live_server, settings, width
):
    settings.SITE_URL = live_server.url
    verdict = published(
        text="Volunteers and contractors have pulled 41 tonnes of rubbish out of the river.",
        summary="Most of what was weighed came out of gardens in the town. " * 6,
    )
    reader = new_page(viewport={"width": 1440, "height": 900})
    reader.goto(f"/c/{verdict.claim.public_id}/")
    code = reader.get_by_label("paste this into its HTML").input_value()
    with another_site(f"<!doctype html><div style='width:{width}px'>{code}</div>") as address:
        reader.goto(address)
        frame = reader.frame_locator("iframe")
        expect(frame.get_by_role("link", name="Read the full verdict")).to_be_visible()
        body = frame.locator("html")
        assert body.evaluate("html => [innerWidth, html.scrollWidth]") == [width, width]
        assert body.evaluate("html => html.scrollHeight <= innerHeight")
        hidden, blank = body.evaluate("""html => {
            const [summary, from] = [".summary", ".from"].map((one) => html.querySelector(one));
            const end = summary.getBoundingClientRect().bottom;
            const blank = from.getBoundingClientRect().top - end;
            return [summary.scrollHeight - summary.clientHeight, blank];
        }""")
        assert hidden == 0 or blank < 12, "words are cut off although the card has room"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
@pytest.mark.usefixtures("transactional_db")
def test_a_card_is_shown_on_another_site_and_no_other_page_is(
    new_page: Callable[..., Page], live_server, settings, width, scheme
):
    settings.SITE_URL = live_server.url
    verdict = published()
    reader = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    reader.goto(f"/c/{verdict.claim.public_id}/")
    code = reader.get_by_label("paste this into its HTML").input_value()
    refused = f'<iframe id="refused" src="{live_server.url}/c/"></iframe>'
    with another_site(f"<!doctype html><h1>Elsewhere</h1>{code}{refused}") as address:
        reader.goto(address)
        card = reader.frame_locator("iframe").first
        expect(card.get_by_role("heading")).to_have_text("Forty boats left the harbour.")
        expect(card.get_by_text("True", exact=True)).to_be_visible()
        expect(reader.frame_locator("#refused").get_by_role("heading")).to_have_count(0)
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
        withdraw(verdict.pk, verdict.author)
        with reader.expect_popup() as whole:
            card.get_by_role("link").click()
        expect(whole.value.get_by_text("Withdrawn on")).to_be_visible()
        expect(reader).to_have_url(address)
    assert reader.context.cookies() == []
