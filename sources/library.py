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


def configuration(language: str) -> str:
    """The text search configuration for a language code such as "en" or "pt-BR"."""
    return CONFIGURATIONS.get(language.split("-", maxsplit=1)[0].lower(), "simple")


class Library:
    """The passages stored here."""

    name = "library"
    outside = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

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
        shown = _citable(best)
        return [_found(shown[passage_id], places) for passage_id in best if passage_id in shown][
            :limit
        ]


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
            """
            WITH candidates AS MATERIALIZED (
                SELECT id, search, words FROM sources_passage
                WHERE search @@ %(question)s::tsquery LIMIT %(candidates)s
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
            """,
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
    pairs = [f"({_quoted(a)} & {_quoted(b)})" for a, b in islice(combinations(rest, 2), 10)]
    return " | ".join([*map(_quoted, alone), *pairs])


def _quoted(lexeme: str) -> str:
    """A lexeme as tsquery wants it, whatever characters it holds."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def nearest(vector: Sequence[float], limit: int) -> list[tuple[int, float]]:
    """Passages by cosine to ``vector``: (id, cosine), best first. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL hnsw.ef_search = %s", [max(limit, 40)])
        cursor.execute(
            """
            SELECT passage_id, 1 - (vector <=> %(vector)s::halfvec) AS cosine
            FROM sources_minilmembedding
            ORDER BY vector <=> %(vector)s::halfvec LIMIT %(limit)s
            """,
            {"vector": str(list(vector)), "limit": limit},
        )
        return [(row[0], float(row[1])) for row in cursor.fetchall()]


def _citable(passage_ids: Sequence[int]) -> dict[int, Passage]:
    """The passages that may be shown, with what is printed beside them."""
    return (
        Passage.objects.filter(
            snapshot__source__outlet__blocked=False,
            snapshot__source__retracted_at__isnull=True,
        )
        .exclude(snapshot__source__access=Access.PRIVATE)
        .current()
        .select_related("snapshot__source__outlet")
        .defer("search", "snapshot__body", "snapshot__headers")
        .in_bulk(list(passage_ids))
    )


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
