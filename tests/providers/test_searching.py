"""Whatever providers answer: the claim is on the desk, with what the others found beside it."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from claims.actions.intake import Handed, submit
from claims.models import ArticleVersion, Claim, Evidence, Search, Submission, Visibility
from claims.reading.claim import claim_page
from sources import health, registry
from sources.calls import LimitedTransport
from sources.models import OutsideProvider, Source
from sources.web import Fetcher
from tests.factories import UserFactory
from tests.loopback import PUBLIC, page, serving
from tests.providers.apis import APIS, SENTENCE, json_page, parameters
from tests.providers.test_adapters import FAULTS
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_rules", "web")]

CLAIM = "The Lund dam cost 4.2 million crowns."
ARTICLE = f"""The dam is open

{CLAIM}"""
REPORT = f"<html><body><article><h1>Dam</h1><p>{SENTENCE}</p><p>{'It is high. ' * 40}</p>"


class Web:
    """Every API at once; ``faults`` says which of them is broken, and how."""

    def __init__(self):
        self.faults = {}
        self.asked = []

    def answer(self, path):
        name = self.name_of(path)
        self.asked.append(name)
        if name in self.faults:
            return self.faults[name](path)
        return [
            page(REPORT.encode()) if name == "page" else json_page(APIS[name](parameters(path)))
        ]

    def name_of(self, path):
        marks = {
            "/w/api.php": "wikipedia",
            "/api/v2/doc": "gdelt",
            "/europepmc": "europe_pmc",
            "api_key=": "openalex",
            "query.bibliographic": "crossref",
            "claims:search": "google_fact_check",
            "format=json": "searxng",
        }
        return next((name for mark, name in marks.items() if mark in path), "page")


@pytest.fixture
def web(monkeypatch, settings, db):
    """Adapters and the fetcher, with every connection led to one server on this machine."""
    settings.OUTSIDE_PROVIDERS = list(APIS)
    settings.OPENALEX_API_KEY = settings.GOOGLE_FACT_CHECK_API_KEY = "geheim"
    settings.SEARXNG_URL = "https://search.example"
    known = Web()
    with serving(known.answer) as backend:
        known.backend = backend
        monkeypatch.setattr(
            registry, "LimitedTransport", lambda: LimitedTransport(seconds=2.0, backend=backend)
        )
        monkeypatch.setattr(health, "WORTH_WAITING", 0.0)
        monkeypatch.setattr(
            registry,
            "page_fetcher",
            lambda: Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend),
        )
        registry._adapter.cache_clear()
        for name in APIS:
            registry._adapter(name)[1].every = 0.0
        yield known
    registry._adapter.cache_clear()


def search_of(visibility=Visibility.PUBLIC):
    submit(Handed(text=ARTICLE, visibility=visibility), by=UserFactory())
    work_off(Submission, ArticleVersion)
    claim = Claim.objects.get(text=CLAIM)
    Search.objects.exclude(claim=claim).delete()
    work_off(Search)
    return Search.objects.filter(claim=claim).earliest("pk")


def test_everybody_is_asked_and_what_they_found_is_frozen(web):
    search = search_of()
    assert {asked["provider"]: asked["error"] for asked in search.providers} == {
        "library": ""
    } | dict.fromkeys(APIS, "")
    found = {piece.why["provider"] for piece in Evidence.objects.all()}
    assert {"wikipedia", "gdelt"} <= found
    report = Source.objects.get(url="https://gazette.example/dam").snapshots.get()
    assert report.text.count(SENTENCE) == 1
    assert report.content_type == "text/html"
    assert report.source.outlet.kind == "news"
    assert Source.objects.get(url__contains="wikipedia").outlet.kind == "reference"


def test_what_fact_checkers_said_is_shown_apart_and_is_no_evidence(web):
    search = search_of()
    (shown,) = claim_page(search.claim.public_id).checks
    check = shown.prior
    assert (check.outlet.name, check.rating) == ("Lund Checks", "Mostly false")
    assert not Evidence.objects.filter(source__url=check.url).exists()
    assert not Source.objects.filter(url=check.url).exists()


def test_each_provider_is_recorded_with_what_it_was_asked(web):
    search = search_of()
    asked = {asked["provider"]: asked["questions"] for asked in search.providers}
    assert asked["library"] == [CLAIM]
    assert all(asked.values())
    assert set(search.queries) == {question for each in asked.values() for question in each}


@pytest.mark.parametrize(
    ("name", "fault"),
    list(zip(APIS, ["500", "html", "closed", "drip", "bomb", "null", "endless"], strict=True)),
)
def test_one_that_is_broken_is_owed_alone_and_the_others_are_kept(web, name, fault):
    web.faults[name] = FAULTS[fault][0]
    search = search_of()
    assert search.finished_at
    errors = {asked["provider"]: asked["error"] for asked in search.providers}
    assert errors.pop(name)
    assert set(errors.values()) == {""}
    assert Evidence.objects.exists()
    owed = Search.objects.get(due_at__isnull=False)
    assert (owed.only, owed.why, owed.claim) == (name, "provider_back", search.claim)
    assert Claim.objects.on_desk().filter(pk=search.claim_id).exists()


def test_when_everybody_is_broken_the_claim_is_on_the_desk_and_all_are_owed(web):
    for name in APIS:
        web.faults[name] = FAULTS["500"][0]
    search = search_of()
    assert Claim.objects.on_desk().filter(pk=search.claim_id).exists()
    owed = Search.objects.filter(due_at__isnull=False)
    assert {each.only for each in owed} == set(APIS)


def test_when_it_is_back_it_is_asked_alone_and_nothing_is_doubled(web):
    web.faults["wikipedia"] = FAULTS["500"][0]
    search_of()
    before = set(Evidence.objects.values_list("pk", flat=True))
    del web.faults["wikipedia"]
    web.asked.clear()
    owed = Search.objects.get(due_at__isnull=False)
    make_due(owed)

    work_off(Search)

    assert set(web.asked) == {"wikipedia"}
    owed.refresh_from_db()
    assert owed.finished_at
    added = Evidence.objects.exclude(pk__in=before)
    assert {piece.why["provider"] for piece in added} == {"wikipedia"}
    assert Evidence.objects.filter(pk__in=before).count() == len(before)
    assert not Search.objects.filter(due_at__isnull=False).exists()


def test_while_it_rests_it_is_asked_nothing_and_the_search_waits_without_failing(web):
    web.faults["wikipedia"] = FAULTS["500"][0]
    search_of()
    owed = Search.objects.get(due_at__isnull=False)
    OutsideProvider.objects.filter(name="wikipedia").update(
        rests_until=Now() + timedelta(seconds=300)
    )
    make_due(owed)
    web.asked.clear()

    work_off(Search)

    assert web.asked == []
    owed.refresh_from_db()
    assert owed.failures == 0
    waits = Search.objects.annotate(now=Now()).get(pk=owed.pk)
    assert 250 < (waits.due_at - waits.now).total_seconds() <= 301


def test_it_is_asked_again_when_it_said_so(web):
    web.faults["crossref"] = FAULTS["429"][0]
    search_of()
    owed = Search.objects.annotate(now=Now()).get(due_at__isnull=False)
    assert 20 < (owed.due_at - owed.now).total_seconds() <= 31


def test_the_page_of_the_claim_says_who_did_not_answer_and_when_it_is_asked_again(web):
    web.faults["google_fact_check"] = FAULTS["500"][0]
    search = search_of()
    (owed,) = claim_page(search.claim.public_id).owed
    assert owed.only == "google_fact_check"


def test_a_confidential_article_is_asked_about_nowhere(web):
    search = search_of(Visibility.CONFIDENTIAL)
    assert [asked["provider"] for asked in search.providers] == ["library"]
    assert web.asked == []
    assert web.backend.asked == []
    assert not OutsideProvider.objects.exists()


def test_a_provider_without_its_key_is_not_asked(web, settings):
    settings.OPENALEX_API_KEY = settings.GOOGLE_FACT_CHECK_API_KEY = settings.SEARXNG_URL = ""
    search = search_of()
    assert [asked["provider"] for asked in search.providers] == [
        "library",
        "wikipedia",
        "gdelt",
        "europe_pmc",
        "crossref",
    ]


def test_an_engine_that_names_private_pages_makes_nobody_connect_to_them(web):
    inside = ["http://127.0.0.1/", "http://10.0.0.7/x", "file:///etc/passwd", "http://localhost/"]
    web.faults["searxng"] = lambda path: [
        json_page({"results": [{"url": url, "title": "The dam"} for url in inside]})
    ]
    search_of()
    hosts = {host for host, _ in web.backend.asked}
    assert not hosts & {"127.0.0.1", "10.0.0.7", "localhost"}
