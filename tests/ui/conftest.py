"""People and pages for the tests of screens."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from claims.models import Verdict
from factcheck.models import HasPublicId, User
from tests.factories import UserFactory

ALERT = '<p class="problem" role="alert" tabindex="-1" autofocus>'
"""How a page says, beside what was typed, why an act was not possible."""

SAYS = '<ul class="messages" role="status" tabindex="-1" autofocus>'
"""How a page begins to say what was done."""


def person(username: str, role: str = "") -> User:
    user = UserFactory(username=username, first_name=username.title())
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path(name: str, thing: HasPublicId, *more: object) -> str:
    """Where what the desk calls ``name`` is done to ``thing``."""
    return reverse(f"claims:{name}", args=[thing.public_id, *more])


def typed(draft: Verdict, **columns: str) -> dict[str, str]:
    """What the editor's form sends for a finished draft."""
    evidence = draft.claim.evidence.accepted().earliest("pk")
    content = {
        "seen": draft.digest,
        "rating": "default:true",
        "summary": "Forty boats left.",
        "explanation": "The count was **40** boats [1].",
        f"number-{evidence.public_id}": "1",
    }
    return content | columns


@pytest.fixture
def reviewer(db: None) -> User:
    return person("ada", "Reviewers")


@pytest.fixture
def editor(db: None) -> User:
    return person("ben", "Editors")


@pytest.fixture
def browser(reviewer: User) -> Client:
    """The reviewer's browser."""
    return logged_in(reviewer)


@pytest.fixture
def editors_browser(editor: User) -> Client:
    return logged_in(editor)


@pytest.fixture
def world(db: None) -> Client:
    """A browser of somebody who has no login."""
    return Client()
