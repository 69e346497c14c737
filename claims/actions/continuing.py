"""Saying of an article that it is the next version of one that was here."""

from django.db import transaction
from django.db.models import Q

from claims.actions.clearing import put_aside
from claims.actions.handed import check_may_follow
from claims.actions.locking import lock_article
from claims.actions.refusals import Overtaken, Refused
from claims.actions.urgency import give_deadline
from claims.models import Article, ArticleVersion, Claim, Submission, Verdict
from claims.states import ClaimState, IllegalMove, VersionState
from factcheck.models import User

TAKEN_OVER = ("byline", "language", "text", "blocks", "notes", "digest", "extractor", "bands")
"""What the next version has of the text that was an article of its own."""
TOLD = ("title", "outlet", "published_at")
"""What it has of that text, or of the version before where the text does not say."""


@transaction.atomic
def continue_article(version_id: int, earlier_id: int, *, by: User) -> ArticleVersion:
    """Make the newest text of an article the next version of the ``earlier`` one.

    Its claims are found there again, and those of the version before are carried; requests for
    its check go along. The article it was is set aside. Raise Refused where work on its claims
    was begun: it would be lost.
    """
    article_id = ArticleVersion.objects.values_list("article", flat=True).get(pk=version_id)
    if article_id == earlier_id:
        raise Refused("It is a version of that article already.")
    locked = {pk: lock_article(pk) for pk in sorted((article_id, earlier_id))}
    article, earlier = locked[article_id], locked[earlier_id]
    version = article.versions.latest("number")
    latest = earlier.versions.latest("number")
    check_may_follow(article, earlier.visibility, by)
    check_may_follow(earlier, article.visibility, by)
    if version.pk != version_id:
        raise Overtaken("It has a newer version by now; read that first.")
    if version.state == VersionState.RECEIVED:
        raise IllegalMove("Wait until it is split.")
    if version.digest == latest.digest:
        raise Refused("The newest version of that article has this text already.")
    _check_nothing_begun(article)
    number = latest.number + 1
    following = ArticleVersion.objects.create(
        article=earlier,
        number=number,
        **{name: getattr(version, name) for name in TAKEN_OVER},
        **{name: getattr(version, name) or getattr(latest, name) for name in TOLD},
    )
    following.hint()
    Submission.objects.filter(version__article=article).update(version=following)
    give_deadline(following)
    reason = f"It is version {number} of an article that was here: {latest.title}"
    put_aside(article, reason, by, continued_as=following.public_id)
    return following


def _check_nothing_begun(article: Article) -> None:
    """Raise Refused if somebody has one of its claims in hand, or decided it."""
    begun = Q(state__in=[ClaimState.IN_REVIEW, ClaimState.CLOSED]) | Q(
        pk__in=Verdict.objects.counted().values("claim")
    )
    if Claim.objects.filter(begun, article=article).exists():
        raise Refused(
            "Somebody has claims of it in hand, or decided some: what was done on them would be "
            "left behind. Put them back first."
        )
