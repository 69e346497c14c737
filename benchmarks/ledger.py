"""The books of the kill trial: what was handed in, what came of it, and what does not add up.

Import it after ``django.setup()``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.apps import apps
from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import Count
from django.db.models.functions import Now

from claims.actions.intake import Handed, submit
from claims.models import Appearance, Article, ArticleVersion, Claim, Evidence, Search, Submission
from claims.states import SubmissionState, VersionState
from factcheck.models import Event, User
from factcheck.tasks import work_models

T = TypeVar("T")
REFERENCE, TRIAL = "undisturbed", "under fire"
ONCE = {Submission: "submission.ready", ArticleVersion: "article.split", Search: "search.finished"}


@contextmanager
def if_there() -> Iterator[None]:
    """Skip the body, or the rest of it, when the database is not there."""
    try:
        yield
    except (InterfaceError, OperationalError):
        close_old_connections()


def hand_in(name: str, title: str, text: str) -> None:
    user, _ = User.objects.get_or_create(username=name)
    submit(Handed(title=title, text=text), by=user)


def progress() -> tuple[int, int, int]:
    """How many rows are finished, how many are due by now, and how many ever will be."""
    models = work_models()
    return (
        sum(model.objects.filter(due_at__isnull=True).count() for model in models),
        sum(model.objects.filter(due_at__lte=Now()).count() for model in models),
        sum(model.objects.filter(due_at__isnull=False).count() for model in models),
    )


def is_done(row: str) -> bool:
    model, pk = row.split()
    return apps.get_model("claims", model).objects.get(pk=pk).due_at is None


def of(name: str, rows: Callable[..., T], path: str) -> T:
    return rows(**{f"{path}owner__username": name})


def counts(name: str) -> dict[str, int]:
    """How much of everything there is."""
    searches = of(name, Search.objects.filter, "claim__article__")
    return {
        "articles": of(name, Article.objects.filter, "").count(),
        "claims": of(name, Claim.objects.filter, "article__").count(),
        "searches": searches.count(),
        "searches finished": searches.filter(finished_at__isnull=False).count(),
        "evidence": of(name, Evidence.objects.filter, "claim__article__").count(),
    }


def violations(articles: int) -> Iterator[str]:
    """A sentence for everything that is lost, doubled or broken."""
    yield from _lost(articles)
    yield from _different("claim", claims)
    yield from _different("piece of evidence", evidence)
    yield from _doubled()
    yield from Event.objects.verify()


def _lost(articles: int) -> Iterator[str]:
    there = of(TRIAL, Article.objects.filter, "")
    if there.count() != articles:
        yield f"{there.count()} articles instead of {articles}."
    for article in there.annotate(number=Count("versions")).exclude(number=1):
        yield f"Article {article.pk} has {article.number} versions."
    versions = of(TRIAL, ArticleVersion.objects.filter, "article__")
    for version in versions.exclude(state=VersionState.SPLIT):
        yield f"{version} is {version.state}: {version.last_error}"
    for submission in Submission.objects.exclude(state=SubmissionState.READY):
        yield f"Submission {submission.pk} is {submission.state}: {submission.last_error}"
    for search in of(TRIAL, Search.objects.filter, "claim__article__"):
        if search.finished_at is None:
            yield f"{search} is not finished: {search.last_error or 'nobody knows why'}"
    for claim in of(TRIAL, Claim.objects.filter, "article__").filter(desk=True):
        if claim.searches.count() != 1:
            yield f"Claim {claim.pk} has {claim.searches.count()} searches."


def claims(name: str) -> Counter[tuple[object, ...]]:
    """Each claim by article, words and place."""
    return Counter(
        of(name, Appearance.objects.filter, "version__article__").values_list(
            "version__title", "claim__text", "start", "end"
        )
    )


def evidence(name: str) -> Counter[tuple[object, ...]]:
    """Each piece of evidence by article, claim, source and words."""
    return Counter(
        of(name, Evidence.objects.filter, "claim__article__").values_list(
            "claim__article__versions__title", "claim__text", "source", "passage_digest"
        )
    )


def _different(what: str, read: Callable[[str], Counter[tuple[object, ...]]]) -> Iterator[str]:
    expected, there = read(REFERENCE), read(TRIAL)
    for missing in expected - there:
        yield f"lost {what}: {missing}"
    for more in there - expected:
        yield f"{what} that is double or new: {more}"


def _doubled() -> Iterator[str]:
    for model, verb in ONCE.items():
        done = Event.objects.filter(verb=verb).values("object_id").annotate(times=Count("pk"))
        for event in done.filter(times__gt=1):
            yield f"{model.__name__} {event['object_id']} was done {event['times']} times."
