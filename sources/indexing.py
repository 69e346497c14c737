"""Making passages findable: by their words at once, by their meaning a little later.

Words are written with the passage, in one statement for many. Vectors take a
hundred times as long to make, so a passage waits in the table of unembedded
ones until some worker has read it; until then it is found by its words. A
newer encoder reads everything again into a table of its own while the older
one answers; when nothing waits for it any more, it answers.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from math import inf
from typing import NamedTuple

import numpy as np
from django.db import connection, models, transaction
from django.db.models.functions import Now
from numpy.typing import NDArray

from factcheck.models import Event
from factcheck.prepared import bound_cursor
from sources.models import (
    Access,
    Encoding,
    EncodingState,
    Passage,
    PassageEmbedding,
    Unembedded,
    embeddings_of,
)
from sources.passages import Cut
from sources.ports import Encoder

KEPT_AFTER_RETIREMENT = timedelta(minutes=10)
"""Vectors outlive their encoding a little: searches that began before still read them."""


class Vectors(NamedTuple):
    """What an encoder made of some passages, in their order."""

    encoder: str
    rows: NDArray[np.float32]


def insert_passages(rows: Sequence[tuple[int, Cut]], vectors: Vectors | None = None) -> None:
    """Write passages of snapshots with their lexemes and word counts; called in a transaction.

    ``rows`` are (key of the snapshot, passage). One that is there already is
    left alone. With ``vectors`` the new ones have theirs at once; for every
    other live encoder they wait.
    """
    table = embeddings_of(vectors.encoder) if vectors else None
    with bound_cursor() as cursor:
        cursor.execute(
            _INSERT.format(embedded=_EMBED.format(table=_name(table)) if table else ""),
            {
                "snapshots": list({snapshot for snapshot, _ in rows}),
                "snapshot": [snapshot for snapshot, _ in rows],
                "start": [cut.start for _, cut in rows],
                "end": [cut.end for _, cut in rows],
                "text": [cut.text for _, cut in rows],
                "digest": [cut.digest for _, cut in rows],
                "words": [min(cut.words, 32_767) for _, cut in rows],
                "vector": [str(row.tolist()) for row in vectors.rows] if table and vectors else [],
                "embedded": vectors.encoder if table and vectors else "",
                "retired": EncodingState.RETIRED,
            },
        )


def embed_waiting(
    encoding: Encoding, encoder: Encoder, *, limit: int, until: float = inf
) -> Iterator[int]:
    """Give passages their vectors, those that wait longest first, ``limit`` at a time.

    Yield how many there were, each time some are written; meanwhile the encoder
    reads the next ones in another thread, but none after ``until`` (of
    time.monotonic). Whoever is killed leaves the passages waiting; two who read
    the same ones write them once.
    """
    table = embeddings_of(encoding.encoder)
    if table is None:
        return
    with ThreadPoolExecutor(1) as thread:
        last = 0
        read: tuple[list[int], Future[NDArray[np.float32]]] | None = None
        while True:
            keys, texts = _waiting(encoding, last, limit) if time.monotonic() < until else ([], [])
            coming = (keys, thread.submit(encoder.encode, texts)) if keys else None
            if read is not None:
                _write_vectors(encoding, table, read[0], read[1].result())
                yield len(read[0])
            if coming is None:
                return
            read, last = coming, keys[-1]


def _waiting(encoding: Encoding, last: int, limit: int) -> tuple[list[int], list[str]]:
    """Keys and words of the passages after ``last`` that wait longest."""
    keys = list(
        encoding.waiting.filter(passage_id__gt=last)
        .order_by("passage_id")
        .values_list("passage_id", flat=True)[:limit]
    )
    texts = dict(Passage.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "text"))
    return list(texts), list(texts.values())


def _write_vectors(
    encoding: Encoding, table: type[PassageEmbedding], keys: list[int], rows: NDArray[np.float32]
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Deleted first: that waits for whoever embeds the same passages, and then finds nothing.
        cursor.execute(
            f"""
            WITH waited AS (
                DELETE FROM sources_unembedded
                WHERE encoding_id = %s AND passage_id = ANY(%s) RETURNING passage_id
            )
            INSERT INTO {_name(table)} (passage_id, vector)
            SELECT passage_id, vector::halfvec
            FROM unnest(%s::bigint[], %s::text[]) AS given(passage_id, vector)
            JOIN waited USING (passage_id)
            ON CONFLICT (passage_id) DO NOTHING
            """,  # noqa: S608 - a table of the product
            [encoding.pk, keys, keys, [str(row.tolist()) for row in rows]],
        )


@transaction.atomic
def begin_encoding(encoder: str, *, by: str) -> Encoding:
    """Want a vector of every passage by this encoder; it answers when none is missing.

    It answers at once when nobody else does. An encoder that was being filled
    is given up for it. What is there of an earlier time is kept.
    """
    with connection.cursor() as cursor:
        # Waits for passages that are being written and do not know of the encoding yet.
        cursor.execute("LOCK TABLE sources_passage IN SHARE ROW EXCLUSIVE MODE")
    known = Encoding.objects.live().filter(encoder=encoder).first()
    if known is not None:
        return known  # somebody else was quicker
    _retire(Encoding.objects.filter(state=EncodingState.FILLING))
    answers = not Encoding.objects.filter(state=EncodingState.ANSWERING).exists()
    encoding, _ = Encoding.objects.update_or_create(
        encoder=encoder,
        defaults={
            "state": EncodingState.ANSWERING if answers else EncodingState.FILLING,
            "answers_since": Now() if answers else None,
            "retired_at": None,
        },
    )
    table = embeddings_of(encoder)
    if table is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO sources_unembedded (encoding_id, passage_id)
                SELECT %s, passage.id FROM sources_passage passage
                JOIN sources_snapshot snapshot ON snapshot.id = passage.snapshot_id
                JOIN sources_source source ON source.id = snapshot.source_id
                WHERE source.access <> %s AND NOT EXISTS (
                    SELECT FROM {_name(table)} made WHERE made.passage_id = passage.id
                )
                """,  # noqa: S608 - a table of the product
                [encoding.pk, Access.PRIVATE],
            )
    Event.objects.record("encoding.began", encoding, by=by)
    return encoding


