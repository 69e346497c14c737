"""A person takes an article that nobody shall check off the lists."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Since when, and why."""

    dependencies = [("claims", "0032_outlets_are_searched")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="article",
            name="set_aside_reason",
            field=models.TextField(
                blank=True, db_default="", default="", help_text="Why nobody shall check it."
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_reason="")
                | Q(set_aside_at__isnull=False) & ~Q(set_aside_reason=""),
                name="article_set_aside_says_why",
            ),
        ),
    ]
