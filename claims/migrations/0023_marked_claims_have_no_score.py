"""No machine guessed how check-worthy the claims are that people marked."""

from django.db import migrations

FORWARD = """
UPDATE claims_claim SET check_worthiness = NULL
WHERE added_by_id IS NOT NULL AND split_from_id IS NULL
"""
BACKWARD = """
UPDATE claims_claim SET check_worthiness = 0
WHERE added_by_id IS NOT NULL AND split_from_id IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0022_who_says_it_by_hand'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
