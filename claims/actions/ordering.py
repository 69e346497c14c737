"""The order in which an article's claims are listed."""

from django.db import transaction

from claims.actions.locking import lock_article_of
from claims.actions.refusals import Overtaken, Refused
from claims.models import Appearance, Claim
from claims.ordering import in_order, moved, seen
from claims.states import IllegalMove
from factcheck.models import Event, User


@transaction.atomic
def move_claim(claim_id: int, place: int, *, order: str, by: User) -> Claim:
    """Give the claim another place, counted from 1, among the claims of its article.

    Those that were split or merged are not counted, and stay behind the claim
    they stood behind. The list is everybody's, so it does not matter who has the claim in hand.
    ``order`` is the mark of the order the person saw; raise Overtaken if
    somebody gave another since.
    """
    article = lock_article_of(claim_id)
    claim = Claim.objects.get(pk=claim_id)
    if claim.was_replaced:
        raise IllegalMove("It was split or merged, and is not in the list any more.")
    if seen(article.claim_order) != order:
        raise Overtaken("Somebody changed the order meanwhile; look at it first.")
    everything = in_order(_in_the_text(claim), article.claim_order)
    replaced = set(Claim.objects.replaced().filter(pk__in=everything).values_list("pk", flat=True))
    listed = [key for key in everything if key not in replaced]
    if not 1 <= place <= len(listed):
        raise Refused(f"Give a place from 1 to {len(listed)}.")
    given = moved(listed, claim.pk, place)
    if given == listed:
        return claim
    elsewhere = [key for key in article.claim_order if key not in set(everything)]
    article.claim_order = [*in_order(everything, given), *elsewhere]
    article.save(update_fields=["claim_order"])
    Event.objects.record("claim.moved", claim, by=by, place=place, of=len(listed))
    return claim


def _in_the_text(claim: Claim) -> list[int]:
    """Keys of the claims of the newest version that has this claim, in the order of its text."""
    newest = claim.appearances.order_by("-version__number").values("version")[:1]
    places = Appearance.objects.filter(version__in=newest).order_by("start", "end", "pk")
    return list(dict.fromkeys(places.values_list("claim_id", flat=True)))
