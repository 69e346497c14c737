"""The history is append-only in the database itself, and its chain has a head."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION factcheck_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % is refused', TG_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON factcheck_event
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
CREATE TRIGGER event_chain_is_never_removed BEFORE DELETE OR TRUNCATE ON factcheck_eventchain
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
INSERT INTO factcheck_eventchain (id, position, digest) VALUES (1, 0, repeat('0', 64));
"""
BACKWARD = """
DROP TRIGGER event_chain_is_never_removed ON factcheck_eventchain;
DROP TRIGGER event_is_append_only ON factcheck_event;
DROP FUNCTION factcheck_refuse();
DELETE FROM factcheck_eventchain;
"""


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
