"""Entering published verdicts, and claims, into what texts and claims are compared with.

No acts: an entry only repeats what is there already and may be made again at
any time, by several at once. Each encodes with no transaction open.
"""

from django.db import connection
from django.db.models import F, Q

from claims.models import Claim, Verdict
from claims.states import VerdictState
from sources.ports import Encoder

AT_ONCE = 200
"""Entered in one go at most: a second or two of encoding, after an import only."""

ENTER = """
    INSERT INTO claims_matchentry (verdict_id, encoder, search, vector)
    SELECT verdict_id, %(encoder)s, to_tsvector('english', words), vector::halfvec
    FROM unnest(%(verdicts)s::bigint[], %(words)s::text[], %(vectors)s::text[])
        AS given(verdict_id, words, vector)
    ON CONFLICT (verdict_id) DO UPDATE SET encoder = excluded.encoder, vector = excluded.vector
"""


def enter_verdicts(encoder: Encoder) -> int:
    """Enter what was published since the last time, the newest first; return how many."""
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


ENTER_CLAIMS = """
    INSERT INTO claims_claimentry (claim_id, wording, encoder, search, vector)
    SELECT claim_id, wording, %(encoder)s, to_tsvector('english', words), vector::halfvec
    FROM unnest(%(claims)s::bigint[], %(wordings)s::int[], %(words)s::text[], %(vectors)s::text[])
        AS given(claim_id, wording, words, vector)
    ORDER BY claim_id
    ON CONFLICT (claim_id) DO UPDATE SET wording = excluded.wording, encoder = excluded.encoder,
        search = excluded.search, vector = excluded.vector
"""


def enter_claims(encoder: Encoder) -> int:
    """Enter the claims of the desk that are new or reworded, the newest first; return how many."""
    entered = Q(entry__encoder=encoder.name, entry__wording=F("wording"))
    missing = list(
        Claim.objects.filter(desk=True)
        .exclude(entered)
        .order_by("-pk")
        .values_list("pk", "wording", "text")[:AT_ONCE]
    )
    if not missing:
        return 0
    vectors = encoder.encode([text for _, _, text in missing])
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER_CLAIMS,
            {
                "encoder": encoder.name,
                "claims": [key for key, _, _ in missing],
                "wordings": [wording for _, wording, _ in missing],
                "words": [text for _, _, text in missing],
                "vectors": [str(vector.tolist()) for vector in vectors],
            },
        )
    return len(missing)
