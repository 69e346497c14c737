"""From what was handed in to claims with evidence, as the workers do it."""

import pytest
from django.db import connection

from claims import tasks
from claims.actions.intake import Handed, submit
from claims.models import Article, ArticleVersion, Claim, Evidence, Search, Submission, Visibility
from claims.states import ClaimState, SubmissionState, VersionState
from factcheck.models import Event, User
from sources import registry
from sources.ports import ProviderDown
from sources.web import Fetcher
from tests.documents import BODY, HEADLINE, docx_of, mail_bytes, pdf_of
from tests.factories import ApiKeyFactory, UserFactory
from tests.loopback import PUBLIC, RoutedHere, page, serving
from tests.outward import Outward
from tests.work.conftest import HARBOUR
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

PAGE = b"""<!doctype html><html lang="en"><head><title>Forty boats left the harbour</title>
<link rel="canonical" href="https://paper.example/boats"></head><body><nav>Home Sport</nav>
<article><h1>Forty boats left the harbour</h1>
<p>Forty boats left Portsea harbour on Monday, the coastguard said. The harbour was built in 1902
by the county, which still owns it.</p>
<p>Fishing quotas fell by 12% in 2023, and the coastguard counted fewer boats than in any year
before.</p></article></body></html>"""


def fetched_from(backend: RoutedHere) -> Fetcher:
    return Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)


def check_claims_stand_in_the_text(version: ArticleVersion) -> None:
    appearances = list(version.appearances.all())
    assert len(appearances) >= 3
    for appearance in appearances:
        assert version.text[appearance.start : appearance.end] == appearance.quote


