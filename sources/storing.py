"""Freezing documents: the outlet, source and snapshot of each, in a few statements for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Self

from django.db import connection, transaction

from factcheck.prepared import bound_cursor
from sources.models import NOT_KNOWN, Access, Outlet, OutletKind, Snapshot, SourceKind
from sources.wires import wire_credit


@dataclass(frozen=True)
class Document:
    """A document as somebody brought it.

    ``outlet`` is empty when it does not say who published it; ``record`` is
    its bytes as a WARC record, if any came.
    """

    title: str
    text: str
    outlet: str
    url: str = ""
    outlet_kind: str = OutletKind.OTHER
    kind: str = SourceKind.ARTICLE
    access: str = Access.OPEN
    language: str = "en"
    published_at: date | None = None
    fetched_at: datetime | None = None
    record: bytes | None = None
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    extractor: str = "as given"
    proposed_access: str = ""
    access_reason: str = ""

    def prepared(self) -> Self:
        """The same, with all worked out that storing it takes: before the database waits for it."""
        _ = self.digest, self.credit
        return self

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def credit(self) -> str:
        """The news agency that the text says it is from."""
        return wire_credit(self.text)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The snapshot of a document: whether it is new, was read before, and is news of its source."""

    snapshot: int
    is_new: bool
    is_read: bool
    is_change: bool
    """The source was last seen to say something else."""


def store_documents(
    documents: Sequence[Document], *, read_at: datetime | None = None
) -> list[Snapshot]:
    """Freeze documents, and return the snapshot of each, in the order given; see ``freeze``."""
    keys = [frozen.snapshot for frozen in freeze(documents, read_at=read_at)]
    stored = Snapshot.objects.in_bulk(keys)
    return [stored[key] for key in keys]


@transaction.atomic
def freeze(documents: Sequence[Document], *, read_at: datetime | None = None) -> list[Frozen]:
    """Freeze documents: outlet, source and snapshot of each, in the order given.

    A source is known by its URL, or without one by its words; a private one
    without a URL is always new, because whose it is, is not known here. The
    same text of the same source makes no new snapshot, but was seen again: what
    comes last is what the source says. ``read_at`` marks new ones as read, when
    not everything in them is wanted. Rows that other workers may insert too go
    in sorted order, so that nobody deadlocks.
    """
    sources = _sources(documents)
    # Of the same words of one source the last: what was seen last is what it says.
    last = {
        (source, document.digest): place
        for place, (source, document) in enumerate(zip(sources, documents, strict=True))
    }
    chosen = sorted((source, place) for (source, _), place in last.items())
    given = [documents[place] for _, place in chosen]
    with bound_cursor() as cursor:
        cursor.execute(
            _FREEZE,
            {
                "source": [source for source, _ in chosen],
                "place": [place for _, place in chosen],
                "digest": [document.digest for document in given],
                "fetched_at": [document.fetched_at for document in given],
                "content_type": [document.content_type for document in given],
                "headers": [dumps(dict(document.headers)) for document in given],
                "record": [document.record for document in given],
                "text": [document.text for document in given],
                "extractor": [document.extractor for document in given],
                "credit": [document.credit for document in given],
                "read_at": read_at,
            },
        )
        stored = {(source, digest): Frozen(*about) for source, digest, *about in cursor.fetchall()}
    return [
        stored[source, document.digest] for source, document in zip(sources, documents, strict=True)
    ]


def outlets_of(kinds: Mapping[str, str]) -> dict[str, int]:
    """The key of the outlet of each name; one that is not there is created, of the kind given.

    The database says which names are one whatever their case, because Python
    lowers some letters differently.
    """
    names = sorted(kinds, key=lambda name: (name.lower(), name))
    known = _known_outlets(names)
    new = [Outlet(name=name, kind=kinds[name]) for name in names if name not in known]
    if not new:
        return known
    Outlet.objects.bulk_create(new, ignore_conflicts=True)
    return _known_outlets(names)


def _known_outlets(names: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given.name, outlet.id FROM unnest(%s::text[]) AS given (name)"
            " JOIN sources_outlet outlet ON lower(outlet.name) = lower(given.name)",
            [names],
        )
        return dict(cursor.fetchall())


