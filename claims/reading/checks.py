"""What others said about claims like this one: theirs to answer for, never a verdict of ours."""

from django.db import connection, transaction

from claims.matching import Candidate, ranked, rarity
from claims.models import Claim, ClaimEntry
from sources.models import PriorCheck

NEAREST = 50
"""Checks that are compared by their words."""
SHOWN = 5
LEAST = 0.3
"""Probability of being about the same claim from which a check is shown, as for older claims."""

_NEAREST = f"""
    SELECT prior.id, tsvector_to_array(prior.search), 1 - (prior.vector <=> asked.vector)
    FROM sources_priorcheck prior
    JOIN sources_outlet outlet ON outlet.id = prior.outlet_id AND NOT outlet.blocked,
    (SELECT vector FROM claims_claimentry WHERE claim_id = %(claim)s) asked
    ORDER BY prior.vector <=> asked.vector LIMIT {NEAREST}
"""  # noqa: S608 - a constant
_FREQUENCIES = """
    SELECT word, (SELECT count(*) FROM sources_priorcheck prior
                  WHERE prior.search @@ plainto_tsquery('simple', word))
    FROM unnest((SELECT tsvector_to_array(search) FROM claims_claimentry
                 WHERE claim_id = %s)) AS word
"""


def checks_like(claim: Claim) -> list[tuple[PriorCheck, float]]:
    """Checks that are probably about the claim, likeliest first, each with how probably.

    One query while nothing was checked elsewhere, five otherwise. None before
    the claim was searched for in its present wording: then its meaning is not known yet.
    """
    size = PriorCheck.objects.count()
    if not size or not ClaimEntry.objects.filter(claim=claim, wording=claim.wording).exists():
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES, [claim.pk])
        asked = {word: rarity(count, size) for word, count in cursor.fetchall()}
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(_NEAREST, {"claim": claim.pk})
        near = [
            Candidate(key, frozenset(lexemes), cosine) for key, lexemes, cosine in cursor.fetchall()
        ]
    likely = [match for match in ranked(asked, near, NEAREST) if match.score >= LEAST][:SHOWN]
    found = PriorCheck.objects.select_related("outlet").in_bulk([match.key for match in likely])
    return [(found[match.key], match.score) for match in likely]
