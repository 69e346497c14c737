"""Carry claims over to the next version of their article.

Every claim of the version before is looked for in the new text; what the
splitter found there is new only where no carried claim already stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from claims.anchoring import anchor, context
from claims.edits import says_otherwise
from claims.kinds import Anchor

SAME_PLACE = 0.8
"""Share of two spans' union that they have in common when they are one place."""
_MEANING = re.compile(r" \[[^\]]*\]")
"""What a relative date means, as a wording has it behind the date."""


class Found(Protocol):
    """What a splitter found: words at a place, and the wording that stands alone."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def dated_text(self) -> str: ...  # noqa: D102


class Said(Found, Protocol):
    """What a splitter found, and when that was said."""

    @property
    def days_before(self) -> int | None: ...  # noqa: D102


F = TypeVar("F", bound=Found)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a claim stood in the version before; ``start`` is None if it was orphaned.

    ``merged_from`` is the merged claim that brought it there, which stands
    there too. ``part_of`` is the claim a person split it from, and
    ``put_back`` says that the split was undone.
    """

    claim_id: int
    text: str
    quote: str
    prefix: str
    suffix: str
    start: int | None
    merged_from: int | None = None
    part_of: int | None = None
    put_back: bool = False


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
    merged_from: int | None = None
    part_of: int | None = None
    put_back: bool = False


def carry(earlier: Sequence[Earlier], text: str, *, old_text: str = "") -> list[Carried]:
    """Find each earlier claim of ``old_text`` in the new ``text``.

    A claim keeps each place where it is found; it is orphaned, once, only
    when none of its places is. Words that were edited to say something else
    are not found: what was decided about the claim holds not for them.

    >>> was = Earlier(7, "Rents rose.", "Rents rose.", "", " Taxes fell.", 0)
    >>> [(c.anchor.value, c.start) for c in carry([was], "Yes. Rents rose. Taxes fell.")]
    [('moved', 5)]
    """
    placed: dict[tuple[int, int], Carried] = {}
    lost: dict[int, Carried] = {}
    for was in earlier:
        now = anchor(was.quote, was.prefix, was.suffix, was.start or 0, text, old_text=old_text)
        if (
            now.start is None
            or now.end is None
            or says_otherwise(was.quote, text[now.start : now.end])
        ):
            lost[was.claim_id] = Carried(
                was.claim_id,
                was.text,
                Anchor.ORPHANED,
                None,
                None,
                was.quote,
                was.prefix,
                was.suffix,
                part_of=was.part_of,
                put_back=was.put_back,
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
            merged_from=was.merged_from,
            part_of=was.part_of,
            put_back=was.put_back,
        )
        placed.setdefault((was.claim_id, now.start), carried)
    found = {claim_id for claim_id, _ in placed}
    orphans = [carried for claim_id, carried in lost.items() if claim_id not in found]
    return [*placed.values(), *orphans]


def unclaimed(found: Sequence[F], carried: Sequence[Carried]) -> list[F]:
    """Return what the splitter found where no carried claim stands already.

    One carried claim accounts for one found claim of the same place, the one
    with the same wording first; an ambiguous place only for the same wording. A claim
    that was split accounts for what the splitter still finds whole, and its
    parts only where it does not; what a merging brought, or a split that was
    undone left, accounts for nothing, because the claim itself stands there.
    """
    standing = [
        was
        for was in carried
        if was.anchor is not Anchor.ORPHANED and was.merged_from is None and not was.put_back
    ]
    pairs = sorted(
        (
            (now.dated_text != was.text, was.part_of is not None, -likeness, i, j)
            for i, now in enumerate(found)
            for j, was in enumerate(standing)
            if (likeness := _overlap(now, was)) >= SAME_PLACE
            and (was.anchor is not Anchor.AMBIGUOUS or now.dated_text == was.text)
        ),
    )
    known: set[int] = set()
    used: set[int] = set()
    whole: set[int] = set()
    for other_words, _, _, i, j in pairs:
        was = standing[j]
        if i in known or j in used or (other_words and was.part_of in whole):
            continue
        known.add(i)
        used.add(j)
        if not other_words:
            whole.add(was.claim_id)
    return [now for i, now in enumerate(found) if i not in known]


def redated(found: Sequence[Found], carried: Sequence[Carried]) -> Mapping[int, str]:
    """Which carried claims the splitter words with other dates now, by key, and how.

    >>> from claims.kinds import Kind
    >>> from claims.splitting.results import FoundClaim
    >>> dates = (("last year", "2025"),)
    >>> now = FoundClaim(0, 18, "...", "It fell last year.", Kind.EVENT, 0.5, dates=dates)
    >>> was = Carried(7, "It fell last year [2024].", Anchor.EXACT, 0, 18, "...", "", "")
    >>> redated([now], [was])
    {7: 'It fell last year [2025].'}
    """
    now = {(one.start, one.end, _MEANING.sub("", one.dated_text)): one.dated_text for one in found}
    texts = {
        was.claim_id: (was.text, now.get((was.start, was.end, _MEANING.sub("", was.text))))
        for was in carried
        if was.start is not None and was.end is not None and was.merged_from is None
    }
    return {key: text for key, (before, text) in texts.items() if text and text != before}


def days_before(found: Sequence[Said], carried: Sequence[Carried]) -> Mapping[int, int | None]:
    """How long before the article carried claims were said, by key, where one is found there.

    None where nobody can tell.

    >>> from claims.kinds import Kind
    >>> from claims.splitting.results import FoundClaim
    >>> now = FoundClaim(0, 9, "It fell.", "It fell.", Kind.EVENT, 0.5, days_before=3)
    >>> days_before([now], [Carried(7, "It fell.", Anchor.EXACT, 0, 9, "It fell.", "", "")])
    {7: 3}
    """
    now: dict[tuple[int | None, int | None], int | None]
    now = {(one.start, one.end): one.days_before for one in found}
    return {
        was.claim_id: now[was.start, was.end]
        for was in carried
        if (was.start, was.end) in now and was.merged_from is None
    }


def _overlap(now: Found, was: Carried) -> float:
    """Length of the two spans' intersection over that of their union."""
    if was.start is None or was.end is None:
        return 0.0
    common = min(now.end, was.end) - max(now.start, was.start)
    return max(0, common) / (max(now.end, was.end) - min(now.start, was.start))
