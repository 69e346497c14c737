"""Who says a claim, and of what kind it is: a person's word in place of the splitter's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from claims.actions.days import check_day
from claims.actions.refusals import (
    Overtaken,
    Refused,
    check_fields,
    check_in_work,
    check_not_held_by_another,
    check_words_may_change,
)
from claims.kinds import OFF_DESK, Kind, Role
from claims.models import (
    Appearance,
    Attribution,
    Claim,
    EarlierAttribution,
    Party,
    PartyKind,
    Relation,
    Search,
    SearchReason,
    Visibility,
)
from claims.models.attribution import said_of
from claims.states import ClaimState
from factcheck.models import Event, User


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a claim, and how; without a ``name`` it is the article itself.

    ``kind`` is what they are; unnamed for people whom the article does not name:
    "officials". ``via`` is who passed it on.
    """

    name: str = ""
    kind: PartyKind = PartyKind.UNKNOWN
    described_as: str = ""
    via: str = ""
    direct: bool = False

    def tidied(self) -> "Voice":
        """The same with single spaces; the article itself has no title and no go-between."""
        name, described_as, via = (
            " ".join(words.split()) for words in (self.name, self.described_as, self.via)
        )
        return Voice(name, self.kind, described_as, via, self.direct) if name else Voice()


@transaction.atomic
def attribute_claim(
    claim_id: int, voice: Voice, kind: Kind, *, said_at: date | None, attribution: int, by: User
) -> Claim:
    """Say who says the claim, on which day, and of what kind it is; what was said before is kept.

    No ``said_at`` is a day that nobody knows. Whether the claim belongs on the
    desk follows where the kind decides that. Who only repeats the claimant is
    told from others by a search, so a new one begins when somebody else says
    it, and may change what people said of the claimant before. ``attribution``
    is the number the person saw; raise Overtaken if it has changed since.
    """
    # Searches before their claim, as the workers lock them.
    searches = Search.objects.select_for_update(no_key=True).filter(
        claim=claim_id, only="", due_at__isnull=False
    )
    running = list(searches.order_by("pk"))
    claim = (
        Claim.objects.select_for_update(of=["self"], no_key=True)
        .select_related("article", "claimant", "reviewer")
        .get(pk=claim_id)
    )
    check_not_held_by_another(claim, by)
    if claim.attribution != attribution:
        raise Overtaken(
            "Somebody changed the claimant or the kind meanwhile; read their change first."
        )
    check_in_work(claim)
    check_words_may_change(claim)
    voice, kind = voice.tidied(), Kind(kind)
    places = list(
        claim.appearances.filter(merged_from__isnull=True)
        .select_related("version")
        .prefetch_related("attributions__party")
        .order_by("-version__number", "start")
    )
    if said_at != claim.said_at:
        _check_day(said_at, places)
    said = said_of(claim, (one for place in places for one in place.attributions.all()))
    was = EarlierAttribution.present(claim, said)
    party = party_of(voice, claim.claimant)
    now = EarlierAttribution(
        claimant=party,
        described_as=voice.described_as,
        via=voice.via,
        direct=voice.direct,
        kind=kind,
        said_at=said_at,
    )
    changed = [name for name in TOLD if getattr(was, name) != getattr(now, name)]
    if not changed:
        raise Refused("This is what the claim says already.")
    was.save(force_insert=True)
    _set_kind(claim, kind)
    claim.claimant, claim.attribution, claim.attributed_by = party, claim.attribution + 1, by
    claim.said_at = said_at
    told = ["claimant", "attribution", "attributed_by", "said_at"]
    claim.save(update_fields=[*told, "kind", "desk", "check_worthiness"])
    attribute_places(places, party, voice)
    said_by_another = not _are_one(was.claimant, party)
    if said_by_another:
        _ask_again_who_relays(claim)
    who = said_by_another or "described_as" in changed
    if who or not _was_searched(claim):
        _search(claim, running, SearchReason.ATTRIBUTED if who else SearchReason.KIND)
    Event.objects.record(
        "claim.attributed",
        claim,
        by=by,
        attribution=claim.attribution,
        changed=changed,
        claimant=[was.claimant.public_id if was.claimant else "", party.public_id if party else ""],
        kind=[was.kind, str(kind)],
    )
    return claim


TOLD = ["claimant", "known", "described_as", "via", "direct", "kind", "said_at"]
"""What an attribution says."""


def party_of(voice: Voice, claimant: Party | None = None) -> Party | None:
    """The row of who says it, made if there is none; ``claimant`` if that is who.

    None for the article itself. Raise Refused for what cannot be stored.
    """
    if not voice.name:
        return None
    if voice.via.lower() == voice.name.lower():
        raise Refused("Nobody is their own go-between; leave the go-between empty.", "via")
    check_fields(Party(name=voice.name), ["name"])
    check_fields(
        Attribution(described_as=voice.described_as, via=voice.via), ["described_as", "via"]
    )
    if claimant and claimant.name.lower() == voice.name.lower() and claimant.kind == voice.kind:
        return claimant
    key = (voice.name, voice.kind)
    return Party.objects.get(pk=parties([key])[key])