def _sources(documents: Sequence[Document]) -> list[int]:
    """The source of each document, in order; new ones are created."""
    known_by = [_known_by(document, place) for place, document in enumerate(documents)]
    known = _known_sources(known_by)
    new: dict[str, Document] = {}
    for key, document in zip(known_by, documents, strict=True):
        if key not in known and (document.url or key not in new):
            new[key] = document
    if new:
        known |= _create_sources(new)
        known |= _known_sources([key for key in new if new[key].url])  # somebody was quicker
    return [known[key] for key in known_by]


def _known_by(document: Document, place: int) -> str:
    """Its address, its words, or nothing but its place among others."""
    if document.url:
        return document.url
    return f"#{place}" if document.access == Access.PRIVATE else document.digest


def _known_sources(known_by: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"keys": list(known_by), "private": Access.PRIVATE})
        return dict(cursor.fetchall())


def _create_sources(new: Mapping[str, Document]) -> dict[str, int]:
    given = [new[key] for key in sorted(new)]
    kinds = {document.outlet: document.outlet_kind for document in reversed(list(new.values()))}
    if kinds.pop("", None):
        kinds[NOT_KNOWN] = OutletKind.OTHER
    outlets = outlets_of(kinds)
    with bound_cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('sources_source', 'id'))"
            " FROM generate_series(1, %s)",
            [len(given)],
        )
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute(
            _CREATE_SOURCES,
            {
                "id": keys,
                "url": [document.url or None for document in given],
                "title": [document.title[:500] for document in given],
                "outlet": [outlets[document.outlet or NOT_KNOWN] for document in given],
                "kind": [document.kind for document in given],
                "access": [document.access for document in given],
                "language": [document.language for document in given],
                "published_at": [document.published_at for document in given],
                "proposed_access": [document.proposed_access for document in given],
                "access_reason": [document.access_reason for document in given],
            },
        )
    return dict(zip(sorted(new), keys, strict=True))


_KNOWN = """
SELECT url, id FROM sources_source WHERE url = ANY(%(keys)s::text[])
UNION ALL
SELECT snapshot.digest, source.id
FROM sources_snapshot snapshot JOIN sources_source source ON source.id = snapshot.source_id
WHERE snapshot.digest = ANY(%(keys)s::text[])
    AND source.url IS NULL AND source.access <> %(private)s
"""

_CREATE_SOURCES = """
INSERT INTO sources_source
    (id, url, title, outlet_id, kind, access, language, published_at, proposed_access,
     access_reason, interests, archive_url, gone, retraction, created_at)
SELECT *, '', '', '', '', statement_timestamp()
FROM unnest(
    %(id)s::bigint[], %(url)s::text[], %(title)s::text[], %(outlet)s::bigint[], %(kind)s::text[],
    %(access)s::text[], %(language)s::text[], %(published_at)s::date[],
    %(proposed_access)s::text[], %(access_reason)s::text[]
)
ON CONFLICT (url) DO NOTHING
"""

_FREEZE = """
INSERT INTO sources_snapshot
    (source_id, fetched_at, digest, content_type, headers, record, text, extractor, credit,
     read_at, seen_at)
SELECT source_id, coalesce(fetched_at, statement_timestamp()), digest, content_type,
       headers::jsonb, record, text, extractor, credit, %(read_at)s::timestamptz,
       -- Of what comes together, one after the other as it was given.
       least(fetched_at, statement_timestamp()) + place * interval '1 microsecond'
FROM unnest(
    %(source)s::bigint[], %(place)s::int[], %(fetched_at)s::timestamptz[], %(digest)s::text[],
    %(content_type)s::text[], %(headers)s::text[], %(record)s::bytea[], %(text)s::text[],
    %(extractor)s::text[], %(credit)s::text[]
) AS given (source_id, place, fetched_at, digest, content_type, headers, record, text, extractor,
            credit)
ON CONFLICT (source_id, digest) DO UPDATE
    SET seen_at = greatest(sources_snapshot.seen_at, excluded.seen_at)
RETURNING source_id, digest, sources_snapshot.id, old.id IS NULL, old.read_at IS NOT NULL, EXISTS (
    SELECT FROM sources_snapshot earlier
    WHERE earlier.source_id = sources_snapshot.source_id AND earlier.id <> sources_snapshot.id
        AND earlier.seen_at > coalesce(old.seen_at, '-infinity')
)
"""
