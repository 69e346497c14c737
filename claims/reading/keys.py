"""The key that a request came with: what each request of the API begins with."""

from datetime import datetime

from django.db import connection
from django.db.models import Model

from factcheck.models import ApiKey, Publisher
from factcheck.prepared import prepared_cursor


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


KEY, PUBLISHER = _columns(ApiKey), _columns(Publisher)
LOOKUP = f"""
    SELECT {", ".join(f"key.{column}" for column in KEY)},
        {", ".join(f"publisher.{column}" for column in PUBLISHER)}, now()
    FROM {ApiKey._meta.db_table} key
    JOIN {Publisher._meta.db_table} publisher ON publisher.id = key.publisher_id
    WHERE key.digest = %s
"""  # noqa: S608 - names of columns


def key_with(digest: str) -> tuple[ApiKey, datetime] | None:
    """The key of that digest with its publisher, usable or not, and the database's time."""
    with prepared_cursor() as cursor:
        cursor.execute(LOOKUP, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, now = row
    key = ApiKey.from_db(connection.alias, KEY, columns[: len(KEY)])
    key.publisher = Publisher.from_db(connection.alias, PUBLISHER, columns[len(KEY) :])
    return key, now
