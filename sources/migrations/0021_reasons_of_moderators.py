"""Why outlets are blocked and sources retracted or looked at is told beside the acts themselves."""

from django.db import migrations

FILL = """
WITH said AS (
    SELECT DISTINCT ON (object_id, verb) id, object_id, verb FROM factcheck_event
    WHERE verb IN ('outlet.blocked', 'source.retracted', 'source.examined')
    ORDER BY object_id, verb, position DESC
), told AS (
    SELECT said.id, block_reason AS words FROM said
        JOIN sources_outlet ON public_id = object_id AND verb = 'outlet.blocked'
    UNION ALL SELECT said.id, retraction FROM said
        JOIN sources_source ON public_id = object_id AND verb = 'source.retracted'
        WHERE retracted_at IS NOT NULL
    UNION ALL SELECT said.id, examination FROM said
        JOIN sources_source ON public_id = object_id AND verb = 'source.examined'
)
INSERT INTO factcheck_reason (event_id, words)
SELECT id, trim(words) FROM told
WHERE trim(words) <> ''
    AND NOT EXISTS (SELECT 1 FROM factcheck_reason WHERE event_id = told.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0020_checks_say_whose_vector_it_is"),
        ("factcheck", "0005_reasons"),
    ]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
