"""A right of reply is somebody's: it does not count for another claimant of the same claim."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE claims_replyrequest r SET claimant_id = c.claimant_id
    FROM claims_claim c WHERE c.id = r.claim_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0035_right_of_reply'),
    ]

    operations = [
        migrations.AddField(
            model_name='replyrequest',
            name='claimant',
            field=models.ForeignKey(blank=True, help_text='Whom the claim was said to be of when it was written down.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.party'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
