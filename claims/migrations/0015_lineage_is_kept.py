"""What no code path may do to claims that people split and merge."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_claim_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM claims_claim kin
               WHERE kin.id IN (NEW.split_from_id, NEW.merged_into_id)
                 AND kin.article_id <> NEW.article_id) THEN
        RAISE EXCEPTION 'claim_lineage_stays_in_its_article: claim %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_lineage_stays_in_its_article';
    END IF;
    IF NEW.dismissal = 'split' AND NOT EXISTS (
        SELECT 1 FROM claims_claim part WHERE part.split_from_id = NEW.id) THEN
        RAISE EXCEPTION 'claim_split_has_parts: claim %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_split_has_parts';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.dismissal <> 'split' AND OLD.dismissal = 'split' AND EXISTS (
        SELECT 1 FROM claims_claim part WHERE part.split_from_id = NEW.id
          AND part.merged_into_id IS DISTINCT FROM NEW.id) THEN
        RAISE EXCEPTION 'claim_comes_back_when_its_parts_are_put_back: claim %', NEW.id
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'claim_comes_back_when_its_parts_are_put_back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_lineage_is_kept
    BEFORE INSERT OR UPDATE OF article_id, dismissal, split_from_id, merged_into_id
    ON claims_claim FOR EACH ROW EXECUTE FUNCTION claims_claim_lineage();

CREATE FUNCTION claims_evidence_carried() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_evidence was
        JOIN claims_claim its ON its.id = was.claim_id
        JOIN claims_claim ours ON ours.id = NEW.claim_id AND ours.article_id = its.article_id
        WHERE was.id = NEW.carried_from_id) THEN
        RAISE EXCEPTION 'evidence_carried_stays_in_its_article: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'evidence_carried_stays_in_its_article';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_carried_stays_in_its_article
    BEFORE INSERT OR UPDATE OF claim_id, carried_from_id
    ON claims_evidence FOR EACH ROW EXECUTE FUNCTION claims_evidence_carried();
"""
BACKWARD = """
DROP TRIGGER evidence_carried_stays_in_its_article ON claims_evidence;
DROP FUNCTION claims_evidence_carried();
DROP TRIGGER claim_lineage_is_kept ON claims_claim;
DROP FUNCTION claims_claim_lineage();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_claims_split_merged_and_ordered")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
