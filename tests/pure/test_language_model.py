"""What the client of the language model makes of servers, good and bad, over real HTTP."""

import json
import logging
import socket
import time
from email.utils import formatdate

import pytest

from sources.llm import Account, Endpoint, LanguageModel, Limits, Unanswered
from tests.model_server import completion, http, model_server

KEY = "sk-only-for-the-server"
SHAPE = {"type": "object", "properties": {"claims": {"type": "array"}}}
ENOUGH = Limits(seconds=5.0, calls=6, tokens=100_000)
GOOD = completion('{"claims": []}')


def model_at(server, slept=None, key=KEY):
    sleep = slept.append if slept is not None else time.sleep
    return LanguageModel(Endpoint(server.url, "scripted", key), sleep=sleep)


def ask(model, account=None):
    account = account or Account(ENOUGH)
    return model.ask("Find claims.", "some data", shape=SHAPE, longest=500, account=account)


def failure_of(answer, limits=ENOUGH):
    with model_server(answer) as server, pytest.raises(Unanswered) as caught:
        ask(model_at(server, []), Account(limits))
    return caught.value


def test_it_asks_as_the_protocol_has_it_and_counts_the_cost():
    account = Account(ENOUGH)
    with model_server(lambda asked: GOOD) as server:
        assert ask(model_at(server), account) == {"claims": []}
    (asked,) = server.asked
    assert asked.line == "POST /v1/chat/completions HTTP/1.1"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    question = asked.question
    assert question["model"] == "scripted"
    assert [said["role"] for said in question["messages"]] == ["system", "user"]
    assert question["response_format"]["json_schema"]["schema"] == SHAPE
    assert (question["max_tokens"], question["temperature"]) == (500, 0)
    assert (account.calls, account.prompt_tokens, account.completion_tokens) == (1, 700, 80)
    assert 0 < account.seconds < 5


def test_without_a_key_none_is_sent():
    with model_server(lambda asked: GOOD) as server:
        ask(model_at(server, key=""))
    assert "authorization" not in server.asked[0].headers


def complaint(message):
    return http(400, json.dumps({"error": {"message": message, "param": None}}).encode())


def test_a_server_that_knows_less_of_the_protocol_is_asked_for_less_and_that_is_remembered():
    def answer(asked):
        question = asked.question
        if "max_tokens" in question:
            return complaint("Unsupported: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in question:
            return complaint("Unsupported value: 'temperature' does not support 0.")
        if question["response_format"]["type"] != "json_object":
            return complaint("This response_format type is unavailable now")
        return GOOD

    with model_server(answer) as server:
        model = model_at(server)
        ask(model)
        assert len(server.asked) == 4
        ask(model)
    assert len(server.asked) == 5
    assert server.asked[-1].question["max_completion_tokens"] == 500


def test_a_server_that_takes_nothing_is_not_asked_for_ever():
    account = Account(ENOUGH)
    with (
        model_server(lambda asked: complaint("no")) as server,
        pytest.raises(Unanswered, match=r"refused the question \(status 400\)") as caught,
    ):
        ask(model_at(server), account)
    assert len(server.asked) == account.calls == 2
    assert caught.value.rest > 0


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_named_as_such_and_not_shown(status):
    echo = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}).encode()
    error = failure_of(lambda asked: http(status, echo))
    assert str(error) == f"refused the key (status {status})"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_overloaded_server_is_asked_once_more_after_the_time_it_names(status):
    slept = []
    with model_server(
        lambda asked: GOOD if len(server.asked) > 1 else http(status, b"", "Retry-After: 2")
    ) as server:
        ask(model_at(server, slept))
    assert slept == [2.0]
    assert len(server.asked) == 2


def test_a_date_to_wait_for_is_understood_and_a_wait_without_end_is_not_made():
    for wait in (formatdate(time.time() + 600, usegmt=True), "600", "9" * 400):
        slept = []
        with (
            model_server(lambda asked, w=wait: http(429, b"", f"Retry-After: {w}")) as server,
            pytest.raises(Unanswered) as caught,
        ):
            ask(model_at(server, slept))
        assert slept == []
        assert len(server.asked) == 1
        assert 590 < caught.value.rest <= 3600


def test_two_failures_are_enough():
    slept = []
    with (
        model_server(lambda asked: http(500, b"<h1>broken</h1>")) as server,
        pytest.raises(Unanswered, match=r"overloaded or broken \(status 500\)"),
    ):
        ask(model_at(server, slept))
    assert len(server.asked) == 2
    assert slept == [1.0]


def drip(first, then):
    def answer(asked):
        yield first
        while True:
            time.sleep(0.02)
            yield then

    return answer


def silence(asked):
    time.sleep(3)
    yield b""


