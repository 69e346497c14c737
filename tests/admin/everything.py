"""Every page of the administration, with a row of everything on it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin

from claims.states import VerdictState
from factcheck.models import Event
from sources.models import Import
from tests.factories import (
    ApiKeyFactory,
    ArticleVersionFactory,
    CheckFeedFactory,
    DeliveryFactory,
    EncodingFactory,
    FeedFactory,
    ModelRunFactory,
    OutsideProviderFactory,
    PageFactory,
    SearchFactory,
    SourceFactory,
    SubmissionFactory,
)
from tests.stories import verdict_in
from tests.ui.conftest import person


def one_of_each() -> dict[str, Any]:
    """One row of each table of the administration."""
    verdict = verdict_in(VerdictState.PUBLISHED)
    source = SourceFactory(retracted=True)
    version = ArticleVersionFactory(failed=True)
    ModelRunFactory(version=version, down=True)
    SubmissionFactory(failed=True)
    SearchFactory(due_at=None, last_error="No provider answered.")
    delivery = DeliveryFactory(last_error="Status 500.", failures=1, status=500)
    return {
        "claims/endpoint": delivery.endpoint,
        "claims/delivery": delivery,
        "claims/claim": verdict.claim,
        "claims/verdict": verdict,
        "claims/article": version.article,
        "sources/source": source,
        "sources/outlet": source.outlet,
        "sources/checkfeed": CheckFeedFactory(),
        "sources/outsideprovider": OutsideProviderFactory(name="wikipedia", down=True),
        "sources/feed": FeedFactory(outlet=source.outlet, last_error="Status 404."),
        "sources/page": PageFactory(kept=True),
        "sources/import": Import.objects.create(name="news.csv", digest="a" * 64),
        "sources/encoding": EncodingFactory(),
        "factcheck/user": person("nia"),
        "factcheck/apikey": ApiKeyFactory(),
        "factcheck/publisher": ApiKeyFactory().publisher,
        "factcheck/event": Event.objects.latest("position"),
    }


PAGES = ["/admin/", "/admin/stuck/", "/admin/providers/", "/admin/language-model/"]


def lists(rows: dict[str, Any]) -> list[str]:
    return [f"/admin/{name}/" for name in rows]


def details(rows: dict[str, Any]) -> list[str]:
    return [f"/admin/{name}/{row.pk}/change/" for name, row in rows.items()]


def acts(rows: dict[str, Any]) -> Iterator[str]:
    """Every button's page."""
    for model, table in admin.site._registry.items():
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        for button in table.buttons:
            yield f"/admin/{name}/{rows[name].pk}/act/{button.name}/"
        for button in table.list_buttons:
            yield f"/admin/{name}/act/{button.name}/"
