"""Letting the words of a confidential article become public."""

from django.db import transaction

from claims.actions.refusals import Refused
from claims.models import Article, Visibility
from claims.states import IllegalMove
from factcheck.models import Event, User


@transaction.atomic
def disclose_article(article_id: int, *, by: User) -> Article:
    """Say that an article need not be kept inside any more: its words may be published.

    Its owner's word, or an editor's who answers for it. Searches asked for
    from now on may ask outside; those that wait still ask inside only.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
    if article.owner_id != by.pk and not by.has_perm("claims.approve_verdict"):
        raise Refused("Whoever handed the article in, or an editor, can make it public.")
    if article.visibility == Visibility.PUBLIC:
        raise IllegalMove("The article is public already.")
    article.visibility = Visibility.PUBLIC
    article.save(update_fields=["visibility"])
    Event.objects.record("article.disclosed", article, by=by)
    return article
