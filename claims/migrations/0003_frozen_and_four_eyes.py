"""What no code path may do: rewrite an article, misquote it, publish alone, rewrite a verdict."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION claims_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.article_id, NEW.number, NEW.title, NEW.byline, NEW.outlet, NEW.language,
        NEW.published_at, NEW.text, NEW.digest, NEW.extractor, NEW.public_id)
       IS DISTINCT FROM
       (OLD.article_id, OLD.number, OLD.title, OLD.byline, OLD.outlet, OLD.language,
        OLD.published_at, OLD.text, OLD.digest, OLD.extractor, OLD.public_id)
       OR OLD.state = 'split' AND
       (NEW.state, NEW.blocks, NEW.dropped, NEW.splitter) IS DISTINCT FROM
       (OLD.state, OLD.blocks, OLD.dropped, OLD.splitter) THEN
        RAISE EXCEPTION 'version_never_changes: article version %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_never_changes BEFORE UPDATE ON claims_articleversion
    FOR EACH ROW EXECUTE FUNCTION claims_version_frozen();

CREATE FUNCTION claims_appearance_printed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole text;
    its_article bigint;
    claims_article bigint;
BEGIN
    SELECT v.text, v.article_id INTO whole, its_article
        FROM claims_articleversion v WHERE v.id = NEW.version_id;
    SELECT c.article_id INTO claims_article FROM claims_claim c WHERE c.id = NEW.claim_id;
    IF its_article <> claims_article THEN
        RAISE EXCEPTION 'appearance_stays_in_its_article: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appearance_stays_in_its_article';
    END IF;
    IF NEW.start IS NOT NULL
       AND (NEW."end" - NEW.start <> char_length(NEW.quote)
            OR substr(whole, NEW.start + 1, NEW."end" - NEW.start) <> NEW.quote) THEN
        RAISE EXCEPTION 'appearance_quote_is_printed: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appearance_quote_is_printed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appearance_quote_is_printed BEFORE INSERT OR UPDATE ON claims_appearance
    FOR EACH ROW EXECUTE FUNCTION claims_appearance_printed();

CREATE FUNCTION claims_evidence_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.passage_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sources_passage p JOIN sources_snapshot s ON s.id = p.snapshot_id
        WHERE p.id = NEW.passage_id AND s.source_id = NEW.source_id) THEN
        RAISE EXCEPTION 'evidence_passage_is_of_its_source: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_passage_is_of_its_source';
    END IF;
    IF NEW.rationale_end IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sources_passage p
        WHERE p.id = NEW.passage_id AND NEW.rationale_end <= char_length(p.text)) THEN
        RAISE EXCEPTION 'evidence_rationale_inside_passage: claim %', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_rationale_inside_passage';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_words_are_its_sources
    BEFORE INSERT OR UPDATE OF source_id, passage_id, rationale_start, rationale_end
    ON claims_evidence FOR EACH ROW EXECUTE FUNCTION claims_evidence_words();

CREATE FUNCTION claims_approver_is_second() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM claims_verdict v
               WHERE v.id = NEW.verdict_id AND v.author_id = NEW.approver_id)
       OR EXISTS (SELECT 1 FROM claims_revision r
                  WHERE r.verdict_id = NEW.verdict_id AND r.author_id = NEW.approver_id) THEN
        RAISE EXCEPTION 'verdict_approver_wrote_none_of_it: verdict %', NEW.verdict_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_approver_wrote_none_of_it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_approver_wrote_none_of_it BEFORE INSERT OR UPDATE ON claims_approval
    FOR EACH ROW EXECUTE FUNCTION claims_approver_is_second();

CREATE FUNCTION claims_verdict_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'verdict_published_never_changes: verdict %', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft'
       OR TG_OP = 'UPDATE' AND NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('draft', 'proposed'), ('proposed', 'approved'), ('proposed', 'draft'),
            ('approved', 'published'), ('approved', 'draft'),
            ('published', 'superseded'), ('published', 'withdrawn')) THEN
        RAISE EXCEPTION 'verdict_takes_every_step: verdict %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_takes_every_step';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND
       (NEW.claim_id, NEW.number, NEW.claim_text, NEW.claim_wording, NEW.claimant, NEW.scale,
        NEW.rating, NEW.rating_label, NEW.rating_number, NEW.summary, NEW.explanation,
        NEW.confidence, NEW.gaps, NEW.waiver, NEW.as_of, NEW.digest, NEW.author_id,
        NEW.public_id)
       IS DISTINCT FROM
       (OLD.claim_id, OLD.number, OLD.claim_text, OLD.claim_wording, OLD.claimant, OLD.scale,
        OLD.rating, OLD.rating_label, OLD.rating_number, OLD.summary, OLD.explanation,
        OLD.confidence, OLD.gaps, OLD.waiver, OLD.as_of, OLD.digest, OLD.author_id,
        OLD.public_id) THEN
        RAISE EXCEPTION 'verdict_changes_only_as_draft: verdict %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL AND
       (NEW.published_at, NEW.published_by_id) IS DISTINCT FROM
       (OLD.published_at, OLD.published_by_id)
       OR TG_OP = 'UPDATE' AND OLD.state = 'withdrawn' AND
       (NEW.withdrawn_at, NEW.withdrawal_note) IS DISTINCT FROM
       (OLD.withdrawn_at, OLD.withdrawal_note) THEN
        RAISE EXCEPTION 'verdict_published_never_changes: verdict %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state IN ('approved', 'published')
       AND OLD.state <> NEW.state
       AND NOT EXISTS (
        SELECT 1 FROM claims_approval a
        WHERE a.verdict_id = NEW.id AND a.decision = 'approved' AND a.digest = NEW.digest
          AND a.approver_id <> NEW.author_id
          AND NOT EXISTS (SELECT 1 FROM claims_revision r
                          WHERE r.verdict_id = NEW.id AND r.author_id = a.approver_id)
          AND NOT EXISTS (SELECT 1 FROM claims_approval later
                          WHERE later.verdict_id = NEW.id AND later.decision = 'returned'
                            AND later.id > a.id)) THEN
        RAISE EXCEPTION 'verdict_published_was_approved: verdict %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_published_was_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_verdict
    FOR EACH ROW EXECUTE FUNCTION claims_verdict_guard();

CREATE FUNCTION claims_citation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_verdict bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN its_verdict := OLD.verdict_id; ELSE its_verdict := NEW.verdict_id; END IF;
    IF EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = its_verdict AND v.state <> 'draft')
       OR (TG_OP = 'UPDATE' AND EXISTS (
            SELECT 1 FROM claims_verdict v WHERE v.id = OLD.verdict_id AND v.state <> 'draft')) THEN
        RAISE EXCEPTION 'citation_changes_only_in_draft: verdict %', its_verdict
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER citation_changes_only_in_draft BEFORE INSERT OR UPDATE OR DELETE ON claims_citation
    FOR EACH ROW EXECUTE FUNCTION claims_citation_guard();

CREATE FUNCTION claims_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % is refused', TG_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER revision_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_revision
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse();
CREATE TRIGGER approval_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_approval
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse();

CREATE FUNCTION claims_correction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
           SELECT 1 FROM claims_verdict v WHERE v.id = OLD.successor_id AND v.state <> 'draft')
       OR TG_OP <> 'DELETE' AND EXISTS (
           SELECT 1 FROM claims_verdict v WHERE v.id = NEW.successor_id AND v.state <> 'draft') THEN
        RAISE EXCEPTION 'correction_changes_only_in_draft'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_changes_only_in_draft BEFORE INSERT OR UPDATE OR DELETE ON claims_correction
    FOR EACH ROW EXECUTE FUNCTION claims_correction_guard();
"""
BACKWARD = """
DROP TRIGGER correction_changes_only_in_draft ON claims_correction;
DROP FUNCTION claims_correction_guard();
DROP TRIGGER approval_is_kept ON claims_approval;
DROP TRIGGER revision_is_kept ON claims_revision;
DROP FUNCTION claims_refuse();
DROP TRIGGER citation_changes_only_in_draft ON claims_citation;
DROP FUNCTION claims_citation_guard();
DROP TRIGGER verdict_guard ON claims_verdict;
DROP FUNCTION claims_verdict_guard();
DROP TRIGGER verdict_approver_wrote_none_of_it ON claims_approval;
DROP FUNCTION claims_approver_is_second();
DROP TRIGGER evidence_words_are_its_sources ON claims_evidence;
DROP FUNCTION claims_evidence_words();
DROP TRIGGER appearance_quote_is_printed ON claims_appearance;
DROP FUNCTION claims_appearance_printed();
DROP TRIGGER version_never_changes ON claims_articleversion;
DROP FUNCTION claims_version_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
