"""Acts that have to give way, as after a deadlock: PostgreSQL itself says so."""

from django.db import connection


def let_acts_give_way(times: int) -> None:
    """Let the next acts fail at their event, as many as ``times``, with a deadlock.

    Until the test's own transaction ends. A sequence counts, because it stays where
    it is when a transaction is rolled back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE SEQUENCE acts_tried;
            CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('acts_tried') <= TG_ARGV[0]::int THEN
                    RAISE EXCEPTION 'deadlock detected' USING ERRCODE = 'deadlock_detected';
                END IF;
                RETURN NEW;
            END $$;
            """
        )
        cursor.execute(
            "CREATE TRIGGER acts_give_way BEFORE INSERT ON factcheck_event"
            f" FOR EACH ROW EXECUTE FUNCTION give_way({times:d})"
        )
