"""Each adapter against a server that speaks its API, well and badly."""

import gzip
import itertools
import json
import time
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.ports import Checked, ProviderDown, Query
from sources.registry import MAKERS
from tests.loopback import page, redirect
from tests.providers.apis import (
    ADAPTERS,
    APIS,
    SENTENCE,
    adapter_at,
    json_page,
    parameters,
    speaking,
)
from tests.providers.asking import QUERY, body, search, status

NAMED_ONLY = {"gdelt", "searxng"}
every_api = pytest.mark.parametrize("name", APIS)


@every_api
def test_what_an_api_knows_is_found_with_where_it_stands(name):
    (found,) = search(name, speaking(name))
    assert found.url.startswith("https://")
    assert "dam" in found.title.lower()
    if name in NAMED_ONLY:
        assert found.text == ""
    elif name == "google_fact_check":
        assert found.check == Checked(
            "The dam at Lund cost 4.2 million crowns",
            "Mostly false",
            "The mayor",
            date(2020, 5, 20),
        )
        assert (found.outlet, found.outlet_kind) == ("Lund Checks", "fact_checker")
    else:
        assert SENTENCE in found.text
        assert found.text in found.document
        assert "<" not in found.document


@pytest.mark.parametrize(
    ("name", "outlet", "day", "access"),
    [
        ("wikipedia", "Wikipedia", None, "open"),
        ("europe_pmc", "Journal of Dams", date(2020, 6, 1), "open"),
        ("crossref", "Journal of Dams", date(2020, 6, 1), ""),
        ("openalex", "Journal of Dams", date(2020, 6, 1), "open"),
    ],
)
def test_outlet_date_and_access_are_told_as_given(name, outlet, day, access):
    (found,) = search(name, speaking(name))
    assert (found.outlet, found.published_at, found.access) == (outlet, day, access)


@every_api
def test_few_requests_are_made_for_one_claim(name):
    asked = []

    def answer(path):
        asked.append(path)
        return speaking(name)(path)

    search(name, answer)
    assert len(asked) <= 6


@every_api
def test_what_is_asked_is_what_the_adapter_says_it_asks(name):
    asked = []

    def answer(path):
        asked.append(" ".join(parameters(path).values()))
        return speaking(name)(path)

    with adapter_at(name, answer) as adapter:
        adapter.search(QUERY, 20)
        questions = adapter.questions(QUERY)
    assert questions
    for question in questions:
        assert any(question in each for each in asked)


@every_api
def test_a_claim_without_a_telling_word_is_not_asked_about(name):
    def answer(path):
        raise AssertionError(path)

    with adapter_at(name, answer) as adapter:
        assert adapter.questions(Query("It is so.")) == ()
        assert adapter.search(Query("It is so."), 20) == []


def drip(path):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    for _ in range(100):
        yield b" "
        time.sleep(0.1)


def dripping_headers(path):
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100):
        yield f"X-{number}: a\r\n".encode()
        time.sleep(0.1)


def endless(path):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n["
    return itertools.chain([head], itertools.repeat(b"0," * 50_000))


BOMB = gzip.compress(b"[" + b"0," * 20_000_000)
FAULTS = {
    "500": (status(500), "status 500"),
    "403": (status(403), "status 403"),
    "404": (status(404), "status 404"),
    "moved": (lambda path: [redirect("http://169.254.169.254/")], "status 302"),
    "429": (status(429, "Retry-After: 30"), "status 429, asks to wait 30 s"),
    "429 for ever": (status(429, "Retry-After: " + "9" * 500), "status 429"),
    "html": (body(b"<html>maintenance</html>"), "not JSON"),
    "bytes": (body(b"\xff\xfe\x00\x80", content_type="image/png"), "not JSON"),
    "nothing": (body(b""), "not JSON"),
    "brackets": (body(b"[" * 100_000), "not JSON"),
    "a list": (body(b"[]"), "unexpected shape"),
    "null": (body(b"null"), "unexpected shape"),
    "closed": (lambda path: [], "RemoteProtocolError"),
    "no http": (lambda path: [b"SSH-2.0-OpenSSH_9.2\r\n"], "RemoteProtocolError"),
    "broken off": (lambda path: [page(b'{"a": 1}')[:-3]], "RemoteProtocolError"),
    "drip": (drip, "ReadTimeout"),
    "dripping headers": (dripping_headers, "ReadTimeout"),
    "endless": (endless, "DecodingError"),
    "bomb": (body(BOMB, headers=["Content-Encoding: gzip"]), "DecodingError"),
    "brotli": (body(b"x", headers=["Content-Encoding: br"]), "DecodingError"),
}


@every_api
@pytest.mark.parametrize("fault", FAULTS)
def test_any_fault_is_provider_down_soon_and_says_nothing_of_what_was_asked(name, fault):
    answer, words = FAULTS[fault]
    began = time.monotonic()
    with pytest.raises(ProviderDown) as down:
        search(name, answer, seconds=0.5 if "drip" in fault else 3.0)
    assert time.monotonic() - began < 5
    message = str(down.value)
    if not (name == "gdelt" and fault in ("a list", "null")):
        assert words in message
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    for secret in ("Lund", "crowns", "http", "geheim"):
        assert secret not in message


def test_a_moment_to_wait_for_is_understood_as_seconds_and_as_a_date():
    with pytest.raises(ProviderDown) as down:
        search("crossref", status(503, "Retry-After: 40"))
    assert down.value.again_in == 40
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    with pytest.raises(ProviderDown) as down:
        search("crossref", status(503, f"Retry-After: {then}"))
    assert 290 < down.value.again_in <= 300


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://localhost/",
        "http://user:secret@bank.example/",
        "//bank.example/",
        "https://bank.example:22/",
        "https://bank.example/" + "a" * 3000,
        7,
        None,
        {"url": "x"},
    ],
)
@pytest.mark.parametrize("name", ["gdelt", "searxng", "google_fact_check"])
def test_an_address_that_is_not_a_public_one_of_the_web_is_left_out(name, url):
    def with_url(value):
        if isinstance(value, dict):
            return {key: url if key == "url" else with_url(each) for key, each in value.items()}
        return [with_url(each) for each in value] if isinstance(value, list) else value

    assert search(name, lambda path: [json_page(with_url(APIS[name](parameters(path))))]) == []


