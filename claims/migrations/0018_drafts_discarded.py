"""A draft verdict may be discarded, and brought back until another is begun."""

import claims.states
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION claims_verdict_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
            ('draft', 'proposed'), ('draft', 'discarded'), ('discarded', 'draft'),
            ('proposed', 'approved'), ('proposed', 'draft'),
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
"""
BACKWARD = FORWARD.replace("('draft', 'discarded'), ('discarded', 'draft'),\n            ", "")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_checks_by_others_confirmed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_once_per_number',
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_proposed_is_complete',
        ),
        migrations.AlterField(
            model_name='verdict',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('discarded', 'Discarded'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('published', 'Published'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default=claims.states.VerdictState['DRAFT'], editable=False, max_length=10),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discarded', 'proposed', 'approved', 'published', 'superseded', 'withdrawn'])), name='verdict_state_known'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('state', claims.states.VerdictState['DISCARDED']), _negated=True), fields=('claim', 'number'), name='verdict_once_per_number'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [claims.states.VerdictState['DRAFT'], claims.states.VerdictState['DISCARDED']]), models.Q(models.Q(('rating', ''), _negated=True), models.Q(('explanation', ''), _negated=True), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='verdict_proposed_is_complete'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
