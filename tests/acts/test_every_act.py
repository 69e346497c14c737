"""What holds for each act: one transaction, one event."""

import ast
import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction

from claims import actions
from claims.history import SENTENCES
from factcheck import people
from factcheck.models import Event, Work
from factcheck.models.event import EventQuerySet
from sources import moderating
from tests.acts.everything import ACTS
from tests.factories import ClaimFactory

OURS = ("factcheck", "sources", "claims")
MOST_QUERIES = 25
ROOT = Path(__file__).parents[2]


class Interrupted(Exception):
    """Raised where the act would have recorded its event."""


@pytest.mark.django_db
@pytest.mark.parametrize("maker", ACTS.values(), ids=ACTS)
def test_an_act_records_one_event_that_has_a_sentence(maker):
    act = maker()
    before = Event.objects.count()
    act()
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("position").verb in SENTENCES
    assert list(Event.objects.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("maker", ACTS.values(), ids=ACTS)
def test_an_act_asks_the_database_a_few_questions(maker, django_assert_max_num_queries):
    act = maker()
    with django_assert_max_num_queries(MOST_QUERIES):
        act()


@pytest.mark.django_db
@pytest.mark.parametrize("maker", ACTS.values(), ids=ACTS)
def test_an_act_that_fails_at_its_end_leaves_nothing_behind(maker, monkeypatch):
    act = maker()
    before = everything_stored()
    hints = len(connection.run_on_commit)

    def interrupt(*args, **kwargs):
        assert everything_stored() != before, "the event must be the last thing written"
        raise Interrupted

    monkeypatch.setattr(EventQuerySet, "record", interrupt)
    with pytest.raises(Interrupted):
        act()
    assert everything_stored() == before
    assert len(connection.run_on_commit) == hints


@pytest.mark.django_db
@pytest.mark.parametrize("maker", ACTS.values(), ids=ACTS)
def test_an_act_writes_nothing_after_its_event(maker, monkeypatch):
    act, record, left = maker(), EventQuerySet.record, []

    def recorded(*args, **kwargs):
        event = record(*args, **kwargs)
        left.append(everything_stored())
        return event

    monkeypatch.setattr(EventQuerySet, "record", recorded)
    act()
    assert [everything_stored()] == left


def everything_stored():
    """A digest of each table's rows, whatever their order."""
    tables = [
        model._meta.db_table
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    digest = "md5(string_agg(every_row::text, E'\\n' ORDER BY every_row::text))"
    each = (f"SELECT '{table}', {digest} FROM {table} every_row" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def test_every_function_that_acts_is_tried_here():
    functions = {
        name
        for module in modules_of_acts()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
        if "by" in inspect.signature(function).parameters
        if inspect.signature(function).parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert {"take_claim", "retract_source", "shut_out"} <= functions
    assert functions <= ACTS.keys()


def modules_of_acts():
    found = pkgutil.iter_modules(actions.__path__, f"{actions.__name__}.")
    return [*(import_module(module.name) for module in found), people, moderating]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_event_is_recorded():
    claim = ClaimFactory()
    with pytest.raises(transaction.TransactionManagementError):
        Event.objects.record("claim.taken", claim, by="test")


def test_the_sentences_are_those_of_the_verbs_that_are_recorded():
    given_up = {model.given_up_verb for model in apps.get_models() if issubclass(model, Work)}
    assert recorded_verbs() | given_up == SENTENCES.keys()


def test_every_lock_lets_others_refer_to_the_row():
    calls = [call for path in our_files() for call in ast.walk(ast.parse(path.read_text()))]
    locks = [ast.unparse(call) for call in calls if is_lock(call)]
    assert len(locks) > 50
    assert [lock for lock in locks if "no_key=True" not in lock] == []


def is_lock(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    )


def recorded_verbs():
    """The verbs in calls of Event.objects.record, read from the code itself."""
    verbs = set()
    for path in our_files():
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in [node for node in ast.walk(function) if is_record(node)]:
                verbs |= {verb for verb in strings(named(call.args[0], function)) if "." in verb}
    assert verbs
    return verbs


def our_files():
    return [path for app in OURS for path in sorted((ROOT / app).rglob("*.py"))]


def is_record(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "Event.objects.record"


def named(argument, function):
    """What a name stands for in the function, or the argument itself."""
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    values = {ast.unparse(node.targets[0]): node.value for node in assigned}
    return values.get(ast.unparse(argument), argument)


def strings(node):
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
