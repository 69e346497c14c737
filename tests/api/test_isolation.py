"""Every route of the API, as listed by its URL patterns: whom it refuses, and how.

A route added without a foreign thing to ask for fails here.
"""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from claims.api.urls import urlpatterns
from claims.scopes import Scope
from tests.api.callers import caller, handed_in
from tests.factories import EvidenceFactory, PublisherFactory, VerdictFactory

pytestmark = pytest.mark.django_db

OPEN = {"nowhere", "docs", "openapi"}
"""Routes that need no key."""

ROUTES = {pattern.name: pattern for pattern in urlpatterns if pattern.name not in OPEN}
METHODS = [
    (name, method)
    for name, pattern in ROUTES.items()
    for method in getattr(pattern.callback.cls, "scopes", {"GET": None})
]
NAMING = [(name, method) for name, method in METHODS if ROUTES[name].pattern.converters]
"""Routes that name a thing."""

FOREIGN = {
    "article_id": lambda handed: handed.article.public_id,
    "claim_id": lambda handed: handed.claim.public_id,
    "number": lambda handed: handed.version.number,
    "submission_id": lambda handed: handed.version.submissions.get().public_id,
    "verdict_id": lambda handed: handed.claim.verdicts.get().public_id,
}
"""What another publisher's thing is called in an address."""

OF_NOBODY = {"verdict", "claim_review"}
"""Routes to public verdicts, which belong to nobody: foreign is one that is in work."""


def address(name, thing):
    """The route with the ids that ``thing`` gives for its converters."""
    return reverse(
        f"api:{name}",
        kwargs={part: thing(part) for part in ROUTES[name].pattern.converters},
    )


def made_up(part):
    return 1 if part == "number" else uuid4()


def ask(client, method, url):
    return client.generic(method, url, data="{}", content_type="application/json")


@pytest.fixture
def foreign():
    """What another publisher handed in, worked on."""
    handed = handed_in(PublisherFactory())
    EvidenceFactory(claim=handed.claim, accepted=True)
    VerdictFactory(claim=handed.claim)
    return handed


def test_every_route_names_the_scope_of_each_method():
    for name, pattern in ROUTES.items():
        view = pattern.callback.cls
        offered = {m.upper() for m in view.http_method_names if hasattr(view, m)} - {"OPTIONS"}
        assert offered == set(view.scopes), name
        assert set(view.scopes.values()) <= set(Scope)


def test_every_part_of_an_address_is_known_to_these_tests():
    for name, pattern in ROUTES.items():
        assert set(pattern.pattern.converters) <= set(FOREIGN), name


@pytest.mark.parametrize(("name", "method"), METHODS)
def test_without_a_key_it_is_401(name, method):
    answer = ask(Client(), method, address(name, made_up))
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("name", "method"), METHODS)
def test_without_the_scope_it_is_403(name, method, foreign):
    needed = ROUTES[name].callback.cls.scopes[method]
    others = [scope for scope in Scope if scope != needed]
    answer = ask(
        caller(foreign.publisher, *others),
        method,
        address(name, lambda part: FOREIGN[part](foreign)),
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


@pytest.mark.parametrize(("name", "method"), NAMING)
def test_a_made_up_id_is_not_found(name, method):
    answer = ask(caller(PublisherFactory()), method, address(name, made_up))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(("name", "method"), NAMING)
def test_a_foreign_id_is_not_found_and_reads_like_a_made_up_one(name, method, foreign):
    stranger = caller(PublisherFactory())
    theirs = ask(stranger, method, address(name, lambda part: FOREIGN[part](foreign)))
    nobodys = ask(stranger, method, address(name, made_up))
    assert theirs.status_code == 404
    assert theirs.content == nobodys.content


@pytest.mark.parametrize(
    ("name", "method"),
    [(name, method) for name, method in NAMING if method == "GET" and name not in OF_NOBODY],
)
def test_the_same_address_is_found_by_its_owner(name, method, foreign):
    """Else the tests above would pass for an address that never answers."""
    answer = ask(
        caller(foreign.publisher), method, address(name, lambda part: FOREIGN[part](foreign))
    )
    assert answer.status_code == 200, answer.text
