"""What every answer of the site carries, whoever asks and whatever they are told."""

import os
import re
import secrets
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.test import Client

from factcheck.embedded.wheels import CHECKOUT
from tests.factories import UserFactory
from tests.security.addresses import every_address

SITE = {
    "SITE_URL": "https://factcheck.example.org",
    "ALLOWED_HOSTS": "factcheck.example.org",
    "HTTPS": "true",
    "DEBUG": "false",
}
NOT_IN_PRODUCTION = {"COOKIE_SUFFIX", "DJANGO_ALLOW_ASYNC_UNSAFE"}


class Inline(HTMLParser):
    """Finds what the policy would refuse: code and styles inside the page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        data = given.get("type", "").endswith("json")
        if tag == "style" or (tag == "script" and not given.get("src") and not data):
            self.found.append(tag)
        self.found += [
            f"{tag} {name}" for name in given if name.startswith("on") or name == "style"
        ]
        for name in ("href", "src", "action", "formaction"):
            scheme = re.match(r"\s*([a-z]+):", given.get(name) or "", flags=re.IGNORECASE)
            if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
                self.found.append(f"{tag} {name}={given[name]}")


def inline(page):
    parser = Inline()
    parser.feed(page)
    return parser.found


def faults(answer):
    """What an answer lacks."""
    headers = answer.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "connect-src", "form-action"):
        assert policy[kind] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Request-ID"]
    if headers.get("Content-Type", "").startswith("text/html"):
        return inline(answer.text)
    return []


@pytest.mark.parametrize("who", ["stranger", "superuser"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_is_locked_down(db, who, method):
    client = Client()
    addresses = [*every_address(), ("nowhere", "/nowhere/"), ("api", "/api/v1/nowhere")]
    assert len(addresses) > 60
    found, statuses = {}, set()
    for name, path in addresses:
        if who == "superuser":
            client.force_login(UserFactory(is_superuser=True, is_staff=True))
        answer = getattr(client, method)(path)
        statuses.add(answer.status_code)
        if missing := faults(answer):
            found[name] = missing
    assert found == {}
    assert {302, 404} & statuses
    assert not {code for code in statuses if code >= 500 and code != 503}


def test_a_failure_is_locked_down_too(db, monkeypatch):
    from claims.reading import desk

    def broken(*args, **kwargs):
        raise RuntimeError("</script><script>alert(1)</script>")

    for name in [name for name, value in vars(desk).items() if callable(value)]:
        monkeypatch.setattr(desk, name, broken)
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(is_superuser=True))
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert faults(answer) == []
    assert "alert" not in answer.text


# Cookies and settings in production.
def django(*arguments, **variables):
    # Nothing of the test run's own may decide what production looks like.
    inherited = {k: v for k, v in os.environ.items() if k not in NOT_IN_PRODUCTION}
    environment = {**inherited, "SECRET_KEY": secrets.token_urlsafe(50), **SITE, **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_own_check_for_production_finds_nothing():
    checked = django("check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


SET = """
from django.conf import settings as s
for name in ("SESSION", "CSRF"):
    parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
    print(*(getattr(s, f"{name}_COOKIE_{part}") for part in parts))
print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG)
"""


def test_cookies_go_over_tls_to_this_host_and_to_no_script():
    told = django("shell", "--no-imports", "-c", SET)
    assert told.stdout.splitlines() == [
        "__Host-sessionid True True Lax",
        "__Host-csrftoken True True Lax",
        "True 31536000 False",
    ], told.stderr


@pytest.mark.parametrize(
    "key",
    [
        "",
        "   ",
        "short",
        "x" * 80,
        "django-insecure-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
        "please-change-me-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    ],
)
def test_a_key_that_somebody_could_guess_is_refused(key):
    refused = django("check", SECRET_KEY=key)
    assert refused.returncode != 0
    assert "SECRET_KEY must be 50 random characters or more." in refused.stderr
    if key.strip():
        assert key not in refused.stderr


def test_what_an_old_key_signed_stays_valid_while_it_is_listed():
    old, new = secrets.token_urlsafe(50), secrets.token_urlsafe(50)
    sign = "from django.core.signing import dumps; print(dumps('kept'))"
    signed = django("shell", "--no-imports", "-c", sign, SECRET_KEY=old).stdout.strip()
    read = f"from django.core.signing import loads; print(loads({signed!r}))"
    kept = django("shell", "--no-imports", "-c", read, SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)
    assert kept.stdout.strip() == "kept"
    assert "BadSignature" in django("shell", "--no-imports", "-c", read, SECRET_KEY=new).stderr
