"""Splitting a claim into several, and putting them together again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from claims.actions.attributing import copy_attributions
from claims.actions.locking import lock_article_of
from claims.actions.refusals import (
    Overtaken,
    Refused,
    check_fields,
    check_in_work,
    check_no_verdict,
    check_not_held_by_another,
    check_wording,
)
from claims.actions.review import reopen, take_in_hand
from claims.anchoring import context
from claims.kinds import Anchor
from claims.models import (
    Appearance,
    Article,
    Claim,
    Evidence,
    Search,
    Verdict,
    Visibility,
)
from claims.models.searching import ASKED
from claims.states import ClaimState, Dismissal, EvidenceState, IllegalMove
from factcheck.models import Event, Hints, User

MOST_PARTS = 6
"""Claims that one is split into at most; a longer one is split again."""

SAME_FOR_PARTS = [
    "article_id",
    "kind",
    "target",
    "check_worthiness",
    "reasons",
    "claimant_id",
    "attributed_by_id",
    "said_at",
    "priority",
    "deadline",
]
"""What a part has from the claim it is split from."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the claims that another is split into: its wording and its own words.

    ``place`` is where those begin and end in the newest version; without one
    they are all words of the claim.
    """

    text: str
    place: tuple[int, int] | None = None


@transaction.atomic
def split_claim(
    claim_id: int, parts: Sequence[Part], *, wording: int, version: int, by: User
) -> list[Claim]:
    """Make several claims of one; each has the claimant, and a search of its own.

    The claim is dismissed as split and keeps its evidence and history. What
    was accepted beside it is suggested beside each part, because nobody has
    read it against the parts' words. Parts of a claim in hand stay in hand.
    ``wording`` and ``version`` are those the person saw; raise Overtaken if
    there are others by now.
    """
    article = lock_article_of(claim_id)
    claim = (
        Claim.objects.select_for_update(of=["self"], no_key=True)
        .select_related("reviewer")
        .get(pk=claim_id)
    )
    check_not_held_by_another(claim, by)
    check_in_work(claim)
    check_no_verdict(claim)
    if claim.wording != wording:
        raise Overtaken("Somebody reworded this claim meanwhile; read their wording first.")
    places = list(
        claim.appearances.select_related("version")
        .prefetch_related("attributions")
        .order_by("version__number", "start")
    )
    if not places or places[-1].version.number != version:
        raise Overtaken("The article has a newer version; split the claim as it stands there.")
    _check_parts(claim, parts, [at for at in places if at.version.number == version])
    made = _create_parts(claim, parts, by)
    _create_places(made, parts, places, version)
    _suggest_what_was_accepted(claim, made)
    searches = Search.objects.bulk_create(
        Search(
            claim=part,
            wording=part.wording,
            outside=article.visibility == Visibility.PUBLIC,
        )
        for part in made
    )
    _put_in_order(article, claim, made)
    claim.move_to(ClaimState.DISMISSED)
    claim.dismissal, claim.note, claim.reviewer, claim.desk = Dismissal.SPLIT, "", by, False
    claim.save(update_fields=["state", "dismissal", "note", "reviewer", "desk"])
    Hints(Search.task, [search.pk for search in searches], ASKED).after_commit()
    Event.objects.record("claim.split", claim, by=by, claims=[str(part.public_id) for part in made])
    return made


@transaction.atomic
def unsplit_claim(claim_id: int, *, by: User) -> Claim:
    """Undo a split on whose parts nobody has decided anything: the claim is open again.

    It is in hand if a part was, as parts of a claim in hand are. The parts are
    dismissed as duplicates of it and lead to it.
    """
    family = Claim.objects.filter(pk=claim_id) | Claim.objects.filter(split_from=claim_id)
    locked = list(
        family.select_for_update(of=["self"], no_key=True).select_related("reviewer").order_by("pk")
    )
    claim = next(one for one in locked if one.pk == claim_id)
    if not claim.was_split:
        raise IllegalMove("This claim is not split.")
    parts = [one for one in locked if one.pk != claim_id and not one.was_put_back]
    _check_nothing_decided(parts, by)
    in_hand = any(part.state == ClaimState.IN_REVIEW for part in parts)  # of nobody but ``by``
    for part in parts:
        part.move_to(ClaimState.DISMISSED)
        part.dismissal, part.merged_into = Dismissal.DUPLICATE, claim
        part.reviewer, part.desk = by, False
    Claim.objects.bulk_update(parts, ["state", "dismissal", "merged_into", "reviewer", "desk"])
    reopen(claim)
    if in_hand:
        take_in_hand(claim, by)
    Event.objects.record(
        "claim.unsplit", claim, by=by, claims=[str(part.public_id) for part in parts]
    )
    return claim


def _check_parts(claim: Claim, parts: Sequence[Part], places: Sequence[Appearance]) -> None:
    texts = [_spaced(part.text) for part in parts]
    if not all(texts):
        raise Refused("Each part needs words.")
    for text in texts:
        check_wording(text)
    if len(parts) < 2:
        raise Refused("Split a claim into two or more; to change its words, reword it.")
    if len(parts) > MOST_PARTS:
        raise Refused(f"Split it into {MOST_PARTS} parts at most.")
    if claim.text in texts:
        raise Refused("One part still says all of it. Leave in each only what it says itself.")
    if len(set(texts)) < len(texts):
        raise Refused("Two parts have the same words.")
    text = places[0].version.text
    for place in (part.place for part in parts if part.place is not None):
        start, end = place
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise Refused("Select the words of the article that make a part.")
        if not any(
            at.start is not None and at.end is not None and start < at.end and end > at.start
            for at in places
        ):
            raise Refused("A part's words are among those of the claim that is split.")


def _create_parts(claim: Claim, parts: Sequence[Part], by: User) -> list[Claim]:
    held = claim.reviewer if claim.state == ClaimState.IN_REVIEW else None
    made = [
        Claim(
            **{name: getattr(claim, name) for name in SAME_FOR_PARTS},
            text=_spaced(part.text),
            worded_by=by,
            added_by=by,
            state=claim.state,
            reviewer=held,
            split_from=claim,
        )
        for part in parts
    ]
    for part in made:
        check_fields(part, ["text"])
    return Claim.objects.bulk_create(made)


def _create_places(
    made: Sequence[Claim], parts: Sequence[Part], places: Sequence[Appearance], newest: int
) -> None:
    """Let each part stand where the claim stands; in the newest version at its own words."""
    pairs: list[tuple[Appearance, Appearance]] = []
    for claim, part in zip(made, parts, strict=True):
        own = part.place
        for at in places:
            if part.place is None or at.version.number != newest:
                pairs.append((copied(at, claim), at))
            elif own is not None:
                pairs.append((_placed(at, claim, *own), at))
                own = None  # once, however often the whole claim stands there
    Appearance.objects.bulk_create(new for new, _ in pairs)
    copy_attributions(pairs)


def copied(at: Appearance, claim: Claim) -> Appearance:
    """The same place of another claim, not saved."""
    return Appearance(
        claim=claim,
        version=at.version,
        quote=at.quote,
        prefix=at.prefix,
        suffix=at.suffix,
        start=at.start,
        end=at.end,
        anchor=at.anchor,
    )


def _placed(at: Appearance, claim: Claim, start: int, end: int) -> Appearance:
    text = at.version.text
    prefix, suffix = context(text, start, end)
    return Appearance(
        claim=claim,
        version=at.version,
        quote=text[start:end],
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
        anchor=Anchor.EXACT,
    )


def _suggest_what_was_accepted(claim: Claim, parts: Sequence[Claim]) -> None:
    """Set what was accepted beside each part, undecided: it was read against other words."""
    accepted = list(claim.evidence.accepted().order_by("pk"))
    Evidence.objects.bulk_create(
        Evidence(
            claim=part,
            wording=part.wording,
            search_id=piece.search_id,
            added_by_id=piece.added_by_id,
            kind=piece.kind,
            source_id=piece.source_id,
            passage_id=piece.passage_id,
            passage_digest=piece.passage_digest,
            title=piece.title,
            body=piece.body,
            relation=piece.relation,
            related_by_id=piece.related_by_id,
            relation_reason=piece.relation_reason,
            publication=piece.publication,
            state=EvidenceState.SUGGESTED,
            carried_from=piece,
        )
        for part in parts
        for piece in accepted
    )


def _put_in_order(article: Article, claim: Claim, parts: Sequence[Claim]) -> None:
    """Where a person ordered the claims, the parts follow the claim they are split from."""
    if claim.pk in article.claim_order:
        after = article.claim_order.index(claim.pk) + 1
        article.claim_order[after:after] = [part.pk for part in parts]
        article.save(update_fields=["claim_order"])


def _check_nothing_decided(parts: Sequence[Claim], by: User) -> None:
    keys = [part.pk for part in parts]
    decided = Evidence.objects.filter(claim__in=keys).exclude(state=EvidenceState.SUGGESTED)
    with_evidence = set(decided.values_list("claim_id", flat=True))
    with_verdict = set(
        Verdict.objects.counted().filter(claim__in=keys).values_list("claim_id", flat=True)
    )
    with_merged = set(
        Claim.objects.filter(merged_into__in=keys).values_list("merged_into_id", flat=True)
    )
    for part in parts:
        check_not_held_by_another(part, by)
        if part.state not in (ClaimState.OPEN, ClaimState.IN_REVIEW):
            raise IllegalMove(f"“{part}” has been decided; bring it back first.")
        if part.pk in with_verdict:
            raise IllegalMove(f"A verdict on “{part}” was begun, so the split stays.")
        if part.pk in with_merged:
            raise IllegalMove(f"A claim was merged into “{part}”; undo that first.")
        if part.pk in with_evidence:
            raise IllegalMove(
                f"Evidence beside “{part}” was accepted or rejected; take that back first."
            )


def _spaced(text: str) -> str:
    return " ".join(text.split())
