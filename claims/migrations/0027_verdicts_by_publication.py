"""Public verdicts are listed by when they were published."""

import claims.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0026_corrections_of_what_stands'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('state__in', [claims.states.VerdictState['PUBLISHED'], claims.states.VerdictState['SUPERSEDED'], claims.states.VerdictState['WITHDRAWN']])), fields=['-published_at', '-public_id'], name='verdict_last_published'),
        ),
    ]
