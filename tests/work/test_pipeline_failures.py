"""What the pipeline does when something is broken, and who hears of it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from claims import tasks
from claims.actions.intake import Handed, retry_split, retry_submission, submit
from claims.models import ArticleVersion, Claim, Evidence, Search, Submission, Visibility
from claims.states import SubmissionState, VersionState
from factcheck.attempts import NOT_YET
from factcheck.models import Event, Work
from factcheck.models.work import MAX_FAILURES
from sources import registry
from sources.ports import Found, ProviderDown, Query
from sources.stance.lexical import LexicalStance
from sources.web import Fetcher
from tests.collisions import let_acts_give_way
from tests.factories import UserFactory
from tests.loopback import PUBLIC, page, serving
from tests.work.conftest import HARBOUR
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

HARBOUR_PAGE = f"<html><body><article>{''.join(f'<p>{p}</p>' for p in HARBOUR.split(chr(10)))}"


def last_verb() -> str:
    return Event.objects.latest("position").verb


def seconds_until_due(row: Work) -> float:
    now = type(row).objects.annotate(now=Now()).get(pk=row.pk)
    return (now.due_at - now.now) / timedelta(seconds=1)


class Outside:
    """A provider outside that is down, or knows one page."""

    outside = True

    def __init__(self, name: str, *, down: bool = False) -> None:
        self.name = name
        self.down = down
        self.asked: list[str] = []

    def questions(self, query: Query) -> list[str]:
        return [query.text]

    def search(self, query: Query, limit: int) -> list[Found]:
        self.asked.append(query.text)
        if self.down:
            raise ProviderDown(f"{self.name} is down")
        words = (
            "The lighthouse keeper of Portsea counts boats every day.",
            "The light of the harbour was lit in 1902.",
        )
        return [Found("https://light.example/", "Log", each, outlet="Lighthouse") for each in words]


@pytest.fixture
def outside(monkeypatch, settings) -> dict[str, Outside]:
    """Two outside providers; the first is down."""
    found = {"slow": Outside("slow", down=True), "quick": Outside("quick")}
    settings.OUTSIDE_PROVIDERS = list(found)
    monkeypatch.setattr(registry, "_outside_provider", lambda name, deadline: found[name])
    return found


def searches_of_one_claim() -> Search:
    """The first search of a public article, the others put away."""
    submit(Handed(text=HARBOUR, visibility=Visibility.PUBLIC), by=UserFactory())
    work_off(Submission, ArticleVersion)
    search = Search.objects.earliest("pk")
    Search.objects.exclude(pk=search.pk).delete()
    return search


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "text/plain"),
        (b"PK\x03\x04\x14\x00\x08\x00", "application/zip"),
        (b"   \n \n", "text/plain"),
        (b"<html><body><nav>Home Sport</nav></body></html>", "text/html"),
    ],
    ids=["an image", "an archive", "blanks", "a page without an article"],
)
def test_a_file_nobody_can_read_goes_to_a_person_with_the_reason(file, content_type):
    handed = Handed(file=file, file_name="article", content_type=content_type)
    submission = submit(handed, by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.FAILED
    assert len(submission.last_error) > 20
    assert "Error" not in submission.last_error
    assert submission.due_at is None
    assert last_verb() == "submission.failed"


def test_a_page_that_was_missing_is_read_when_a_person_asks_again(monkeypatch):
    there = False

    def answer(path: str) -> list[bytes]:
        return [page(HARBOUR_PAGE.encode()) if there else GONE]

    with serving(answer) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        handed = Handed(url="http://paper.example/1", visibility=Visibility.PUBLIC)
        submission = submit(handed, by=UserFactory())
        work_off()
        submission.refresh_from_db()
        assert submission.state == SubmissionState.FAILED
        assert "404" in submission.last_error

        there = True
        retry_submission(submission.pk, by=UserFactory())
        work_off(Submission)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.READY
    assert submission.last_error == ""


GONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"


def test_a_server_that_is_busy_is_asked_again_later(monkeypatch):
    with serving(lambda path: [BUSY]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        handed = Handed(url="http://paper.example/1", visibility=Visibility.PUBLIC)
        submission = submit(handed, by=UserFactory())
        work_off()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECEIVED
    assert "503" in submission.last_error
    assert 5 < seconds_until_due(submission) <= 10


def test_an_address_that_must_not_be_fetched_goes_to_a_person_at_once():
    handed = Handed(url="http://169.254.169.254/latest", visibility=Visibility.PUBLIC)
    submission = submit(handed, by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.FAILED


def test_a_text_without_a_sentence_goes_to_a_person_and_can_be_tried_again():
    submission = submit(
        Handed(text="Photo: AP\n\nREAD MORE: Boats leave the harbour"), by=UserFactory()
    )

    work_off()

    submission.refresh_from_db()
    version = submission.version
    assert version.state == VersionState.FAILED
    assert "no sentence" in version.last_error
    assert last_verb() == "article.split_failed"
    retry_split(version.pk, by=UserFactory())
    assert work_off() == 1
    version.refresh_from_db()
    assert version.state == VersionState.FAILED


def test_a_search_with_a_provider_down_is_done_and_that_provider_alone_is_asked_later(outside):
    search = searches_of_one_claim()

    work_off(Search)

    search.refresh_from_db()
    assert search.finished_at is not None
    assert {asked["provider"]: asked["error"] for asked in search.providers} == {
        "library": "",
        "slow": "slow is down",
        "quick": "",
    }
    assert Evidence.objects.filter(search=search, why__provider="library").exists()
    assert Evidence.objects.filter(search=search, why__provider="quick").count() == 2
    later = Search.objects.exclude(pk=search.pk).get()
    assert (later.claim, later.why, later.only) == (search.claim, "provider_back", "slow")
    assert later.outside
    assert 600 < seconds_until_due(later) < 1800


def test_a_provider_that_is_back_is_asked_alone_and_adds_to_what_was_found(outside):
    search = searches_of_one_claim()
    work_off(Search)
    before = set(Evidence.objects.values_list("pk", flat=True))
    outside["slow"].down = False
    later = Search.objects.exclude(pk=search.pk).get()
    make_due(later)

    work_off(Search)

    later.refresh_from_db()
    assert [asked["provider"] for asked in later.providers] == ["slow"]
    assert later.finished_at is not None
    assert set(Evidence.objects.values_list("pk", flat=True)) >= before
    assert len(outside["quick"].asked) == 1
    assert not Search.objects.due().exists()
    assert Search.objects.count() == 2


def test_a_search_stays_due_when_nobody_answered_however_often(outside):
    search = searches_of_one_claim()
    Search.objects.filter(pk=search.pk).update(only="slow")

    for _ in range(MAX_FAILURES + 2):
        make_due(search)
        work_off(Search)

    search.refresh_from_db()
    assert search.finished_at is None
    assert search.last_error == "slow is down"
    assert search.failures == MAX_FAILURES + 2
    assert 1800 < seconds_until_due(search) <= 3600
    assert Search.objects.count() == 1


class BrokenModel(LexicalStance):
    """A stance model whose weights are not what they should be."""

    def judge(self, claim: str, passages: object) -> list:
        raise RuntimeError("weights are broken")


def test_an_unexpected_error_is_written_into_the_row_and_tried_later_and_later(monkeypatch):
    search = searches_of_one_claim()
    monkeypatch.setattr(registry, "stance_model", BrokenModel)
    waits = []

    for _ in range(3):
        make_due(search)
        work_off(Search)
        waits.append(round(seconds_until_due(search)))

    search.refresh_from_db()
    assert search.last_error == "RuntimeError: weights are broken"
    assert waits == [10, 40, 160]
    assert search.failures == 3
    assert search.attempts == 0
    assert search.lease_id is None


def test_after_five_errors_a_person_gets_the_row(monkeypatch):
    search = searches_of_one_claim()
    monkeypatch.setattr(registry, "stance_model", BrokenModel)

    for _ in range(MAX_FAILURES):
        make_due(search)
        work_off(Search)

    search.refresh_from_db()
    assert search.due_at is None
    assert search.finished_at is None
    assert search.last_error == "RuntimeError: weights are broken"
    event = Event.objects.latest("position")
    assert (event.verb, event.thread) == ("search.failed", search.claim.public_id)
    assert Claim.objects.get(pk=search.claim_id).state == "open"


def test_an_error_is_forgotten_once_the_work_is_done(monkeypatch):
    search = searches_of_one_claim()
    monkeypatch.setattr(registry, "stance_model", BrokenModel)
    work_off(Search)
    monkeypatch.setattr(registry, "stance_model", LexicalStance)
    make_due(search)

    work_off(Search)

    search.refresh_from_db()
    assert search.finished_at is not None
    assert (search.failures, search.last_error) == (0, "")


class RestartingDatabase(LexicalStance):
    """The database restarts while passages are read; the worker notices when it writes."""

    def judge(self, claim: str, passages: object) -> list:
        raise OperationalError("server closed the connection unexpectedly")


def test_a_database_that_goes_away_is_no_failure_of_the_row(monkeypatch):
    search = searches_of_one_claim()
    monkeypatch.setattr(registry, "stance_model", RestartingDatabase)

    tasks.gather_evidence(search.pk)

    search.refresh_from_db()
    assert (search.failures, search.last_error) == (0, "")
    assert search.attempts == 1
    assert search.lease_id is not None  # nobody could give it back: it runs out
    Search.objects.update(leased_until="2020-06-24T00:00:00Z")
    monkeypatch.setattr(registry, "stance_model", LexicalStance)
    tasks.gather_evidence(search.pk)
    search.refresh_from_db()
    assert search.finished_at is not None


def test_a_result_that_gave_way_to_others_is_computed_and_written_once_more():
    submission = submit(Handed(text=HARBOUR), by=UserFactory())
    let_acts_give_way(1)
    tasks.take_in(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.failures) == (SubmissionState.READY, 0)
    assert last_verb() == "submission.ready"


def test_a_row_that_gave_way_twice_waits_a_moment_and_has_not_failed():
    submission = submit(Handed(text=HARBOUR), by=UserFactory())
    let_acts_give_way(2)
    tasks.take_in(submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.failures) == (SubmissionState.RECEIVED, 0)
    assert (submission.lease_id, submission.last_error) == (None, "")
    assert 0 < seconds_until_due(submission) <= NOT_YET
    make_due(submission)
    tasks.take_in(submission.pk)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.READY


def test_an_article_a_splitter_chokes_on_shows_the_error_to_a_person(monkeypatch):
    def choke(*args: object, **options: object) -> None:
        raise RecursionError("too deep")

    submit(Handed(text=HARBOUR), by=UserFactory())
    work_off(Submission)
    monkeypatch.setattr(tasks, "split_article", choke)
    version = ArticleVersion.objects.get()

    for _ in range(MAX_FAILURES):
        make_due(version)
        work_off(ArticleVersion)

    version.refresh_from_db()
    assert version.state == VersionState.FAILED
    assert version.last_error == "RecursionError: too deep"
