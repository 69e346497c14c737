"""No search that waits asks outside about a confidential article, whatever code wants it."""

from django.db import migrations

FORWARD = """
UPDATE claims_search s SET outside = false
    FROM claims_claim c JOIN claims_article a ON a.id = c.article_id
    WHERE c.id = s.claim_id AND s.outside AND s.due_at IS NOT NULL AND a.visibility <> 'public';

CREATE FUNCTION claims_search_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outside AND NEW.due_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM claims_claim c JOIN claims_article a ON a.id = c.article_id
        WHERE c.id = NEW.claim_id AND a.visibility <> 'public') THEN
        RAISE EXCEPTION 'search_outside_is_of_public: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'search_outside_is_of_public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER search_outside_is_of_public BEFORE INSERT OR UPDATE OF outside, claim_id
    ON claims_search FOR EACH ROW EXECUTE FUNCTION claims_search_guard();

CREATE FUNCTION claims_article_keeps_searches_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_search s JOIN claims_claim c ON c.id = s.claim_id
        WHERE c.article_id = NEW.id AND s.outside AND s.due_at IS NOT NULL) THEN
        RAISE EXCEPTION 'article_confidential_is_searched_inside: article %', NEW.id
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'article_confidential_is_searched_inside';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER article_confidential_is_searched_inside BEFORE UPDATE OF visibility
    ON claims_article FOR EACH ROW
    WHEN (OLD.visibility = 'public' AND NEW.visibility <> 'public')
    EXECUTE FUNCTION claims_article_keeps_searches_inside();
"""
BACKWARD = """
DROP TRIGGER article_confidential_is_searched_inside ON claims_article;
DROP FUNCTION claims_article_keeps_searches_inside();
DROP TRIGGER search_outside_is_of_public ON claims_search;
DROP FUNCTION claims_search_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0029_relations_that_people_say")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
