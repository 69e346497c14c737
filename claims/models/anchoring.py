"""Whether the newest version of an article still says what a claim says."""

from django.db.models import F, OuterRef, Subquery

from claims.models.claim import Appearance


def anchor_now(claim: str) -> Subquery:
    """How a claim stands in the newest version it was looked for in: its best place there.

    ``claim`` names the claim's key. Orphaned where the version makes it nowhere any more.
    """
    places = Appearance.objects.filter(claim=OuterRef(claim)).order_by(
        "-version__number", F("start").asc(nulls_last=True)
    )
    return Subquery(places.values("anchor")[:1])
