"""docker-compose.yml, as the real compose reads it."""

import json
import re

import pytest
from django.conf import settings

from factcheck.embedded.postgres import LOCALE
from factcheck.embedded.wheels import CHECKOUT
from tests.docs.test_configuration import documented
from tests.production.image import COMPOSE, REQUIRED, compose, environment, instructions, services

pytestmark = pytest.mark.skipif(not COMPOSE.exists(), reason="no compose for this machine")

PAGE = (CHECKOUT / "docs" / "operations.md").read_text()
CONFIGURATION = (CHECKOUT / "docs" / "configuration.md").read_text()
EXAMPLE = (CHECKOUT / ".env.example").read_text()
OURS = {"prepare", "web", "worker", "beat"}
NOT_FOR_CONTAINERS = {"DEBUG", "COOKIE_SUFFIX", "HASHED_STATIC", "BEAT_SCHEDULE_FILE"}


def test_it_is_whole():
    told = compose(REQUIRED, "config", "--quiet")
    assert (told.returncode, told.stderr) == (0, "")
    assert set(services()) == OURS | {"db", "redis"}


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, ""], ids=["missing", "empty"])
def test_it_does_not_start_without_what_has_no_default(name, value):
    given = {key: text for key, text in REQUIRED.items() if key != name}
    told = compose(given if value is None else given | {name: value}, "config", "--quiet")
    assert told.returncode != 0
    assert f'"{name}"' in told.stderr or name in told.stderr


def test_one_image_serves_all_parts():
    found = services()
    assert {found[name]["image"] for name in OURS} == {"factcheck:latest"}
    assert {found[name]["build"]["context"] for name in OURS} == {found["web"]["build"]["context"]}


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_part_knows_its_servers_and_can_change_nothing(name):
    service = services()[name]
    given = service["environment"]
    assert given["DATABASE_URL"] == "postgres://factcheck:-_Abc123@db/factcheck"
    assert given["REDIS_URL"] == "redis://redis:6379/0"
    assert given["LOG_FORMAT"] == "json"
    assert service["read_only"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_servers_of_ones_own_can_be_named():
    found = services(DATABASE_URL="postgres://a:b@elsewhere/c", REDIS_URL="rediss://cache/1")
    assert found["web"]["environment"]["DATABASE_URL"] == "postgres://a:b@elsewhere/c"
    assert found["beat"]["environment"]["REDIS_URL"] == "rediss://cache/1"


def merged(title, tmp_path, **given):
    """The services with an override of docs/operations.md beside the file."""
    (override,) = re.findall(rf"^```yaml\n(# {title}\n.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    file = tmp_path / "override.yml"
    file.write_text(override)
    told = compose(REQUIRED | given, "--file", file, "config", "--format", "json")
    assert (told.returncode, told.stderr) == (0, "")
    return json.loads(told.stdout)["services"]


def test_what_of_ours_runs_reaches_servers_elsewhere():
    found = services()
    for name in OURS:
        assert set(found[name]["networks"]) == {"inside", "outside"}, name


def test_with_a_postgresql_of_ones_own_nothing_waits_for_ours(tmp_path):
    found = merged("a PostgreSQL of one's own", tmp_path, DATABASE_URL="postgres://a:b@elsewhere/c")
    assert set(found) == OURS | {"redis"}
    assert "depends_on" not in found["prepare"]
    for name in OURS - {"prepare"}:
        assert set(found[name]["depends_on"]) == {"redis", "prepare"}


def test_servers_are_published_to_a_private_network_for_workers_elsewhere(tmp_path):
    found = merged("servers for workers on other machines", tmp_path)
    for name, port in {"db": 5432, "redis": 6379}.items():
        assert set(found[name]["networks"]) == {"inside", "outside"}  # none is published inside
        (published,) = found[name]["ports"]
        assert (published["host_ip"], published["target"]) == ("10.0.0.5", port)


def test_memory_is_raised_with_what_takes_it():
    raised = {"WORKER_MEMORY": "5g", "DB_MEMORY": "8g", "DB_SHARED_BUFFERS": "2GB"}
    found = services(**raised)
    limits = {
        name: int(found[name]["deploy"]["resources"]["limits"]["memory"]) >> 30
        for name in ("worker", "db")
    }
    assert limits == {"worker": 5, "db": 8}
    assert "shared_buffers=2GB" in found["db"]["command"]


def test_every_variable_of_compose_is_described_and_in_the_example():
    text = (CHECKOUT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{([A-Z_]+)", text))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", CONFIGURATION, re.MULTILINE))
    assert used <= described
    assert used - {"FACTCHECK_VERSION"} <= set(
        re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    )


@pytest.mark.parametrize("name", ["web", "worker", "beat", "db", "redis"])
def test_what_runs_on_is_watched_restarted_and_bounded(name):
    service = services()[name]
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert service["restart"] == "unless-stopped"
    assert int(service["deploy"]["resources"]["limits"]["memory"]) > 0
    assert service["stop_grace_period"]


def test_the_database_is_prepared_once_before_anything_serves():
    found = services()
    assert found["prepare"]["restart"] == "on-failure:5"
    assert found["prepare"]["command"] == ["python", "manage.py", "prepare"]
    for name in ("web", "worker", "beat"):
        assert found[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"
        assert found[name]["depends_on"]["db"]["condition"] == "service_healthy"


def test_the_server_that_only_makes_the_database_does_not_count_as_ready():
    asked = services()["db"]["healthcheck"]["test"]
    assert asked[1] == "pg_isready"
    assert asked[asked.index("--host") + 1] == "127.0.0.1"


def test_the_servers_keep_their_data_and_are_reached_from_inside_only():
    found = services()
    mounts = {name: found[name]["volumes"][0]["target"] for name in ("db", "redis")}
    assert mounts == {"db": "/var/lib/postgresql", "redis": "/data"}
    for name in ("db", "redis"):
        assert "ports" not in found[name]
        assert list(found[name]["networks"]) == ["inside"]
    assert "internal: true" in compose(REQUIRED, "config").stdout


def test_the_web_is_open_to_this_machine_only():
    (port,) = services()["web"]["ports"]
    assert (port["host_ip"], port["target"]) == ("127.0.0.1", 8000)


def test_the_database_orders_letters_as_the_embedded_one_does():
    options = services()["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(LOCALE) <= set(options)
    assert services()["db"]["image"] == "pgvector/pgvector:pg18"
    assert services()["redis"]["image"] == "valkey/valkey:9"


def test_every_variable_of_the_product_can_be_given():
    given = services()["web"]["environment"].keys()
    missing = documented().keys() - NOT_FOR_CONTAINERS - given
    assert missing == set(), "docker-compose.yml does not pass these on"
    assert given <= documented().keys()


def test_a_worker_may_end_its_task_before_it_is_killed():
    grace = services()["worker"]["stop_grace_period"]
    minutes, seconds = re.fullmatch(r"(?:(\d+)m)?(\d+)s", grace).groups(default="0")
    assert int(minutes) * 60 + int(seconds) >= settings.CELERY_TASK_TIME_LIMIT


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret():
    assert instructions("USER") == ["10001"]
    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & environment().keys()
    assert environment()["HASHED_STATIC"] == "true"
    assert instructions("ARG") == []
