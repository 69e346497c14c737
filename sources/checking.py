"""Storing what others checked, so that it is found by words and by meaning."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction

from sources.models import OutletKind, PriorCheck
from sources.passages import digest
from sources.ports import Encoder, Found
from sources.storing import outlets_of

AT_ONCE = 500
"""New checks that are stored in one go: about five seconds of encoding."""

LONGEST = 200
"""Characters of a rating or a claimant."""

_STORE = """
INSERT INTO sources_priorcheck (public_id, url, title, outlet_id, claim, claim_digest, claimant,
    said_at, rating, checked_at, language, search, vector, read_at)
SELECT gen_random_uuid(), given.url, title, outlet, claim, given.digest, claimant, said_at::date,
    rating, checked_at::date, language, to_tsvector('english', claim), vector::halfvec,
    statement_timestamp()
FROM unnest(%(url)s::text[], %(title)s::text[], %(outlet)s::bigint[], %(claim)s::text[],
    %(digest)s::text[], %(claimant)s::text[], %(said_at)s::text[], %(rating)s::text[],
    %(checked_at)s::text[], %(language)s::text[], %(vector)s::text[])
    AS given(url, title, outlet, claim, digest, claimant, said_at, rating, checked_at, language,
             vector)
ORDER BY given.url, given.digest
ON CONFLICT (url, claim_digest) DO UPDATE
SET title = excluded.title, outlet_id = excluded.outlet_id, rating = excluded.rating,
    claimant = excluded.claimant, checked_at = excluded.checked_at, read_at = excluded.read_at
"""


def store_checks(found: Sequence[Found], encoder: Encoder) -> int:
    """Store at most AT_ONCE checks that are new or changed; return how many were.

    Called again with the same checks it goes on with the next; when it
    returns less than AT_ONCE, all are stored. Encodes with no transaction open.
    """
    keyed = {(one.url, digest(one.check.claim)): (one, one.check) for one in found if one.check}
    known = {
        (url, claim): rating
        for url, claim, rating in PriorCheck.objects.filter(
            url__in={url for url, _ in keyed}
        ).values_list("url", "claim_digest", "rating")
    }
    new = [
        (one, check)
        for key, (one, check) in keyed.items()
        if known.get(key) != check.rating[:LONGEST]
    ][:AT_ONCE]
    if not new:
        return 0
    vectors = encoder.encode([check.claim for _, check in new])
    with transaction.atomic():
        outlets = outlets_of({_outlet(one): OutletKind.FACT_CHECKER for one, _ in new})
        columns: dict[str, list[Any]] = {
            "url": [one.url for one, _ in new],
            "title": [one.title[:500] for one, _ in new],
            "outlet": [outlets[_outlet(one)] for one, _ in new],
            "language": [one.language or "en" for one, _ in new],
            "checked_at": [_iso(one.published_at) for one, _ in new],
            "claim": [check.claim for _, check in new],
            "digest": [digest(check.claim) for _, check in new],
            "claimant": [check.claimant[:LONGEST] for _, check in new],
            "said_at": [_iso(check.said_at) for _, check in new],
            "rating": [check.rating[:LONGEST] for _, check in new],
            "vector": [str(vector.tolist()) for vector in vectors],
        }
        with connection.cursor() as cursor:
            cursor.execute(_STORE, columns)
    return len(new)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _outlet(found: Found) -> str:
    return (found.outlet or urlsplit(found.url).hostname or "Not known")[:200]
