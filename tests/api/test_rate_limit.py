"""Each key may ask so many times a minute, and is told how many are left."""

import re

import pytest
import redis

from claims.api import throttling
from tests.api.asking import asking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def emptied(settings):
    """No key has asked yet."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for name in client.scan_iter("api:rate:*"):
            client.delete(name)
    throttling._counters.cache_clear()
    yield
    throttling._counters.cache_clear()


@pytest.fixture
def noon(monkeypatch):
    """A clock that stands at 20 s past a minute."""
    clock = {"now": 1_800_000_020.0}
    monkeypatch.setattr(throttling.time, "time", lambda: clock["now"])
    return clock


def test_beyond_the_limit_a_key_waits_for_the_next_minute(api, other, settings, noon):
    settings.API_REQUESTS_PER_MINUTE = 2
    assert [api.get("submissions").status_code for _ in range(3)] == [200, 200, 429]
    refused = api.get("submissions")
    assert refused.json()["code"] == "throttled"
    assert refused.headers["Retry-After"] == "40"
    assert other.get("submissions").status_code == 200
    noon["now"] += 40
    assert api.get("submissions").status_code == 200


def test_each_answer_says_what_is_left(api, settings, noon):
    settings.API_REQUESTS_PER_MINUTE = 2
    answer = api.post("submissions", {})
    assert answer.headers["RateLimit-Policy"] == '"key";q=2;w=60'
    assert answer.headers["RateLimit"] == '"key";r=1;t=40'
    assert re.fullmatch(r'"key";r=0;t=40', api.get("submissions").headers["RateLimit"])


def test_a_restart_of_the_web_server_forgets_nothing(api, settings, noon):
    settings.API_REQUESTS_PER_MINUTE = 1
    assert api.get("submissions").status_code == 200
    throttling._counters.cache_clear()
    assert api.get("submissions").status_code == 429


def test_what_was_counted_is_forgotten_after_a_while(api, settings):
    api.get("submissions")
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        (name,) = client.scan_iter("api:rate:*")
        assert 0 < client.ttl(name) <= 2 * throttling.WINDOW


def test_two_keys_of_one_publisher_are_counted_apart(api, settings, noon):
    settings.API_REQUESTS_PER_MINUTE = 1
    second = asking(api.publisher)
    assert [each.get("submissions").status_code for each in (api, second)] == [200, 200]


def test_without_redis_nobody_is_held_up(api, settings, tmp_path):
    settings.API_REQUESTS_PER_MINUTE = 1
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    throttling._counters.cache_clear()
    answers = [api.get("submissions") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "RateLimit" not in answers[0].headers
