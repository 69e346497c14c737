"""Gives every test run its own PostgreSQL and Valkey.

A plugin and not a part of conftest.py, because Django's settings, which read the
addresses, are loaded before any conftest.py is.
"""

import os
import secrets
from collections.abc import Iterator

import pytest

from factcheck.embedded.owner import Unusable
from factcheck.embedded.servers import Servers, throwaway_servers

held: list[Servers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None:  # the controller has started the servers; take a database of our own
        number = int(worker.removeprefix("gw")) + 1
        address, _, _ = os.environ["REDIS_URL"].partition("?")
        os.environ["REDIS_URL"] = f"{address}?db={number}"
    elif not wants_no_servers(early_config):
        try:
            servers = throwaway_servers()
            servers.hold()
        except Unusable as error:
            raise pytest.UsageError(str(error)) from None
        held.append(servers)
        os.environ.update(servers.environment)
    return (yield)


def wants_no_servers(config: pytest.Config) -> bool:
    """Tell whether the caller brought servers, or only asks for help."""
    ours = {"DATABASE_URL", "REDIS_URL"} & os.environ.keys()
    if len(ours) == 1:
        raise pytest.UsageError("Set both DATABASE_URL and REDIS_URL, or neither.")
    options = config.known_args_namespace
    return bool(ours) or options.help or options.version > 0


def pytest_unconfigure() -> None:
    while held:
        held.pop().release()
