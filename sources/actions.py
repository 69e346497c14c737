"""Putting documents into the library: frozen first, made findable after.

Both steps may be repeated: what is there already is left alone, and what was
interrupted goes on where it stopped.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Now

from factcheck.models import Event
from sources.indexing import Vectors, insert_passages
from sources.models import Access, OutletKind, Passage, Snapshot, Source, SourceKind
from sources.passages import Cut, Span, cut, digest, passages
from sources.ports import Encoder, Found
from sources.storing import Document, freeze, store_documents


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
        outlet=first.outlet or urlsplit(first.url).hostname or "",
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
    rows = []
    for snapshot, text in missing:
        start = snapshot.text.index(text)
        (one,) = cut(snapshot.text, [Span(start, start + len(text))])
        rows.append((snapshot.pk, one))
    with transaction.atomic():
        insert_passages(rows, vectors)


def read_snapshots(snapshots: Sequence[Snapshot], encoder: Encoder | None = None) -> int:
    """Make snapshots findable; return how many passages they gave.

    By word at once; by meaning too when there is an ``encoder``, and otherwise
    when a worker has embedded them. Cutting and encoding happen with no
    transaction open. A snapshot that somebody else read meanwhile is left alone.
    """
    rows = [
        (snapshot.pk, one)
        for snapshot in snapshots
        for one in cut(snapshot.text, passages(snapshot.text, snapshot.source.language))
    ]
    vectors = None
    if encoder is not None and rows:
        vectors = Vectors(encoder.name, encoder.encode([one.text for _, one in rows]))
    with transaction.atomic():
        unread = set(
            Snapshot.objects.unread()
            .filter(pk__in=[snapshot.pk for snapshot in snapshots])
            .order_by("pk")
            .select_for_update(no_key=True)
            .values_list("pk", flat=True)
        )
        places = [place for place, (snapshot, _) in enumerate(rows) if snapshot in unread]
        if places:
            insert_passages(
                [rows[place] for place in places],
                vectors and Vectors(vectors.encoder, vectors.rows[places]),
            )
        Snapshot.objects.filter(pk__in=unread).update(read_at=Now())
    return len(places)


@transaction.atomic
def add_documents(given: Sequence[tuple[Document, Sequence[Cut]]]) -> int:
    """Freeze documents that are cut already and make them findable by word.

    Return how many passages they gave. Everything is in one transaction, so
    that of a document that is there nothing is missing but its vectors. That a
    source says something else than it did is told, as when a worker finds it.
    """
    frozen = freeze([document for document, _ in given], read_at=datetime.now(UTC))
    unread = {
        one.snapshot: cuts for one, (_, cuts) in zip(frozen, given, strict=True) if not one.is_read
    }
    rows = [(snapshot, one) for snapshot, cuts in sorted(unread.items()) for one in cuts]
    if rows:
        insert_passages(rows)
    waited = [one.snapshot for one in frozen if not (one.is_read or one.is_new)]
    if waited:
        Snapshot.objects.filter(pk__in=waited).update(read_at=Now())
    changed = {one.snapshot for one in frozen if one.is_change}
    for snapshot in Snapshot.objects.filter(pk__in=changed).select_related("source").order_by("pk"):
        Source.objects.filter(pk=snapshot.source_id).update(changed_at=Now())
        Event.objects.record(
            "source.changed",
            snapshot.source,
            by="importer",
            snapshot=snapshot.public_id,
            digest=snapshot.digest,
        )
    return len(rows)


def cite_passages(
    snapshot: Snapshot, spans: Sequence[Span], *, findable: bool = False
) -> list[Passage]:
    """The stored passage at each of these places of a snapshot, in order.

    New ones can be cited, and found in the library too when ``findable``.
    """
    if findable:
        insert_passages([(snapshot.pk, one) for one in cut(snapshot.text, spans)])
    else:
        Passage.objects.bulk_create(
            [
                Passage(
                    snapshot=snapshot,
                    start=one.start,
                    end=one.end,
                    text=one.text,
                    digest=one.digest,
                    language=snapshot.source.language,
                    search=Value(""),
                )
                for one in cut(snapshot.text, spans)
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
