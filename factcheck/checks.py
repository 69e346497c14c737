"""Refusing a database the product cannot live in, in one line and before any migration."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.backends.utils import CursorWrapper

OLDEST = 18  # the first with uuidv7()
EXTENSIONS = ["vector", "pg_trgm", "unaccent", "btree_gin"]
# What is there, and whether this user may install what is not.
EXTENSION_STATES = """
SELECT available.name,
       bool_or(available.installed),
       bool_or(role.rolsuper OR available.trusted
               AND has_database_privilege(current_database(), 'CREATE'))
FROM pg_available_extension_versions AS available
JOIN pg_roles AS role ON role.rolname = current_user
WHERE available.name = ANY(%s)
GROUP BY available.name
"""


@register(Tags.database)
def database_fits(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check every database that a command is about to use."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            with connections[alias].cursor() as cursor:
                found += [Error(fault, id="factcheck.E001") for fault in faults(cursor)]
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            found.append(Error(f"PostgreSQL does not answer: {reason}", id="factcheck.E002"))
    return found


def faults(cursor: CursorWrapper) -> list[str]:
    """Return what this database lacks, each with what to do about it."""
    cursor.execute("SHOW server_version_num")
    version = int(cursor.fetchone()[0])
    if version < OLDEST * 10_000:
        return [f"PostgreSQL {OLDEST} or newer is needed, this is {version // 10_000}."]
    cursor.execute(EXTENSION_STATES, [EXTENSIONS])
    states = {name: (installed, may_install) for name, installed, may_install in cursor.fetchall()}
    found = []
    for name in EXTENSIONS:
        installed, may_install = states.get(name, (False, False))
        if name not in states:
            package = "pgvector" if name == "vector" else "PostgreSQL's contrib package"
            found.append(f"The extension {name} is missing: install {package} on the server.")
        elif not installed and not may_install:
            found.append(
                f"The extension {name} is not installed and this user may not: "
                f"let a superuser run CREATE EXTENSION {name}."
            )
    return found
