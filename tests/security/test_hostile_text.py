"""Whatever people, pages and sources say is shown as text: nothing of it runs or loads."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from claims.actions.verdicts import save_draft, start_verdict
from claims.states import VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    AttributionFactory,
    BringingFactory,
    ClaimFactory,
    EvidenceFactory,
    OutletFactory,
    PartyFactory,
    PassageFactory,
    SnapshotFactory,
    SourceFactory,
    SubmissionFactory,
)
from tests.security.test_headers import inline
from tests.stories import STEPS, finished
from tests.ui.conftest import logged_in, person

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</title></textarea></style><svg onload=alert(1)>",
    "\"'><img src=x onerror=alert(1)>",
    "<!--<script>alert(1)//-->",
    "{{ 7|add:7 }}{% now 'Y' %} ]]> \u2028\u2029 &lt;b&gt;",
]
AWAY = "javascript:alert(1)//"


class Read(HTMLParser):
    """The tags of a page, its text and its data."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.data, self._inside = [], [], ""
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if tag == "script" and not given.get("src"):
            self._inside = given.get("type", "")
            self.data.append("")

    def handle_endtag(self, tag):
        if tag == "script":
            self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.data[-1] += data
        else:
            self.text += data


class World:
    """One of everything, all of whose words are ``words``; and the addresses that show it."""

    def __init__(self, words):
        self.words = words
        self.reviewer = person("ada", "Editors")
        self.reviewer.first_name = words[:140]
        self.reviewer.is_superuser = True
        self.reviewer.save()
        version = ArticleVersionFactory(
            split=True,
            article=ArticleFactory(public=True, owner=self.reviewer),
            title=words,
            byline=words,
            outlet=words,
            text=f"{words}\n\n{words} left the harbour.",
        )
        claimant = PartyFactory(name=words)
        claim = ClaimFactory(
            article=version.article,
            text=f"{words} left the harbour.",
            claimant=claimant,
            in_review=True,
            reviewer=self.reviewer,
        )
        appearance = AppearanceFactory(
            version=version, claim=claim, quote=f"{words} left the harbour."
        )
        AttributionFactory(appearance=appearance, party=claimant, described_as=words)
        outlet = OutletFactory(
            name=words, kind="government", reliability_note=words, origin_group=words
        )
        source = SourceFactory(
            primary=True, outlet=outlet, title=words, interests=words, url="https://paper.example/1"
        )
        snapshot = SnapshotFactory(source=source, text=f"{words} And forty boats.")
        passage = PassageFactory(snapshot=snapshot)
        EvidenceFactory(claim=claim, passage=passage, accepted=True)
        EvidenceFactory(claim=claim, rejected=True, rejection=words)
        EvidenceFactory(claim=claim, by_hand=True, body=words, title=words)
        verdict = start_verdict(claim.pk, by=self.reviewer)
        draft = finished(claim, summary=words, explanation=f"{words} [1]\n\n[x]({AWAY})")
        save_draft(verdict.pk, draft, by=self.reviewer)
        self.paths = [reverse("claims:verdict", args=[verdict.public_id])]
        self.verdict, self.claim, self.author = verdict, claim, self.reviewer
        failed = SubmissionFactory(
            failed=True, title=words, file_name=words, last_error=words, text=words
        )
        own = SnapshotFactory(source=SourceFactory(title=words), text=words)
        brought = BringingFactory(claim=claim, ready=True, snapshot=own, file_name=words)
        other = BringingFactory(claim=claim, failed=True, last_error=words, file_name=words)
        unsplit = ArticleVersionFactory(failed=True, title=words, last_error=words, text=words)
        self.paths += [
            *("/", "/desk/", "/desk/mine/", "/desk/approvals/", "/submit/"),
            reverse("claims:article", args=[version.article.public_id]),
            reverse("claims:version", args=[version.article.public_id, 1]),
            reverse("claims:progress", args=[version.article.public_id]),
            reverse("claims:article", args=[unsplit.article.public_id]),
            reverse("claims:claim", args=[claim.public_id]),
            reverse("claims:submission", args=[failed.public_id]),
            reverse("claims:document", args=[brought.public_id]),
            reverse("claims:document", args=[other.public_id]),
        ]

    def publish(self):
        for step in STEPS[VerdictState.PUBLISHED]:
            step(self.verdict.pk, self.author)
        return [
            reverse("claims:public", args=[self.claim.public_id]),
            reverse("claims:published"),
            reverse("claims:embed", args=[self.claim.public_id]),
            reverse("claims:public_version", args=[self.claim.public_id, 1]),
            reverse("claims:verdict", args=[self.verdict.public_id]),
            reverse("claims:claim", args=[self.claim.public_id]),
            reverse("claims:article", args=[self.claim.article.public_id]),
        ]


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def world(db, request):
    return World(request.param)


def check(answer, path):
    assert answer.status_code in {200, 404, 422}, (path, answer.status_code)
    assert inline(answer.text) == [], path
    read = Read(answer.text)
    assert not {"svg", "iframe", "object", "embed", "img"} & set(read.tags), path
    for data in read.data:
        json.loads(data)
    return read


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def test_no_page_runs_what_it_shows(world):
    browser = logged_in(world.reviewer)
    shown = 0
    for path in world.paths + world.publish():
        read = check(browser.get(path), path)
        shown += squeezed(world.words) in squeezed(read.text)
    assert shown > 10  # as text, on most pages


def test_the_data_for_search_engines_closes_no_script_and_keeps_the_words(world):
    path, *_ = world.publish()
    read = check(logged_in(world.reviewer).get(path), path)
    (data,) = read.data
    assert json.loads(data)["claimReviewed"] == f"{world.words} left the harbour."


def test_what_was_typed_comes_back_as_text(world):
    browser = logged_in(world.reviewer)
    sent = {
        reverse("claims:hand_in"): {"title": world.words, "text": "", "visibility": world.words},
        reverse("claims:reword", args=[world.claim.public_id]): {
            "wording": "77",
            "text": world.words,
        },
        reverse("claims:dismiss", args=[world.claim.public_id]): {
            "reason": world.words,
            "note": world.words,
        },
        reverse("claims:add_evidence", args=[world.claim.public_id]): {"title": world.words},
        "/login/": {"username": world.words, "password": "x", "next": world.words},
    }
    shown = 0
    for path, form in sent.items():
        answer = browser.post(path, form)
        if answer.status_code != 302:
            answer.status_code = min(answer.status_code, 200)
            shown += squeezed(world.words) in squeezed(check(answer, path).text)
    assert shown > 1
    for path in ("/desk/", "/"):
        check(browser.get(path, {"words": world.words, "claimant": world.words, "page": "x"}), path)
    check(browser.get(f"/{world.words}/"), "nowhere")


def test_the_admin_runs_nothing_either(world):
    world.publish()
    browser = logged_in(world.reviewer)
    world.reviewer.is_staff = True
    world.reviewer.save()
    index = browser.get("/admin/").text
    lists = sorted(set(re.findall(r'href="(/admin/\w+/\w+/)"', index)))
    assert lists
    for path in lists:
        answer = browser.get(path)
        assert inline(answer.text) == [], path
        for row in re.findall(rf'href="({path}[\w-]+/change/)', answer.text)[:2]:
            assert inline(browser.get(row).text) == [], row
