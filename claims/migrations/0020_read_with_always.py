"""Every claim is read with the words around it, whether it leans on them or not.

Going back needs `read_with` emptied first where `needs_context` is false.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0019_read_with'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_read_with_is_needed',
        ),
        migrations.AlterField(
            model_name='claim',
            name='read_with',
            field=models.TextField(blank=True, default='', help_text='The sentences it is read with, as printed; empty where none are known.'),
        ),
    ]
