"""The language model among the workers: what it is asked about, and what if it is silent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from claims.actions.bringing import Brought, bring_document
from claims.actions.disclosing import disclose_article
from claims.actions.evidence import search_again
from claims.actions.intake import Handed, submit
from claims.models import ArticleVersion, Bringing, Claim, ModelRun, Search, Submission, Visibility
from claims.states import BringingState, VersionState
from factcheck.models import Event
from sources.llm import LanguageModel
from tests.factories import ApiKeyFactory, UserFactory
from tests.model_server import ModelServer, claims, completion, entry, http, model_server
from tests.outward import Outward
from tests.work.conftest import HARBOUR
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

PUBLIC = Handed(text=HARBOUR, visibility=Visibility.PUBLIC)
SECRET = Handed(text=HARBOUR)


def helpful(asked):
    """A model that copies sentences and takes no side."""
    if any("claim" in row for row in asked.rows):
        entries = [{"passage": n, "stance": "neutral", "rationale": ""} for n in asked.sentences]
        return completion(json.dumps({"judgements": entries}))
    return claims(*(entry(number, text) for number, text in asked.sentences.items()))


@contextmanager
def language_model(settings, answer=helpful, uses=("splitter", "judge")) -> Iterator[ModelServer]:
    settings.OUTSIDE_PROVIDERS = []
    settings.LLM_MODEL, settings.LLM_KEY, settings.LLM_USES = "scripted", "sk-1", list(uses)
    with model_server(answer) as server:
        settings.LLM_URL = server.url
        yield server


def split_up(handed, by=None) -> ArticleVersion:
    submission = submit(handed, by=by or UserFactory())
    work_off(Submission, ArticleVersion)
    submission.refresh_from_db()
    assert submission.version.state == VersionState.SPLIT
    return submission.version


def test_a_public_article_is_refined_and_the_cost_is_kept(settings):
    with language_model(settings) as server:
        version = split_up(PUBLIC)
    assert len(server.asked) == 1
    run = version.model_runs.get()
    assert (run.model, run.calls, run.prompt_tokens, run.completion_tokens) == (
        "scripted",
        1,
        700,
        80,
    )
    assert 0 < run.seconds < 30
    assert run.failure == ""
    assert version.splitter.endswith(", refined by scripted")
    assert {claim.splitter for claim in Claim.objects.all()} == {version.splitter}
    event = Event.objects.get(verb="article.split")
    assert (event.data["model"], event.data["tokens"]) == ("scripted", 780)
    assert list(Event.objects.verify()) == []


def test_a_public_search_is_judged_by_it_and_says_so(settings):
    with language_model(settings, uses=["judge"]):
        submit(PUBLIC, by=UserFactory())
        work_off()
    assert not ModelRun.objects.filter(version__isnull=False).exists()
    searches = Search.objects.filter(passages_read__gt=0)
    assert searches
    for search in searches:
        assert search.versions["stance"] == "scripted"
        assert search.model_runs.get().tokens == 780
        assert {piece.why["model"] for piece in search.evidence.all()} <= {"scripted"}


@pytest.mark.parametrize("owner", [UserFactory, ApiKeyFactory])
def test_a_confidential_article_makes_no_connection(owner, settings, outward: Outward):
    settings.OUTSIDE_PROVIDERS = []
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "scripted"
    submit(SECRET, by=owner())
    work_off()
    assert Search.objects.filter(finished_at__isnull=False).count() >= 3
    assert outward.asked == []
    assert not ModelRun.objects.exists()


def test_a_public_article_does_make_one(settings, outward: Outward):
    """The other side of the test above: the record would have seen it."""
    settings.OUTSIDE_PROVIDERS = []
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "scripted"
    split_up(PUBLIC)
    assert outward.asked


def test_later_words_of_a_confidential_article_stay_inside(settings, outward: Outward):
    settings.OUTSIDE_PROVIDERS = []
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "scripted"
    key = ApiKeyFactory()
    submit(Handed(text=HARBOUR, external_id="boats"), by=key)
    work_off()
    more = f"{HARBOUR}\n\nThe coastguard bought three ships in 2019."
    submit(Handed(text=more, external_id="boats", visibility=Visibility.PUBLIC), by=key)
    work_off()
    assert ArticleVersion.objects.count() == 2
    assert outward.asked == []


def test_confidential_words_go_out_only_where_the_administrator_says_so(settings):
    settings.LLM_CONFIDENTIAL = True
    with language_model(settings) as server:
        submit(SECRET, by=UserFactory())
        work_off()
    assert len(server.asked) >= 2
    assert ModelRun.objects.filter(failure="", calls=1).count() == len(server.asked)


def test_what_was_disclosed_is_judged_by_it_from_the_next_search_on(settings):
    user = UserFactory()
    with language_model(settings) as server:
        version = split_up(SECRET, by=user)
        work_off()
        assert server.asked == []
        disclose_article(version.article_id, version=1, by=user)
        search_again(Claim.objects.filter(text__contains="1902").get().pk, by=user)
        work_off()
    assert len(server.asked) == 1


def test_a_document_somebody_brought_is_never_shown_to_it(settings):
    """A file is private to who brought it: the offline model makes the offers."""
    with language_model(settings) as server:
        split_up(PUBLIC)
        claim = Claim.objects.filter(text__contains="1902").get()
        asked_before = len(server.asked)
        log = f"The log\n\n{'The harbour of Portsea was built in 1902, the log says. ' * 9}"
        brought = Brought(file=log.encode(), file_name="log.txt", content_type="text/plain")
        bringing = bring_document(claim.pk, brought, by=UserFactory())
        work_off(Bringing)
        bringing.refresh_from_db()
    assert bringing.state == BringingState.READY
    assert len(server.asked) == asked_before


DOWN = [
    (http(503, b"", "Retry-After: 0"), "was overloaded or broken (status 503)"),
    (http(401, b"sk-1"), "refused the key (status 401)"),
    (http(200, b"<html>"), "answered with something that is not the JSON it was asked for"),
    (completion('{"claims": [', finish_reason="length"), "did not get to the end of its answer"),
]


@pytest.mark.parametrize(("answer", "why"), DOWN)
def test_without_an_answer_the_offline_rules_split_and_it_is_said(answer, why, settings):
    settings.LLM_URL = ""
    by_rules = [c.text for c in split_up(SECRET).article.claims.order_by("pk")]
    with language_model(settings, lambda asked: answer):
        version = split_up(PUBLIC)
    assert [c.text for c in version.article.claims.order_by("pk")] == by_rules
    run = version.model_runs.get()
    assert (run.failure, "refined" in version.splitter) == (why, False)
    assert Event.objects.filter(verb="article.split").latest("position").data["fell_back"] is True


def test_a_server_that_is_down_is_left_alone_for_a_while_by_all_workers(settings):
    with language_model(settings, lambda asked: http(401, b"")) as server:
        submit(PUBLIC, by=UserFactory())
        work_off()
        assert len(server.asked) == 1
    assert Search.objects.filter(finished_at__isnull=False).count() >= 3
    for search in Search.objects.filter(passages_read__gt=0):
        assert search.versions["stance"].startswith("lexical")
        assert search.versions["instead of"].startswith("scripted, which did not answer lately")
    rested = ModelRun.objects.filter(calls=0)
    assert rested
    assert all("asked again from" in run.failure for run in rested)


def test_while_it_rests_the_next_article_is_split_without_it(settings):
    with language_model(settings, lambda asked: http(401, b""), uses=["splitter"]) as server:
        split_up(PUBLIC)
        more = Handed(text=f"{HARBOUR}\n\nIt rained in 2021.", visibility=Visibility.PUBLIC)
        version = split_up(more)
    assert len(server.asked) == 1
    run = version.model_runs.get()
    assert run.calls == 0
    assert run.failure.startswith("did not answer lately and is asked again from")


def test_after_its_rest_it_is_asked_again(settings):
    with language_model(settings, lambda asked: http(401, b"")):
        split_up(PUBLIC)
    ModelRun.objects.update(rests_until=Now() - timedelta(seconds=1))
    with language_model(settings) as server:
        split_up(Handed(text=f"{HARBOUR}\n\nIt rained in 2021.", visibility=Visibility.PUBLIC))
    assert len(server.asked) == 1


def test_an_answer_that_cannot_be_used_rests_nobody(settings):
    with language_model(settings, lambda asked: completion("no")) as server:
        submit(PUBLIC, by=UserFactory())
        work_off()
    assert len(server.asked) > 2
    assert not ModelRun.objects.filter(rests_until__isnull=False).exists()


def test_a_text_in_another_language_is_not_sent(settings):
    text = "Der Damm bei Lund wurde im Mai eröffnet. Er kostete 4,2 Mio. Kronen, sagte die Stadt."
    with language_model(settings) as server:
        split_up(Handed(text=text, title="Der Damm", visibility=Visibility.PUBLIC))
    assert server.asked == []
    assert not ModelRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_it_is_asked(settings, monkeypatch):
    saw = []
    ask = LanguageModel.ask

    def watched(self, *args, **options):
        saw.append(connection.in_atomic_block)
        return ask(self, *args, **options)

    monkeypatch.setattr(LanguageModel, "ask", watched)
    with language_model(settings):
        submit(PUBLIC, by=UserFactory())
        work_off()
    assert len(saw) >= 2
    assert not any(saw)
