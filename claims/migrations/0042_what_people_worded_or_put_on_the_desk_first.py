"""What people reworded or put on the desk stands above every guess; why that is searched."""

from django.db import migrations, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

MOST_URGENT_FIRST = (F("priority").desc(), F("deadline").asc(nulls_last=True))
LIKELIEST_FIRST = Coalesce(
    Case(When(worded_by__isnull=True, then=F("check_worthiness"))),
    Case(
        When(
            Q(added_by__isnull=False) | Q(worded_by__isnull=False) | Q(attributed_by__isnull=False),
            then=Value(2.0),
        )
    ),
).desc(nulls_last=True)
REASONS = [
    ("new_claim", "The claim is new"),
    ("reworded", "The claim was reworded"),
    ("attributed", "The claimant was changed"),
    ("kind", "The kind was changed"),
    ("asked", "A person asked again"),
    ("provider_back", "A provider that was down is back"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0041_objections_by_readers")]
    operations = [
        migrations.RemoveIndex(model_name="claim", name="claim_waiting"),
        migrations.RemoveIndex(model_name="claim", name="claim_on_desk"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                *MOST_URGENT_FIRST,
                LIKELIEST_FIRST,
                F("id"),
                condition=Q(desk=True, state="open"),
                name="claim_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                *MOST_URGENT_FIRST,
                LIKELIEST_FIRST,
                F("id"),
                condition=Q(desk=True),
                name="claim_on_desk",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="check_worthiness",
            field=models.FloatField(
                default=0.0,
                help_text="Of the machine's wording; empty where it does not guess, or a person "
                "marked the claim or put it on the desk.",
                null=True,
            ),
        ),
        migrations.RemoveConstraint(model_name="search", name="search_reason_known"),
        migrations.AlterField(
            model_name="search",
            name="why",
            field=models.CharField(choices=REASONS, default="new_claim", max_length=14),
        ),
        migrations.AddConstraint(
            model_name="search",
            constraint=models.CheckConstraint(
                condition=Q(why__in=[reason for reason, _ in REASONS]), name="search_reason_known"
            ),
        ),
    ]
