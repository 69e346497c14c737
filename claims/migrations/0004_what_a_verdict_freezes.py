"""What a published verdict keeps besides its claim: where it was said, by whom, in which words."""

from django.db import migrations, models


FORWARD = """
CREATE FUNCTION claims_verdict_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps text[] := ARRAY['state', 'published_at', 'published_by_id', 'withdrawn_at',
                          'withdrawal_note', 'waiver_note'];
BEGIN
    IF OLD.state <> 'draft' AND to_jsonb(NEW) - steps IS DISTINCT FROM to_jsonb(OLD) - steps THEN
        RAISE EXCEPTION 'verdict_changes_only_as_draft: verdict %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' THEN
        -- Waits for whoever is making the article confidential.
        PERFORM 1 FROM claims_article a JOIN claims_claim c ON c.article_id = a.id
            WHERE c.id = NEW.claim_id AND a.visibility = 'public' FOR SHARE OF a;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'verdict_published_is_of_a_public_article: verdict %', NEW.id
                USING ERRCODE = 'check_violation',
                      CONSTRAINT = 'verdict_published_is_of_a_public_article';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_keeps_what_was_read BEFORE UPDATE ON claims_verdict
    FOR EACH ROW EXECUTE FUNCTION claims_verdict_keeps();
"""
BACKWARD = """
DROP TRIGGER verdict_keeps_what_was_read ON claims_verdict;
DROP FUNCTION claims_verdict_keeps();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_frozen_and_four_eyes'),
    ]

    operations = [
        migrations.AddField(
            model_name='citation',
            name='source_kind',
            field=models.CharField(blank=True, default='', max_length=20),
        ),
        migrations.AddField(
            model_name='verdict',
            name='article_outlet',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='verdict',
            name='article_published_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='article_title',
            field=models.CharField(blank=True, default='', max_length=500),
        ),
        migrations.AddField(
            model_name='verdict',
            name='article_url',
            field=models.URLField(blank=True, default='', max_length=2000),
        ),
        migrations.AddField(
            model_name='verdict',
            name='claimant_kind',
            field=models.CharField(blank=True, default='', max_length=10),
        ),
        migrations.AddField(
            model_name='verdict',
            name='claimant_title',
            field=models.CharField(blank=True, default='', max_length=300),
        ),
        migrations.AddField(
            model_name='verdict',
            name='language',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.AddField(
            model_name='verdict',
            name='quote',
            field=models.TextField(blank=True, default='', help_text='As first printed.'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='said_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
