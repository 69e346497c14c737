"""Copies in a public archive, asked for in the words its documentation gives."""

import json
import time

import pytest
from django.test import override_settings

from claims.models import Article, Evidence, Publication
from claims.tasks import watch_sources
from factcheck.models import Event
from factcheck.refusals import Refused
from sources import registry
from sources.archiving import retry_archiving
from sources.models import Access, Archiving, Source
from tests.factories import (
    ArchivingFactory,
    ArticleFactory,
    ClaimFactory,
    EvidenceFactory,
    UserFactory,
)
from tests.loopback import page, refusal, serving
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db]

JOB = "spn2-9c1bd2a0aa"


def told(answer, status=200):
    body = page(json.dumps(answer).encode(), content_type="application/json")
    return body.replace(b"200 OK", f"{status} Said".encode(), 1)


class Archive:
    """Save Page Now as documented: an order gives a job, a job ends in a copy."""

    def __init__(self):
        self.answers = {}
        self.asked = []

    def answer(self, path):
        self.asked.append(path)
        given = self.answers.get(path, refusal(404))
        return given() if callable(given) else [given]


ORDERED = told({"url": "https://outlet.example/1", "job_id": JOB})
PENDING = told({"status": "pending", "job_id": JOB, "resources": []})
DONE = told(
    {
        "status": "success",
        "job_id": JOB,
        "original_url": "https://outlet.example/1",
        "timestamp": "20260301123005",
        "duration_sec": 6.2,
        "http_status": 200,
        "resources": ["https://outlet.example/1"],
    }
)


@pytest.fixture
def archive():
    made = Archive()
    made.answers = {"/save": ORDERED, f"/save/status/{JOB}": DONE}
    with serving(made.answer) as backend:
        made.requests = backend.requests
        made.url = f"http://127.0.0.1:{backend.port}"
        with override_settings(WAYBACK_KEY="reader:Geheim7", WAYBACK_URL=made.url):
            yield made


def cited(*, public=True, **columns):
    claim = ClaimFactory(article=ArticleFactory(public=public))
    return EvidenceFactory(claim=claim, accepted=True, **columns)


def step():
    for archiving in Archiving.objects.filter(due_at__isnull=False):
        make_due(archiving)
    return work_off(Archiving)


def test_a_cited_page_is_ordered_asked_about_and_its_copy_noted(archive):
    evidence = cited()
    archive.answers[f"/save/status/{JOB}"] = PENDING
    watch_sources()
    watch_sources()
    archiving = Archiving.objects.get()
    assert archiving.snapshot == evidence.passage.snapshot
    step()
    order = archive.requests[0]
    assert order.startswith("POST /save HTTP/1.1")
    assert "authorization: LOW reader:Geheim7" in order.replace("Authorization", "authorization")
    assert "url=https%3A%2F%2Foutlet.example%2F" in order
    step()
    archiving.refresh_from_db()
    assert (archiving.job, archiving.archive_url) == (JOB, "")
    archive.answers[f"/save/status/{JOB}"] = DONE
    step()
    archiving.refresh_from_db()
    link = f"{archive.url}/web/20260301123005/https://outlet.example/1"
    assert (archiving.archive_url, archiving.due_at) == (link, None)
    assert archiving.saved_at.isoformat() == "2026-03-01T12:30:05+00:00"
    assert Source.objects.get(pk=evidence.source_id).archive_url == link
    assert Event.objects.latest("position").verb == "source.archived"
    assert archive.asked == ["/save", f"/save/status/{JOB}", f"/save/status/{JOB}"]


@pytest.mark.parametrize(
    "evidence",
    [
        {"public": False},
        {"publication": Publication.SECRET},
        {"passage__snapshot__source__access": Access.PRIVATE},
        {"passage__snapshot__source__url": None},
    ],
    ids=["confidential", "secret", "private", "without address"],
)
def test_what_is_confidential_private_or_secret_is_never_spoken_of(archive, evidence):
    cited(**evidence)
    watch_sources()
    assert step() == 0
    assert not Archiving.objects.exists()
    assert archive.asked == []


def test_a_source_that_became_private_meanwhile_is_not_spoken_of(archive):
    evidence = cited()
    watch_sources()
    Source.objects.filter(pk=evidence.source_id).update(access=Access.PRIVATE)
    step()
    assert archive.asked == []
    assert "private" in Archiving.objects.get().last_error


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "by hand"])
@pytest.mark.parametrize("change", ["confidential", "secret", "rejected"])
def test_what_is_not_openly_cited_any_more_is_not_spoken_of(archive, change, again):
    evidence = cited()
    watch_sources()
    archiving = Archiving.objects.get()
    if again:
        Archiving.objects.update(due_at=None, last_error="Blocked.")
        retry_archiving(archiving.pk, by=UserFactory())
    pieces = Evidence.objects.all()
    if change == "confidential":
        Article.objects.update(visibility=change)
    elif change == "secret":
        pieces.update(publication=Publication.SECRET)
    else:
        pieces.update(state="rejected", rejection="Another harbour.", stance="")

    step()

    assert archive.asked == []
    assert not Archiving.objects.exists()
    Article.objects.update(visibility="public")
    pieces.update(state="accepted", stance="supports", publication=Publication.FULL)
    watch_sources()
    step()
    assert archive.asked == ["/save"]
    assert Archiving.objects.get().snapshot == evidence.passage.snapshot