@pytest.mark.parametrize(
    "answer",
    [
        silence,
        drip(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"{"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["silent", "headers", "body", "chunks"],
)
def test_a_slow_answer_ends_at_the_time_limit_however_it_trickles(answer):
    began = time.monotonic()
    error = failure_of(answer, Limits(seconds=0.3, calls=2, tokens=10_000))
    assert str(error) == "did not answer in time"
    assert error.rest > 0
    assert time.monotonic() - began < 2


def huge(asked):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b" " * 0x10000 + b"\r\n"


def test_an_answer_without_end_is_cut_off():
    assert "more than 1,000,000 bytes" in str(failure_of(huge))


def test_a_connection_that_breaks_off_is_a_failure():
    half = GOOD[: len(GOOD) // 2]
    assert str(failure_of(lambda asked: half)) == "broke the connection off"


def test_a_server_that_is_not_there_is_a_failure():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    model = LanguageModel(Endpoint(f"http://127.0.0.1:{port}/v1", "scripted", KEY))
    with pytest.raises(Unanswered, match="could not be reached") as caught:
        ask(model)
    assert caught.value.rest > 0


def test_a_redirect_is_not_followed_and_the_key_goes_nowhere():
    with model_server(lambda asked: GOOD) as other:
        to = f"Location: {other.url}/chat/completions"
        error = failure_of(lambda asked: http(307, b"", to))
    assert "not followed" in str(error)
    assert other.asked == []


NOT_JSON = "answered with something that is not the JSON it was asked for"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (http(200, b"<html>Sign in</html>", content_type="text/html"), NOT_JSON),
        (http(200, b"\xff\xfe{"), NOT_JSON),
        (completion("I found these claims: ..."), NOT_JSON),
        (completion('```json\n{"claims": []}\n```'), NOT_JSON),
        (completion('{"claims": [}'), NOT_JSON),
        (completion('{"claims": NaN}'), NOT_JSON),
        (completion('{"claims": [], "claims": [1]}'), NOT_JSON),
        (completion('{"claims": ' + "9" * 5000 + "}"), NOT_JSON),
        (completion("[" * 100_000), NOT_JSON),
        (completion('["claims"]'), NOT_JSON),
        (completion('{"claims": [{"sent', finish_reason="length"), "did not get to the end"),
        (completion('{"claims": []}', finish_reason="length"), "did not get to the end"),
        (completion(None), "gave no answer"),
        (completion("", choices=[]), "gave no answer"),
        (completion("", choices=[{"message": {"tool_calls": [{"id": "rm"}]}}]), "gave no answer"),
        (completion("", choices="claims"), "gave no answer"),
        (http(200, b'{"error": "overloaded"}'), "gave no answer"),
        (http(200, b"[]"), "gave no answer"),
    ],
    ids=range(18),
)
def test_an_answer_that_is_not_whole_json_is_none(answer, why):
    error = failure_of(lambda asked: answer)
    assert why in str(error)
    assert error.rest == 0  # the next question may fare better


@pytest.mark.parametrize(
    "usage", [None, [], {"prompt_tokens": 10**30, "completion_tokens": -5}, {"prompt_tokens": True}]
)
def test_a_cost_that_cannot_be_is_estimated_instead(usage):
    account = Account(ENOUGH)
    with model_server(lambda asked: completion('{"claims": []}', usage=usage)) as server:
        ask(model_at(server), account)
    assert 50 < account.prompt_tokens < 1000
    assert 50 < account.completion_tokens < 1000


def test_work_ends_at_its_limits_before_the_server_is_asked():
    with model_server(lambda asked: GOOD) as server:
        account = Account(Limits(seconds=5.0, calls=2, tokens=100_000))
        ask(model_at(server), account)
        ask(model_at(server), account)
        with pytest.raises(Unanswered, match="more than 2 times"):
            ask(model_at(server), account)
        account = Account(Limits(seconds=5.0, calls=9, tokens=1_000))
        ask(model_at(server), account)  # costs 780
        with pytest.raises(Unanswered, match="more than 1,000 tokens"):
            ask(model_at(server), account)
    assert len(server.asked) == 3


def test_the_key_stands_in_no_error_no_log_and_no_repr(caplog):
    caplog.set_level(logging.DEBUG)
    endpoint = Endpoint("http://127.0.0.1:9/v1", "scripted", KEY)
    model = LanguageModel(endpoint)
    with pytest.raises(Unanswered) as caught:
        ask(model)
    with (
        model_server(lambda asked: http(401, KEY.encode())) as server,
        pytest.raises(Unanswered) as refused,
    ):
        ask(model_at(server))
    written = [repr(endpoint), repr(model), str(caught.value), repr(refused.value), caplog.text]
    written += [str(vars(record)) for record in caplog.records]
    assert all(KEY not in text for text in written)
    assert "some data" not in caplog.text


def test_each_call_is_told_in_the_log_without_what_was_asked(caplog):
    caplog.set_level(logging.INFO)
    with model_server(lambda asked: GOOD) as server:
        ask(model_at(server))
    (told,) = (record.about for record in caplog.records if record.message == "asked outside")
    assert (told["provider"], told["host"], told["status"]) == ("language model", "127.0.0.1", 200)


def test_the_time_runs_from_the_first_question_to_the_last_answer():
    account = Account(Limits(seconds=0.5, calls=6, tokens=100_000))
    time.sleep(0.6)
    with model_server(lambda asked: GOOD) as server:
        ask(model_at(server), account)
    taken = account.seconds
    time.sleep(0.1)
    assert 0 < account.seconds == taken < 0.5
