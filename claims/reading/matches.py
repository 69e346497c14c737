"""Published verdicts that may be about a text, found by words and by meaning.

Nothing confidential takes part: entries are made of verdicts as they were
published, which stay public when their article becomes confidential, and the
text that was asked is stored nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from claims.matching import Candidate, Match, ranked, rarity
from claims.models import MatchEntry
from claims.states import VerdictState
from sources.ports import Encoder
from sources.ranking import quoted

NEAREST = 50
"""Candidates by meaning, and as many by words."""
RAREST = 10
"""Lexemes of the text that are asked for: commoner ones cost time and find little."""

OPEN = f"""
    JOIN claims_verdict verdict ON verdict.id = entry.verdict_id
        AND verdict.state = '{VerdictState.PUBLISHED}'
"""
CANDIDATES = f"""
    WITH nearest AS (
        (SELECT entry.verdict_id FROM claims_matchentry entry {OPEN}
         WHERE entry.encoder = %(encoder)s
         ORDER BY entry.vector <=> %(vector)s::halfvec LIMIT %(limit)s)
        UNION
        (SELECT entry.verdict_id FROM claims_matchentry entry {OPEN}
         WHERE entry.encoder = %(encoder)s AND entry.search @@ %(any)s::tsquery
         ORDER BY ts_rank(entry.search, %(any)s::tsquery) DESC LIMIT %(limit)s)
    )
    SELECT entry.verdict_id, tsvector_to_array(entry.search),
        1 - (entry.vector <=> %(vector)s::halfvec)
    FROM claims_matchentry entry JOIN nearest USING (verdict_id)
"""  # noqa: S608 - constants
FREQUENCIES = """
    SELECT word, (SELECT count(*) FROM claims_matchentry entry
                  WHERE entry.search @@ plainto_tsquery('simple', word))
    FROM unnest(tsvector_to_array(to_tsvector('english', %s))) AS word
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, its meaning, and the published verdicts that are about it, best first."""

    text: str
    matches: list[Match]


def matches(texts: Sequence[str], encoder: Encoder, limit: int) -> list[Asked]:
    """The verdicts about each text, at most ``limit``, none below the threshold.

    Encodes before it asks the database. Two queries a text, and one.
    """
    vectors = encoder.encode(texts)
    size = MatchEntry.objects.count()
    found = []
    for text, vector in zip(texts, vectors, strict=True):
        asked, near = candidates(text, vector.tolist(), encoder.name, size)
        found.append(Asked(text, ranked(asked, near, limit)))
    return found


def candidates(
    text: str, vector: Sequence[float], encoder: str, size: int
) -> tuple[dict[str, float], list[Candidate]]:
    """The text's lexemes with their rarity among ``size`` entries, and what is near it.

    ``vector`` is the text's by ``encoder``; verdicts that it has not read yet are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, [text])
        frequencies = dict(cursor.fetchall())
        rarest = sorted(frequencies, key=lambda word: (frequencies[word] or size, word))[:RAREST]
        cursor.execute(
            CANDIDATES,
            {
                "encoder": encoder,
                "vector": str(list(vector)),
                "any": " | ".join(map(quoted, rarest)),
                "limit": NEAREST,
            },
        )
        near = [
            Candidate(key, frozenset(lexemes), cosine) for key, lexemes, cosine in cursor.fetchall()
        ]
    return {word: rarity(count, size) for word, count in frequencies.items()}, near
