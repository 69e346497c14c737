"""People and pages for the tests of screens."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from factcheck.models import User
from tests.factories import UserFactory


def person(username: str, role: str = "") -> User:
    user = UserFactory(username=username, first_name=username.title())
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


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
