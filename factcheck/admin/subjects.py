"""What the history is about: the names of its objects, and where people look at them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import admin
from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.http import HttpRequest
from django.urls import reverse

from claims.history import SENTENCES
from claims.models import Article, ArticleVersion, Claim, Endpoint, Submission, Verdict
from factcheck.models import ApiKey, Event, Publisher, User
from sources.models import CheckFeed, Feed, Import, Outlet, OutsideProvider, Page, Source
from sources.registry import LABELS

SHOWN_OF_NAME = 80  # characters tell two titles apart
FOUND = 50
"""Objects of each kind that a name finds at most."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about; either may be empty."""

    called: str
    page: str


def _first_of(*columns: str) -> Combinable:
    filled = [NullIf(F(column), Value("")) for column in columns]
    return Coalesce(*filled, Value(""), output_field=CharField())


_NEWEST = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")

CALLED: dict[type[Model], Combinable] = {
    User: Coalesce(
        NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")), F("username")
    ),
    Source: F("title"),
    Outlet: F("name"),
    Publisher: F("name"),
    ApiKey: Concat(F("publisher__name"), Value(" "), F("prefix")),
    Endpoint: F("url"),
    Feed: F("url"),
    CheckFeed: F("url"),
    Page: F("url"),
    Import: F("name"),
    OutsideProvider: F("name"),
    Claim: F("text"),
    Verdict: _first_of("claim_text", "claim__text"),
    Submission: _first_of("title", "url", "file_name"),
    Article: Subquery(_NEWEST.values("title")[:1]),
    ArticleVersion: F("title"),
}
"""What people call a row of each table, by its columns."""

PAGES = {
    "claim": "claims:claim",
    "verdict": "claims:verdict",
    "submission": "claims:submission",
    "article": "claims:article",
}
"""Where an object of the history can be looked at on the desk."""
STORIES = {
    "evidence": "claims:claim",
    "search": "claims:claim",
    "bringing": "claims:claim",
    "replyrequest": "claims:claim",
    "note": "claims:claim",
    "articleversion": "claims:article",
}
"""Where an object can be looked at that belongs to another's story."""
SOUGHT = {Outlet: "name", Source: "title", Publisher: "name"}
"""What is found by its name, beside people."""
LOOKED_THROUGH = 10_000
"""The newest events about sources: their titles are read, and not those of the whole library."""


def tell_subjects(events: Sequence[Event], request: HttpRequest) -> None:
    """Say of each event what it is about, as its ``subject``: one query for each kind of object."""
    of_kind: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        of_kind[event.object_type].add(event.object_id)
    found = {
        (model.__name__.lower(), key): (called, row, model)
        for model in CALLED
        for key, called, row in _named(model, of_kind.get(model.__name__.lower(), ()), request)
    }
    for event in events:
        called, row, model = found.get((event.object_type, event.object_id), ("", 0, None))
        subject = Subject(_shortened(called or ""), _page(event, row, model))
        setattr(event, "subject", subject if subject.called or subject.page else None)  # noqa: B010 - no column


def called_like(term: str, request: HttpRequest) -> list[UUID]:
    """Ids of the outlets, sources and publishers with this in their name, FOUND of each at most.

    Of the sources, only those that LOOKED_THROUGH tells of.
    """
    return [
        key
        for model, column in SOUGHT.items()
        for key in _sought(model, request)
        .filter(**{f"{column}__icontains": term})
        .values_list("public_id", flat=True)[:FOUND]
    ]


def _sought(model: type[Model], request: HttpRequest) -> QuerySet[Model]:
    rows = _visible(model, request)
    if model is not Source:
        return rows
    done = [verb for verb in SENTENCES if verb.startswith("source.")]
    newest = Event.objects.filter(verb__in=done).order_by("-position")
    return rows.filter(public_id__in=newest.values("object_id")[:LOOKED_THROUGH])


def _named(
    model: type[Model], keys: Iterable[UUID], request: HttpRequest
) -> Iterable[tuple[UUID, str, int]]:
    if not keys:
        return ()
    rows = _visible(model, request).filter(public_id__in=keys).order_by()
    return rows.annotate(called=CALLED[model]).values_list("public_id", "called", "pk")


def _visible(model: type[Model], request: HttpRequest) -> QuerySet[Model]:
    """The rows the administration lists; what is hidden there has no name here either."""
    table = admin.site._registry.get(model)
    return table.get_queryset(request) if table else model._default_manager.all()


def _page(event: Event, row: int, model: type[Model] | None) -> str:
    if event.object_type in PAGES:
        return reverse(PAGES[event.object_type], args=[event.object_id])
    if event.object_type in STORIES:
        return reverse(STORIES[event.object_type], args=[event.thread])
    if model is None or model not in admin.site._registry:
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row])


def _shortened(name: str) -> str:
    name = LABELS.get(name, name)
    return name if len(name) <= SHOWN_OF_NAME else f"{name[:SHOWN_OF_NAME]}…"
