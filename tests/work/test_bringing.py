"""A document somebody brought: fetched or read, frozen, its best passages offered."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest

from claims import tasks
from claims.actions.bringing import Brought, bring_document, retry_bringing
from claims.actions.refusals import Refused
from claims.actions.review import dismiss_claim, restore_claim, reword_claim
from claims.models import Bringing, Evidence
from claims.states import BringingState, Dismissal
from factcheck.models import Event
from factcheck.models.work import MAX_FAILURES
from factcheck.tasks import sweep
from sources import registry
from sources.library import Library
from sources.models import (
    NOT_KNOWN,
    Access,
    Collection,
    Lexeme,
    MiniLMEmbedding,
    Nearness,
    Passage,
    Snapshot,
    SourceKind,
    nearness,
)
from sources.ports import Judgement, Query
from sources.relays import Relation
from sources.stance.lexical import LexicalStance
from sources.web import Fetcher
from tests.factories import AppearanceFactory, ArticleFactory, ClaimFactory, UserFactory
from tests.loopback import PUBLIC, page, serving
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_rules")]

PARAGRAPHS = [
    "The council met on Tuesday to hear about the budget of the coming year and the roads.",
    "Forty boats left the harbour, the log of the harbour master says in its entry of Monday.",
    "No ferry sailed because of the storm, which was the worst one that anybody remembered.",
    "Rye bread is baked in the north with honey and caraway, as travellers have long noted.",
]
LOG = "The log\n\n" + "\n\n".join(
    paragraph + " " + "It filled a whole page of the book that is kept in the office. " * 4
    for paragraph in PARAGRAPHS
)
HTML = (
    "<html><head><title>The log</title></head><body><article><h1>The log</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in LOG.split("\n\n")[1:])
    + "</article></body></html>"
).encode()


@pytest.fixture
def claim() -> object:
    """A claim of a public article."""
    return claim_of(ArticleFactory(public=True))


def claim_of(article: object) -> object:
    appearance = AppearanceFactory(version__article=article)
    return appearance.claim


def bring_file(claim: object, text: str = LOG, name: str = "log.txt") -> Bringing:
    brought = Brought(file=text.encode(), file_name=name, content_type="text/plain")
    return bring_document(claim.pk, brought, by=UserFactory())


def bring_page(claim: object) -> Bringing:
    return bring_document(claim.pk, Brought(url="https://port.example/log"), by=UserFactory())


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """Answer every fetch with these answers, one after the other; give the paths asked for."""
    asked: list[str] = []
    answers: list[bytes] = []

    def answer(path: str) -> Iterator[bytes]:
        asked.append(path)
        yield answers.pop(0) if len(answers) > 1 else answers[0]

    def begin(*given: bytes) -> list[str]:
        answers[:] = given
        return asked

    with serving(answer) as backend:
        # TLS ends here, so the address is https without a certificate.
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        yield begin


# Reading.
def test_a_page_is_frozen_and_its_nearest_passages_are_offered(claim, serve):
    serve(page(HTML))
    bringing = bring_page(claim)

    assert work_off(Bringing) == 1

    bringing.refresh_from_db()
    assert (bringing.state, bringing.due_at) == (BringingState.READY, None)
    assert bringing.snapshot.source.url == "https://port.example/log"
    assert bringing.snapshot.source.outlet.name == "port.example"
    assert 1 < len(bringing.offers) <= 5
    best = Passage.objects.get(pk=bringing.offers[0]["passage"])
    assert best.text.startswith("Forty boats left the harbour")
    assert bringing.offers[0]["why"]["ranks"]["lexical"] == 1
    assert not Evidence.objects.exists()
    assert [event.verb for event in Event.objects.about(claim.public_id)] == [
        "document.brought",
        "document.read",
    ]


def test_a_page_can_be_found_for_other_claims_too(claim, serve):
    serve(page(HTML))
    bring_page(claim)
    work_off(Bringing)
    found = Library(registry.encoder()).search(Query("Rye bread is baked in the north."), 5)
    assert found[0].text.startswith("Rye bread")
    assert not Snapshot.objects.unread().exists()


def test_a_file_is_read_and_stays_out_of_the_library(claim):
    bringing = bring_file(claim)

    work_off(Bringing)

    bringing.refresh_from_db()
    assert bringing.snapshot.source.access == Access.PRIVATE
    assert bringing.snapshot.source.outlet.name == NOT_KNOWN
    assert bringing.offers
    assert list(Library(registry.encoder()).search(Query("Forty boats left."), 5)) == []
    for table in (Lexeme, Collection, MiniLMEmbedding):
        assert not table.objects.exists()


def test_a_file_for_a_confidential_claim_causes_no_connection(outward):
    bring_file(claim_of(ArticleFactory()))
    work_off(Bringing)
    assert Bringing.objects.get().state == BringingState.READY
    assert outward.asked == []


def test_an_article_that_became_confidential_is_fetched_for_no_more(claim, serve):
    asked = serve(page(HTML))
    bringing = bring_page(claim)
    article = claim.article
    type(article).objects.filter(pk=article.pk).update(visibility="confidential")

    work_off(Bringing)

    bringing.refresh_from_db()
    assert bringing.state == BringingState.FAILED
    assert "save it, and bring the file" in bringing.last_error
    assert asked == []


def test_the_same_page_brought_to_two_claims_is_frozen_once(claim, serve):
    serve(page(HTML))
    bring_page(claim)
    bring_page(claim_of(claim.article))
    work_off(Bringing)
    assert Snapshot.objects.count() == 1
    assert Bringing.objects.filter(state=BringingState.READY).count() == 2


def test_of_a_page_that_changed_the_new_words_are_frozen_too(claim, serve):
    serve(page(HTML), page(HTML.replace(b"Forty", b"Fifty")))
    for _ in range(2):
        bring_page(claim)
        work_off(Bringing)
    first, second = Snapshot.objects.order_by("pk")
    assert first.source == second.source
    assert "Fifty boats" in second.text


# What goes wrong.
def failed(bringing: Bringing) -> str:
    work_off(Bringing)
    bringing.refresh_from_db()
    assert bringing.state == BringingState.FAILED
    assert Event.objects.latest("position").verb == "document.failed"
    return bringing.last_error


def test_an_address_that_leads_inside_is_not_fetched(claim, monkeypatch):
    inside = Fetcher(resolver=lambda host, port: ["10.0.0.7"])
    monkeypatch.setattr(registry, "fetcher", lambda: inside)
    assert failed(bring_page(claim)) == "port.example leads to an address that is not public."


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            page(b"<html><body><nav>Home</nav></body></html>"),
            "paste its text|No article|no sentence",
        ),
        (page(b"\x89PNG", content_type="image/png"), "image/png"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404"),
    ],
)
def test_a_page_without_a_text_goes_to_a_person_with_its_reason(claim, serve, answer, why):
    serve(answer)
    assert re.search(why, failed(bring_page(claim)))
    assert not Snapshot.objects.exists()


def test_a_file_without_a_text_goes_to_a_person_and_may_be_tried_again(claim):
    bringing = bring_file(claim, text="12 34")
    assert "no sentence" in failed(bringing)
    retry_bringing(bringing.pk, by=UserFactory())
    assert "no sentence" in failed(bringing)


def test_a_server_that_is_busy_is_asked_again_later_and_then_left_to_a_person(claim, serve):
    serve(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
    bringing = bring_page(claim)
    for failures in range(1, MAX_FAILURES):
        make_due(bringing)
        work_off(Bringing)
        bringing.refresh_from_db()
        assert (bringing.state, bringing.failures) == (BringingState.RECEIVED, failures)
    make_due(bringing)
    assert "503" in failed(bringing)


# Meanwhile.
class Meanwhile(LexicalStance):
    """Something happens while passages are read."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def judge(self, claim: str, passages: list[str]) -> list[Judgement]:
        self.happens()
        return super().judge(claim, passages)


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    monkeypatch.setattr(registry, "stance_model", lambda: Meanwhile(happens))