@every_api
def test_markup_and_characters_that_hide_are_taken_out_of_every_text(name):
    hostile = "<script>alert(1)</script>\u202e\x00\ud800 dam &lt;b&gt;"

    def poisoned(value, key=""):
        if isinstance(value, dict):
            return {name: poisoned(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [poisoned(each, key) for each in value]
        keep = ("url", "id", "source", "DOI", "language", "languageCode", "extract")
        return value if key in keep or not isinstance(value, str) else hostile

    def answer(path):
        return [json_page(poisoned(APIS[name](parameters(path))))]

    for found in search(name, answer):
        for text in (
            found.title,
            found.outlet,
            found.text,
            *([found.check.rating] if found.check else []),
        ):
            assert not {"\x00", "\u202e", "\ud800"} & set(text)
            if name != "wikipedia":
                assert "<script" not in text
            json.dumps(text).encode()
            text.encode()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["url", "title", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@every_api
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.integers(0, 1000), new=anything)
def test_one_value_of_another_shape_is_passed_over_or_provider_down(name, where, new):
    """Any one place of a good answer, replaced by anything JSON can hold."""

    def answer(path):
        good = APIS[name](parameters(path))
        places = list(_places(good))
        return [json_page(_replaced(good, places[where % len(places)], new))]

    try:
        found = search(name, answer)
    except ProviderDown:
        return
    for one in found:
        assert one.url.startswith(("https://", "http://"))
        assert isinstance(one.title, str)
        assert one.published_at is None or isinstance(one.published_at, date)


def _places(value, place=()):
    yield place
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in items:
        yield from _places(each, (*place, key))


def _replaced(value, place, new):
    if not place:
        return new
    key, *rest = place
    if isinstance(value, dict):
        return value | {key: _replaced(value[key], rest, new)}
    return [
        _replaced(each, rest, new) if index == key else each for index, each in enumerate(value)
    ]


ERRORS = {
    "google_fact_check": (
        403,
        {"error": {"code": 403, "message": "Lund", "status": "PERMISSION_DENIED"}},
        "status 403 (PERMISSION_DENIED)",
    ),
    "wikipedia": (
        200,
        {"error": {"code": "ratelimited", "info": "You've exceeded your rate limit."}},
        "refuses (ratelimited)",
    ),
    "openalex": (429, {"error": "Rate limit exceeded", "message": "Lund"}, "status 429"),
    "crossref": (
        400,
        {"status": "failed", "message-type": "validation-failure", "message": [{"value": "Lund"}]},
        "status 400",
    ),
}
"""What services say of a request that they refuse, and what is told of it."""


@pytest.mark.parametrize("name", ERRORS)
def test_a_refusal_is_told_by_its_code_alone(name):
    code, told, words = ERRORS[name]
    content = json.dumps(told).encode()

    with pytest.raises(ProviderDown) as down:
        search(name, body(content, status=f"{code} Whatever", content_type="application/json"))

    assert str(down.value) == f"{name}: {words}"


def test_a_word_of_the_claim_is_no_code_of_an_error():
    told = json.dumps({"error": {"status": "crowns"}}).encode()

    with pytest.raises(ProviderDown) as down:
        search("google_fact_check", body(told, status="400 Bad", content_type="application/json"))

    assert str(down.value) == "google_fact_check: status 400"


def test_a_service_whose_allowance_is_used_up_is_asked_again_when_it_is_renewed():
    spent = status(429, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 7200")
    with pytest.raises(ProviderDown) as down:
        search("openalex", spent)
    assert down.value.again_in == 7200

    too_fast = status(429, "X-RateLimit-Remaining: 4000", "X-RateLimit-Reset: 7200")
    with pytest.raises(ProviderDown) as down:
        search("openalex", too_fast)
    assert down.value.again_in is None


def test_a_mail_address_is_sent_to_crossref_if_there_is_one():
    asked = []

    def answer(path):
        asked.append(parameters(path))
        return speaking("crossref")(path)

    search("crossref", answer)
    assert {each["mailto"] for each in asked} == {"desk@example.org"}


def test_each_adapter_is_tried_here():
    assert MAKERS.keys() == ADAPTERS.keys() == APIS.keys()
