"""People say on which day a claim was said; until now nobody could change that."""

from django.db import migrations, models

AS_IT_STANDS = """
UPDATE claims_earlierattribution earlier SET said_at = claim.said_at
FROM claims_claim claim WHERE claim.id = earlier.claim_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0036_whom_a_reply_was_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='earlierattribution',
            name='said_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='claim',
            name='said_at',
            field=models.DateField(blank=True, help_text='When it was said; empty where nobody knows the day.', null=True),
        ),
        migrations.RunSQL(AS_IT_STANDS, migrations.RunSQL.noop),
    ]
