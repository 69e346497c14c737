"""What pages refuse: strangers, people without the role, other origins' styles and scripts."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from claims.states import VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    EvidenceFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import person

PUBLIC = {
    *("login", "healthz", "invitation", "new_password", "security_txt"),
    *("claims:robots", "claims:sitemap", "claims:claimreview", "claims:claimreviews"),
    *("claims:embed", "claims:oembed", "claims:verdicts_csv", "claims:verdicts_ndjson"),
    *("claims:feed_atom", "claims:feed_rss", "claims:feed_json", "claims:corrections"),
    *("claims:corrections_atom", "claims:corrections_rss", "claims:corrections_json"),
    *("claims:published", "claims:public", "claims:public_version"),
    *("claims:reporting", "claims:report_error", "claims:error_reported"),
}


def addresses():
    """Every page of the workspace: name and example arguments."""
    for pattern in get_resolver().url_patterns:
        for leaf in getattr(pattern, "url_patterns", [pattern]):
            if str(pattern.pattern) in {"admin/", "api/v1/"}:
                continue
            if isinstance(leaf, URLPattern) and leaf.name:
                space = getattr(pattern, "namespace", None)
                yield f"{space}:{leaf.name}" if space else leaf.name, leaf.pattern.converters


@pytest.mark.parametrize(("name", "converters"), [pytest.param(*a, id=a[0]) for a in addresses()])
def test_a_stranger_is_sent_to_log_in(name, converters, client, db):
    if name in PUBLIC:
        return
    example = {
        "IntConverter": 1,
        "StringConverter": "x",
        "UUIDConverter": "01a202e0-4465-7077-b321-069f37f4e93b",
    }
    arguments = {key: example[type(conv).__name__] for key, conv in converters.items()}
    path = reverse(name, kwargs=arguments)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.headers.get("Location", "")[:7]) in {
            (302, "/c/" if path == "/" else "/login/"),
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
    assert "You have no role here" in answer.text
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
    client.force_login(person("ada", "Reviewers"))
    version = ArticleVersionFactory(split=True)
    claim = AppearanceFactory(version=version).claim
    pages = ["/", "/desk/", "/desk/mine/", "/desk/approvals/", "/nowhere/", "/login/?next=/"]
    pages += [reverse("claims:article", args=[version.article.public_id])]
    pages += [reverse("claims:claim", args=[claim.public_id])]
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


@pytest.fixture
def editors_claim(db):
    editor = person("ben", "Editors")
    version = ArticleVersionFactory(split=True)
    claim = claim_with_evidence(reviewer=editor, article=version.article)
    AppearanceFactory(version=version, claim=claim)
    client = Client(raise_request_exception=True)
    client.force_login(editor)
    return client, claim


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("reword", {"wording": "1", "text": "{}"}),
        ("dismiss", {"reason": "vague", "note": "{}"}),
        ("close", {"outcome": "cut", "note": "{}"}),
        (
            "add_evidence",
            {
                "kind": "interview",
                "stance": "supports",
                "publication": "full",
                "title": "{}",
                "body": "{}",
            },
        ),
    ],
)
def test_what_is_not_text_is_refused_in_words(editors_claim, name, sent):
    client, claim = editors_claim
    sent = {key: value.format("\0") for key, value in sent.items()}
    answer = client.post(reverse(f"claims:{name}", args=[claim.public_id]), sent)
    assert answer.status_code == 422
    assert "characters that are not text" in answer.text


def test_characters_that_are_not_text_break_no_other_form(editors_claim):
    client, claim = editors_claim
    piece = EvidenceFactory(claim=claim)
    verdict = verdict_in(VerdictState.DRAFT, claim)
    version = claim.appearances.get().version
    forms = {
        reverse("claims:reject", args=[piece.public_id]): {"reason": "\0"},
        reverse("claims:mark", args=[version.article.public_id]): {
            "version": "1",
            "quote": "\0",
            "kind": "event",
        },
        reverse("claims:save_verdict", args=[verdict.public_id]): {"summary": "\0"},
        reverse("claims:hand_in"): {"text": "A.\0", "visibility": "public", "purpose": "x"},
    }
    for path, sent in forms.items():
        assert client.post(path, sent).status_code == 422, path
    assert client.get("/desk/", {"words": "\0", "claimant": "\0"}).status_code == 200
    assert client.get("/", {"page": "\0"}).status_code == 200


@pytest.mark.parametrize(
    ("state", "name", "field"),
    [
        (VerdictState.PROPOSED, "send_back", "comment"),
        (VerdictState.PUBLISHED, "withdraw", "note"),
        (VerdictState.PUBLISHED, "correct", "note"),
    ],
)
def test_what_is_not_text_reaches_no_verdict(editors_claim, state, name, field):
    client, _ = editors_claim
    verdict = verdict_in(state)
    thing = verdict.claim if name == "correct" else verdict
    read = {"digest": verdict.digest, "state": verdict.state}
    sent = read | {field: "\0 and more", "kind": "update"}
    answer = client.post(reverse(f"claims:{name}", args=[thing.public_id]), sent)
    assert answer.status_code == 422
    verdict.refresh_from_db()
    assert verdict.state == state
