"""Clearing the desk of an article that nobody shall check, such as spam, and bringing it back."""

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.locking import lock_article
from claims.actions.refusals import Refused, check_fields
from claims.models import Article, Claim, Verdict
from claims.states import ClaimState, Dismissal
from factcheck.models import Event, User

SET_ASIDE = ["set_aside_at", "set_aside_reason"]


@transaction.atomic
def set_aside_article(article_id: int, *, reason: str, by: User) -> Article:
    """Take an article off the lists and dismiss its open claims, all for one reason.

    It is kept. Claims that somebody has in hand, and those with a verdict,
    stay as they are. Another text of it that is handed in brings it back.
    """
    article = lock_article(article_id)
    if article.set_aside_at is not None:
        raise Refused("This article is set aside already.")
    if not reason.strip():
        raise Refused("Say why nobody shall check it.")
    article.set_aside_reason = reason.strip()
    check_fields(article, ["set_aside_reason"])
    article.set_aside_at = Now()
    article.save(update_fields=SET_ASIDE)
    unclaimed = _locked(article, state=ClaimState.OPEN)
    told = Verdict.objects.in_work() | Verdict.objects.standing()
    decided = set(told.filter(claim__in=unclaimed).values_list("claim_id", flat=True))
    dismissed = [claim for claim in unclaimed if claim.pk not in decided]
    for claim in dismissed:
        claim.move_to(ClaimState.DISMISSED)
        claim.dismissal, claim.note = Dismissal.OUTSIDE_REMIT, article.set_aside_reason
        claim.reviewer = by
    _tell("article.set_aside", article, dismissed, by)
    return article


@transaction.atomic
def bring_back_article(article_id: int, *, by: User) -> Article:
    """Put an article on the lists again, and the claims that were dismissed with it."""
    article = lock_article(article_id)
    if article.set_aside_at is None:
        raise Refused("This article is not set aside.")
    restored = _locked(article, dismissal=Dismissal.OUTSIDE_REMIT, note=article.set_aside_reason)
    for claim in restored:
        claim.move_to(ClaimState.OPEN)
        claim.dismissal = claim.note = ""
        claim.reviewer = None
    article.set_aside_at, article.set_aside_reason = None, ""
    article.save(update_fields=SET_ASIDE)
    _tell("article.brought_back", article, restored, by)
    return article


def _locked(article: Article, **which: str) -> list[Claim]:
    claims = Claim.objects.select_for_update(no_key=True).filter(article=article, **which)
    return list(claims.order_by("pk"))


def _tell(verb: str, article: Article, claims: list[Claim], by: User) -> None:
    Claim.objects.bulk_update(claims, ["state", "dismissal", "note", "reviewer"])
    Event.objects.record(verb, article, by=by, claims=[str(claim.public_id) for claim in claims])
