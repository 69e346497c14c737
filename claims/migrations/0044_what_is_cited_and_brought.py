"""Citations say what a person recorded; documents what they are, and that one was a mistake."""

from django.db import migrations, models

KINDS = [
    ("passage", "Passage of a source"),
    ("interview", "Interview"),
    ("document", "Document"),
    ("dataset", "Dataset"),
    ("calculation", "Calculation"),
    ("observation", "Observation"),
    ("nothing_found", "Searched and nothing found"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0039_reasons_that_stand")]

    operations = [
        migrations.AddField(
            model_name="citation",
            name="record_kind",
            field=models.CharField(
                blank=True,
                choices=KINDS,
                db_default="",
                default="",
                help_text=(
                    "What a person recorded; empty for words of a source, and where it is secret."
                ),
                max_length=20,
            ),
        ),
    ]
