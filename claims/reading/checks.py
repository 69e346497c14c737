"""What others said about claims like this one: theirs to answer for, never a verdict of ours."""

from dataclasses import dataclass

from django.db import connection, transaction

from claims.matching import Candidate, ranked, rarity
from claims.models import CheckLink, Claim, ClaimEntry
from sources.models import PriorCheck

NEAREST = 50
"""Checks that are compared by their words."""
SHOWN = 5
LEAST = 0.3
"""Probability of being about the same claim from which a check is shown, as for older claims."""

_NEAREST = f"""
    SELECT prior.id, tsvector_to_array(prior.search),
        1 - (prior.vector::halfvec(%(width)s) <=> %(vector)s::halfvec)
    FROM sources_priorcheck prior
    JOIN sources_outlet outlet ON outlet.id = prior.outlet_id AND NOT outlet.blocked
    WHERE prior.encoder = %(encoder)s
    ORDER BY prior.vector::halfvec(%(width)s) <=> %(vector)s::halfvec LIMIT {NEAREST}
"""  # noqa: S608 - a constant
_FREQUENCIES = """
    SELECT word, (SELECT count(*) FROM sources_priorcheck prior
                  WHERE prior.search @@ plainto_tsquery('simple', word))
    FROM unnest((SELECT tsvector_to_array(search) FROM claims_claimentry
                 WHERE claim_id = %s)) AS word
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A check by others beside a claim.

    ``link`` is what a person decided about it; before that it is a suggestion,
    and ``score`` is how probably it is about the claim.
    """

    prior: PriorCheck
    link: CheckLink | None = None
    score: float | None = None

    @property
    def decision(self) -> str:
        """What a person made of it; ``suggested`` if nobody decided."""
        return self.link.decision if self.link else "suggested"


def checks_beside(claim: Claim) -> list[Check]:
    """Checks that are about the claim: confirmed, then suggested, then refused.

    One query while nothing was checked elsewhere, six otherwise. None is
    suggested before the claim was read in its present wording: until then
    its meaning is not known.
    """
    size = PriorCheck.objects.count()
    if not size:
        return []
    decided = [Check(link.prior, link) for link in CheckLink.objects.filter(claim=claim).told()]
    known = {check.prior.pk for check in decided}
    suggested = [check for check in _like(claim, size) if check.prior.pk not in known][:SHOWN]
    confirmed = [check for check in decided if check.decision == CheckLink.Decision.CONFIRMED]
    refused = [check for check in decided if check.decision == CheckLink.Decision.REFUSED]
    return [*confirmed, *suggested, *refused]


def _like(claim: Claim, size: int) -> list[Check]:
    """Checks that are probably about the claim, likeliest first; ``size`` counts all there are."""
    entry = ClaimEntry.objects.filter(claim=claim, wording=claim.wording).first()
    if entry is None or entry.vector is None:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES, [claim.pk])
        asked = {word: rarity(count, size) for word, count in cursor.fetchall()}
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(
            _NEAREST,
            {
                "encoder": entry.encoder,
                "vector": str(entry.vector),
                "width": len(entry.vector),
            },
        )
        near = [
            Candidate(key, frozenset(lexemes), cosine) for key, lexemes, cosine in cursor.fetchall()
        ]
    likely = [match for match in ranked(asked, near, NEAREST) if match.score >= LEAST]
    found = (
        PriorCheck.objects.select_related("outlet")
        .defer("search", "vector")
        .in_bulk([match.key for match in likely])
    )
    return [Check(found[match.key], score=match.score) for match in likely]