def test_pasted_text_becomes_claims_with_evidence_beside_them():
    submission = submit(Handed(text=HARBOUR), by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.READY
    assert submission.version.title == "Forty boats left the harbour"
    check_claims_stand_in_the_text(submission.version)
    claim = Claim.objects.get(text="The harbour was built in 1902.")
    assert claim.state == ClaimState.OPEN
    beside = Evidence.objects.filter(claim=claim)
    assert "https://museum.example/history" in {piece.source.url for piece in beside}
    assert all(piece.passage.text for piece in beside)
    assert list(Event.objects.verify()) == []


def test_what_a_page_quotes_apart_is_claimed_by_who_is_introduced():
    quotation = b"<p>Ann Lee wrote on Monday:</p><blockquote><p>The county sold nine boats to the "
    quotation += b"museum in 2019.</p></blockquote></article>"
    handed = Handed(file=PAGE.replace(b"</article>", quotation), file_name="boats.html")
    submit(handed, by=UserFactory())

    work_off()

    claim = Claim.objects.get(text="The county sold nine boats to the museum in 2019.")
    assert claim.claimant is not None
    assert claim.claimant.name == "Ann Lee"


def test_a_claim_keeps_the_sentence_it_must_be_read_with():
    text = f"{HARBOUR}\n\nPortsea signed a deal with Peru in 2019. The deal cost 40 million euros."
    submit(Handed(text=text), by=UserFactory())

    work_off()

    claim = Claim.objects.get(text="The deal cost 40 million euros.")
    assert claim.needs_context
    assert claim.read_with == "Portsea signed a deal with Peru in 2019."


def test_everything_a_machine_made_says_how_it_came_about():
    submit(Handed(text=HARBOUR), by=UserFactory())

    work_off()

    for search in Search.objects.all():
        assert search.finished_at > search.started_at
        assert search.queries == [search.claim.text]
        assert [asked["provider"] for asked in search.providers] == ["library"]
        assert search.versions["stance"].startswith("lexical")
    for piece in Evidence.objects.all():
        assert piece.search.claim == piece.claim
        assert piece.why["provider"] == "library"
        assert piece.why["found_by"].keys() <= {"lexical", "vector", "fused"}
        assert piece.why["rank"] >= 1
    assert all(claim.splitter for claim in Claim.objects.all())


def test_a_file_becomes_claims():
    handed = Handed(file=HARBOUR.encode(), file_name="boats.txt", content_type="text/plain")
    submission = submit(handed, by=UserFactory())

    work_off(Submission, ArticleVersion)

    submission.refresh_from_db()
    assert submission.version.state == VersionState.SPLIT
    check_claims_stand_in_the_text(submission.version)


def test_a_public_address_is_fetched_and_becomes_claims(monkeypatch):
    with serving(lambda path: [page(PAGE)]) as backend:
        monkeypatch.setattr(registry, "fetcher", lambda: fetched_from(backend))
        handed = Handed(url="http://paper.example/boats?utm=1", visibility=Visibility.PUBLIC)
        submission = submit(handed, by=UserFactory())
        work_off(Submission, ArticleVersion)

    assert backend.asked == [(PUBLIC, 80)]
    submission.refresh_from_db()
    assert submission.version.article.canonical_url == "https://paper.example/boats"
    check_claims_stand_in_the_text(submission.version)


def test_two_people_who_hand_in_one_public_address_share_its_article(monkeypatch):
    with serving(lambda path: [page(PAGE)]) as backend:
        monkeypatch.setattr(registry, "fetcher", lambda: fetched_from(backend))
        for query in ("?utm=1", "?utm=2"):
            url = f"http://paper.example/boats{query}"
            submit(Handed(url=url, visibility=Visibility.PUBLIC), by=UserFactory())
        work_off(Submission, ArticleVersion)

    assert Article.objects.count() == ArticleVersion.objects.count() == 1
    assert Submission.objects.filter(state=SubmissionState.READY).count() == 2


def test_two_people_who_paste_one_text_do_not_share_its_article():
    for _ in range(2):
        submit(Handed(text=HARBOUR), by=UserFactory())

    work_off(Submission)

    assert Article.objects.count() == 2


def test_the_same_text_handed_in_again_makes_no_second_version_and_no_second_claims():
    user = UserFactory()
    submit(Handed(text=HARBOUR), by=user)
    work_off()
    claims, searches = Claim.objects.count(), Search.objects.count()

    submit(Handed(text=HARBOUR), by=user)
    work_off()

    assert ArticleVersion.objects.count() == 1
    assert (Claim.objects.count(), Search.objects.count()) == (claims, searches)


@pytest.mark.parametrize("given", ["text", "file"])
@pytest.mark.parametrize("owner", [UserFactory, ApiKeyFactory])
def test_a_confidential_article_makes_no_connection_to_the_outside(
    given, owner, outward: Outward, settings
):
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    handed = {
        "text": Handed(text=HARBOUR),
        "file": Handed(file=HARBOUR.encode(), content_type="text/plain"),
    }[given]
    submit(handed, by=owner())

    work_off()

    assert Search.objects.filter(finished_at__isnull=False).count() >= 3
    assert outward.asked == []
    for search in Search.objects.all():
        assert [asked["provider"] for asked in search.providers] == ["library"]


def test_a_public_article_is_asked_about_outside(outward: Outward, settings):
    """The other side of the test above: the record would have seen it."""
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    submit(Handed(text=HARBOUR, visibility=Visibility.PUBLIC), by=UserFactory())

    work_off(Submission, ArticleVersion)
    search = Search.objects.earliest("pk")
    tasks.gather_evidence(search.pk)

    assert any("wikipedia.org" in str(asked) for asked in outward.asked)
    search.refresh_from_db()
    assert [asked["provider"] for asked in search.providers] == ["library", "wikipedia"]


def test_later_words_of_a_confidential_article_stay_inside_even_when_handed_in_publicly(
    outward: Outward, settings
):
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    key = ApiKeyFactory()
    submit(Handed(text=HARBOUR, external_id="boats"), by=key)
    work_off()
    more = HARBOUR + "\n\nThe coastguard bought three ships in 2019."
    public = Handed(text=more, external_id="boats", visibility=Visibility.PUBLIC)
    submit(public, by=key)

    work_off()

    assert ArticleVersion.objects.count() == 2
    assert outward.asked == []


class Watching:
    """A library, encoder, stance model and fetcher that see whether a transaction is open."""

    name, dimensions, outside = "library", 384, False

    def __init__(self) -> None:
        self.saw: list[bool] = []

    def look(self, *args: object, **options: object) -> list[object]:
        self.saw.append(connection.in_atomic_block)
        return []

    search = judge = encode = questions = look

    def fetch(self, url: str) -> None:
        self.look()
        raise ProviderDown("nothing here")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_fetched_asked_or_judged_while_a_transaction_is_open(monkeypatch):
    watching = Watching()
    monkeypatch.setattr(registry, "fetcher", lambda: watching)
    monkeypatch.setattr(registry, "providers", lambda **who: [watching])
    monkeypatch.setattr(registry, "stance_model", lambda: watching)
    user = User.objects.create(username="ada")
    submit(Handed(url="http://paper.example/1", visibility=Visibility.PUBLIC), by=user)
    submit(Handed(text=HARBOUR), by=user)

    work_off()

    assert len(watching.saw) > 6
    assert not any(watching.saw)


@pytest.mark.parametrize("model", [Submission, ArticleVersion, Search])
def test_a_task_that_runs_twice_does_nothing_the_second_time(model):
    submit(Handed(text=HARBOUR), by=UserFactory())
    work_off()
    written = Event.objects.count()

    for key in model.objects.values_list("pk", flat=True):
        {Submission: tasks.take_in, ArticleVersion: tasks.split, Search: tasks.gather_evidence}[
            model
        ](key)

    assert Event.objects.count() == written


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (pdf_of(), "pdf"),
        (docx_of(author="Anna Hart"), "docx"),
        (mail_bytes(), "mail"),
    ],
    ids=["pdf", "docx", "mail"],
)
def test_a_file_of_any_kind_becomes_an_article_whatever_it_is_called(body, kind):
    handed = Handed(file=body, file_name="release.txt", content_type="text/plain")
    submission = submit(handed, by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.version.title == HEADLINE
    assert submission.version.extractor.startswith(kind)
    assert BODY[0] in submission.version.text
    check_claims_stand_in_the_text(submission.version)


def test_a_text_in_another_language_becomes_sentences_nobody_judged():
    text = "Der Damm bei Lund wurde im Mai eröffnet. Er kostete 4,2 Mio. Kronen, sagte die Stadt."
    submission = submit(Handed(text=text, title="Der Damm ist früher offen"), by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.version.language == "de"
    claims = Claim.objects.filter(article=submission.version.article)
    assert claims.count() == 3
    assert {(claim.kind, claim.check_worthiness, claim.desk) for claim in claims} == {
        ("unknown", None, True)
    }
    assert claims.on_desk().count() == 3


def test_a_file_with_more_words_than_an_article_is_refused(settings):
    settings.MAX_ARTICLE_CHARACTERS = 1000
    submission = submit(Handed(file=pdf_of()), by=UserFactory())

    work_off()

    submission.refresh_from_db()
    assert submission.state == SubmissionState.FAILED
    assert "more than 1,000 characters" in submission.last_error
