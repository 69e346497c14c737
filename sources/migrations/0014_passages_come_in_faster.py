"""Passages are compared with their snapshots a statement at a time, and indexed once by place."""

import django.db.models.deletion
from django.db import migrations, models

ROW_BY_ROW = """
CREATE TRIGGER passage_is_verbatim BEFORE {when} ON sources_passage
    FOR EACH ROW EXECUTE FUNCTION sources_passage_verbatim();
"""
FORWARD = (
    """
DROP TRIGGER passage_is_verbatim ON sources_passage;
CREATE FUNCTION sources_passages_verbatim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT made.snapshot_id INTO wrong FROM made
    WHERE made."end" - made.start <> char_length(made.text) OR made.text IS DISTINCT FROM (
        SELECT substr(snapshot.text, made.start + 1, made."end" - made.start)
        FROM sources_snapshot snapshot WHERE snapshot.id = made.snapshot_id
    )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'passage_is_verbatim: passage of snapshot %', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_is_verbatim';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER passages_are_verbatim AFTER INSERT ON sources_passage
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION sources_passages_verbatim();
"""
    + ROW_BY_ROW.format(when='UPDATE OF snapshot_id, start, "end", text')
)
BACKWARD = """
DROP TRIGGER passage_is_verbatim ON sources_passage;
DROP TRIGGER passages_are_verbatim ON sources_passage;
DROP FUNCTION sources_passages_verbatim();
""" + ROW_BY_ROW.format(when='INSERT OR UPDATE OF snapshot_id, start, "end", text')


class Migration(migrations.Migration):
    dependencies = [("sources", "0013_encodings_and_exact_counts")]

    operations = [
        migrations.AlterField(
            model_name="passage",
            name="snapshot",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="sources.snapshot"),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="source",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="sources.source"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
