"""What a source said when it was fetched can be read again for ever."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION sources_snapshot_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.source_id, NEW.fetched_at, NEW.digest, NEW.content_type, NEW.headers, NEW.body,
        NEW.text, NEW.extractor, NEW.public_id)
       IS DISTINCT FROM
       (OLD.source_id, OLD.fetched_at, OLD.digest, OLD.content_type, OLD.headers, OLD.body,
        OLD.text, OLD.extractor, OLD.public_id) THEN
        RAISE EXCEPTION 'snapshot_never_changes: snapshot %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OF
    source_id, fetched_at, digest, content_type, headers, body, text, extractor, public_id
    ON sources_snapshot FOR EACH ROW EXECUTE FUNCTION sources_snapshot_frozen();

CREATE FUNCTION sources_passage_verbatim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole text;
BEGIN
    SELECT s.text INTO whole FROM sources_snapshot s WHERE s.id = NEW.snapshot_id;
    IF NEW."end" - NEW.start <> char_length(NEW.text)
       OR substr(whole, NEW.start + 1, NEW."end" - NEW.start) <> NEW.text THEN
        RAISE EXCEPTION 'passage_is_verbatim: passage of snapshot %', NEW.snapshot_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_is_verbatim';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passage_is_verbatim BEFORE INSERT OR UPDATE OF snapshot_id, start, "end", text
    ON sources_passage FOR EACH ROW EXECUTE FUNCTION sources_passage_verbatim();
"""
BACKWARD = """
DROP TRIGGER passage_is_verbatim ON sources_passage;
DROP FUNCTION sources_passage_verbatim();
DROP TRIGGER snapshot_never_changes ON sources_snapshot;
DROP FUNCTION sources_snapshot_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
