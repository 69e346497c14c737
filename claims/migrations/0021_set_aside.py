"""What could not be read is set aside by a person."""

import claims.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0020_read_with_always'),
        ('factcheck', '0004_history_is_searched'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='set_aside_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='Since when a person has taken it off the lists, because it cannot be read.', null=True),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_at__isnull', True), ('state', claims.states.SubmissionState['FAILED']), _connector='OR'), name='submission_set_aside_failed'),
        ),
    ]
