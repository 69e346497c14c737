"""Checks say whose vector theirs is; those that are there are read again."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0019_parts_wait_for_their_index'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='priorcheck',
            name='prior_check_nearest',
        ),
        migrations.AddField(
            model_name='priorcheck',
            name='encoder',
            field=models.CharField(default='', help_text='Whose vector it is.', max_length=100),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='priorcheck',
            name='vector',
            field=pgvector.django.halfvec.HalfVectorField(),
        ),
        migrations.AddIndex(
            model_name='priorcheck',
            index=models.Index(fields=['encoder', '-id'], name='prior_check_encoder'),
        ),
        migrations.AddIndex(
            model_name='priorcheck',
            index=pgvector.django.indexes.HnswIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.comparison.Cast('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)), name='halfvec_cosine_ops'), condition=models.Q(('encoder', 'all-MiniLM-L6-v2-int8/2')), ef_construction=64, m=16, name='prior_check_nearest'),
        ),
    ]
