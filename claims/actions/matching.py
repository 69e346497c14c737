"""Entering published verdicts into what texts are matched with."""

from django.db import connection

from claims.models import Verdict
from claims.states import VerdictState
from sources.ports import Encoder

AT_ONCE = 200
"""Verdicts entered in one go: a second or two of encoding, after an import only."""

ENTER = """
    INSERT INTO claims_matchentry (verdict_id, encoder, search, vector)
    SELECT verdict_id, %(encoder)s, to_tsvector('english', words), vector::halfvec
    FROM unnest(%(verdicts)s::bigint[], %(words)s::text[], %(vectors)s::text[])
        AS given(verdict_id, words, vector)
    ON CONFLICT (verdict_id) DO UPDATE SET encoder = excluded.encoder, vector = excluded.vector
"""


def enter_verdicts(encoder: Encoder) -> int:
    """Enter what was published since the last time, the newest first; return how many.

    No act: an entry only repeats what was published and may be made again at
    any time, by several at once. Encodes with no transaction open.
    """
    missing = list(
        Verdict.objects.filter(state=VerdictState.PUBLISHED)
        .exclude(match_entry__encoder=encoder.name)
        .order_by("-pk")
        .values_list("pk", "claim_text", "summary")[:AT_ONCE]
    )
    if not missing:
        return 0
    vectors = encoder.encode([claim for _, claim, _ in missing])
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            {
                "encoder": encoder.name,
                "verdicts": [key for key, _, _ in missing],
                "words": [f"{claim} {summary}" for _, claim, summary in missing],
                "vectors": [str(vector.tolist()) for vector in vectors],
            },
        )
    return len(missing)
