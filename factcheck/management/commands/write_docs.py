"""Write the pages of docs/ that only repeat what the code says."""

import inspect
import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from claims.api.schema import FILE, written
from claims.history import SENTENCES
from claims.states import MOVES, Dismissal, Outcome, State
from factcheck.management.routes import routes_page

OURS = ("claims", "sources", "factcheck")
PAGE = settings.BASE_DIR / "docs" / "states.md"
ROUTES_PAGE = settings.BASE_DIR / "docs" / "routes.md"

_COMMENTED = re.compile(r'^    \w+ = "(\w+)"(?:  # (.+))?$', re.MULTILINE)
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*?)\$\$", re.DOTALL)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+)\s[^;]*?\sON (\w+)\s[^;]*?FUNCTION (\w+)\(\)", re.DOTALL
)
_RAISED = re.compile(r"RAISE EXCEPTION '(%|\w+)")


class Command(BaseCommand):
    help = "Write docs/states.md, docs/routes.md and openapi.json anew from what the code says."
    requires_system_checks = []  # works on a fresh checkout, without a database

    def handle(self, **options: object) -> None:
        """Write the pages."""
        for page, text in ((PAGE, states_page()), (ROUTES_PAGE, routes_page()), (FILE, written())):
            page.write_text(text)
            name = page.relative_to(settings.BASE_DIR)
            self.stdout.write(self.style.SUCCESS(f"{name} is current."))


def states_page() -> str:
    """The text of docs/states.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# States, history and what the database refuses"
    yield ""
    yield "Written by `./dev manage write_docs` from `claims/states.py`, `claims/history.py`, the"
    yield "models and the migrations. Edit those, not this page: a test fails when it is stale."
    yield ""
    yield "A state says who must act next, and nothing else. No act makes another move than these."
    for kind, moves in MOVES.items():
        yield from _heading(kind.__name__, kind)
        yield "| state | meaning | may become |"
        yield "|---|---|---|"
        meanings = _meanings(kind)
        for state, following in moves.items():
            may_become = ", ".join(f"`{new}`" for new in kind if new in following)
            yield f"| `{state}` | {meanings[state]} | {may_become or 'nothing more'} |"
    for kind in (Outcome, Dismissal):
        yield from _heading(kind.__name__, kind)
        meanings = _meanings(kind)
        yield from (f"- `{member}`: {meanings[member]}" for member in kind)
    yield ""
    yield "## History"
    yield ""
    yield "Each act records one event, `noun.pasttense`, in a chain that can only grow;"
    yield "`./dev manage verify_audit` proves that nobody rewrote it."
    yield ""
    yield "| verb | the actor ... |"
    yield "|---|---|"
    yield from (f"| `{verb}` | {sentence} |" for verb, sentence in SENTENCES.items())
    yield ""
    yield "## What the database refuses"
    yield ""
    yield "Whatever the code does, a row that breaks one of these sentences is not stored. Those in"
    yield "*italics* are kept by triggers."
    for model, names in sorted(_refusals().items()):
        yield ""
        yield f"**{model}**: {', '.join(names)}"


def _heading(name: str, kind: type[State]) -> Iterator[str]:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("State")).capitalize()
    yield from ("", f"## {words}", "", inspect.getdoc(kind) or "", "")


def _meanings(kind: type[State]) -> dict[str, str]:
    """What the comment beside each member says."""
    return dict(_COMMENTED.findall(inspect.getsource(kind)))


def _refusals() -> dict[str, list[str]]:
    """Names of constraints and refusals of triggers, by model."""
    tables = {
        model._meta.db_table: model._meta.object_name or ""
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    }
    found: dict[str, list[str]] = {}
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                found.setdefault(tables[model._meta.db_table], []).append(f"`{constraint.name}`")
    for table, names in _by_triggers():
        found.setdefault(tables[table], []).extend(f"*`{name}`*" for name in names)
    return {model: list(dict.fromkeys(names)) for model, names in found.items()}


def _by_triggers() -> Iterator[tuple[str, list[str]]]:
    """Each trigger's table, and the sentences with which it refuses."""
    functions: dict[str, str] = {}
    for (app, _), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app not in OURS:
            continue
        for operation in migration.operations:
            if not isinstance(operation, RunSQL):
                continue
            sql = str(operation.sql)
            functions |= dict(_FUNCTION.findall(sql))  # a trigger may be made anew later
            for trigger, table, function in _TRIGGER.findall(sql):
                raised = _RAISED.findall(functions[function])
                yield table, list(dict.fromkeys(trigger if r == "%" else r for r in raised))