def test_a_worker_whose_lease_ran_out_freezes_and_offers_nothing(claim, monkeypatch):
    bringing = bring_file(claim)
    lease = uuid4()

    def steal() -> None:
        Bringing.objects.filter(pk=bringing.pk).update(lease_id=lease)

    meanwhile(monkeypatch, steal)
    before = Event.objects.count()

    tasks.bring_document(bringing.pk)

    bringing.refresh_from_db()
    assert (bringing.lease_id, bringing.offers) == (lease, [])
    assert not Snapshot.objects.exists()
    assert Event.objects.count() == before


def test_of_two_hints_one_is_worked_on(claim):
    bringing = bring_file(claim)
    tasks.bring_document(bringing.pk)
    tasks.bring_document(bringing.pk)
    assert Event.objects.filter(verb="document.read").count() == 1


def test_a_claim_that_was_dismissed_meanwhile_has_its_offers_when_it_is_brought_back(
    claim, monkeypatch
):
    bringing = bring_file(claim)
    meanwhile(monkeypatch, lambda: dismiss_claim(claim.pk, Dismissal.VAGUE, by=UserFactory()))
    work_off(Bringing)
    restore_claim(claim.pk, by=UserFactory())
    bringing.refresh_from_db()
    assert bringing.offers


def test_offers_say_for_which_wording_they_were_read(claim, monkeypatch):
    bringing = bring_file(claim)
    reword_claim(claim.pk, "Rye bread is baked in the north.", wording=1, by=UserFactory())

    def reword() -> None:
        reword_claim(claim.pk, "Forty boats left.", wording=2, by=UserFactory())

    meanwhile(monkeypatch, reword)
    work_off(Bringing)
    bringing.refresh_from_db()
    assert bringing.wording == 2
    assert Passage.objects.get(pk=bringing.offers[0]["passage"]).text.startswith("Rye bread")


