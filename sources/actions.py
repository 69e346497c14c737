"""Putting documents into the library: frozen first, made findable after.

Both steps may be repeated: what is there already is left alone, and what was
interrupted goes on where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Now

from sources.indexing import Vectors, insert_passages
from sources.models import (
    Access,
    Outlet,
    OutletKind,
    Passage,
    Snapshot,
    Source,
    SourceKind,
)
from sources.passages import Span, digest, passages
from sources.ports import Encoder, Found
from sources.wires import wire_credit


@dataclass(frozen=True, slots=True)
class Document:
    """A document as somebody brought it. ``record`` is its bytes as a WARC record, if any came."""

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

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()


@transaction.atomic
def store_documents(
    documents: Sequence[Document], *, read_at: datetime | None = None
) -> list[Snapshot]:
    """Freeze documents: outlet, source and snapshot of each, in the order given.

    A source is known by its URL, or without one by its words; a private one
    without a URL is always new, because whose it is, is not known here. The
    same text of the same source makes no new snapshot. ``read_at`` marks new
    ones as read, when not everything in them is wanted. Rows that other
    workers may insert too go in sorted order, so that nobody deadlocks.
    """
    outlets = _outlets(documents)
    sources = _sources(documents, outlets)
    Snapshot.objects.bulk_create(
        [
            Snapshot(
                source=source,
                fetched_at=document.fetched_at or datetime.now(UTC),
                digest=document.digest,
                content_type=document.content_type,
                headers=dict(document.headers),
                record=document.record,
                text=document.text,
                extractor=document.extractor,
                credit=wire_credit(document.text),
                read_at=read_at,
            )
            for source, document in sorted(
                zip(sources, documents, strict=True), key=lambda pair: pair[0].pk
            )
        ],
        ignore_conflicts=True,
    )
    stored = {
        (snapshot.source_id, snapshot.digest): snapshot
        for snapshot in Snapshot.objects.filter(
            source__in=sources, digest__in=[document.digest for document in documents]
        )
    }
    return [
        stored[source.pk, document.digest]
        for source, document in zip(sources, documents, strict=True)
    ]


def _outlets(documents: Sequence[Document]) -> dict[str, Outlet]:
    """Find or create the outlet of each document."""
    return outlets_of({document.outlet: document.outlet_kind for document in reversed(documents)})


def outlets_of(kinds: Mapping[str, str]) -> dict[str, Outlet]:
    """Find or create the outlet of each name; a new one is of the kind given.

    The database says which names are one whatever their case, because Python
    lowers some letters differently.
    """
    names = sorted(kinds, key=lambda name: (name.lower(), name))
    Outlet.objects.bulk_create(
        [Outlet(name=name, kind=kinds[name]) for name in names], ignore_conflicts=True
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given.name, outlet.id FROM unnest(%s::text[]) AS given (name)"
            " JOIN sources_outlet outlet ON lower(outlet.name) = lower(given.name)",
            [names],
        )
        ids = dict(cursor.fetchall())
    outlets = Outlet.objects.in_bulk(ids.values())
    return {name: outlets[ids[name]] for name in names}


def _sources(documents: Sequence[Document], outlets: Mapping[str, Outlet]) -> list[Source]:
    """The source of each document, in order; new ones are created."""
    by_url = {document.url: document for document in documents if document.url}
    Source.objects.bulk_create(
        [_source(by_url[url], outlets) for url in sorted(by_url)], ignore_conflicts=True
    )
    known = {source.url: source for source in Source.objects.filter(url__in=list(by_url))}
    by_words = {
        snapshot.digest: snapshot.source
        for snapshot in Snapshot.objects.filter(
            source__url__isnull=True,
            digest__in=[document.digest for document in documents if not document.url],
        )
        .exclude(source__access=Access.PRIVATE)
        .select_related("source")
    }
    sources = []
    for document in documents:
        source = known[document.url] if document.url else by_words.get(document.digest)
        if source is None or (document.access == Access.PRIVATE and not document.url):
            source = _source(document, outlets)
            source.save(force_insert=True)
            if document.access != Access.PRIVATE:
                by_words[document.digest] = source
        sources.append(source)
    return sources


def _source(document: Document, outlets: Mapping[str, Outlet]) -> Source:
    return Source(
        url=document.url or None,
        title=document.title[:500],
        outlet=outlets[document.outlet],
        kind=document.kind,
        access=document.access,
        language=document.language,
        published_at=document.published_at,
        proposed_access=document.proposed_access,
        access_reason=document.access_reason,
    )


def freeze_found(found: Sequence[Found], encoder: Encoder, *, language: str) -> list[Passage]:
    """The stored passage of everything a search found, in order.

    What came from outside is frozen here first, with the document it stands
    in where the provider gave that. The passages are those the provider cut;
    the rest of the document is not made findable. ``language`` is what the
    providers were asked in.
    """
    by_document: dict[tuple[str, str], list[Found]] = {}
    for item in found:
        if item.passage_id is None:
            by_document.setdefault((item.url, item.title), []).append(item)
    frozen = store_documents(
        [_document_of(items, language) for items in by_document.values()],
        read_at=datetime.now(UTC),
    )
    of_document = dict(zip(by_document, frozen, strict=True))
    _read_found(
        [(of_document[key], item.text) for key, items in by_document.items() for item in items],
        encoder,
    )
    stored = {
        (passage.snapshot_id, passage.digest): passage
        for passage in Passage.objects.filter(snapshot__in=frozen).select_related("snapshot")
    }
    known = Passage.objects.select_related("snapshot").in_bulk(
        [item.passage_id for item in found if item.passage_id is not None]
    )
    return [
        known[item.passage_id]
        if item.passage_id is not None
        else stored[of_document[item.url, item.title].pk, digest(item.text)]
        for item in found
    ]


def _document_of(items: Sequence[Found], language: str) -> Document:
    """The document that passages of one place stand in: as given, or their words alone."""
    first = items[0]
    whole = all(item.text in first.document for item in items)
    original = first.original if whole else None
    return Document(
        title=first.title,
        text=first.document if whole else "\n\n".join(item.text for item in items),
        outlet=first.outlet or urlsplit(first.url).hostname or "Not known",
        url=first.url,
        outlet_kind=first.outlet_kind or OutletKind.OTHER,
        kind=first.kind or SourceKind.ARTICLE,
        access=first.access or Access.OPEN,
        language=first.language or language,
        published_at=first.published_at,
        fetched_at=original.fetched_at if original else None,
        record=original.record if original else None,
        content_type=original.content_type if original else "text/plain",
        headers=original.headers if original else {},
        extractor=original.extractor if original else "as the provider gave it",
    )


def _read_found(words: Sequence[tuple[Snapshot, str]], encoder: Encoder) -> None:
    """Make these words of each snapshot findable, unless they are already."""
    there = set(
        Passage.objects.filter(snapshot__in=[snapshot for snapshot, _ in words]).values_list(
            "snapshot_id", "digest"
        )
    )
    missing = [pair for pair in words if (pair[0].pk, digest(pair[1])) not in there]
    if not missing:
        return
    vectors = Vectors(encoder.name, encoder.encode([text for _, text in missing]))
    places = [(snapshot, snapshot.text.index(text), len(text)) for snapshot, text in missing]
    with transaction.atomic():
        insert_passages(
            [(snapshot, Span(start, start + length)) for snapshot, start, length in places],
            vectors,
        )


def read_snapshots(snapshots: Sequence[Snapshot], encoder: Encoder | None = None) -> int:
    """Make snapshots findable; return how many passages they gave.

    By word at once; by meaning too when there is an ``encoder``, and otherwise
    when a worker has embedded them. Cutting and encoding happen with no
    transaction open. A snapshot that somebody else read meanwhile is left alone.
    """
    rows = [
        (snapshot, span)
        for snapshot in snapshots
        for span in passages(snapshot.text, snapshot.source.language)
    ]
    vectors = None
    if encoder is not None and rows:
        texts = [snapshot.text[span.start : span.end] for snapshot, span in rows]
        vectors = Vectors(encoder.name, encoder.encode(texts))
    with transaction.atomic():
        unread = set(
            Snapshot.objects.unread()
            .filter(pk__in=[snapshot.pk for snapshot in snapshots])
            .order_by("pk")
            .select_for_update()
            .values_list("pk", flat=True)
        )
        places = [place for place, (snapshot, _) in enumerate(rows) if snapshot.pk in unread]
        if places:
            insert_passages(
                [rows[place] for place in places],
                vectors and Vectors(vectors.encoder, vectors.rows[places]),
            )
        Snapshot.objects.filter(pk__in=unread).update(read_at=Now())
    return len(places)


def cite_passages(
    snapshot: Snapshot, spans: Sequence[Span], *, findable: bool = False
) -> list[Passage]:
    """The stored passage at each of these places of a snapshot, in order.

    New ones can be cited, and found in the library too when ``findable``.
    """
    if findable:
        insert_passages([(snapshot, span) for span in spans])
    else:
        texts = [snapshot.text[start:end] for start, end in spans]
        Passage.objects.bulk_create(
            [
                Passage(
                    snapshot=snapshot,
                    start=start,
                    end=end,
                    text=text,
                    digest=digest(text),
                    language=snapshot.source.language,
                    search=Value(""),
                )
                for (start, end), text in zip(spans, texts, strict=True)
            ],
            ignore_conflicts=True,
        )
    stored = {
        (passage.start, passage.end): passage
        for passage in snapshot.passages.filter(
            start__in=[start for start, _ in spans]
        ).select_related("snapshot__source")
    }
    return [stored[span] for span in spans]
