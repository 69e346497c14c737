"""What is checked first: when whoever asked needs it, and what people mark urgent."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from claims.actions.refusals import check_in_work
from claims.models import ArticleVersion, Claim, Submission
from factcheck.models import Event, User


def deadline_of(version: ArticleVersion) -> datetime | None:
    """The earliest time by which anybody who asked for a version needs its checks.

    Where nobody who asked for this one said, it is what was asked of the
    version before, unless that time was over when this one came.
    """
    asked = Submission.objects.filter(
        Q(version=version) | Q(deadline__gt=version.created_at),
        version__article=version.article_id,
        version__number__lte=version.number,
        deadline__isnull=False,
    )
    earliest = asked.order_by("-version__number", "deadline")
    return earliest.values_list("deadline", flat=True).first()


def give_deadline(newest: ArticleVersion) -> None:
    """Let every claim of an article be needed when its newest version is.

    The caller has locked the article.
    """
    deadline = deadline_of(newest)
    others = Claim.objects.filter(article=newest.article_id).exclude(deadline=deadline)
    keys = list(others.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys).update(deadline=deadline)


@transaction.atomic
def mark_urgent(claim_id: int, urgent: bool, *, by: User) -> Claim:
    """Put a claim above all that are not urgent, or back among them."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_in_work(claim)
    if claim.is_urgent != urgent:
        claim.priority = int(urgent)
        claim.save(update_fields=["priority"])
        verb = "claim.marked_urgent" if urgent else "claim.marked_not_urgent"
        Event.objects.record(verb, claim, by=by)
    return claim
