"""Reading published verdicts, and claims, for what texts and claims are compared with.

No acts: the database makes an entry of each verdict and claim, with its words, and
here an encoder gives it its meaning. That may be done again at any time, by several
at once. Each encodes with no transaction open.
"""

import time

from django.db import connection
from django.db.models import Q, QuerySet

from claims.models import ClaimEntry, MatchEntry
from sources.checking import read_checks_again
from sources.models.nearest import unread_by
from sources.ports import Encoder

AT_ONCE = 200
"""Read in one go at most: a second or two of encoding."""

NEW = Q(encoder="")
"""What no encoder has read: published, put on the desk or reworded a moment ago."""

_READ_VERDICTS = """
    WITH given AS (
        SELECT entry.verdict_id, given.vector
        FROM unnest(%(verdicts)s::bigint[], %(vectors)s::text[]) AS given(verdict_id, vector)
        JOIN claims_matchentry entry USING (verdict_id)
        ORDER BY verdict_id FOR NO KEY UPDATE OF entry
    )
    UPDATE claims_matchentry entry SET encoder = %(encoder)s, vector = given.vector::halfvec
    FROM given WHERE entry.verdict_id = given.verdict_id
"""

_READ_CLAIMS = """
    WITH given AS (
        SELECT entry.claim_id, given.vector
        FROM unnest(%(claims)s::bigint[], %(wordings)s::int[], %(vectors)s::text[])
            AS given(claim_id, wording, vector)
        JOIN claims_claimentry entry USING (claim_id, wording)
        ORDER BY claim_id FOR NO KEY UPDATE OF entry
    )
    UPDATE claims_claimentry entry SET encoder = %(encoder)s, vector = given.vector::halfvec
    FROM given WHERE entry.claim_id = given.claim_id
"""


def read_unread(encoder: Encoder, *, until: float) -> None:
    """Read what this encoder has not read: verdicts, claims and checks by others, in turn.

    Until nothing is left, or ``until`` (of time.monotonic). After a change of the
    encoder that is everything; what is not read yet is compared with nothing.
    """
    left = True
    while left and time.monotonic() < until:
        read = (read_verdicts(encoder), read_claims(encoder), read_checks_again(encoder, AT_ONCE))
        left = any(read)


def read_published(encoder: Encoder) -> int:
    """Read verdicts that were published a moment ago, the newest first; return how many."""
    return _read_verdicts(MatchEntry.objects.filter(NEW), encoder)


def read_verdicts(encoder: Encoder) -> int:
    """Read verdicts that this encoder has not read, the newest first; return how many."""
    return _read_verdicts(MatchEntry.objects.filter(unread_by(encoder.name)), encoder)


def _read_verdicts(entries: QuerySet[MatchEntry], encoder: Encoder) -> int:
    unread = list(
        entries.order_by("-verdict").values_list("verdict", "verdict__claim_text")[:AT_ONCE]
    )
    if not unread:
        return 0
    vectors = encoder.encode([claim for _, claim in unread])
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_VERDICTS,
            {
                "encoder": encoder.name,
                "verdicts": [key for key, _ in unread],
                "vectors": [str(vector.tolist()) for vector in vectors],
            },
        )
    return len(unread)


def read_before(claim_id: int, encoder: Encoder) -> None:
    """Read a claim, and the older ones that nobody has read, to compare it with them.

    At most AT_ONCE of those, the newest first; the others are read in the background.
    """
    _read_claims(ClaimEntry.objects.filter(unread_by(encoder.name), claim=claim_id), encoder)
    _read_claims(ClaimEntry.objects.filter(NEW, claim__lt=claim_id), encoder)


def read_claims(encoder: Encoder) -> int:
    """Read claims that this encoder has not read, the newest first; return how many."""
    return _read_claims(ClaimEntry.objects.filter(unread_by(encoder.name)), encoder)


def _read_claims(entries: QuerySet[ClaimEntry], encoder: Encoder) -> int:
    unread = list(
        entries.order_by("-claim").values_list("claim", "wording", "claim__text")[:AT_ONCE]
    )
    if not unread:
        return 0
    vectors = encoder.encode([text for _, _, text in unread])
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_CLAIMS,
            {
                "encoder": encoder.name,
                "claims": [key for key, _, _ in unread],
                "wordings": [wording for _, wording, _ in unread],
                "vectors": [str(vector.tolist()) for vector in vectors],
            },
        )
    return len(unread)