def test_without_a_key_nothing_is_asked(archive):
    cited()
    with override_settings(WAYBACK_KEY=""):
        watch_sources()
        assert not Archiving.objects.exists()


def test_a_confidential_claim_causes_no_connection_at_all(outward):
    with override_settings(WAYBACK_KEY="reader:Geheim7"):
        cited(public=False)
        watch_sources()
        work_off(Archiving)
    assert outward.asked == []


def slow():
    time.sleep(2)
    return [ORDERED]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (refusal(429, ["Retry-After: 60"]), "too many requests"),
        (refusal(503), "status 503"),
        (told({"message": "Internal"}, 500), "status 500"),
        (page(b"<html>Busy</html>"), "no JSON"),
        (page(b"[" * 100_000, content_type="application/json"), "no JSON"),
        (told(["not", "an", "object"]), "not what its documentation says"),
        (told({"url": "https://outlet.example/1", "job_id": "../../etc"}), "could not save"),
        (
            told(
                {
                    "message": "You have reached the limit of active Save Page Now sessions.",
                    "status": "error",
                    "status_ext": "error:user-session-limit",
                }
            ),
            "limit of active",
        ),
        (page(b"x" * 1_500_000), "too long"),
        (b"nonsense\r\n\r\n", "does not answer"),
        (slow, "does not answer: ReadTimeout"),
    ],
    ids=[
        "429",
        "503",
        "500",
        "html",
        "maze",
        "list",
        "odd job",
        "sessions",
        "long",
        "garbage",
        "slow",
    ],
)
def test_an_archive_in_trouble_is_asked_again_later(archive, answer, why, monkeypatch):
    monkeypatch.setattr(registry._archive_client(), "timeout", 1.0)
    archive.answers["/save"] = answer
    cited()
    watch_sources()
    for _ in range(7):
        step()
    archiving = Archiving.objects.get()
    assert why in archiving.last_error
    assert (archiving.failures, archiving.job) == (7, "")
    assert archiving.due_at is not None
    archive.answers["/save"] = ORDERED
    step()
    step()
    archiving.refresh_from_db()
    assert archiving.archive_url
    assert "Geheim7" not in archiving.last_error


def test_after_a_status_that_nobody_could_tell_the_page_is_ordered_anew(archive):
    archive.answers[f"/save/status/{JOB}"] = refusal(503)
    cited()
    watch_sources()
    for _ in range(3):
        step()
    assert archive.asked == ["/save", f"/save/status/{JOB}", "/save"]


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        ("/save", refusal(401), "does not accept WAYBACK_KEY"),
        (
            "/save",
            told({"status": "error", "status_ext": "error:invalid-url-syntax", "message": "Bad"}),
            "Bad",
        ),
        (
            f"/save/status/{JOB}",
            told(
                {
                    "status": "error",
                    "status_ext": "error:blocked-url",
                    "exception": "x",
                    "message": "This URL is in the blocklist",
                }
            ),
            "in the blocklist",
        ),
    ],
)
def test_what_the_archive_will_not_save_goes_to_a_person_who_may_retry(archive, path, answer, why):
    archive.answers[path] = answer
    cited()
    watch_sources()
    step()
    step()
    archiving = Archiving.objects.get()
    assert why in archiving.last_error
    assert archiving.due_at is None
    assert Event.objects.latest("position").verb == "archiving.failed"
    archive.answers = {"/save": ORDERED, f"/save/status/{JOB}": DONE}
    retry_archiving(archiving.pk, by=UserFactory())
    step()
    step()
    archiving.refresh_from_db()
    assert archiving.archive_url
    with pytest.raises(Refused):
        retry_archiving(archiving.pk, by=UserFactory())


@pytest.mark.parametrize(
    "done",
    [
        {"status": "success", "timestamp": "yesterday", "original_url": "https://outlet.example/1"},
        {"status": "success", "timestamp": "20269999999999", "original_url": "https://o.example/1"},
        {"status": "success", "timestamp": "20260301123005", "original_url": "javascript:alert(1)"},
        {"status": "success", "timestamp": "20260301123005"},
    ],
)
def test_a_copy_that_is_nowhere_is_none(archive, done):
    archive.answers[f"/save/status/{JOB}"] = told(done)
    cited()
    watch_sources()
    step()
    step()
    archiving = Archiving.objects.get()
    assert archiving.archive_url == ""
    assert "The archive says it is done" in archiving.last_error


def test_the_archive_is_at_three_pages_at_a_time(archive):
    archive.answers[f"/save/status/{JOB}"] = PENDING
    for _ in range(5):
        ArchivingFactory(snapshot=cited().passage.snapshot)
    step()
    assert Archiving.objects.exclude(job="").count() == 3
    assert archive.asked.count("/save") == 3
