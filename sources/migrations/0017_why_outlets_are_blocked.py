"""Outlets are blocked since when and why; sources say why what cites them may stand."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q
from django.db.models.functions import Now


def say_why(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    blocked = apps.get_model("sources", "Outlet").objects.filter(blocked=True)
    blocked.update(blocked_at=Now(), block_reason="Nobody said why.")


class Migration(migrations.Migration):
    """A block that was there before says that nobody said why."""

    dependencies = [("sources", "0016_why_rows_were_rejected")]
    operations = [
        migrations.AddField(
            model_name="outlet",
            name="block_reason",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Why it gives no more evidence; of one let go again, why it was blocked last.",
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="blocked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="outlet",
            name="blocked",
            field=models.BooleanField(default=False, help_text="Gives no more evidence."),
        ),
        migrations.AddField(
            model_name="source",
            name="examination",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Why what cites it may stand, in the words of whoever looked.",
            ),
        ),
        migrations.RunPython(say_why, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=Q(blocked=False, blocked_at__isnull=True)
                | Q(blocked=True, blocked_at__isnull=False) & ~Q(block_reason=""),
                name="outlet_blocked_says_why",
            ),
        ),
    ]
