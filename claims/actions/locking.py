"""The order in which acts lock rows: the article, then its claims by key, then the history.

Every lock is taken with ``no_key=True``. No act changes or deletes the key of a
row it locks, and a full lock would also keep out whoever only refers to the
row: PostgreSQL checks foreign keys at the commit, when the head of the history
is locked already, so that two acts could wait for each other forever.
"""

from claims.models import Article


def lock_article(article_id: int) -> Article:
    """Lock an article, before any of its claims.

    Whoever changes where claims stand has it, and so has the worker who
    carries them to a new version: neither overlooks what the other did.
    """
    return Article.objects.select_for_update(no_key=True).get(pk=article_id)


def lock_article_of(claim_id: int) -> Article:
    """Lock the article of a claim, before the claim; raise Article.DoesNotExist."""
    article = Article.objects.select_for_update(of=["self"], no_key=True)
    return article.get(claims=claim_id)
