"""Storing what others checked, so that it is found by words and by meaning."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction

from sources.models import OutletKind, PriorCheck
from sources.models.nearest import unread_by
from sources.passages import digest
from sources.ports import Checked, Encoder, Found
from sources.storing import outlets_of

AT_ONCE = 500
"""New checks that are stored in one go: about five seconds of encoding."""

LONGEST = 200
"""Characters of a rating or a claimant."""

_TOLD = ["title", "outlet_id", "claimant", "said_at", "rating", "checked_at", "language"]
"""What the newest reading of a check says anew."""

_STORE = """
INSERT INTO sources_priorcheck (public_id, url, title, outlet_id, claim, claim_digest, claimant,
    said_at, rating, checked_at, language, search, encoder, vector, read_at)
SELECT gen_random_uuid(), given.url, title, outlet, claim, given.digest, claimant, said_at,
    rating, checked_at, language, to_tsvector('english', claim), %(encoder)s, vector::halfvec,
    statement_timestamp()
FROM unnest(%(url)s::text[], %(title)s::text[], %(outlet_id)s::bigint[], %(claim)s::text[],
    %(digest)s::text[], %(claimant)s::text[], %(said_at)s::date[], %(rating)s::text[],
    %(checked_at)s::date[], %(language)s::text[], %(vector)s::text[])
    AS given(url, title, outlet, claim, digest, claimant, said_at, rating, checked_at, language,
             vector)
ORDER BY given.url, given.digest
ON CONFLICT (url, claim_digest) DO UPDATE
SET title = excluded.title, outlet_id = excluded.outlet_id, claimant = excluded.claimant,
    said_at = excluded.said_at, rating = excluded.rating, checked_at = excluded.checked_at,
    language = excluded.language, encoder = excluded.encoder, vector = excluded.vector,
    read_at = excluded.read_at
"""

_READ_AGAIN = """
WITH given AS (
    SELECT prior.id, given.vector
    FROM unnest(%(keys)s::bigint[], %(vectors)s::text[]) AS given(id, vector)
    JOIN sources_priorcheck prior USING (id)
    ORDER BY prior.url, prior.claim_digest FOR NO KEY UPDATE OF prior
)
UPDATE sources_priorcheck prior SET encoder = %(encoder)s, vector = given.vector::halfvec
FROM given WHERE prior.id = given.id
"""


def store_checks(found: Sequence[Found], encoder: Encoder) -> int:
    """Store at most AT_ONCE checks that are new or changed; return how many were.

    Called again with the same checks it goes on with the next; when it
    returns less than AT_ONCE, all are stored. Encodes with no transaction open.
    """
    keyed = {(one.url, digest(one.check.claim)): (one, one.check) for one in found if one.check}
    if not keyed:
        return 0
    outlets = outlets_of({_outlet(one): OutletKind.FACT_CHECKER for one, _ in keyed.values()})
    told = {key: _told(one, check, outlets) for key, (one, check) in keyed.items()}
    known = {
        (row.pop("url"), row.pop("claim_digest")): row
        for row in PriorCheck.objects.filter(url__in={url for url, _ in keyed}).values(
            "url", "claim_digest", *_TOLD
        )
    }
    new = [key for key in keyed if known.get(key) != told[key]][:AT_ONCE]
    if not new:
        return 0
    claims = [keyed[key][1].claim for key in new]
    columns: dict[str, Any] = {
        "url": [url for url, _ in new],
        "claim": claims,
        "digest": [words for _, words in new],
        **{column: [told[key][column] for key in new] for column in _TOLD},
        "encoder": encoder.name,
        "vector": [str(vector.tolist()) for vector in encoder.encode(claims)],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STORE, columns)
    return len(new)


def read_checks_again(encoder: Encoder, limit: int) -> int:
    """Give ``limit`` checks of another encoder's the vectors of this one; return how many."""
    unread = list(
        PriorCheck.objects.filter(unread_by(encoder.name))
        .order_by("-pk")
        .values_list("pk", "claim")[:limit]
    )
    if not unread:
        return 0
    vectors = encoder.encode([claim for _, claim in unread])
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_AGAIN,
            {
                "encoder": encoder.name,
                "keys": [key for key, _ in unread],
                "vectors": [str(vector.tolist()) for vector in vectors],
            },
        )
    return len(unread)


def _told(one: Found, check: Checked, outlets: dict[str, int]) -> dict[str, object]:
    """What a reading says of a check, as its columns have it."""
    return {
        "title": one.title[:500],
        "outlet_id": outlets[_outlet(one)],
        "claimant": check.claimant[:LONGEST],
        "said_at": check.said_at,
        "rating": check.rating[:LONGEST],
        "checked_at": one.published_at,
        "language": one.language or "en",
    }


def _outlet(found: Found) -> str:
    return (found.outlet or urlsplit(found.url).hostname or "Not known")[:200]
