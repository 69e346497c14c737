"""The database makes what claims and verdicts are found by; only encoders read it later."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION claims_enter_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_claimentry (claim_id, wording, encoder, search)
    VALUES (NEW.id, NEW.wording, '', to_tsvector('english', NEW.text))
    ON CONFLICT (claim_id) DO UPDATE
    SET wording = excluded.wording, encoder = '', search = excluded.search, vector = NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_of_the_desk_is_entered AFTER INSERT
    ON claims_claim FOR EACH ROW WHEN (NEW.desk) EXECUTE FUNCTION claims_enter_claim();
CREATE TRIGGER claim_reworded_is_entered_anew AFTER UPDATE OF desk, wording, text
    ON claims_claim FOR EACH ROW
    WHEN (NEW.desk AND (NEW.desk, NEW.wording, NEW.text)
          IS DISTINCT FROM (OLD.desk, OLD.wording, OLD.text))
    EXECUTE FUNCTION claims_enter_claim();

CREATE FUNCTION claims_enter_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_matchentry (verdict_id, encoder, search)
    VALUES (NEW.id, '', to_tsvector('english', NEW.claim_text || ' ' || NEW.summary))
    ON CONFLICT (verdict_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER verdict_published_is_entered AFTER INSERT OR UPDATE OF state
    ON claims_verdict FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION claims_enter_verdict();
"""
BACKWARD = """
DROP TRIGGER verdict_published_is_entered ON claims_verdict;
DROP FUNCTION claims_enter_verdict();
DROP TRIGGER claim_reworded_is_entered_anew ON claims_claim;
DROP TRIGGER claim_of_the_desk_is_entered ON claims_claim;
DROP FUNCTION claims_enter_claim();
"""
FILL = """
INSERT INTO claims_claimentry (claim_id, wording, encoder, search)
SELECT id, wording, '', to_tsvector('english', text) FROM claims_claim WHERE desk
ON CONFLICT (claim_id) DO UPDATE
SET wording = excluded.wording, encoder = '', search = excluded.search, vector = NULL
WHERE claims_claimentry.wording <> excluded.wording;
INSERT INTO claims_matchentry (verdict_id, encoder, search)
SELECT id, '', to_tsvector('english', claim_text || ' ' || summary)
FROM claims_verdict WHERE state = 'published'
ON CONFLICT (verdict_id) DO NOTHING;
"""
FORGET_UNREAD = """
DELETE FROM claims_claimentry WHERE vector IS NULL;
DELETE FROM claims_matchentry WHERE vector IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0033_articles_set_aside'),
        ('sources', '0020_checks_say_whose_vector_it_is'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claimentry',
            name='claim_entry_nearest',
        ),
        migrations.AlterField(
            model_name='claimentry',
            name='encoder',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AlterField(
            model_name='claimentry',
            name='vector',
            field=pgvector.django.halfvec.HalfVectorField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='matchentry',
            name='encoder',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AlterField(
            model_name='matchentry',
            name='vector',
            field=pgvector.django.halfvec.HalfVectorField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='claimentry',
            index=models.Index(fields=['encoder', '-claim'], name='claim_entry_encoder'),
        ),
        migrations.AddIndex(
            model_name='claimentry',
            index=pgvector.django.indexes.HnswIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.comparison.Cast('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)), name='halfvec_cosine_ops'), condition=models.Q(('encoder', 'all-MiniLM-L6-v2-int8/2')), ef_construction=64, m=16, name='claim_entry_nearest'),
        ),
        migrations.AddIndex(
            model_name='matchentry',
            index=models.Index(fields=['encoder', '-verdict'], name='match_entry_encoder'),
        ),
        migrations.AddConstraint(
            model_name='claimentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vector__isnull', False), models.Q(('encoder', ''), _negated=True)), models.Q(('encoder', ''), ('vector__isnull', True)), _connector='OR'), name='claim_entry_read_has_encoder'),
        ),
        migrations.AddConstraint(
            model_name='matchentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vector__isnull', False), models.Q(('encoder', ''), _negated=True)), models.Q(('encoder', ''), ('vector__isnull', True)), _connector='OR'), name='match_entry_read_has_encoder'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(FILL, FORGET_UNREAD),
    ]
