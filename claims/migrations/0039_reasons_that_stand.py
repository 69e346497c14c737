"""The reasons that stand on the rows are told beside the events of the acts they were given for."""

from django.db import migrations

FILL = """
WITH ended AS (
    SELECT DISTINCT ON (object_id) id, object_id, verb FROM factcheck_event
    WHERE verb IN ('claim.dismissed', 'claim.closed', 'claim.restored', 'claim.reopened')
    ORDER BY object_id, position DESC
), said AS (
    SELECT DISTINCT ON (object_id, verb) id, object_id, verb FROM factcheck_event
    WHERE verb IN (
        'evidence.rejected', 'evidence.related', 'verdict.withdrawn', 'article.set_aside')
    ORDER BY object_id, verb, position DESC
)
INSERT INTO factcheck_reason (event_id, words)
SELECT ended.id, trim(note) FROM ended
    JOIN claims_claim ON public_id = object_id AND verb = 'claim.' || state WHERE trim(note) <> ''
UNION ALL SELECT said.id, rejection FROM said
    JOIN claims_evidence ON public_id = object_id AND verb = 'evidence.rejected'
    WHERE state = 'rejected'
UNION ALL SELECT said.id, relation_reason FROM said
    JOIN claims_evidence ON public_id = object_id AND verb = 'evidence.related'
    WHERE relation_reason <> ''
UNION ALL SELECT said.id, withdrawal_note FROM said
    JOIN claims_verdict ON public_id = object_id AND verb = 'verdict.withdrawn'
    WHERE withdrawal_note <> ''
UNION ALL SELECT said.id, set_aside_reason FROM said
    JOIN claims_article ON public_id = object_id AND verb = 'article.set_aside'
    WHERE set_aside_reason <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0038_stances_in_words"),
        ("factcheck", "0005_reasons"),
    ]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