def test_a_reprint_stays_one_when_the_day_of_the_article_is_corrected(serve):
    """What came out after the first printing is no older for a later day given since."""
    article = ArticleFactory(public=True)
    first = AppearanceFactory(
        version__article=article, version__text=LOG, version__published_at=date(2020, 6, 22)
    )
    AppearanceFactory(
        version__article=article,
        version__text=LOG,
        version__published_at=date(2020, 6, 30),
        claim=first.claim,
    )
    day = b'<meta property="article:published_time" content="2020-06-24T10:00:00Z">'
    serve(page(HTML.replace(b"</title>", b"</title>" + day)))
    bringing = bring_page(first.claim)

    work_off(Bringing)

    bringing.refresh_from_db()
    assert str(bringing.snapshot.source.published_at) == "2020-06-24"
    assert {offer["relation"] for offer in bringing.offers} == {Relation.RELAYS_ARTICLE}


# Hints.
@pytest.mark.django_db(transaction=True)
def test_a_document_is_hinted_at_and_the_sweep_repeats_a_hint_that_was_lost(queue):
    bringing = bring_file(ClaimFactory())
    assert queue.hints() == [("claims.bring_document", bringing.pk)]
    queue.redis.flushdb()
    sweep()
    assert queue.hints() == [("claims.bring_document", bringing.pk)]


def test_a_published_paper_brought_as_a_file_is_what_a_person_says_it_is(claim):
    brought = Brought(
        file=LOG.encode(),
        file_name="log.txt",
        content_type="text/plain",
        outlet="The port",
        kind=SourceKind.REPORT,
        published_at=date(2026, 10, 14),
        public=True,
    )
    bring_document(claim.pk, brought, by=UserFactory())
    work_off(Bringing)
    source = Bringing.objects.get().frozen.source
    assert (source.kind, source.published_at) == ("report", date(2026, 10, 14))
    assert source.access == Access.OPEN
    assert nearness(source)[0] == Nearness.PRIMARY


def test_a_paper_is_not_published_for_a_confidential_article():
    inside = claim_of(ArticleFactory())
    paper = Brought(file=b"Forty boats left.", file_name="log.txt", public=True)
    with pytest.raises(Refused, match="Bring it as a private file"):
        bring_document(inside.pk, paper, by=UserFactory())


def test_a_paper_of_an_article_that_became_confidential_meanwhile_is_not_read(claim):
    paper = Brought(file=LOG.encode(), file_name="log.txt", public=True)
    bringing = bring_document(claim.pk, paper, by=UserFactory())
    type(claim.article).objects.filter(pk=claim.article_id).update(visibility="confidential")
    work_off(Bringing)
    bringing.refresh_from_db()
    assert bringing.state == BringingState.FAILED
    assert "Bring it as a private file" in bringing.last_error
