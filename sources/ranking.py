"""The two rankings of the library's passages, made inside PostgreSQL: by words and by meaning.

By words: BM25 over the claim's rarest lexemes. Ranking every passage that
shares a word with a claim takes seconds at a million passages, so the
frequencies of the claim's lexemes plan which passages are looked at: those
with a rare lexeme, then those with two, then three commoner ones together, up
to a bound. docs/decisions tells why.

By meaning: nearest neighbours of the claim's vector in an HNSW index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, compress
from math import log, prod
from typing import Any, NamedTuple

from django.db import connection, transaction

from sources.models import Access, Collection, Lexeme, PassageEmbedding

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

K1, B = 1.2, 0.75
"""BM25 as Robertson and Zaragoza (2009) begin with, and Lucene's defaults."""
LEXEMES = 12
"""The claim's rarest lexemes are asked for; more cost time and find little."""
CANDIDATES = 1000
"""Passages that the plan expects to look at; twice as many are looked at most."""
FILTERED = 5
"""How many more are looked at when only some are wanted."""
COMMON = 0.05
"""A lexeme in a larger part of the passages only scores: finding by it is slow and tells little."""
TOGETHER = 2.0
"""How much more often than by chance two lexemes of one claim stand in one passage."""
CONJUNCTIONS = 12
"""Parts of one question to the index."""
THROUGH_INDEXES = "SET LOCAL enable_seqscan = off"
"""What PostgreSQL is told before it plans a ranking, for the transaction: where a claim's words
are in many passages it expects to have enough of them soon, and would read the table instead."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages are wanted; what is empty does not matter.

    ``outlet`` is a name or an origin group, in any case; ``kind`` and
    ``outlet_kind`` are values of SourceKind and OutletKind; ``language`` is a
    code such as "en". Documents without a date are in no span of time.
    """

    outlet: str = ""
    outlet_kind: str = ""
    kind: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None


class ByWords(NamedTuple):
    """A passage in the ranking by words, and which lexemes of the claim it holds."""

    passage: int
    score: float
    lexemes: tuple[str, ...]


class ByMeaning(NamedTuple):
    """A passage in the ranking by meaning; ``score`` is the cosine."""

    passage: int
    score: float


def configuration(language: str) -> str:
    """The text search configuration for a language code such as "en" or "pt-BR"."""
    return CONFIGURATIONS.get(language.split("-", maxsplit=1)[0].lower(), "simple")


@transaction.atomic
def by_words(text: str, language: str, limit: int, filters: Filters | None = None) -> list[ByWords]:
    """Passages by BM25 over the claim's rarest lexemes, best first."""
    config = configuration(language)
    size = Collection.objects.filter(language=config).first()
    if size is None or size.passages <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(THROUGH_INDEXES)
        cursor.execute("SELECT tsvector_to_array(to_tsvector(%s::regconfig, %s))", [config, text])
        lexemes = cursor.fetchone()[0]
    frequencies = sorted(
        Lexeme.objects.filter(language=config, word__in=lexemes, passages__gt=0).values_list(
            "passages", "word"
        )
    )[:LEXEMES]
    if not frequencies:
        return []
    if filters is None or filters == Filters():
        # Few passages may not be shown, so whether one may is asked of the best alone.
        best = _best(frequencies, size, 2 * limit)
        shown = [hit for hit, citable in best if citable][:limit]
        if len(shown) == limit or len(best) < 2 * limit:
            return shown
    return [hit for hit, _ in _best(frequencies, size, limit, filters or Filters())]


