"""Our own passages as a provider: found by rare words and by meaning, fused by rank."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Case, CharField, F, When
from django.db.models.functions import Cast

from sources.models import NOT_KNOWN, Passage, embeddings_of
from sources.ports import Encoder, Found, Query
from sources.ranking import ByMeaning, ByWords, Filters, by_meaning, by_words
from sources.retrieval import PER_DOCUMENT

DEPTH = 100
"""How far down each ranking is fused, at least."""
NEARBY = timedelta(days=365)
"""A document this far from the day a claim was made is of the same time."""
FUSED_K = 20
"""Of the reciprocal ranks (Cormack, Clarke and Buettcher, 2009): less than their 60, because two
rankings of the same passages agree about the best; chosen on the train part of SciFact."""
ANOTHER_TIME = 0.64
"""What a document of another time keeps of its score: the best comes twelve places later."""
OF_ONE_ORIGIN = 0.5
"""The part of the places that one origin gets while others wait."""
LONGEST_DOCUMENT = 8000
"""Characters of a document that go along with its passages."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in the fused ranking, and everything that put it there."""

    passage: int
    source: int
    origin: str
    score: float
    words: tuple[int, ByWords] | None
    meaning: tuple[int, ByMeaning] | None


class Library:
    """The passages stored here."""

    name = "library"
    outside = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def questions(self, query: Query) -> Sequence[str]:
        """The claim itself."""
        return (query.text,)

    def search(self, query: Query, limit: int, filters: Filters | None = None) -> Sequence[Found]:
        """Return the best passages by words and meaning; empty when there are none.

        Passages of blocked outlets, private or retracted sources and
        outdated snapshots are left out. Documents of another time than
        ``query.said_at`` come later; one document and one origin do not
        crowd out the others.
        """
        hits = self.hits(query, limit, filters)
        passages = (
            Passage.objects.select_related("snapshot__source__outlet")
            .defer("search", "snapshot__record", "snapshot__headers")
            .in_bulk([hit.passage for hit in hits])
        )
        by = f"BM25 and {self._encoder.name}"
        return [_found(passages[hit.passage], hit, by) for hit in hits]

    def hits(self, query: Query, limit: int, filters: Filters | None = None) -> list[Hit]:
        """Rank passages, without fetching their words."""
        depth = max(DEPTH, 2 * limit)
        table = embeddings_of(self._encoder.name)
        vector = self._encoder.encode([query.text])[0].tolist()
        with transaction.atomic():
            words = by_words(query.text, query.language, depth, filters)
            meaning = by_meaning(vector, table, depth, filters) if table else []
        hits = fused(words, meaning, said_at=query.said_at)
        spread = _spread(hits, lambda hit: hit.source, PER_DOCUMENT)
        return _spread(spread, lambda hit: hit.origin, max(1, int(limit * OF_ONE_ORIGIN)))[:limit]


def fused(
    words: Sequence[ByWords], meaning: Sequence[ByMeaning], *, said_at: date | None
) -> list[Hit]:
    """One ranking of two, by reciprocal rank; other times come later."""
    ranked = {hit.passage: (rank, hit) for rank, hit in enumerate(words, start=1)}
    near = {hit.passage: (rank, hit) for rank, hit in enumerate(meaning, start=1)}
    hits = []
    for passage, source, origin, published_at in Passage.objects.filter(
        pk__in={*ranked, *near}
    ).values_list(
        "pk",
        "snapshot__source",
        Case(
            When(
                snapshot__source__outlet__name=NOT_KNOWN,
                then=Cast("snapshot__source__public_id", CharField()),
            ),
            When(
                snapshot__source__outlet__origin_group="", then=F("snapshot__source__outlet__name")
            ),
            default=F("snapshot__source__outlet__origin_group"),
        ),
        "snapshot__source__published_at",
    ):
        places = [place[passage][0] for place in (ranked, near) if passage in place]
        score = sum(1 / (FUSED_K + rank) for rank in places)
        if said_at and published_at and abs(published_at - said_at) > NEARBY:
            score *= ANOTHER_TIME
        hits.append(Hit(passage, source, origin, score, ranked.get(passage), near.get(passage)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage))


def _spread(hits: Iterable[Hit], of: Callable[[Hit], Hashable], most: int) -> list[Hit]:
    """The same hits, with those after the first ``most`` of a kind behind all others."""
    taken: dict[Hashable, int] = {}
    first: list[Hit] = []
    later: list[Hit] = []
    for hit in hits:
        taken[of(hit)] = taken.get(of(hit), 0) + 1
        (first if taken[of(hit)] <= most else later).append(hit)
    return first + later


def _found(passage: Passage, hit: Hit, by: str) -> Found:
    source = passage.snapshot.source
    ranks: dict[str, int] = {}
    scores: dict[str, float] = {"fused": round(hit.score, 5)}
    for how, place in (("lexical", hit.words), ("vector", hit.meaning)):
        if place:
            ranks[how], scores[how] = place[0], round(place[1].score, 4)
    return Found(
        url=source.url or "",
        title=source.title,
        text=passage.text,
        outlet=source.outlet.name if source.outlet.is_known else "",
        published_at=source.published_at,
        passage_id=passage.pk,
        origin=source.origin,
        document=passage.snapshot.text[:LONGEST_DOCUMENT],
        ranks=ranks,
        scores=scores,
        matched=hit.words[1].lexemes if hit.words else (),
        by=by,
    )
