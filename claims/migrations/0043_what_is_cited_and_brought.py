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
SOURCE_KINDS = [
    ("article", "Article"),
    ("report", "Report"),
    ("dataset", "Dataset"),
    ("law", "Law or ruling"),
    ("transcript", "Transcript"),
    ("post", "Post"),
    ("reference", "Reference entry"),
    ("other", "Other"),
]
GUARD = """
CREATE OR REPLACE FUNCTION claims_bringing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (%s) AND EXISTS (
        SELECT 1 FROM claims_claim c JOIN claims_article a ON a.id = c.article_id
        WHERE c.id = NEW.claim_id AND a.visibility <> 'public') THEN
        RAISE EXCEPTION 'bringing_fetched_is_public: claim %%', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bringing_fetched_is_public';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER bringing_fetched_is_public ON claims_bringing;
CREATE TRIGGER bringing_fetched_is_public BEFORE INSERT OR UPDATE OF %s
    ON claims_bringing FOR EACH ROW EXECUTE FUNCTION claims_bringing_guard();
"""
FORWARD = GUARD % ("NEW.url <> '' OR NEW.public", "url, public, claim_id")
BACKWARD = GUARD % ("NEW.url <> ''", "url, claim_id")


class Migration(migrations.Migration):
    dependencies = [("claims", "0042_what_people_worded_or_put_on_the_desk_first")]

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
        migrations.AddField(
            model_name="bringing",
            name="kind",
            field=models.CharField(
                choices=SOURCE_KINDS,
                db_default="article",
                default="article",
                max_length=20,
                verbose_name="what a file is",
            ),
        ),
        migrations.AddField(
            model_name="bringing",
            name="published_at",
            field=models.DateField(
                blank=True, null=True, verbose_name="when a file was published"
            ),
        ),
        migrations.AddField(
            model_name="bringing",
            name="public",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text=(
                    "Whether a file is a paper that anybody may read, whose words may be shown."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bringing",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _ in SOURCE_KINDS])),
                name="bringing_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bringing",
            constraint=models.CheckConstraint(
                condition=models.Q(("public", False), ("file__isnull", False), _connector="OR"),
                name="bringing_public_is_a_file",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddField(
            model_name="bringing",
            name="set_aside_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text=(
                    "Since when it stands beside the claim no more, because it was a mistake."
                ),
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="bringing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("set_aside_at__isnull", True),
                    models.Q(("state", "received"), _negated=True),
                    _connector="OR",
                ),
                name="bringing_set_aside_was_tried",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                help_text="Of which article a person says that it is the next version.",
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="claims.article",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follows__isnull", True),
                    models.Q(("submitted_by__isnull", False), ("url", "")),
                    _connector="OR",
                ),
                name="submission_follows_as_a_person_says",
            ),
        ),
    ]
