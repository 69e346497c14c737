"""No document is fetched for a confidential article, whatever code asks for it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_bringing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.url <> '' AND EXISTS (
        SELECT 1 FROM claims_claim c JOIN claims_article a ON a.id = c.article_id
        WHERE c.id = NEW.claim_id AND a.visibility <> 'public') THEN
        RAISE EXCEPTION 'bringing_fetched_is_public: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bringing_fetched_is_public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bringing_fetched_is_public BEFORE INSERT OR UPDATE OF url, claim_id
    ON claims_bringing FOR EACH ROW EXECUTE FUNCTION claims_bringing_guard();
"""
BACKWARD = """
DROP TRIGGER bringing_fetched_is_public ON claims_bringing;
DROP FUNCTION claims_bringing_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_documents_brought")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
