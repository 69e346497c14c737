"""What a search found that the one before did not, and what it lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import Claim, Evidence, Search
from claims.states import EvidenceState
from sources.ports import Stance


@dataclass(frozen=True, slots=True)
class Moved:
    """A passage in both searches, and its places among what each kept."""

    evidence: Evidence
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A passage in both searches that is not shown for or against as it was.

    ``before`` and ``now`` are stances that were shown; None where none was.
    """

    evidence: Evidence
    before: Stance | None
    now: Stance | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A search beside the one before it for the same words of the claim.

    ``versions`` are what judges and finds, where another one did: (what,
    before, now).
    """

    since: Search
    new: list[Evidence]
    gone: list[Evidence]
    moved: list[Moved]
    rejudged: list[Rejudged]
    versions: list[tuple[str, str, str]]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.moved or self.rejudged or self.versions)


def looked(
    searches: Sequence[Search], evidence: Iterable[Evidence]
) -> list[tuple[Search, Difference | None]]:
    """Each search, newest first, with what changed since the one before.

    None where there is nothing to compare: the first one, those of a single
    provider, and those whose suggestions nobody wanted any more.
    """
    pieces = {(one.source_id, one.passage_digest): one for one in evidence}
    return [
        (search, _difference(search, searches[place + 1 :], pieces))
        for place, search in enumerate(searches)
    ]


def lost(claim: Claim, searches: Iterable[Search], evidence: Iterable[Evidence]) -> frozenset[int]:
    """Keys of suggestions for the present wording that its newest whole search did not find.

    A search that finds a piece again is the piece's own from then on.
    """
    newest = max(
        (
            one.pk
            for one in searches
            if one.kept is not None and not one.only and one.wording == claim.wording
        ),
        default=0,
    )
    return frozenset(
        piece.pk
        for piece in evidence
        if piece.state == EvidenceState.SUGGESTED
        and piece.wording == claim.wording
        and piece.carried_from_id is None
        and (piece.search_id or newest) < newest
    )


def _difference(
    search: Search, earlier: Iterable[Search], pieces: dict[tuple[int | None, str], Evidence]
) -> Difference | None:
    if search.kept is None or search.only:
        return None
    since = next(
        (
            one
            for one in earlier
            if one.kept is not None and not one.only and one.wording == search.wording
        ),
        None,
    )
    if since is None:
        return None
    before, now = _places(since), _places(search)
    shown_before, shown_now = _shown(since), _shown(search)
    return Difference(
        since=since,
        new=[pieces[key] for key in now if key not in before and key in pieces],
        gone=[pieces[key] for key in before if key not in now and key in pieces],
        moved=[
            Moved(pieces[key], before[key], place)
            for key, place in now.items()
            if key in pieces and before.get(key, place) != place
        ],
        rejudged=[
            Rejudged(pieces[key], shown_before[key], stance)
            for key, stance in shown_now.items()
            if key in pieces and shown_before.get(key, stance) != stance
        ],
        versions=[
            (what, since.versions.get(what, "none"), search.versions.get(what, "none"))
            for what in sorted({*since.versions, *search.versions})
            if since.versions.get(what) != search.versions.get(what)
        ],
    )


def _places(search: Search) -> dict[tuple[int | None, str], int]:
    return {
        (kept["source"], kept["words"]): place for place, kept in enumerate(search.kept or [], 1)
    }


def _shown(search: Search) -> dict[tuple[int | None, str], Stance | None]:
    """The stances shown; searches from before these were recorded have none to compare."""
    return {
        (kept["source"], kept["words"]): Stance(kept["stance"]) if kept["stance"] else None
        for kept in search.kept or []
        if "stance" in kept
    }
