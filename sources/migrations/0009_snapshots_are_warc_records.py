"""The bytes of a snapshot become a WARC record; those that are stored are rewritten as one."""

import gzip
from hashlib import sha256

from django.db import migrations, models

from sources.warc import resource_record, response_record

COLUMNS = "source_id, fetched_at, digest, content_type, headers, {}, text, extractor, public_id"


def frozen(column):
    """The trigger of 0003, over these columns."""
    columns = COLUMNS.format(column)
    new = ", ".join(f"NEW.{name}" for name in columns.split(", "))
    old = ", ".join(f"OLD.{name}" for name in columns.split(", "))
    return f"""
CREATE FUNCTION sources_snapshot_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ({new}) IS DISTINCT FROM ({old}) THEN
        RAISE EXCEPTION 'snapshot_never_changes: snapshot %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OF {columns}
    ON sources_snapshot FOR EACH ROW EXECUTE FUNCTION sources_snapshot_frozen();
"""


DROP = """
DROP TRIGGER snapshot_never_changes ON sources_snapshot;
DROP FUNCTION sources_snapshot_frozen();
"""


def rewrite(apps, schema_editor):
    snapshots = apps.get_model("sources", "Snapshot").objects.using(schema_editor.connection.alias)
    kept = snapshots.filter(body__isnull=False)
    for key in kept.values_list("pk", flat=True).iterator():
        snapshot = snapshots.select_related("source").get(pk=key)
        body = gzip.decompress(bytes(snapshot.body))
        if snapshot.source.url:
            snapshot.record = response_record(
                snapshot.source.url,
                status=200,
                headers=list(snapshot.headers.items()),
                body=body,
                at=snapshot.fetched_at,
            )
        else:
            snapshot.record = resource_record(
                f"urn:sha256:{sha256(body).hexdigest()}",
                content_type=snapshot.content_type,
                body=body,
                at=snapshot.fetched_at,
            )
        snapshot.save(update_fields=["record"])


class Migration(migrations.Migration):
    dependencies = [("sources", "0008_wire_credits")]
    operations = [
        migrations.AddField(
            "snapshot",
            "record",
            models.BinaryField(null=True, help_text="The bytes as received: a WARC record."),
        ),
        migrations.RunPython(rewrite, migrations.RunPython.noop),
        migrations.RunSQL(DROP, frozen("body")),
        migrations.RemoveField("snapshot", "body"),
        migrations.RunSQL(frozen("record"), DROP),
    ]
