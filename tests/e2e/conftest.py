"""A real Chromium, and people who log in with it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from claims.models import Claim
from factcheck.models import User
from tests.factories import AppearanceFactory, ArticleVersionFactory, EvidenceFactory
from tests.stories import claim_with_evidence
from tests.ui.conftest import person

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PASSWORD = "quiet-reading-room-7"
NO_CHROMIUM = "No Chromium: apt install chromium, or .venv/bin/playwright install chromium."


@pytest.fixture(scope="module")  # a loop kept longer would stand in other modules' way
def chromium() -> Iterator[Browser]:
    """Chromium from the PATH or Playwright's own; without any the run fails and says so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=found,
                args=["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
            )
        except Error as error:
            pytest.fail(NO_CHROMIUM if "Executable doesn't exist" in str(error) else str(error))
        yield browser
        browser.close()


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    """A reviewer and an editor who can log in."""
    both = {"ada": person("ada", "Reviewers"), "ben": person("ben", "Editors")}
    for user in both.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return both


@pytest.fixture
def new_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open pages in browsers of their own, each with the options of a context."""
    contexts = []

    def open_one(**options: object) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def held(people: dict[str, User]) -> Claim:
    """A claim Ada has in hand."""
    claim = claim_with_evidence(reviewer=people["ada"])
    AppearanceFactory(version=ArticleVersionFactory(article=claim.article, split=True), claim=claim)
    EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    return claim