def _best(
    frequencies: Sequence[tuple[int, str]],
    size: Collection,
    limit: int,
    filters: Filters | None = None,
) -> list[tuple[ByWords, bool]]:
    """The candidates that BM25 puts first, and whether each may be shown.

    With ``filters`` only what may be shown and is wanted is looked at, among more.
    """
    words = [word for _, word in frequencies]
    budget = CANDIDATES
    chosen, values = "WHERE TRUE", dict[str, Any]()
    citable = f"EXISTS (SELECT FROM sources_passage passage {_CITABLE} AND passage.id = best.id)"
    if filters is not None:
        budget *= FILTERED
        chosen, values = _citable(filters)
        citable = "TRUE"
    # With every weight 1, ts_rank tells how often a lexeme occurs, faster than unnest.
    counts = ", ".join(
        f"width_bucket(ts_rank(ARRAY[1, 1, 1, 1], search, %(lexeme{place})s::tsquery),"
        f" %(ranks)s::real[])::float8 AS n{place}"
        for place in range(len(words))
    )
    score = " + ".join(
        f"%(weight{place})s * n{place} * {K1 + 1} / (n{place} + damp)"
        for place in range(len(words))
    )
    held = ", ".join(f"n{place} > 0" for place in range(len(words)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH candidates AS MATERIALIZED (
                SELECT passage.id, passage.search, passage.words FROM sources_passage passage
                {chosen} AND passage.search @@ %(question)s::tsquery LIMIT %(most)s
            ), counted AS MATERIALIZED (
                SELECT id, {K1} * (1 - {B} + {B} * words / %(mean)s::float8) AS damp, {counts}
                FROM candidates
            ), best AS MATERIALIZED (
                SELECT id, {score} AS score, ARRAY[{held}] AS held
                FROM counted ORDER BY score DESC, id LIMIT %(limit)s
            )
            SELECT id, score, held, {citable} FROM best ORDER BY score DESC, id
            """,  # noqa: S608 - no words of a claim, only names and numbers
            values
            | {
                "question": question(frequencies, size.passages, budget),
                "most": 2 * budget,
                "mean": max(1.0, size.words / size.passages),
                "limit": limit,
                "ranks": _RANKS,
            }
            | {f"lexeme{place}": quoted(word) for place, word in enumerate(words)}
            | {
                f"weight{place}": log(1 + (max(0, size.passages - count) + 0.5) / (count + 0.5))
                for place, (count, _) in enumerate(frequencies)
            },
        )
        return [
            (ByWords(key, float(score), tuple(compress(words, held))), citable)
            for key, score, held, citable in cursor.fetchall()
        ]


_RANKS = [
    (sum(1 / n**2 for n in range(1, times + 1)) - 0.5 / times**2) / 1.64493406685
    for times in range(1, 33)
]
"""The least ts_rank of a lexeme that occurs once, twice, ...: the n-th time adds 1/n², and the
constant (pi²/6) is what PostgreSQL divides by."""


def question(
    frequencies: Sequence[tuple[int, str]], passages: int, budget: int = CANDIDATES
) -> str:
    """A tsquery for about ``budget`` passages in which the claim's lexemes weigh most.

    ``frequencies`` are (passages that hold it, lexeme), rarest first. Lexemes
    are taken alone while few passages hold them, then the rest two at a time,
    then three, each time the rarest first; how many passages hold several is
    reckoned from how many hold each.

    >>> question([(10, "inverhallow"), (20_000, "ferri"), (30_000, "sank")], 2_000_000)
    "'inverhallow' | ('ferri' & 'sank')"
    """
    telling = max(COMMON * passages, budget)
    rest = [(count, word) for count, word in frequencies if count <= telling]
    chosen: list[tuple[str, ...]] = []
    expected = 0.0
    for several in (1, 2, 3):
        for size, words in sorted(_together(rest, several, passages)):
            if expected + size > budget or len(chosen) == CONJUNCTIONS:
                break
            if several == 3 and any(set(pair) <= set(words) for pair in chosen):
                continue  # found already
            chosen.append(words)
            expected += size
        alone = {words[0] for words in chosen if len(words) == 1}
        rest = [(count, word) for count, word in rest if word not in alone]
    if not chosen:  # nothing but common words: where the rarest of them stand together
        chosen = [tuple(word for _, word in frequencies[:3])]
    return " | ".join(
        quoted(words[0]) if len(words) == 1 else f"({' & '.join(map(quoted, words))})"
        for words in chosen
    )


def _together(
    frequencies: Sequence[tuple[int, str]], several: int, passages: int
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """How many passages should hold so many of these lexemes together, and which."""
    for some in combinations(frequencies, several):
        chance = prod(count / passages for count, _ in some)
        size = passages * chance * TOGETHER ** (several - 1)
        yield min(size, some[0][0]), tuple(word for _, word in some)


def quoted(lexeme: str) -> str:
    """A lexeme as tsquery wants it, whatever characters it holds."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def by_meaning(
    vector: Sequence[float],
    table: type[PassageEmbedding],
    limit: int,
    filters: Filters | None = None,
) -> list[ByMeaning]:
    """Passages by cosine to ``vector``, best first. Needs a transaction."""
    where, values = _citable(filters or Filters())
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(THROUGH_INDEXES)
        cursor.execute("SET LOCAL hnsw.ef_search = %s", [max(limit, 40)])
        # Go on until there are enough of those that may be shown.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(
            f"""
            SELECT embedding.passage_id, 1 - (embedding.vector <=> %(vector)s::halfvec)
            FROM {name} embedding
            JOIN sources_passage passage ON passage.id = embedding.passage_id
            {where}
            ORDER BY embedding.vector <=> %(vector)s::halfvec LIMIT %(limit)s
            """,  # noqa: S608 - a table of the product
            values | {"vector": str(list(vector)), "limit": limit},
        )
        return [ByMeaning(row[0], float(row[1])) for row in cursor.fetchall()]


def _citable(filters: Filters) -> tuple[str, dict[str, Any]]:
    """Joins and conditions of what may be shown and is wanted, and their values.

    They stand inside each ranking: left out afterwards, it would crowd out the rest.
    """
    wanted = {
        "%(outlet)s IN (lower(outlet.name), lower(outlet.origin_group))": (
            "outlet",
            filters.outlet.lower(),
        ),
        "outlet.kind = %(outlet_kind)s": ("outlet_kind", filters.outlet_kind),
        "source.kind = %(kind)s": ("kind", filters.kind),
        "lower(split_part(passage.language, '-', 1)) = %(language)s": (
            "language",
            filters.language.split("-", maxsplit=1)[0].lower(),
        ),
        "source.published_at >= %(since)s": ("since", filters.since),
        "source.published_at <= %(until)s": ("until", filters.until),
    }
    conditions = [condition for condition, (_, value) in wanted.items() if value]
    return " AND ".join([_CITABLE, *conditions]), {
        name: value for name, value in wanted.values() if value
    }


_CITABLE = f"""
    JOIN sources_snapshot snapshot ON snapshot.id = passage.snapshot_id
    JOIN sources_source source ON source.id = snapshot.source_id
        AND source.retracted_at IS NULL AND source.access <> '{Access.PRIVATE.value}'
    JOIN sources_outlet outlet ON outlet.id = source.outlet_id AND NOT outlet.blocked
    WHERE NOT EXISTS (
        SELECT FROM sources_snapshot later
        WHERE later.source_id = snapshot.source_id
            AND (later.seen_at, later.id) > (snapshot.seen_at, snapshot.id)
    )
"""
