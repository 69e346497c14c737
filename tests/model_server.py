"""A server on this machine that speaks OpenAI's chat completions over HTTP, as told by a test."""

import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[["Asked"], bytes | Iterable[bytes]]
"""Takes what was asked; returns the bytes to send, or yields them piece by piece."""


@dataclass(slots=True)
class Asked:
    """One request as it came over the wire."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def question(self) -> dict[str, Any]:
        """The JSON that was posted."""
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of data between the two marks."""
        lines = self.question["messages"][-1]["content"].split("\n")
        first, last = (place for place, line in enumerate(lines) if line.startswith("====="))
        return [json.loads(line) for line in lines[first + 1 : last]]

    @property
    def sentences(self) -> dict[int, str]:
        """The numbered sentences or passages that are asked about."""
        return {row["n"]: row["text"] for row in self.rows if "n" in row and "context" not in row}


@dataclass(slots=True)
class ModelServer:
    """Where it listens, and what it was asked, in order."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The base address, as LLM_URL wants it."""
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def model_server(answer: Answer) -> Iterator[ModelServer]:
    """Serve ``answer`` while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = ModelServer(listening.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(listening, server, answer), daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def _serve(listening: socket.socket, server: ModelServer, answer: Answer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:  # shut down: the test is over
            return
        threading.Thread(target=_reply, args=(connection, server, answer), daemon=True).start()


def _reply(connection: socket.socket, server: ModelServer, answer: Answer) -> None:
    with connection, connection.makefile("rb") as incoming:
        line = incoming.readline().decode("latin-1").strip()
        if not line:
            return
        headers = {}
        while header := incoming.readline().decode("latin-1").strip():
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(line, headers, incoming.read(int(headers.get("content-length", 0))))
        server.asked.append(asked)
        given = answer(asked)
        try:
            for piece in [given] if isinstance(given, bytes) else given:
                connection.sendall(piece)
        except OSError:
            return  # the client hung up, as it should on what is too long


def http(status: int, body: bytes, *headers: str, content_type: str = "application/json") -> bytes:
    """A whole answer."""
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def completion(content: str | None, *, finish_reason: str = "stop", **more: Any) -> bytes:
    """A whole answer that holds one chat completion."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1592956800,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": finish_reason,
            }
        ],
        "usage": {"prompt_tokens": 700, "completion_tokens": 80, "total_tokens": 780},
    }
    return http(200, json.dumps(body | more).encode())


def claims(*entries: dict[str, Any]) -> bytes:
    """A completion that tells these claims."""
    return completion(json.dumps({"claims": entries}))


def entry(sentence: int, quote: str, wording: str = "", claimant: str = "", kind: str = "event"):
    """One claim as a model tells it."""
    return {
        "sentence": sentence,
        "quote": quote,
        "wording": wording or quote,
        "claimant": claimant,
        "kind": kind,
    }


def copies(asked: Asked) -> bytes:
    """A model that tells each sentence as it stands, with nobody saying it."""
    return claims(*(entry(number, text) for number, text in asked.sentences.items()))
