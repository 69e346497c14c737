"""What pages refuse: strangers, people without the role, other origins' styles and scripts."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tests.factories import ArticleVersionFactory, SubmissionFactory, UserFactory

PUBLIC = {"login", "healthz", "claims:public", "claims:public_version"}


def addresses():
    """Every page of the workspace: name and example arguments."""
    for pattern in get_resolver().url_patterns:
        for leaf in getattr(pattern, "url_patterns", [pattern]):
            if isinstance(leaf, URLPattern) and leaf.name and "admin" not in str(pattern.pattern):
                space = getattr(pattern, "namespace", None)
                yield f"{space}:{leaf.name}" if space else leaf.name, leaf.pattern.converters


@pytest.mark.parametrize(("name", "converters"), [pytest.param(*a, id=a[0]) for a in addresses()])
def test_a_stranger_is_sent_to_log_in(name, converters, client, db):
    if name in PUBLIC:
        return
    example = {"IntConverter": 1, "UUIDConverter": "01a202e0-4465-7077-b321-069f37f4e93b"}
    arguments = {key: example[type(conv).__name__] for key, conv in converters.items()}
    path = reverse(name, kwargs=arguments)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.headers.get("Location", "")[:7]) in {
            (302, "/login/"),
            (405, ""),
        }


@pytest.mark.parametrize("name", ["split_again", "read_again"])
def test_acts_are_refused_without_the_role(name, db):
    version = ArticleVersionFactory(failed=True)
    submission = SubmissionFactory(failed=True)
    client = Client()
    client.force_login(UserFactory())
    key = {"split_again": version.article.public_id, "read_again": submission.public_id}[name]
    answer = client.post(reverse(f"claims:{name}", args=[key]))
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.text
    version.refresh_from_db()
    submission.refresh_from_db()
    assert (version.state, submission.state) == ("failed", "failed")


def test_acts_are_refused_without_a_token(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True))
    version = ArticleVersionFactory(failed=True)
    answer = client.post(reverse("claims:split_again", args=[version.article.public_id]))
    assert answer.status_code == 403
    assert "too old to be accepted" in answer.text


def test_pages_carry_no_inline_style_or_script(client, db):
    client.force_login(UserFactory())
    version = ArticleVersionFactory(split=True)
    pages = ["/", reverse("claims:article", args=[version.article.public_id]), "/nowhere/"]
    for path in pages:
        answer = client.get(path)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son\w+=", answer.text)


def test_logging_in_does_not_lead_to_another_site(client, db):
    user = UserFactory(username="ada")
    user.set_password("reading-room-2026")
    user.save()
    answer = client.post(
        "/login/?next=https://evil.example/",
        {"username": "ada", "password": "reading-room-2026", "next": "https://evil.example/"},
    )
    assert answer.url == "/"


def test_a_wrong_password_is_explained_without_saying_which_part_is_wrong(client, db):
    answer = client.post("/login/", {"username": "nobody", "password": "wrong"})
    assert "do not go together" in answer.text
