"""What is checked first: when whoever asked needs it, and what people mark urgent."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from claims.actions.handed import check_deadline
from claims.actions.locking import lock_article
from claims.actions.refusals import Refused, check_fields, check_in_work
from claims.models import ArticleVersion, Claim, Submission
from claims.models.intake import is_over
from factcheck.models import Event, Reason, User


def deadline_of(version: ArticleVersion) -> datetime | None:
    """The earliest time by which anybody who asked for a version needs its checks.

    One that is over counts only where none is to come.

    Where nobody who asked for this one said, it is what was asked of the
    version before, unless that time was over when this one came.
    """
    return deadlines_of([version]).get(version.pk)


def deadlines_of(versions: Sequence[ArticleVersion]) -> dict[int, datetime]:
    """The deadline of each of these versions that has one, by its key. One query."""
    asked = Submission.objects.filter(
        version__article__in={version.article_id for version in versions}, deadline__isnull=False
    )
    given = list(
        asked.order_by("-version__number", "deadline").values_list(
            "version", "version__article", "version__number", "deadline"
        )
    )
    given.sort(key=lambda one: (-one[2], is_over(one[3])))
    found: dict[int, datetime] = {}
    for version in versions:
        for key, article, number, deadline in given:
            before = article == version.article_id and number < version.number
            if deadline and (key == version.pk or (before and deadline > version.created_at)):
                found[version.pk] = deadline
                break
    return found


def give_deadline(newest: ArticleVersion) -> None:
    """Let every claim of an article be needed when its newest version is.

    The caller has locked the article.
    """
    deadline = deadline_of(newest)
    others = Claim.objects.filter(article=newest.article_id).exclude(deadline=deadline)
    keys = list(others.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys).update(deadline=deadline)


@transaction.atomic
def change_deadline(
    submission_id: int, deadline: datetime | None, *, reason: str, by: User
) -> Submission:
    """Say by when whoever asked needs the checks, or that they wait for them no more.

    The claims of the article follow it, as if it had been asked for so.
    """
    submission = (
        Submission.objects.select_for_update(of=["self"], no_key=True)
        .select_related("version__article")
        .defer("text", "file")
        .get(pk=submission_id)
    )
    if not reason.strip():
        raise Refused("Say why the deadline is changed.")
    check_fields(Reason(words=reason), ["words"])
    if deadline == submission.deadline:
        raise Refused("This is its deadline already.")
    check_deadline(deadline)
    was = submission.deadline
    submission.deadline = deadline
    submission.save(update_fields=["deadline"])
    if submission.version is not None:
        article = lock_article(submission.version.article_id)
        give_deadline(article.versions.latest("number"))
    Event.objects.record(
        "submission.deadline_changed", submission, by=by, why=reason, was=was, deadline=deadline
    )
    return submission


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
