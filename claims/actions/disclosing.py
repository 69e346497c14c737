"""Letting the words of a confidential article become public."""

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.refusals import Overtaken, Refused, check_not_set_aside
from claims.models import Article, Delivery, Submission, Visibility
from claims.models.delivery import Owed
from claims.notices import Notice
from claims.states import IllegalMove, SubmissionState
from factcheck.models import Event, User


@transaction.atomic
def disclose_article(article_id: int, *, version: int, by: User) -> Article:
    """Say that an article need not be kept inside any more: its words may be published.

    Its owner's word, or an editor's who answers for it; of a publisher's, the
    publisher is told. Searches asked for from now on may ask outside; those
    that wait still ask inside only. ``version`` is the newest that the person
    saw: raise Overtaken if there are words they have not seen.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
    if article.owner_id != by.pk and not by.has_perm("claims.approve_verdict"):
        raise Refused("Whoever handed the article in, or an editor, can make it public.")
    if article.visibility == Visibility.PUBLIC:
        raise IllegalMove("The article is public already.")
    check_not_set_aside(article)
    _check_all_seen(article, version)
    article.visibility, article.disclosed_at = Visibility.PUBLIC, Now()
    article.save(update_fields=["visibility", "disclosed_at"])
    if article.publisher_id is not None:
        told = [Owed(article.publisher_id, {"article": article.public_id})]
        Delivery.objects.owe(Notice.ARTICLE_DISCLOSED, told)
    Event.objects.record("article.disclosed", article, by=by)
    return article


def _check_all_seen(article: Article, version: int) -> None:
    newest = article.versions.latest("number")
    if newest.number != version:
        raise Overtaken(
            f"Version {newest.number} has come since the one you read, on "
            f"{newest.created_at:%-d %B %Y at %H:%M} UTC. Read it first: its words would become "
            "public too."
        )
    waiting = Submission.objects.filter(
        publisher=article.publisher_id,
        external_id=article.external_id,
        state=SubmissionState.RECEIVED,
        visibility=Visibility.CONFIDENTIAL,
    )
    if article.external_id and (coming := waiting.order_by("-pk").first()) is not None:
        raise Overtaken(
            "Its publisher handed another version in confidentially on "
            f"{coming.created_at:%-d %B %Y at %H:%M} UTC, which is still being read. Wait until it "
            "is here, and read it first."
        )
