"""docker-compose.yml, as the real compose reads it."""

import re

import pytest
from django.conf import settings

from factcheck.embedded.postgres import LOCALE
from tests.docs.test_configuration import documented
from tests.production.image import COMPOSE, REQUIRED, compose, environment, instructions, services

pytestmark = pytest.mark.skipif(not COMPOSE.exists(), reason="no compose for this machine")

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
