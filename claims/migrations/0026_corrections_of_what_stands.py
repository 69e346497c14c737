"""A correction of a verdict that was withdrawn is never proposed, approved or published."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_correction_of_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Waits for whoever is withdrawing it.
    PERFORM 1 FROM claims_correction c JOIN claims_verdict v ON v.id = c.verdict_id
        WHERE c.successor_id = NEW.id FOR SHARE OF v;
    IF EXISTS (
        SELECT 1 FROM claims_correction c JOIN claims_verdict v ON v.id = c.verdict_id
        WHERE c.successor_id = NEW.id AND v.state = 'withdrawn') THEN
        RAISE EXCEPTION 'verdict_corrects_nothing_withdrawn: verdict %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_corrects_nothing_withdrawn';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_corrects_nothing_withdrawn BEFORE UPDATE OF state ON claims_verdict
    FOR EACH ROW
    WHEN (NEW.state <> OLD.state AND NEW.state IN ('proposed', 'approved', 'published'))
    EXECUTE FUNCTION claims_correction_of_withdrawn();
"""
BACKWARD = """
DROP TRIGGER verdict_corrects_nothing_withdrawn ON claims_verdict;
DROP FUNCTION claims_correction_of_withdrawn();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_words_of_articles")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
