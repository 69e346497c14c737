"""A claim keeps the sentence it must be read with."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0018_drafts_discarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='read_with',
            field=models.TextField(blank=True, default='', help_text='The sentence it must be read with, as printed; empty where none is known.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('read_with', ''), ('needs_context', True), _connector='OR'), name='claim_read_with_is_needed'),
        ),
    ]
