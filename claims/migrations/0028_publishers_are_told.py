"""Notices to publishers: what they hold, what signs them, why an endpoint is paused.

Nothing was ever written to either table before, but for rows made by hand,
which nothing could sign.
"""

import claims.states
import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0027_verdicts_by_publication'),
        ('factcheck', '0004_history_is_searched'),
    ]

    operations = [
        migrations.RunSQL(
            'DELETE FROM claims_delivery; DELETE FROM claims_endpoint;'
            ' SET CONSTRAINTS ALL IMMEDIATE;',
            migrations.RunSQL.noop,
            elidable=True,
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_once_per_endpoint_and_event',
        ),
        migrations.RemoveField(model_name='delivery', name='event'),
        migrations.RemoveField(model_name='endpoint', name='secret'),
        migrations.RemoveField(model_name='endpoint', name='verbs'),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_state_known',
        ),
        migrations.AddField(
            model_name='delivery',
            name='ids',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='delivery',
            name='notice',
            field=models.CharField(choices=[('submission.ready', 'submission.ready'), ('submission.failed', 'submission.failed'), ('verdict.published', 'verdict.published'), ('verdict.corrected', 'verdict.corrected'), ('verdict.withdrawn', 'verdict.withdrawn'), ('ping', 'ping')], default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='delivery',
            name='tried_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='endpoint',
            name='earlier_seed',
            field=models.CharField(blank=True, default='', editable=False, max_length=100),
        ),
        migrations.AddField(
            model_name='endpoint',
            name='earlier_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='endpoint',
            name='notices',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None),
        ),
        migrations.AddField(
            model_name='endpoint',
            name='paused_because',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='endpoint',
            name='seed',
            field=models.CharField(default='', editable=False, max_length=100),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='delivery',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('pending', 'Pending'), ('sent', 'Sent'), ('failed', 'Failed'), ('stopped', 'Stopped')], default=claims.states.DeliveryState['PENDING'], editable=False, max_length=8),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'sent', 'failed', 'stopped'])), name='delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('notice__in', ['submission.ready', 'submission.failed', 'verdict.published', 'verdict.corrected', 'verdict.withdrawn', 'ping'])), name='delivery_notice_known'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.CheckConstraint(condition=models.Q(('notices__contained_by', ['submission.ready', 'submission.failed', 'verdict.published', 'verdict.corrected', 'verdict.withdrawn'])), name='endpoint_notices_known'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('active', True), ('paused_because', '')), models.Q(('active', False), models.Q(('paused_because', ''), _negated=True)), _connector='OR'), name='endpoint_paused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('earlier_seed', ''), ('earlier_until__isnull', True)), models.Q(models.Q(('earlier_seed', ''), _negated=True), ('earlier_until__isnull', False)), _connector='OR'), name='endpoint_earlier_secret_ends'),
        ),
    ]
