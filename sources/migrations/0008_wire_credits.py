"""The news agency that each stored document says it is from."""

from django.db import migrations, models

from sources.wires import wire_credit


def fill(apps, schema_editor):
    """Read the credit lines of what is stored already."""
    snapshots = apps.get_model("sources", "Snapshot").objects.only("text", "credit")
    for snapshot in snapshots.iterator(chunk_size=200):
        snapshot.credit = wire_credit(snapshot.text)
        if snapshot.credit:
            snapshot.save(update_fields=["credit"])


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0007_how_providers_are'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='credit',
            field=models.CharField(blank=True, default='', editable=False, max_length=100),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
