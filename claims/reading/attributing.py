"""Who is said to say a claim, and who said so: people's word beside the splitter's."""

from dataclasses import dataclass

from django.utils.formats import date_format

from claims.kinds import OWN_VOICE, Kind
from claims.models import Attribution, Claim, EarlierAttribution, Party, PartyKind
from claims.models.attribution import said_of
from factcheck.models import User

VOICE = ["claimant_id", "known", "described_as", "via", "direct"]
"""What of an attribution is about the claimant, rather than the kind."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution of a claim: whose word it is, nobody's if a machine's.

    ``changed`` says what differs from the one before; empty for the first.
    """

    number: int
    words: str
    by: User | None
    changed: str


def voice_of(claim: Claim) -> str:
    """Who says it, as forms offer it: the article, or what kind of party; empty if not known."""
    if claim.claimant is None:
        return OWN_VOICE if claim.claimant_is_known else ""
    return claim.claimant.kind


def attributed(claim: Claim, said: Attribution | None) -> list[Attributed]:
    """Every attribution of a claim that people changed, the present one first; else none.

    One query if they did.
    """
    if claim.attribution == 1:
        return []
    earlier = EarlierAttribution.objects.filter(claim=claim)
    rows = list(earlier.select_related("claimant", "attributed_by").order_by("number"))
    rows.append(EarlierAttribution.present(claim, said))
    before = [None, *rows]
    return [
        Attributed(row.number, _words(row), row.attributed_by, _changed(was, row))
        for was, row in zip(before, rows, strict=False)
    ][::-1]


def now_said(claim: Claim) -> dict[str, str]:
    """Who says the claim and its kind by now, for somebody who lost a race."""
    places = Attribution.objects.filter(appearance__claim=claim, appearance__merged_from=None)
    said = said_of(claim, list(places.order_by("-appearance__version__number")))
    return {"Claimant and kind": _words(EarlierAttribution.present(claim, said))}


def _words(row: EarlierAttribution) -> str:
    said = [
        _name(row.claimant, known=row.known),
        row.described_as,
        f"via {row.via}" if row.via else "",
        "in their own words" if row.direct else "",
        f"said {date_format(row.said_at, 'j M Y')}" if row.said_at else "",
    ]
    return f"{', '.join(words for words in said if words)} · {Kind(row.kind).value}"


def _name(claimant: Party | None, *, known: bool) -> str:
    if claimant:
        told = claimant.kind in (PartyKind.PERSON, PartyKind.BODY)
        return f"{claimant.name} ({claimant.get_kind_display().lower()})" if told else claimant.name
    return "the article itself" if known else "claimant not known"


def _changed(was: EarlierAttribution | None, now: EarlierAttribution) -> str:
    if was is None:
        return ""
    changed = {
        "claimant": any(getattr(was, name) != getattr(now, name) for name in VOICE),
        "kind": was.kind != now.kind,
        "the day it was said": was.said_at != now.said_at,
    }
    return " and ".join(name for name in changed if changed[name]).capitalize()
