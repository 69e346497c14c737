"""Our own passages as a provider: found by rare words and by meaning, fused by rank.

Lexical: the claim's rarest lexemes select a bounded set of candidates, which
are ranked by BM25 inside PostgreSQL; ranking every match instead takes
seconds at a million passages. Vector: nearest neighbours in the HNSW index.
"""

from collections.abc import Sequence
from itertools import combinations, islice
from math import log

from django.db import connection, transaction

from sources.models import Access, Collection, Lexeme, Passage
from sources.ports import Encoder, Found, Query
from sources.retrieval import RRF_K

CONFIGURATIONS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""PostgreSQL's text search configuration of each language; others are 'simple'."""

K1, B = 0.9, 0.4
"""BM25 for short passages, as in Lin et al. (2021), Pyserini's defaults."""
LEXEMES = 10
"""The claim's rarest lexemes are asked for; more cost time and find little."""
CANDIDATES = 4000
"""Passages that are ranked at most."""
DEPTH = 100
"""How far down each ranking is fused."""
LONGEST_DOCUMENT = 8000
"""Characters of a document that go along with its passages."""

CITABLE = f"""
    JOIN sources_snapshot snapshot ON snapshot.id = passage.snapshot_id
    JOIN sources_source source ON source.id = snapshot.source_id
        AND source.retracted_at IS NULL AND source.access <> '{Access.PRIVATE.value}'
    JOIN sources_outlet outlet ON outlet.id = source.outlet_id AND NOT outlet.blocked
    WHERE NOT EXISTS (
        SELECT FROM sources_snapshot newer
        WHERE newer.source_id = snapshot.source_id AND newer.id > snapshot.id
    )
"""
"""What may be shown, inside each ranking: left out afterwards, it would crowd out the rest."""


def configuration(language: str) -> str:
    """The text search configuration for a language code such as "en" or "pt-BR"."""
    return CONFIGURATIONS.get(language.split("-", maxsplit=1)[0].lower(), "simple")


class Library:
    """The passages stored here."""

    name = "library"
    outside = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def questions(self, query: Query) -> Sequence[str]:
        """The claim itself."""
        return (query.text,)

    def search(self, query: Query, limit: int) -> Sequence[Found]:
        """Return the best passages by words and meaning; empty when there are none.

        Passages of blocked outlets, private or retracted sources and
        outdated snapshots are left out.
        """
        vector = self._encoder.encode([query.text])[0]
        with transaction.atomic():
            rankings = {
                "lexical": lexical(query.text, query.language, DEPTH),
                "vector": nearest(vector.tolist(), DEPTH),
            }
        fused: dict[int, float] = {}
        for ranking in rankings.values():
            for rank, (passage_id, _) in enumerate(ranking, start=1):
                fused[passage_id] = fused.get(passage_id, 0.0) + 1 / (RRF_K + rank)
        places = {
            name: {passage_id: (rank, score) for rank, (passage_id, score) in enumerate(ranking, 1)}
            for name, ranking in rankings.items()
        }
        best = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
        passages = (
            Passage.objects.select_related("snapshot__source__outlet")
            .defer("search", "snapshot__record", "snapshot__headers")
            .in_bulk(best[:limit])
        )
        return [_found(passages[passage_id], places) for passage_id in best[:limit]]


def lexical(text: str, language: str, limit: int) -> list[tuple[int, float]]:
    """Passages by BM25 over the claim's rarest lexemes: (id, score), best first."""
    config = configuration(language)
    size = Collection.objects.filter(language=config).first()
    if size is None or not size.passages:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector(%s::regconfig, %s))", [config, text])
        lexemes = cursor.fetchone()[0]
    frequencies = sorted(
        Lexeme.objects.filter(language=config, word__in=lexemes, passages__gt=0).values_list(
            "passages", "word"
        )
    )[:LEXEMES]
    if not frequencies:
        return []
    words = [word for _, word in frequencies]
    weights = [log(1 + (size.passages - count + 0.5) / (count + 0.5)) for count, _ in frequencies]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH candidates AS MATERIALIZED (
                SELECT passage.id, passage.search, passage.words FROM sources_passage passage
                {CITABLE} AND passage.search @@ %(question)s::tsquery LIMIT %(candidates)s
            )
            SELECT candidates.id,
                   sum(wanted.weight * tf.n * (%(k1)s + 1)
                       / (tf.n + %(k1)s * (1 - %(b)s + %(b)s * candidates.words / %(mean)s)))
                   AS score
            FROM candidates
            CROSS JOIN LATERAL unnest(candidates.search) AS held(word, positions, weights)
            JOIN unnest(%(words)s::text[], %(weights)s::float8[]) AS wanted(word, weight)
                ON wanted.word = held.word
            CROSS JOIN LATERAL (SELECT cardinality(held.positions) AS n) AS tf
            GROUP BY candidates.id ORDER BY score DESC, candidates.id LIMIT %(limit)s
            """,  # noqa: S608 - CITABLE is a constant
            {
                "question": _question(frequencies),
                "candidates": CANDIDATES,
                "k1": K1,
                "b": B,
                "mean": max(1.0, size.words / size.passages),
                "words": words,
                "weights": weights,
                "limit": limit,
            },
        )
        return [(row[0], float(row[1])) for row in cursor.fetchall()]


def _question(frequencies: Sequence[tuple[int, str]]) -> str:
    """A tsquery of rare lexemes alone and of commoner ones in pairs.

    Rare lexemes are taken alone while they match at most CANDIDATES passages
    together; the rest must occur two at a time.
    """
    alone: list[str] = []
    matched = 0
    for count, word in frequencies:
        if alone and matched + count > CANDIDATES:
            break
        alone.append(word)
        matched += count
    rest = [word for _, word in frequencies[len(alone) :]]
    pairs = [f"({quoted(a)} & {quoted(b)})" for a, b in islice(combinations(rest, 2), 10)]
    return " | ".join([*map(quoted, alone), *pairs])


def quoted(lexeme: str) -> str:
    """A lexeme as tsquery wants it, whatever characters it holds."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def nearest(vector: Sequence[float], limit: int) -> list[tuple[int, float]]:
    """Passages by cosine to ``vector``: (id, cosine), best first. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL hnsw.ef_search = %s", [max(limit, 40)])
        # Go on until there are enough of those that may be shown.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(
            f"""
            SELECT embedding.passage_id, 1 - (embedding.vector <=> %(vector)s::halfvec)
            FROM sources_minilmembedding embedding
            JOIN sources_passage passage ON passage.id = embedding.passage_id
            {CITABLE}
            ORDER BY embedding.vector <=> %(vector)s::halfvec LIMIT %(limit)s
            """,  # noqa: S608 - CITABLE is a constant
            {"vector": str(list(vector)), "limit": limit},
        )
        return [(row[0], float(row[1])) for row in cursor.fetchall()]


def _found(passage: Passage, places: dict[str, dict[int, tuple[int, float]]]) -> Found:
    source = passage.snapshot.source
    here = {name: place[passage.pk] for name, place in places.items() if passage.pk in place}
    return Found(
        url=source.url or "",
        title=source.title,
        text=passage.text,
        outlet=source.outlet.name,
        published_at=source.published_at,
        passage_id=passage.pk,
        origin=source.outlet.origin,
        document=passage.snapshot.text[:LONGEST_DOCUMENT],
        ranks={name: rank for name, (rank, _) in here.items()},
        scores={name: round(score, 4) for name, (_, score) in here.items()},
    )
