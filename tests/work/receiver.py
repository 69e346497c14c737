"""A publisher's server on this machine, which verifies what it is told as the guide says."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings

from sources import registry
from sources.posting import Poster
from tests.loopback import PUBLIC, refusal, serving

GUIDE = settings.BASE_DIR / "docs" / "api.md"


@dataclass
class Told:
    """One message as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict:
        return json.loads(self.body)

    def verified_with(self, *secrets: str) -> bool:
        return verified()(self.headers, self.body, list(secrets))


class Receiver:
    """Answers as a test wants, and keeps what it was told."""

    def __init__(self) -> None:
        self.answers: list[bytes] = [refusal(204)]
        self.requests: list[str] = []
        self.asked: list[tuple[str, int]] = []

        self.answer: Callable[[str], Iterable[bytes]] = lambda path: self.answers

    def reply(self, path: str) -> Iterable[bytes]:
        return self.answer(path)

    @property
    def told(self) -> list[Told]:
        messages = [request.partition("\r\n\r\n") for request in self.requests]
        lines = [head.split("\r\n")[1:] for head, _, _ in messages]
        return [
            Told(
                {name.lower(): value for name, _, value in (line.partition(": ") for line in head)},
                body.encode("latin-1"),
            )
            for head, (_, _, body) in zip(lines, messages, strict=True)
        ]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """All messages go here, whatever the host; no certificate is needed."""
    made = Receiver()
    with serving(made.reply) as backend:
        poster = Poster(seconds=2.0, resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "poster", lambda: poster)
        made.requests, made.asked = backend.requests, backend.asked
        yield made


def verified():
    """The function that docs/api.md gives to those who verify."""
    (code,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    known: dict = {}
    exec(code, known)
    return known["verified"]


def secret_known_as(word: bytes) -> str:
    return f"whsec_{b64encode(word).decode()}"
