"""Published verdicts are searched by the outlet they were first read in, too."""


import claims.states
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0031_articles_disclosed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='verdict',
            name='verdict_words',
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('claim_text', 'claimant', 'summary', 'explanation', 'article_outlet', config='english'), condition=models.Q(('state', claims.states.VerdictState['PUBLISHED'])), name='verdict_words'),
        ),
    ]
