"""Every frozen copy can be checked against its digest."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from sources.warc import response_record
from tests.factories import SnapshotFactory

pytestmark = pytest.mark.django_db


def record(body=b"<p>Forty boats.</p>"):
    return response_record(
        "https://a.example/", status=200, headers=[], body=body, at=timezone.now()
    )


def verify():
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_snapshots", stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def test_whole_copies_are_counted():
    SnapshotFactory()
    SnapshotFactory(record=record())
    assert verify() == ("2 snapshots checked, 1 of them WARC records.\n", "", "")


@pytest.mark.parametrize(
    ("column", "value"), [("text", "Fifty boats."), ("record", b"no record at all")]
)
def test_a_copy_that_was_changed_behind_the_triggers_is_named(column, value):
    SnapshotFactory()
    bad = SnapshotFactory(record=record())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE sources_snapshot SET {column} = %s WHERE id = %s", [value, bad.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    _, named, failed = verify()
    assert str(bad.public_id) in named
    assert failed == "1 are broken."
