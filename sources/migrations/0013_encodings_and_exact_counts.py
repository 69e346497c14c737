"""Vectors wait in a table of their own, and words are counted down when passages go."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import factcheck.models.public_id

FORWARD = """
CREATE FUNCTION sources_configuration(language text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE lower(split_part(language, '-', 1))
    WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'en' THEN 'english'
    WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french'
    WHEN 'hu' THEN 'hungarian' WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch'
    WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
    WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'tr' THEN 'turkish'
    ELSE 'simple' END;

CREATE FUNCTION sources_passages_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In the order in which passages are counted in, so that nobody deadlocks.
    PERFORM FROM sources_lexeme
    WHERE (language, word) IN (
        SELECT sources_configuration(gone.language), held.word
        FROM gone CROSS JOIN LATERAL unnest(tsvector_to_array(gone.search)) AS held(word)
    )
    ORDER BY language, word FOR UPDATE;
    UPDATE sources_lexeme lexeme SET passages = lexeme.passages - less.passages
    FROM (
        SELECT sources_configuration(gone.language) AS language, held.word, count(*) AS passages
        FROM gone CROSS JOIN LATERAL unnest(tsvector_to_array(gone.search)) AS held(word)
        GROUP BY 1, 2
    ) AS less
    WHERE (lexeme.language, lexeme.word) = (less.language, less.word);
    UPDATE sources_collection collection
    SET passages = collection.passages - less.passages, words = collection.words - less.words
    FROM (
        SELECT sources_configuration(language) AS language, count(*) AS passages,
               sum(words) AS words
        FROM gone WHERE words > 0 GROUP BY 1
    ) AS less
    WHERE collection.language = less.language;
    RETURN NULL;
END $$;
CREATE TRIGGER passages_are_counted_out AFTER DELETE ON sources_passage
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION sources_passages_gone();

-- Counts change all the time: room in each page lets them change in place.
ALTER TABLE sources_lexeme SET (fillfactor = 60);
ALTER INDEX passage_search SET (gin_pending_list_limit = 16384);
"""
BACKWARD = """
ALTER INDEX passage_search RESET (gin_pending_list_limit);
ALTER TABLE sources_lexeme RESET (fillfactor);
DROP TRIGGER passages_are_counted_out ON sources_passage;
DROP FUNCTION sources_passages_gone();
DROP FUNCTION sources_configuration(text);
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0012_recalibrations")]

    operations = [
        migrations.CreateModel(
            name="Encoding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(db_default=factcheck.models.public_id.UUIDv7(), editable=False, unique=True)),
                ("encoder", models.CharField(max_length=100, unique=True)),
                ("state", models.CharField(choices=[("filling", "Being made, while another one answers"), ("answering", "Answers searches"), ("retired", "Replaced")], max_length=9)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("answers_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="encoding",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["filling", "answering", "retired"])), name="encoding_state_known"),
        ),
        migrations.AddConstraint(
            model_name="encoding",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "retired"), _negated=True), fields=("state",), name="encoding_one_answers_and_one_fills"),
        ),
        migrations.AddConstraint(
            model_name="encoding",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("retired_at__isnull", False), ("state", "retired")), models.Q(models.Q(("state", "retired"), _negated=True), ("retired_at__isnull", True)), _connector="OR"), name="encoding_retired_has_time"),
        ),
        migrations.CreateModel(
            name="Unembedded",
            fields=[
                ("pk", models.CompositePrimaryKey("encoding_id", "passage_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("encoding", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="waiting", to="sources.encoding")),
                ("passage", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sources.passage")),
            ],
        ),
        migrations.RemoveConstraint(model_name="lexeme", name="lexeme_once_per_language"),
        migrations.AddConstraint(
            model_name="lexeme",
            constraint=models.UniqueConstraint(fields=("language", "word"), name="lexeme_once_per_language"),
        ),
        migrations.RunSQL(
            FORWARD,
            BACKWARD,
            state_operations=[
                migrations.RemoveIndex(model_name="passage", name="passage_search"),
                migrations.AddIndex(
                    model_name="passage",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["search"], gin_pending_list_limit=16384, name="passage_search"),
                ),
            ],
        ),
    ]
