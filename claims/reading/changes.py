"""What became of the claims of an article from one version to the next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from claims.kinds import Anchor
from claims.models import Appearance, ArticleVersion
from claims.states import VersionState


@dataclass(frozen=True, slots=True)
class Change:
    """A claim, its words in this version and in the one before; None where it has none."""

    id: UUID
    text: str
    anchor: str
    quote: str | None
    earlier_quote: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims in the order of the text, by what became of them.

    ``changed`` are those whose words are not what they were, and those that
    cannot be placed for sure; ``gone`` those that stood in the version before,
    ``new`` those that did not, also if they stood in an older one.
    """

    carried: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)


def changes_in(version: ArticleVersion) -> Changes:
    """Compare a version that was split with the one that was split before it.

    Two queries.
    """
    before = (
        ArticleVersion.objects.filter(
            article=version.article_id, number__lt=version.number, state=VersionState.SPLIT
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    earlier = _by_claim(Appearance.objects.filter(version__in=before))
    now = _by_claim(Appearance.objects.filter(version=version).select_related("claim"))
    changes = Changes()
    for claim_id, places in now.items():
        _sort(changes, places, earlier.get(claim_id))
    return changes


def _by_claim(appearances: Iterable[Appearance]) -> dict[int, list[Appearance]]:
    """Appearances of each claim in the order of the text."""
    found: dict[int, list[Appearance]] = defaultdict(list)
    for appearance in sorted(appearances, key=lambda a: (a.start is None, a.start or 0, a.pk)):
        found[appearance.claim_id].append(appearance)
    return found


def _sort(changes: Changes, places: list[Appearance], earlier: list[Appearance] | None) -> None:
    first, was = places[0], earlier[0] if earlier else None
    change = Change(
        id=first.claim.public_id,
        text=first.claim.text,
        anchor=first.anchor,
        quote=None if first.start is None else first.quote,
        earlier_quote=None if was is None or was.start is None else was.quote,
    )
    stood = {place.quote for place in earlier or [] if place.start is not None}
    if first.start is None:
        if stood:
            changes.gone.append(change)
    elif not stood:
        changes.new.append(change)
    elif first.anchor == Anchor.AMBIGUOUS or not {place.quote for place in places} <= stood:
        changes.changed.append(change)
    else:
        changes.carried.append(change)
