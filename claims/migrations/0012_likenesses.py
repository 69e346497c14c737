"""What copies of an article, and claims like a claim, are found by."""

import claims.kinds
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models

from sources.copies import bands

FORWARD = """
CREATE FUNCTION claims_version_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.bands IS DISTINCT FROM OLD.bands
       OR OLD.state = 'split' AND NEW.copy_of_id IS DISTINCT FROM OLD.copy_of_id THEN
        RAISE EXCEPTION 'version_stays_the_copy_it_is: article version %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_stays_the_copy_it_is BEFORE UPDATE OF bands, copy_of_id
    ON claims_articleversion FOR EACH ROW EXECUTE FUNCTION claims_version_copies();

CREATE FUNCTION claims_link_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM claims_claim newer
        JOIN claims_article mine ON mine.id = newer.article_id
        JOIN claims_claim older ON older.id = NEW.other_id
        JOIN claims_article theirs ON theirs.id = older.article_id
        WHERE newer.id = NEW.claim_id AND theirs.visibility = 'confidential'
        AND (theirs.owner_id = mine.owner_id OR theirs.publisher_id = mine.publisher_id)
            IS NOT TRUE) THEN
        RAISE EXCEPTION 'claim_link_tells_no_secret: claims % and %', NEW.claim_id, NEW.other_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_link_tells_no_secret';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_link_tells_no_secret BEFORE INSERT OR UPDATE OF claim_id, other_id
    ON claims_claimlink FOR EACH ROW EXECUTE FUNCTION claims_link_owners();
"""
BACKWARD = """
DROP TRIGGER claim_link_tells_no_secret ON claims_claimlink;
DROP FUNCTION claims_link_owners();
DROP TRIGGER version_stays_the_copy_it_is ON claims_articleversion;
DROP FUNCTION claims_version_copies();
"""


def fill(apps, schema_editor):
    """Let copies of the articles that are here be found, and say what confirmed links were."""
    versions = apps.get_model("claims", "ArticleVersion").objects.only("text", "bands")
    for version in versions.iterator(chunk_size=100):
        version.bands = bands(version.text)
        version.save(update_fields=["bands"])
    links = apps.get_model("claims", "ClaimLink").objects.filter(decision="confirmed")
    links.update(confirmed_as=models.F("relation"))


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_languages_nobody_guesses_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimEntry',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='claims.claim')),
                ('wording', models.PositiveSmallIntegerField()),
                ('encoder', models.CharField(max_length=100)),
                ('search', django.contrib.postgres.search.SearchVectorField()),
                ('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)),
            ],
            options={
                'verbose_name_plural': 'claim entries',
            },
        ),
        migrations.AddField(
            model_name='articleversion',
            name='bands',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='copy_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='claimlink',
            name='confirmed_as',
            field=models.CharField(blank=True, choices=[('same', 'Same'), ('repeats', 'Repeats'), ('stronger', 'Stronger'), ('weaker', 'Weaker'), ('related', 'Related')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='claimlink',
            name='decided_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='articleversion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['bands'], name='version_bands'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('copy_of__isnull', True), ('copy_of__lt', models.F('id')), _connector='OR'), name='version_copies_an_older_one'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_as__in', [claims.kinds.Likeness['SAME'], claims.kinds.Likeness['REPEATS'], claims.kinds.Likeness['STRONGER'], claims.kinds.Likeness['WEAKER'], claims.kinds.Likeness['RELATED']]), ('decision', 'confirmed')), models.Q(models.Q(('decision', 'confirmed'), _negated=True), ('confirmed_as', '')), _connector='OR'), name='claim_link_confirmed_says_as_what'),
        ),
        migrations.AddIndex(
            model_name='claimentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='claim_entry_search'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name='claimentry',
            index=pgvector.django.indexes.HnswIndex(ef_construction=64, fields=['vector'], m=16, name='claim_entry_nearest', opclasses=['halfvec_cosine_ops']),
        ),
    ]
