"""When an article was made public, and word of it to its publisher."""

from django.conf import settings
from django.db import migrations, models

KNOWN = """
UPDATE claims_article a SET disclosed_at = e.at
    FROM (SELECT object_id, max(at) AS at FROM factcheck_event
          WHERE verb = 'article.disclosed' GROUP BY object_id) e
    WHERE e.object_id = a.public_id AND a.visibility = 'public';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0030_what_waits_asks_inside'),
        ('factcheck', '0004_history_is_searched'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_notice_known',
        ),
        migrations.RemoveConstraint(
            model_name='endpoint',
            name='endpoint_notices_known',
        ),
        migrations.AddField(
            model_name='article',
            name='disclosed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When somebody made it public that was confidential, if it still is public.', null=True),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop, elidable=True),
        migrations.AlterField(
            model_name='delivery',
            name='notice',
            field=models.CharField(choices=[('submission.ready', 'submission.ready'), ('submission.failed', 'submission.failed'), ('article.disclosed', 'article.disclosed'), ('verdict.published', 'verdict.published'), ('verdict.corrected', 'verdict.corrected'), ('verdict.withdrawn', 'verdict.withdrawn'), ('ping', 'ping')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('disclosed_at__isnull', True), ('visibility', 'public'), _connector='OR'), name='article_disclosed_is_public'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('notice__in', ['submission.ready', 'submission.failed', 'article.disclosed', 'verdict.published', 'verdict.corrected', 'verdict.withdrawn', 'ping'])), name='delivery_notice_known'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.CheckConstraint(condition=models.Q(('notices__contained_by', ['submission.ready', 'submission.failed', 'article.disclosed', 'verdict.published', 'verdict.corrected', 'verdict.withdrawn'])), name='endpoint_notices_known'),
        ),
    ]
