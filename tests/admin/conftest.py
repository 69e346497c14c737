"""Moderators, and a row of everything they look after."""

from typing import Any

import pytest
from django.test import Client

from factcheck.models import User
from tests.admin.everything import one_of_each
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
def rows(db: None) -> dict[str, Any]:
    """One row of each table of the administration."""
    return one_of_each()


@pytest.fixture
def editors_browser(db: None) -> Client:
    return logged_in(person("ben", "Editors"))
