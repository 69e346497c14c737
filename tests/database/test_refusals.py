import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.database import (  # noqa: F401 - they fill REFUSED
    refused_checks,
    refused_notes,
    refused_objections,
    refused_providers,
    refused_replies,
    refused_rows,
    refused_sources,
    refused_steps,
    refused_verdicts,
)
from tests.database.refusals import REFUSED

KEEPING = {
    "passages_are_counted_out",
    "claim_of_the_desk_is_entered",
    "claim_reworded_is_entered_anew",
    "verdict_published_is_entered",
}
"""Triggers that keep counts and entries, and refuse nothing."""
OURS = ("factcheck", "sources", "claims")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "attempt"),
    REFUSED,
    ids=[f"{name}-{number}" for number, (name, _) in enumerate(REFUSED)],
)
def test_the_database_refuses(name, attempt):
    with pytest.raises(IntegrityError, match=rf"\b{name}\b"), transaction.atomic():
        attempt()


def test_every_constraint_has_an_attempt_that_it_refuses():
    constraints = {
        constraint.name
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    assert constraints <= {name for name, _ in REFUSED}


def test_every_refusal_of_a_trigger_has_an_attempt():
    assert trigger_refusals() <= {name for name, _ in REFUSED}


def test_every_attempt_is_about_a_refusal_that_exists():
    constraints = {
        constraint.name
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    assert {name for name, _ in REFUSED} <= constraints | trigger_refusals()


def trigger_refusals():
    """The sentences triggers give, read from the functions they run in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal"
        )
        triggers = cursor.fetchall()
    assert triggers
    names = set()
    for trigger, source in triggers:
        if trigger in KEEPING:
            continue
        raised = re.findall(r"RAISE EXCEPTION '(%|\w+)", source)
        assert raised, f"{trigger} refuses nothing"
        names |= {trigger if name == "%" else name for name in raised}
    return names