def parties(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Find or create the parties of these names and kinds; return their keys.

    The database says which names are one whatever their case, because Python
    lowers some letters differently. In sorted order, so that workers do not
    deadlock.
    """
    ordered = sorted(set(wanted), key=lambda key: (key[0].lower(), key))
    Party.objects.bulk_create(
        [Party(name=name, kind=kind) for name, kind in ordered], ignore_conflicts=True
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said.name, said.kind, party.id"
            " FROM unnest(%s::text[], %s::text[]) AS said (name, kind)"
            " JOIN claims_party party"
            " ON lower(party.name) = lower(said.name) AND party.kind = said.kind",
            [[name for name, _ in ordered], [str(kind) for _, kind in ordered]],
        )
        return {(name, kind): key for name, kind, key in cursor.fetchall()}


def attribute_places(places: Sequence[Appearance], party: Party | None, voice: Voice) -> None:
    """Say at each place who says it; the article's verb and doubts stay with whom they are about.

    Part of an act, which records the event.
    """
    kept = {
        said.appearance_id: said
        for place in places
        for said in place.attributions.all()
        if party and _are_one(said.party, party)
    }
    Attribution.objects.filter(appearance__in=places).delete()
    if party is None:
        return
    Attribution.objects.bulk_create(
        Attribution(
            appearance=place,
            party=party,
            role=kept[place.pk].role if place.pk in kept else Role.ASSERTS,
            verb=kept[place.pk].verb if place.pk in kept else "",
            hedged=place.pk in kept and kept[place.pk].hedged,
            described_as=voice.described_as,
            direct=voice.direct,
            via=voice.via,
        )
        for place in places
    )


def copy_attributions(pairs: Sequence[tuple[Appearance, Appearance]]) -> None:
    """Attribute each new appearance as the old one beside it; two queries at most."""
    Attribution.objects.bulk_create(
        Attribution(
            appearance=new,
            party_id=said.party_id,
            role=said.role,
            described_as=said.described_as,
            verb=said.verb,
            direct=said.direct,
            hedged=said.hedged,
            via=said.via,
        )
        for new, old in pairs
        for said in old.attributions.all()
    )


def _check_day(said_at: date | None, places: Sequence[Appearance]) -> None:
    """Raise Refused for a day that is a slip, or lies after the article that prints the claim."""
    if said_at is None:
        return
    printed = [
        place.version.published_at
        for place in places
        if place.start is not None and place.version.published_at
    ]
    check_day(said_at, "The day it was said", "said_at")
    if printed and said_at > max(printed):
        raise Refused(
            f"The article that prints it is of {max(printed):%-d %B %Y}, and this day, "
            f"{said_at:%-d %B %Y}, lies after it. Correct the day, or leave it empty.",
            "said_at",
        )


def _are_one(was: Party | None, now: Party | None) -> bool:
    """Whether they are the same party, though it may be known only now what it is."""
    if was is None or now is None:
        return was is now
    unnamed = [party.kind == PartyKind.UNNAMED for party in (was, now)]
    return was.name.lower() == now.name.lower() and unnamed[0] == unnamed[1]


def _set_kind(claim: Claim, kind: Kind) -> None:
    """Give the claim its kind, and its place on the desk or beside it where that follows.

    What somebody has in hand stays on the desk. What comes to the desk loses its score: that
    was of something nobody checks.
    """
    was_off, is_off = Kind(claim.kind) in OFF_DESK, kind in OFF_DESK
    if was_off != is_off:
        claim.desk = not is_off or claim.state == ClaimState.IN_REVIEW
    if was_off and not is_off:
        claim.check_worthiness = None
    claim.kind = kind


def _ask_again_who_relays(claim: Claim) -> None:
    """Let the next search say who relays; what copies the article does, whoever says the claim."""
    claim.evidence.filter(related_by__isnull=False).exclude(
        relation=Relation.RELAYS_ARTICLE
    ).update(related_by=None, relation_reason="")


def _was_searched(claim: Claim) -> bool:
    """Whether its present wording was searched, or need not be."""
    return not claim.desk or claim.searches.filter(wording=claim.wording, only="").exists()


def _search(claim: Claim, running: Sequence[Search], why: SearchReason) -> None:
    """Look for evidence anew; a search that waits or runs begins again instead."""
    search = next((one for one in running if one.wording == claim.wording), None)
    if search is None:
        search = Search.objects.create(
            claim=claim,
            wording=claim.wording,
            why=why,
            outside=claim.article.visibility == Visibility.PUBLIC,
        )
    else:
        search.make_due()
        search.save(update_fields=Search.WORK_FIELDS)
    search.hint()
