"""Readers object to what is public; whoever wrote it does not turn that down, and nobody edits it."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import factcheck.models.public_id
from django.conf import settings
from django.db import migrations, models


FORWARD = """
CREATE FUNCTION claims_objection_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'objection_is_to_what_was_public: verdict %', NEW.verdict_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_is_to_what_was_public';
    END IF;
    IF TG_OP = 'UPDATE' AND
       (NEW.verdict_id, NEW.kind, NEW.words, NEW.url, NEW.received_at, NEW.public_id)
       IS DISTINCT FROM
       (OLD.verdict_id, OLD.kind, OLD.words, OLD.url, OLD.received_at, OLD.public_id) THEN
        RAISE EXCEPTION 'objection_stays_as_it_was_sent: objection %', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.decision IN ('not_upheld', 'not_serious') AND (
        EXISTS (SELECT 1 FROM claims_verdict v
                WHERE v.id = NEW.verdict_id AND v.author_id = NEW.decided_by_id)
        OR EXISTS (SELECT 1 FROM claims_revision r
                   WHERE r.verdict_id = NEW.verdict_id AND r.author_id = NEW.decided_by_id)) THEN
        RAISE EXCEPTION 'objection_turned_down_by_another_person: objection %', NEW.id
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'objection_turned_down_by_another_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objection_guard BEFORE INSERT OR UPDATE ON claims_objection
    FOR EACH ROW EXECUTE FUNCTION claims_objection_guard();
"""
BACKWARD = """
DROP TRIGGER objection_guard ON claims_objection;
DROP FUNCTION claims_objection_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0040_notes_and_claims_handed_over'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=factcheck.models.public_id.UUIDv7(), editable=False, unique=True)),
                ('kind', models.CharField(choices=[('wrong_fact', 'A fact is wrong'), ('missing_source', 'A source is missing'), ('broken_link', 'A link does not work'), ('misquoted', 'Somebody is misquoted'), ('other', 'Something else')], max_length=16)),
                ('words', models.TextField(verbose_name='what is wrong')),
                ('url', models.CharField(blank=True, default='', max_length=2000, verbose_name='where that can be seen')),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('received_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('decision', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('not_upheld', 'Not upheld'), ('not_serious', 'Not serious')], default='', editable=False, max_length=12)),
                ('reason', models.TextField(blank=True, default='', help_text='Why it does not hold.')),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('correction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='claims.correction')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verdict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='claims.verdict')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decision', ''), models.Q(('correction__isnull', True), ('decision', 'upheld')), _connector='OR'), fields=['received_at'], name='objection_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['wrong_fact', 'missing_source', 'broken_link', 'misquoted', 'other'])), name='objection_kind_known'), models.CheckConstraint(condition=models.Q(('decision__in', ['upheld', 'not_upheld', 'not_serious', ''])), name='objection_decision_known'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length('words'), 10), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('words'), 4000)), name='objection_has_words_and_not_too_many'), models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^[Hh][Tt][Tt][Pp][Ss]?://'), _connector='OR'), name='objection_url_is_http'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='objection_decided_has_person_and_time'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'not_upheld'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='objection_not_upheld_has_reason'), models.CheckConstraint(condition=models.Q(('correction__isnull', True), ('decision', 'upheld'), _connector='OR'), name='objection_corrected_was_upheld')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
