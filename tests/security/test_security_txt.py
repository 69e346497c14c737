"""/.well-known/security.txt: whom to tell of a weakness, where somebody is named."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from factcheck.environment import env_contact

ADDRESS = "/.well-known/security.txt"


def test_it_is_not_there_where_nobody_is_named(client, db):
    assert client.get(ADDRESS).status_code == 404


def test_it_names_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@desk.example"
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == "mailto:security@desk.example"
    assert lines["Canonical"] == settings.SITE_URL + ADDRESS
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        ("", ""),
        ("security@desk.example", "mailto:security@desk.example"),
        ("https://desk.example/security", "https://desk.example/security"),
        ("http://desk.example", None),
        ("ask Ada", None),
        ("https://desk.example\nExpires: never", None),
    ],
)
def test_what_no_program_could_use_stops_the_start(monkeypatch, given, uri):
    monkeypatch.setenv("SECURITY_CONTACT", given)
    if uri is None:
        with pytest.raises(ImproperlyConfigured, match="must be a mail address"):
            env_contact("SECURITY_CONTACT")
    else:
        assert env_contact("SECURITY_CONTACT") == uri
