"""Carry claims over to the next version of their article.

Every claim of the version before is looked for in the new text; what the
splitter found there is new only where no carried claim already stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from claims.anchoring import anchor, context
from claims.kinds import Anchor

SAME_PLACE = 0.8
"""Share of two spans' union that they have in common when they are one place."""


class Found(Protocol):
    """What a splitter found: words at a place, and the wording that stands alone."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def dated_text(self) -> str: ...  # noqa: D102


F = TypeVar("F", bound=Found)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a claim stood in the version before; ``start`` is None if it was orphaned."""

    claim_id: int
    text: str
    quote: str
    prefix: str
    suffix: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Carried:
    """Where an earlier claim stands now; an orphaned one has no place."""

    claim_id: int
    text: str
    anchor: Anchor
    start: int | None
    end: int | None
    quote: str
    prefix: str
    suffix: str


def carry(earlier: Sequence[Earlier], text: str, *, old_text: str = "") -> list[Carried]:
    """Find each earlier claim of ``old_text`` in the new ``text``.

    A claim keeps each place where it is found; it is orphaned, once, only
    when none of its places is.

    >>> was = Earlier(7, "Rents rose.", "Rents rose.", "", " Taxes fell.", 0)
    >>> [(c.anchor.value, c.start) for c in carry([was], "Yes. Rents rose. Taxes fell.")]
    [('moved', 5)]
    """
    placed: dict[tuple[int, int], Carried] = {}
    lost: dict[int, Carried] = {}
    for was in earlier:
        now = anchor(was.quote, was.prefix, was.suffix, was.start or 0, text, old_text=old_text)
        if now.start is None or now.end is None:
            lost[was.claim_id] = Carried(
                was.claim_id, was.text, now.kind, None, None, was.quote, was.prefix, was.suffix
            )
            continue
        carried = Carried(
            was.claim_id,
            was.text,
            now.kind,
            now.start,
            now.end,
            text[now.start : now.end],
            *context(text, now.start, now.end),
        )
        placed.setdefault((was.claim_id, now.start), carried)
    found = {claim_id for claim_id, _ in placed}
    orphans = [carried for claim_id, carried in lost.items() if claim_id not in found]
    return [*placed.values(), *orphans]


def unclaimed(found: Sequence[F], carried: Sequence[Carried]) -> list[F]:
    """Return what the splitter found where no carried claim stands already.

    One carried claim accounts for one found claim of the same place, the one
    with the same wording first; an ambiguous place accounts for none.
    """
    sure = [c for c in carried if c.anchor in (Anchor.EXACT, Anchor.MOVED)]
    pairs = sorted(
        (
            (now.dated_text != was.text, -likeness, i, j)
            for i, now in enumerate(found)
            for j, was in enumerate(sure)
            if (likeness := _overlap(now, was)) >= SAME_PLACE
        ),
    )
    known: set[int] = set()
    used: set[int] = set()
    for _, _, i, j in pairs:
        if i not in known and j not in used:
            known.add(i)
            used.add(j)
    return [now for i, now in enumerate(found) if i not in known]


def _overlap(now: Found, was: Carried) -> float:
    """Length of the two spans' intersection over that of their union."""
    if was.start is None or was.end is None:
        return 0.0
    common = min(now.end, was.end) - max(now.start, was.start)
    return max(0, common) / (max(now.end, was.end) - min(now.start, was.start))