@transaction.atomic
def switch_encoding(encoding: Encoding, *, by: str) -> bool:
    """Let a filled encoding answer instead of the older one; report whether it does from now."""
    if encoding.state != EncodingState.FILLING or encoding.waiting.exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sources_passage IN SHARE ROW EXCLUSIVE MODE")
    filled = (
        Encoding.objects.select_for_update(no_key=True)
        .filter(pk=encoding.pk, state=EncodingState.FILLING)
        .exclude(pk__in=Unembedded.objects.values("encoding"))
    )
    if not filled.exists():
        return False
    _retire(Encoding.objects.filter(state=EncodingState.ANSWERING))
    Encoding.objects.filter(pk=encoding.pk).update(
        state=EncodingState.ANSWERING, answers_since=Now()
    )
    Event.objects.record("encoding.switched", encoding, by=by)
    return True


def _retire(encodings: models.QuerySet[Encoding]) -> None:
    Unembedded.objects.filter(encoding__in=encodings).delete()
    encodings.update(state=EncodingState.RETIRED, retired_at=Now())


def empty_retired() -> None:
    """Give back the room of vectors that no search asks any more."""
    for encoding in Encoding.objects.filter(
        state=EncodingState.RETIRED, retired_at__lt=Now() - KEPT_AFTER_RETIREMENT
    ):
        table = embeddings_of(encoding.encoder)
        if table is not None and table._default_manager.exists():
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {_name(table)}")


def _name(table: type[PassageEmbedding]) -> str:
    return connection.ops.quote_name(table._meta.db_table)


_EMBED = """, embedded AS (
    INSERT INTO {table} (passage_id, vector)
    SELECT placed.id, placed.vector::halfvec FROM placed
)"""

_INSERT = """
WITH told AS MATERIALIZED (
    SELECT snapshot.id AS snapshot_id, source.language,
           sources_configuration(source.language)::regconfig AS config
    FROM sources_snapshot snapshot JOIN sources_source source ON source.id = snapshot.source_id
    WHERE snapshot.id = ANY(%(snapshots)s)
), given AS (
    SELECT * FROM unnest(
        %(snapshot)s::bigint[], %(start)s::int[], %(end)s::int[], %(text)s::text[],
        %(digest)s::text[], %(words)s::int[], %(vector)s::text[]
    ) AS g(snapshot_id, start, "end", text, digest, words, vector)
    JOIN told USING (snapshot_id)
), made AS (
    INSERT INTO sources_passage
        (snapshot_id, start, "end", text, digest, language, search, words)
    SELECT snapshot_id, start, "end", text, digest, language, to_tsvector(config, text), words
    FROM given
    ON CONFLICT (snapshot_id, start, "end") DO NOTHING
    RETURNING id, snapshot_id, start, "end", search, words
), placed AS (
    SELECT made.id, made.search, made.words, given.config::text, given.vector
    FROM made JOIN given USING (snapshot_id, start, "end")
){embedded}, queued AS (
    INSERT INTO sources_unembedded (encoding_id, passage_id)
    SELECT encoding.id, placed.id FROM placed CROSS JOIN sources_encoding encoding
    WHERE encoding.state <> %(retired)s AND encoding.encoder <> %(embedded)s
), held AS MATERIALIZED (
    SELECT config, held.word, count(*) AS passages
    FROM placed CROSS JOIN LATERAL unnest(tsvector_to_array(search)) AS held(word)
    WHERE length(held.word) <= 255
    GROUP BY config, held.word
), counted AS (
    INSERT INTO sources_lexeme (language, word, passages)
    SELECT config, word, passages FROM held ORDER BY config, word
    ON CONFLICT (language, word)
        DO UPDATE SET passages = sources_lexeme.passages + excluded.passages
)
INSERT INTO sources_collection (language, passages, words)
SELECT config, count(*), sum(words) FROM placed GROUP BY config ORDER BY config
ON CONFLICT (language) DO UPDATE
    SET passages = sources_collection.passages + excluded.passages,
        words = sources_collection.words + excluded.words
"""
