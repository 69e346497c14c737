"""docs/configuration.md says what the settings read, no more and no less."""

import ast
import re
from pathlib import Path

from factcheck.environment import SITE_KINDS
from sources.models.outlet import OutletKind

ROOT = Path(__file__).parents[2]
READERS = {
    "env_bool",
    "env_choice",
    "env_contact",
    "env_secret",
    "env_int",
    "env_list",
    "env_sites",
    "env_url",
    "os.environ.get",
}
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`(.+?)`)? ?\| (.+) \|$", re.MULTILINE)


def calls(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def read_in_settings():
    """Each variable and its default, as text."""
    found = {}
    for call in calls(ROOT / "factcheck" / "settings.py"):
        if ast.unparse(call.func) not in READERS or not isinstance(call.args[0], ast.Constant):
            continue
        given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "default")]
        found[call.args[0].value] = as_text(ast.literal_eval(given[0])) if given else ""
    return found


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def documented():
    page = (ROOT / "docs" / "configuration.md").read_text().partition("## Of Compose alone")[0]
    return {name: default for name, default, _ in ROW.findall(page)}


def test_every_variable_is_documented_with_its_default():
    assert len(read_in_settings()) > 10
    assert documented() == read_in_settings()


def test_a_trusted_site_may_be_of_any_kind_of_outlet():
    assert list(SITE_KINDS) == OutletKind.values
    page = (ROOT / "docs" / "configuration.md").read_text()
    assert f"Kinds: {', '.join(f'`{kind}`' for kind in SITE_KINDS)}." in page


def test_no_other_module_reads_the_environment():
    elsewhere = {
        f"{path.relative_to(ROOT)}: {call.args[0].value}"
        for folder in ("factcheck", "claims", "sources")
        for path in (ROOT / folder).rglob("*.py")
        if path != ROOT / "factcheck" / "settings.py"
        for call in calls(path)
        if ast.unparse(call.func) in ("os.environ.get", "os.getenv")
        and isinstance(call.args[0], ast.Constant)
    }
    assert elsewhere == set()


def test_what_dev_sets_and_asks_for_is_documented():
    text = "".join((ROOT / "factcheck" / f"{name}.py").read_text() for name in ("workspace", "up"))
    keys = set(re.findall(r"environment(?:\.get|\.setdefault)?[\[(]\"([A-Z_]+)\"", text))
    assert "SECRET_KEY" in keys
    assert keys <= documented().keys()
