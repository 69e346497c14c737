"""Ask a language model for JSON of one shape, over OpenAI's chat completions.

Any server that speaks that protocol will do, on this machine or elsewhere. Its
address is the administrator's own setting, so it may be a private one, unlike
the addresses of articles; nothing else is connected to and no redirect is
followed. Built on httpcore, so that no proxy, cookie or retry comes in that is
not written here.

What comes back is text and is never executed. Whoever asked for it checks it.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore

from sources.calls import Call, told_call
from sources.limits import LimitedBackend, TooLarge, verifying_tls

REPLY_BYTES = 1_000_000
_HEADER_BYTES = 100_000
_REST = 60.0
"""Seconds in which it is no use to ask a server again that did not answer."""
_LONGEST_REST = 3600.0
_CHARACTERS = 3.0
"""Of a token, at least: what is counted where a server does not say."""
_MOST_TOKENS = 10_000_000
"""More than any answer has: a server that says so does not count."""
_OVERLOADED = frozenset({408, 429, 500, 502, 503, 504, 529})
_REFUSED = frozenset({400, 422})


class Unanswered(Exception):
    """There is no answer to be used.

    The message goes on behind "the language model": "did not answer in time".
    It holds nothing of the question, of the key, or of what the server said.
    ``rest`` is for how many seconds no other question is worth asking; 0 when
    only this one failed.
    """

    def __init__(self, why: str, *, rest: float = 0.0) -> None:
        super().__init__(why)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may spend: time on the clock, calls, tokens both ways."""

    seconds: float
    calls: int
    tokens: int


class Account:
    """What one piece of work has spent on the model; shared by the threads that ask for it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.calls = 0
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self._began: float | None = None
        self._ended = 0.0
        self._lock = threading.Lock()

    @property
    def deadline(self) -> float:
        """When time is up, on the clock of time.monotonic; it runs from the first call."""
        began = time.monotonic() if self._began is None else self._began
        return began + self.limits.seconds

    @property
    def seconds(self) -> float:
        """How long it took from the first question to the last answer."""
        return 0.0 if self._began is None else max(0.0, self._ended - self._began)

    def begin_call(self, characters: int, answer: int) -> None:
        """Count a call; raise Unanswered when its question and answer could pass the limits."""
        with self._lock:
            spent = self.prompt_tokens + self.completion_tokens
            if spent + characters / _CHARACTERS + answer > self.limits.tokens:
                raise Unanswered(f"would need more than {self.limits.tokens:,} tokens for this")
            if self.calls >= self.limits.calls:
                raise Unanswered(f"would have to be asked more than {self.limits.calls} times")
            self.calls += 1
            self._began = time.monotonic() if self._began is None else self._began

    def end_call(self) -> None:
        """Note that a call is over, however it ended."""
        with self._lock:
            self._ended = time.monotonic()

    def add(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Add what an answer cost."""
        with self._lock:
            self.prompt_tokens += prompt_tokens
            self.completion_tokens += completion_tokens


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: the base address, as in ``https://llm.example/v1``, and its name."""

    url: str
    model: str
    key: str = field(default="", repr=False)


@dataclass(slots=True)
class _Spoken:
    """What of the protocol this server takes; it is asked for the best first."""

    format: str = "json_schema"
    longest: str = "max_tokens"
    temperature: bool = True

    def gives_way(self, status: int, said: str) -> bool:
        """Ask for less, if the server's complaint is about that; False when nothing is left."""
        if status not in _REFUSED:
            return False
        if self.longest == "max_tokens" and "max_completion_tokens" in said:
            self.longest = "max_completion_tokens"
        elif self.temperature and "temperature" in said:
            self.temperature = False
        elif self.format == "json_schema":
            self.format = "json_object"
        else:
            return False
        return True


