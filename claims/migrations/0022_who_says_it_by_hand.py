"""People say who says a claim and of what kind it is; what they mark is listed first."""

import claims.states
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0021_set_aside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierAttribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('known', models.BooleanField(default=True)),
                ('described_as', models.CharField(blank=True, default='', max_length=300)),
                ('via', models.CharField(blank=True, default='', max_length=200)),
                ('direct', models.BooleanField(default=False)),
                ('kind', models.CharField(choices=[('event', 'Event'), ('quantity', 'Quantity'), ('comparison', 'Comparison'), ('quote', 'Quote'), ('causal', 'Causal'), ('legal', 'Legal'), ('background', 'Background'), ('image', 'Image'), ('prediction', 'Prediction'), ('opinion', 'Opinion'), ('unknown', 'Unknown')], max_length=12)),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='search',
            name='search_reason_known',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_waiting',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_on_desk',
        ),
        migrations.AddField(
            model_name='claim',
            name='attributed_by',
            field=models.ForeignKey(blank=True, help_text='Who said who says it, and of what kind it is; empty when a machine did.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='attribution',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name='claim',
            name='check_worthiness',
            field=models.FloatField(default=0.0, help_text='Empty where the machine does not guess, or a person marked the claim.', null=True),
        ),
        migrations.AlterField(
            model_name='search',
            name='why',
            field=models.CharField(choices=[('new_claim', 'The claim is new'), ('reworded', 'The claim was reworded'), ('attributed', 'The claimant was changed'), ('asked', 'A person asked again'), ('provider_back', 'A provider that was down is back')], default='new_claim', max_length=14),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('priority'), descending=True), models.OrderBy(models.F('deadline'), nulls_last=True), models.OrderBy(django.db.models.functions.comparison.Coalesce(models.F('check_worthiness'), models.Case(models.When(added_by__isnull=False, then=models.Value(2.0)))), descending=True, nulls_last=True), models.F('id'), condition=models.Q(('desk', True), ('state', claims.states.ClaimState['OPEN'])), name='claim_waiting'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('priority'), descending=True), models.OrderBy(models.F('deadline'), nulls_last=True), models.OrderBy(django.db.models.functions.comparison.Coalesce(models.F('check_worthiness'), models.Case(models.When(added_by__isnull=False, then=models.Value(2.0)))), descending=True, nulls_last=True), models.F('id'), condition=models.Q(('desk', True)), name='claim_on_desk'),
        ),
        migrations.AddConstraint(
            model_name='search',
            constraint=models.CheckConstraint(condition=models.Q(('why__in', ['new_claim', 'reworded', 'attributed', 'asked', 'provider_back'])), name='search_reason_known'),
        ),
        migrations.AddField(
            model_name='earlierattribution',
            name='attributed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='earlierattribution',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_attributions', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='earlierattribution',
            name='claimant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.party'),
        ),
        migrations.AddConstraint(
            model_name='earlierattribution',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['event', 'quantity', 'comparison', 'quote', 'causal', 'legal', 'background', 'image', 'prediction', 'opinion', 'unknown'])), name='earlier_attribution_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='earlierattribution',
            constraint=models.UniqueConstraint(fields=('claim', 'number'), name='earlier_attribution_once_per_number'),
        ),
    ]
