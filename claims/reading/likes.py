"""Older claims that a claim is like, found by words, by meaning and by when they were said.

Only claims of articles that may be compared take part: public ones, and those
of the same owner.
"""

from itertools import islice

from django.db import connection, transaction

from claims.alike import METHOD, Other, probability
from claims.comparing import Liked, Worded, likeness
from claims.matching import Candidate, rarity
from claims.models import Claim, ClaimEntry, Visibility
from sources.ports import Stance, StanceModel
from sources.retrieval import says_enough
from sources.stance.timely import judge_in_time

NEAREST = 50
"""Claims that are compared by their words at most."""
TOLD = 5
"""Likes that are suggested at most."""
LEAST = 0.4
"""Probability from which a like is suggested: three of five are right, by strict readers."""

CANDIDATES = f"""
    SELECT entry.claim_id, tsvector_to_array(entry.search),
        1 - (entry.vector::halfvec(%(width)s) <=> %(vector)s::halfvec),
        abs(claim.said_at - %(said_at)s::date),
        lower(claimant.name) IS NOT DISTINCT FROM lower(%(claimant)s)
    FROM claims_claimentry entry
    JOIN claims_claim claim ON claim.id = entry.claim_id
    LEFT JOIN claims_party claimant ON claimant.id = claim.claimant_id
    JOIN claims_article article ON article.id = claim.article_id
    WHERE entry.encoder = %(encoder)s
        AND entry.claim_id < %(claim)s AND claim.article_id <> %(article)s
        AND (article.visibility = '{Visibility.PUBLIC}' OR article.owner_id = %(owner)s
             OR article.publisher_id = %(publisher)s)
    ORDER BY entry.vector::halfvec(%(width)s) <=> %(vector)s::halfvec LIMIT {NEAREST}
"""  # noqa: S608 - constants
FREQUENCIES = """
    SELECT word, (SELECT count(*) FROM claims_claimentry entry
                  WHERE entry.search @@ plainto_tsquery('simple', word))
    FROM unnest((SELECT tsvector_to_array(search) FROM claims_claimentry
                 WHERE claim_id = %s)) AS word
"""


def likes_of(claim: Claim, model: StanceModel) -> list[Liked]:
    """The older claims that ``claim`` is like, likeliest first; it must have been read.

    None where either says too little to be told from others. A claim that leans on another
    sentence takes part: of such pairs as many are right (docs/evaluation.md).
    Needs the claim's article and claimant. ``model`` reads with no transaction open.
    """
    if not _tells_enough(claim):
        return []
    asked, others = _candidates(claim)
    found = {other.words.key: probability(asked, other) for other in others}
    likely = sorted((key for key in found if found[key] >= LEAST), key=lambda k: (-found[k], -k))
    older = {
        key: one
        for key, one in Claim.objects.select_related("claimant").in_bulk(likely).items()
        if _tells_enough(one)
    }
    scores = {key: found[key] for key in likely if key in older}
    mine = _worded(claim)
    liked = []
    for key, score in islice(scores.items(), TOLD):
        theirs = _worded(older[key])
        relation = likeness(
            mine,
            theirs,
            follows=_follows(mine.text, theirs.text, model),
            implies=_follows(theirs.text, mine.text, model),
        )
        liked.append(Liked(key, relation, round(score, 3), f"{METHOD} {model.name}"))
    return liked


def _tells_enough(claim: Claim) -> bool:
    return says_enough(claim.text) and not claim.was_replaced


def _follows(text: str, from_: str, model: StanceModel) -> bool:
    judgement = judge_in_time(model, text, [from_])[0]
    return judgement.shown and judgement.stance is Stance.SUPPORTS


def _worded(claim: Claim) -> Worded:
    return Worded(claim.text, claim.claimant.name if claim.claimant else "")


def _candidates(claim: Claim) -> tuple[dict[str, float], list[Other]]:
    """The claim's lexemes with their rarity, and the claims nearest to it by its encoder.

    Nothing for a claim beside the desk, whose words are not entered, or one
    reworded this moment: its next search compares it.
    """
    entry = ClaimEntry.objects.filter(claim=claim, wording=claim.wording).first()
    if entry is None or entry.vector is None:
        return {}, []
    size = ClaimEntry.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, [claim.pk])
        asked = {word: rarity(count, size) for word, count in cursor.fetchall()}
        cursor.execute("SET LOCAL hnsw.ef_search = 100")
        # Go on until there are enough of those that may be compared.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(
            CANDIDATES,
            {
                "claim": claim.pk,
                "encoder": entry.encoder,
                "vector": str(entry.vector),
                "width": len(entry.vector),
                "article": claim.article_id,
                "owner": claim.article.owner_id,
                "publisher": claim.article.publisher_id,
                "said_at": claim.said_at,
                "claimant": claim.claimant.name if claim.claimant else None,
            },
        )
        near = [
            Other(Candidate(key, frozenset(lexemes), cosine), days, same_claimant)
            for key, lexemes, cosine, days, same_claimant in cursor.fetchall()
        ]
    return asked, near
