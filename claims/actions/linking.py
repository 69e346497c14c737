"""Claims that are like older ones: a machine suggests, a person confirms, refuses, takes back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.refusals import Overtaken
from claims.comparing import Liked
from claims.kinds import Likeness
from claims.models import Claim, ClaimLink
from claims.states import IllegalMove
from factcheck.models import Event, User


def suggest_links(claim: Claim, liked: Sequence[Liked]) -> int:
    """Write what a search found the claim to be like; return how many links there are.

    Part of the act that stores the search. Suggestions that were not found
    again are gone; what a person decided stays.
    """
    suggested = claim.links.filter(decision=ClaimLink.Decision.SUGGESTED)
    suggested.exclude(other__in=[one.other_id for one in liked]).delete()
    ClaimLink.objects.bulk_create(
        [
            ClaimLink(
                claim=claim,
                other_id=one.other_id,
                relation=one.relation,
                score=one.score,
                method=one.method,
            )
            for one in liked
        ],
        update_conflicts=True,
        unique_fields=["claim", "other"],
        update_fields=["relation", "score", "method"],
    )
    return len(liked)


@transaction.atomic
def confirm_link(link_id: int, relation: Likeness, *, by: User) -> ClaimLink:
    """Say that the claim is like the older one, and what it is to it."""
    link = _decide(link_id, ClaimLink.Decision.CONFIRMED, by)
    link.confirmed_as = Likeness(relation)
    link.save(update_fields=["decision", "confirmed_as", "decided_by", "decided_at"])
    Event.objects.record(
        "link.confirmed",
        link,
        by=by,
        thread=link.claim,
        other=link.other.public_id,
        suggested=link.relation,
        relation=link.confirmed_as,
    )
    return link


@transaction.atomic
def refuse_link(link_id: int, *, by: User) -> ClaimLink:
    """Say that the claim is not like the older one; it is not suggested again."""
    link = _decide(link_id, ClaimLink.Decision.REFUSED, by)
    link.save(update_fields=["decision", "decided_by", "decided_at"])
    Event.objects.record("link.refused", link, by=by, thread=link.claim, other=link.other.public_id)
    return link


@transaction.atomic
def reconsider_link(link_id: int, *, by: User) -> ClaimLink:
    """Take back what was decided about a link: it is a suggestion again."""
    link = _locked(link_id)
    if link.decision == ClaimLink.Decision.SUGGESTED:
        raise IllegalMove("Nobody decided about it yet.")
    link.decision, link.confirmed_as = ClaimLink.Decision.SUGGESTED, ""
    link.decided_by = link.decided_at = None
    link.save(update_fields=["decision", "confirmed_as", "decided_by", "decided_at"])
    Event.objects.record(
        "link.reconsidered", link, by=by, thread=link.claim, other=link.other.public_id
    )
    return link


def _decide(link_id: int, decision: str, by: User) -> ClaimLink:
    link = _locked(link_id)
    if link.decision != ClaimLink.Decision.SUGGESTED:
        raise Overtaken("Somebody decided about it meanwhile; take that back first.")
    link.decision, link.decided_by, link.decided_at = decision, by, Now()
    return link


def _locked(link_id: int) -> ClaimLink:
    links = ClaimLink.objects.select_for_update(of=["self"], no_key=True).select_related(
        "claim", "other"
    )
    return links.get(pk=link_id)
