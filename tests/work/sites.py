"""A site on this machine: pages by address, with validators, and what was asked of it."""

from collections.abc import Iterator

import pytest

from sources import registry
from sources.web import Fetcher
from tests.loopback import PUBLIC, page, refusal, serving


class Site:
    """Every host of the web, as far as a test knows it."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {"/robots.txt": refusal(404)}
        self.asked: list[str] = []
        self.requests: list[str] = []

    def answer(self, path: str) -> Iterator[bytes]:
        self.asked.append(path)
        yield self.answers.get(path, refusal(404))

    def fetched(self) -> list[str]:
        """The addresses that were asked for, but for robots.txt; then forget them."""
        paths = [path for path in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return paths


def story(text: str, *, title: str = "The log", head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"{paragraphs}</article></body></html>"
    ).encode()


def served(text: str, *, headers: tuple[str, ...] = (), **about: str) -> bytes:
    return page(story(text, **about), headers=headers)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """All fetches go here, whatever the host; https needs no certificate."""
    made = Site()
    with serving(made.answer) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        made.requests = backend.requests
        yield made