class LanguageModel:
    """One model behind one server; made once, and shared between threads.

    ``backend`` is how connections are made, ``sleep`` how a wait passes.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        backend: httpcore.NetworkBackend | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = endpoint.model
        self._endpoint = endpoint
        self._url = f"{endpoint.url.rstrip('/')}/chat/completions"
        self._host = urlsplit(endpoint.url).hostname or ""
        self._backend = backend or httpcore.SyncBackend()
        self._sleep = sleep
        self._spoken = _Spoken()

    def ask(
        self,
        instructions: str,
        data: str,
        *,
        shape: Mapping[str, Any],
        longest: int,
        account: Account,
    ) -> dict[str, Any]:
        """Return the JSON object that the model answers ``data`` with.

        ``shape`` is a JSON schema, which the server may or may not enforce;
        ``longest`` the most tokens of the answer. Raise Unanswered when there
        is no whole JSON object within the limits of ``account``.
        """
        retried = False
        while True:
            account.begin_call(len(instructions) + len(data), longest)
            body = self._question(instructions, data, shape, longest)
            try:
                status, headers, reply = self._post(body, account.deadline)
            finally:
                account.end_call()
            if status == 200:
                return _object_in(reply, account, asked=len(body))
            if self._spoken.gives_way(status, reply.decode("utf-8", "replace").lower()):
                continue
            if status not in _OVERLOADED:
                raise Unanswered(_refusal(status), rest=_REST)
            wait = _wait(headers)
            if retried or wait > account.deadline - time.monotonic():
                raise Unanswered(_refusal(status), rest=max(_REST, wait))
            retried = True
            self._sleep(wait)

    def _question(
        self, instructions: str, data: str, shape: Mapping[str, Any], longest: int
    ) -> bytes:
        spoken = self._spoken
        wanted: dict[str, Any] = {"type": spoken.format}
        if spoken.format == "json_schema":
            wanted["json_schema"] = {"name": "answer", "strict": True, "schema": shape}
        question: dict[str, Any] = {
            "model": self._endpoint.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": data},
            ],
            "response_format": wanted,
            spoken.longest: longest,
        }
        if spoken.temperature:
            question["temperature"] = 0
        return json.dumps(question).encode()

    def _post(self, body: bytes, deadline: float) -> tuple[int, dict[str, str], bytes]:
        headers = [
            ("Host", urlsplit(self._url).netloc),
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        if self._endpoint.key:
            headers.append(("Authorization", f"Bearer {self._endpoint.key}"))
        limited = LimitedBackend(
            self._backend, deadline, REPLY_BYTES + _HEADER_BYTES, connecting=10.0
        )
        with (
            _in_plain_words(),
            told_call("language model", self._host) as call,
            httpcore.ConnectionPool(
                ssl_context=verifying_tls(), network_backend=limited
            ) as connections,
            connections.stream("POST", self._url, headers=headers, content=body) as response,
        ):
            return _read(response, call)


def _read(response: httpcore.Response, call: Call) -> tuple[int, dict[str, str], bytes]:
    call.status = response.status
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }
    return response.status, headers, _whole(response.iter_stream())


def _whole(chunks: Iterable[bytes]) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > REPLY_BYTES:
            raise TooLarge
    return bytes(body)


@contextmanager
def _in_plain_words() -> Any:
    """Turn what httpcore raises into Unanswered; its own messages may hold the request."""
    try:
        yield
    except httpcore.ConnectError:
        raise Unanswered("could not be reached", rest=_REST) from None
    except httpcore.TimeoutException:
        raise Unanswered("did not answer in time", rest=_REST) from None
    except TooLarge:
        raise Unanswered(f"answered with more than {REPLY_BYTES:,} bytes") from None
    except (httpcore.NetworkError, httpcore.ProtocolError):
        raise Unanswered("broke the connection off", rest=_REST) from None


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"refused the key (status {status})"
    if status in _OVERLOADED:
        return f"was overloaded or broken (status {status})"
    if 300 <= status < 400:
        return f"redirected elsewhere, which is not followed (status {status})"
    return f"refused the question (status {status})"


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds a server asks to wait, as a number or as a date; 1 when it does not say."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdecimal():
        return min(float(stated[:9]), _LONGEST_REST)
    try:
        until = parsedate_to_datetime(stated)
        seconds = (until - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return 1.0
    return min(max(seconds, 0.0), _LONGEST_REST)


def _object_in(reply: bytes, account: Account, *, asked: int) -> dict[str, Any]:
    """Return the object a completion holds; count its cost whatever it is worth."""
    completion = _json(reply)
    usage = completion.get("usage") if isinstance(completion, dict) else None
    account.add(
        _count(usage, "prompt_tokens", asked), _count(usage, "completion_tokens", len(reply))
    )
    match completion:
        case {"choices": [{"message": {"content": str(content)}, "finish_reason": "length"}, *_]}:
            raise Unanswered("did not get to the end of its answer")
        case {"choices": [{"message": {"content": str(content)}}, *_]}:
            answer = _json(content)
        case _:
            raise Unanswered("gave no answer")
    if not isinstance(answer, dict):
        raise Unanswered("answered with something that is not the JSON it was asked for")
    return answer


def _count(usage: object, name: str, length: int) -> int:
    stated = usage.get(name) if isinstance(usage, dict) else None
    if type(stated) is int and 0 <= stated <= _MOST_TOKENS:
        return stated
    return int(length / _CHARACTERS)


def _json(text: str | bytes) -> Any:
    """Read JSON as the standard has it: no NaN, no name twice, no maze of brackets."""
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raise Unanswered("answered with something that is not the JSON it was asked for") from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
