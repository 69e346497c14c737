"""Imports say when they last stored something, and whether a person ended them."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """One that was open before counts as interrupted ten minutes later."""

    dependencies = [("sources", "0017_why_outlets_are_blocked")]
    operations = [
        migrations.AddField(
            model_name="import",
            name="moved_at",
            field=models.DateTimeField(
                db_default=Now(), editable=False, verbose_name="last stored"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="given_up",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=Q(given_up=False) | Q(finished_at__isnull=False),
                name="import_given_up_has_end",
            ),
        ),
    ]
