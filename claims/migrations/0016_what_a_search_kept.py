"""A search says what it kept, so that the next one can say what changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_lineage_is_kept")]

    operations = [
        migrations.AddField(
            model_name="search",
            name="kept",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
