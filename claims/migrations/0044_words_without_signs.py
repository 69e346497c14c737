"""Articles, claims and verdicts are searched by words without signs, and by whole figures.

Claims are so by words of who says them, and of an article's headline and outlet, too.
"""

import claims.states
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models.functions import Left

SIGNS = "’‘‚‛“”„‟«»‹›–—―…·•£€¥\u00a0\u2007\u2009\u200a\u202f\u3000"
PARTED = "([0-9])[,\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))"


def plain(column):
    whole = models.Func(
        models.F(column) if isinstance(column, str) else column,
        models.Value(PARTED),
        models.Value(r"\1"),
        models.Value("g"),
        function="regexp_replace",
        output_field=models.TextField(),
    )
    return models.Func(
        whole,
        models.Value(SIGNS),
        models.Value(" " * len(SIGNS)),
        function="translate",
        output_field=models.TextField(),
    )


def words(*columns, config="english"):
    return SearchVector(*(plain(column) for column in columns), config=config)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0043_what_is_cited_and_brought'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='articleversion', name='version_words'),
        migrations.AddIndex(
            model_name='articleversion',
            index=GinIndex(words('title', 'byline', 'outlet', Left('text', 100000)), name='version_words'),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=GinIndex(words('title', 'outlet'), name='version_headline_words'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=GinIndex(words('text'), name='claim_words'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=GinIndex(words('name', config='simple'), name='party_words'),
        ),
        migrations.RemoveIndex(model_name='verdict', name='verdict_words'),
        migrations.AddIndex(
            model_name='verdict',
            index=GinIndex(
                words('claim_text', 'claimant', 'summary', 'explanation', 'article_outlet'),
                condition=models.Q(('state', claims.states.VerdictState['PUBLISHED'])),
                name='verdict_words',
            ),
        ),
    ]
