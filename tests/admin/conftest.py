"""Moderators, and a row of everything they look after."""

import pytest
from django.test import Client

from claims.states import VerdictState
from factcheck.models import Event, User
from tests.factories import (
    ApiKeyFactory,
    ArticleVersionFactory,
    SearchFactory,
    SourceFactory,
    SubmissionFactory,
)
from tests.stories import verdict_in
from tests.ui.conftest import logged_in, person


@pytest.fixture
def moderator(db: None) -> User:
    return person("mona", "Moderators")


@pytest.fixture
def office(moderator: User) -> Client:
    """The moderator's browser."""
    return logged_in(moderator)


@pytest.fixture
def superuser(db: None) -> User:
    user = person("root")
    user.is_superuser = user.is_staff = True
    user.save(update_fields=["is_superuser", "is_staff"])
    return user


@pytest.fixture
def rows(db: None) -> dict[str, object]:
    """One row of each table of the administration."""
    verdict = verdict_in(VerdictState.PUBLISHED)
    source = SourceFactory(retracted=True)
    version = ArticleVersionFactory(failed=True)
    SubmissionFactory(failed=True)
    SearchFactory(due_at=None, last_error="No provider answered.")
    return {
        "claims/claim": verdict.claim,
        "claims/verdict": verdict,
        "claims/article": version.article,
        "sources/source": source,
        "sources/outlet": source.outlet,
        "factcheck/user": person("nia"),
        "factcheck/apikey": ApiKeyFactory(),
        "factcheck/publisher": ApiKeyFactory().publisher,
        "factcheck/event": Event.objects.latest("position"),
    }


@pytest.fixture
def editors_browser(db: None) -> Client:
    return logged_in(person("ben", "Editors"))
