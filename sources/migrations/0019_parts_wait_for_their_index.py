"""Keep apart what a person stopped and what an index names no more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0018_imports_interrupted'),
    ]

    operations = [
        migrations.AddField(
            model_name='feed',
            name='waits_for_whole',
            field=models.BooleanField(default=False, editable=False, help_text='Read again when its index names it again.'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('waits_for_whole', False), models.Q(('active', False), ('whole__isnull', False)), _connector='OR'), name='feed_that_waits_for_its_whole_is_stopped'),
        ),
    ]
