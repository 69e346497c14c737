"""What people say of checks by others, and what a verdict tells of them."""

import django.db.models.deletion
import factcheck.models.public_id
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_what_a_search_kept'),
        ('sources', '0013_encodings_and_exact_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='checked_elsewhere',
            field=models.JSONField(blank=True, default=list, help_text='Confirmed checks by others, as they read then.'),
        ),
        migrations.CreateModel(
            name='CheckLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=factcheck.models.public_id.UUIDv7(), editable=False, unique=True)),
                ('decision', models.CharField(choices=[('confirmed', 'Confirmed'), ('refused', 'Refused')], max_length=10)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_links', to='claims.claim')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prior', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.priorcheck')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('claim', 'prior'), name='check_link_once_per_claim_and_check'), models.CheckConstraint(condition=models.Q(('decision__in', ['confirmed', 'refused'])), name='check_link_decision_known')],
            },
        ),
    ]
